"""The report as one Word file: headings, prose, numbered tables and figures, places to write in."""

import struct

from docx.document import Document as WordDocument
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from synthesis.report import Block, Figure, Paragraph, Place, Report
from synthesis.tables.table import PROVISIONAL, Table
from synthesis.writers.docx_page import add_caption, add_field, bookmark, new_document, saved, turn
from synthesis.writers.docx_picture import add_picture
from synthesis.writers.docx_table import add_table
from synthesis.writers.png import SVG_DPI, WORD_DPI

_ROOM_MM = (160, 200)  # what a picture may take of an A4 page beside margins, caption and note
_POINTS_PER_MM = 72 / 25.4
_GREY = RGBColor(0x4A, 0x4A, 0x4A)


def write(report: Report) -> bytes:
    """Return the report as a Word file.

    Captions are numbered by fields and references to them are fields too, so that both follow when
    the authors move or delete a table. Wide tables stand on landscape pages.
    """
    document = new_document(report.title)
    document.add_paragraph(report.title, style="Title")
    if report.authors:
        document.add_paragraph(", ".join(report.authors))
    if report.provisional:
        document.add_paragraph().add_run(PROVISIONAL).bold = True
        document.sections[0].header.paragraphs[0].insert_paragraph_before("PROVISIONAL")
    for section in report.sections:
        turn(document, landscape=False)
        document.add_heading(section.heading, level=section.level)
        for block in section.blocks:
            _add(document, block, report)
    return saved(document)


def _add(document: WordDocument, block: Block, report: Report) -> None:
    if isinstance(block, Table):
        turn(document, landscape=block.landscape)
        add_table(document, block, report.tables()[block.id])
        return
    turn(document, landscape=False)
    match block:
        case Paragraph():
            _add_prose(document, block)
        case Figure():
            _add_figure(document, block, report.figures()[block.id])
        case Place():
            _add_place(document, block)


def _add_prose(document: WordDocument, block: Paragraph) -> None:
    paragraph = document.add_paragraph(style="List Bullet" if block.item else "Normal")
    for piece in block.sentence.pieces:
        if piece.refers:
            kind = piece.text.split(" ", 1)[0]
            add_field(
                paragraph,
                f"REF {bookmark(kind, piece.refers.removeprefix('figure:'))} \\h",
                piece.text,
            )
        else:
            paragraph.add_run(piece.text).italic = piece.italic or None


def _add_figure(document: WordDocument, figure: Figure, number: int) -> None:
    add_caption(document, "Figure", number, figure.title, name=bookmark("Figure", figure.id))
    picture = figure.for_word()
    add_picture(
        document,
        svg=picture.svg,
        png=picture.png,
        width=_width(picture.png),
        title=figure.title,
        alt=figure.alt,
    )
    if figure.note:
        note = document.add_paragraph()
        note.add_run("Note. ").italic = True
        note.add_run(figure.note)


def _width(png: bytes) -> float:
    """Return the width in points at which a picture of this shape fits the page.

    None is drawn larger than with letters of the size they were laid out in.
    """
    across, down = struct.unpack(">II", png[16:24])  # of the IHDR chunk, always first (PNG, 11.2.2)
    wide, high = _ROOM_MM
    own = across * SVG_DPI / WORD_DPI
    return float(min(wide * _POINTS_PER_MM, high * _POINTS_PER_MM * across / down, own))


def _add_place(document: WordDocument, place: Place) -> None:
    for paragraph in place.written:
        _add_prose(document, paragraph)
    if not place.written:
        _grey(document.add_paragraph(f"[{place.prompt}]"))


def _grey(paragraph: WordParagraph) -> None:
    for run in paragraph.runs:
        run.italic, run.font.color.rgb = True, _GREY
