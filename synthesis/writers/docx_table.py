"""One table in a Word document: caption, three lines, repeated heading, notes.

The table itself is written as Word's own XML (ECMA-376, WordprocessingML): python-docx has neither
repeated headings nor borders nor alternative text, and takes minutes where tables are long.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape

from docx.document import Document as WordDocument
from docx.shared import Pt

from synthesis.tables.fitting import panels
from synthesis.tables.table import PROVISIONAL, Column, Kind, Table
from synthesis.writers.docx_page import add_caption, add_raw, bookmark

_HALF_POINTS = 18  # of the text in cells: 9 pt
_TWIPS_PER_MM = 1440 / 25.4
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LONG = 800  # characters; a row with a longer cell may break across pages, or it leaves them empty
_LINE = 'w:val="single" w:sz="8" w:space="0" w:color="000000"'
_TOP, _BOTTOM = f"<w:top {_LINE}/>", f"<w:bottom {_LINE}/>"


def add_table(document: WordDocument, table: Table, number: int) -> None:
    """Append the table to the document with its number as a field that Word keeps up to date."""
    add_caption(document, "Table", number, table.title, name=bookmark("Table", table.id))
    for place, panel in enumerate(panels(table)):
        if place:
            _continued(document, number)
        twips = [round(width * _TWIPS_PER_MM) for width in panel.widths]
        add_raw(document, _table(panel.table, twips, table))
    _notes(document, table)


def _continued(document: WordDocument, number: int) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"Table {number}, further columns").italic = True
    paragraph.paragraph_format.space_before = Pt(10)
    paragraph.paragraph_format.keep_with_next = True


def _table(table: Table, twips: list[int], whole: Table) -> str:
    rows = [*_heading_rows(table, twips), *_body_rows(table, twips, whole.marks())]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    return (
        "<w:tbl><w:tblPr>"
        f'<w:tblW w:w="{sum(twips)}" w:type="dxa"/>'
        f"<w:tblBorders>{_TOP}{_BOTTOM}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:firstRow="1" w:firstColumn="1" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{_attribute(table.title)}"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _heading_rows(table: Table, twips: list[int]) -> Iterator[str]:
    if groups := table.groups():
        cells, start = [], 0
        for group, span in groups:
            width = sum(twips[start : start + span])
            line = _BOTTOM if group else ""
            cells.append(_cell([(group, False)], width, "center", bold=True, span=span, line=line))
            start += span
        yield _row(cells, heading=True)
    yield _row(
        [
            _cell([(column.label, False)], width, _side(column), bold=True, line=_BOTTOM)
            for column, width in zip(table.columns, twips, strict=True)
        ],
        heading=True,
    )


def _body_rows(table: Table, twips: list[int], marks: dict[str, str]) -> Iterator[str]:
    noted = bool(table.general_note() or table.notes or table.provisional)
    for place, row in enumerate(table.rows, start=1):
        if row.heading:
            runs = row.cells[0].runs()
            yield _row([_cell(runs, sum(twips), "left", bold=True, span=len(twips), kept=True)])
            continue
        cells = []
        for column, cell, width in zip(table.columns, row.cells, twips, strict=True):
            letters = [marks[note] for note in cell.note_ids]
            last = noted and place == len(table.rows)  # goes over to the next page with its notes
            cells.append(_cell(cell.runs(), width, _side(column), marks=letters, kept=last))
        yield _row(cells, whole=all(len(cell.text) <= _LONG for cell in row.cells))


def _row(cells: Iterable[str], *, heading: bool = False, whole: bool = True) -> str:
    properties = "<w:cantSplit/>" * whole + "<w:tblHeader/>" * heading
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(  # noqa: PLR0913 - what a cell of WordprocessingML consists of
    runs: Iterable[tuple[str, bool]],
    width: int,
    side: str,
    *,
    marks: Iterable[str] = (),
    bold: bool = False,
    span: int = 1,
    line: str = "",
    kept: bool = False,
) -> str:
    paragraphs = [""]
    for text, italic in runs:
        first, *others = (_run(line, italic=italic, bold=bold) for line in text.split("\n"))
        paragraphs[-1] += first
        paragraphs += others
    if letters := ", ".join(marks):
        paragraphs[-1] += _run(letters, raised=True)
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    border = f"<w:tcBorders>{line}</w:tcBorders>" if line else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{border}</w:tcPr>'
        f"{''.join(_paragraph(text, side, kept=kept) for text in paragraphs)}</w:tc>"
    )


def _paragraph(runs: str, side: str, *, kept: bool = False) -> str:
    # The mark at its end has a size too: an empty cell would be higher than a filled one.
    return (
        f'<w:p><w:pPr>{"<w:keepNext/>" * kept}<w:spacing w:before="40" w:after="40" w:line="240"'
        f' w:lineRule="auto"/><w:jc w:val="{side}"/><w:rPr><w:sz w:val="{_HALF_POINTS}"/></w:rPr></w:pPr>'
        f"{runs}</w:p>"
    )


def _run(text: str, *, italic: bool = False, bold: bool = False, raised: bool = False) -> str:
    style = "<w:b/>" * bold + "<w:i/>" * italic + f'<w:sz w:val="{_HALF_POINTS}"/>'
    style += '<w:vertAlign w:val="superscript"/>' * raised
    said = escape(_legal(text), quote=False)
    return f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{said}</w:t></w:r>'


def _attribute(text: str) -> str:
    return escape(_legal(text).replace("\n", " "))


def _legal(text: str) -> str:
    """Return the text without the control characters XML 1.0 cannot hold."""
    return _NOT_XML.sub("", text)


def _side(column: Column) -> str:
    return "right" if column.kind is Kind.NUMBER else "left"


def _notes(document: WordDocument, table: Table) -> None:
    lines = [("Note.", general)] if (general := table.general_note()) else []
    lines += table.marked_notes()
    if table.provisional:
        lines.append(("", PROVISIONAL))
    for mark, text in lines or [("", "")]:  # two tables in a row would become one without a line
        paragraph = document.add_paragraph()
        if mark == "Note.":
            paragraph.add_run("Note. ").italic = True
        elif mark:
            paragraph.add_run(mark).font.superscript = True
        paragraph.add_run(_legal(text))
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        paragraph.paragraph_format.keep_together = True
        for run in paragraph.runs:
            run.font.size = Pt(9)
