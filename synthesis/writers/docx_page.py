"""Word documents as such: styles, page sections, fields, and files that are the same every time."""

import io
import re
import zipfile
import zlib
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from lxml import etree

FONT = "Times New Roman"
_A4 = (Mm(210), Mm(297))
_MARGIN = Mm(25)
_RAW = "raw WordprocessingML:"
_RAW_COMMENT = re.compile(rb"<!--" + _RAW.encode() + rb"(.*?)-->", re.DOTALL)
_STAMP = datetime(2020, 1, 1, tzinfo=UTC)
_ZIP_STAMP = (2020, 1, 1, 0, 0, 0)
# Body text is black and in one typeface; sizes are points, spaces before and after likewise.
_STYLES = {
    "Normal": (11, 0, 6),
    "Title": (16, 0, 12),
    "Heading 1": (14, 18, 6),
    "Heading 2": (12, 12, 4),
    "Heading 3": (11, 10, 3),
    "Caption": (11, 12, 3),
}


def new_document(title: str) -> WordDocument:
    """Return an empty A4 Word document with plain black styles and a page number in its header."""
    document = Document()
    _without_leftovers(document)
    for name, (size, before, after) in _STYLES.items():
        style = document.styles[name]
        if isinstance(style, ParagraphStyle):
            _plain(style, name, size, before, after)
    section = document.sections[0]
    section.page_width, section.page_height = _A4
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.created = properties.modified = _STAMP
    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    add_field(header, "PAGE", "1")
    return document


def _without_leftovers(document: WordDocument) -> None:
    """Drop what the library's template brings along: another document's thumbnail, old styles."""
    for holder in (document.part, document.part.package):
        for identifier, relation in list(holder.rels.items()):
            if relation.reltype.endswith(("/thumbnail", "/stylesWithEffects")):
                del holder.rels[identifier]


def _plain(style: ParagraphStyle, name: str, size: int, before: int, after: int) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.font.bold = name != "Normal"
    for spread in style.element.get_or_add_rPr().findall(qn("w:spacing")):
        style.element.rPr.remove(spread)  # the library's title is letterspaced
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{attribute}"), None)  # a theme's font would win over the named one
    for attribute in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{attribute}"), FONT)


def turn(document: WordDocument, *, landscape: bool) -> None:
    """Continue on a page that lies or stands as asked, in a new section where that is a change.

    A lying page has its width and height swapped too: Word obeys the sizes, not the orientation.
    """
    section = document.sections[-1]
    if (section.orientation == WD_ORIENT.LANDSCAPE) == landscape:
        return
    if len(document.element.body) > 1:  # more than the properties of its one section
        section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = section.page_height, section.page_width


def add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    """Append a Word field to a paragraph, `shown` being its value until Word works it out again."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    field.append(paragraph.add_run(shown)._r)  # noqa: SLF001 - python-docx knows no fields
    paragraph._p.append(field)  # noqa: SLF001


def bookmark(kind: str, item: str) -> str:
    """Return the name by which fields refer to a numbered item: letters, digits, at most 40 signs."""
    return f"{kind}_{re.sub(r'[^A-Za-z0-9]', '_', item)}"[:40]


def add_caption(document: WordDocument, word: str, number: int, title: str, *, name: str) -> None:
    """Append a caption in two lines: "Table 1" with a field for the number, then the title.

    The first line is a bookmark of that `name`, which a REF field repeats in the text.
    """
    head = document.add_paragraph(style="Caption")
    identifier = str(
        zlib.crc32(name.encode()) & 0x7FFFFFFF
    )  # any number that no other bookmark has
    for tag, attributes in (
        ("w:bookmarkStart", {"w:id": identifier, "w:name": name}),
        ("w:bookmarkEnd", {"w:id": identifier}),
    ):
        mark = OxmlElement(tag)
        for attribute, value in attributes.items():
            mark.set(qn(attribute), value)
        head._p.append(mark)  # noqa: SLF001 - python-docx knows no bookmarks
        if tag == "w:bookmarkStart":
            head.add_run(f"{word} ")
            add_field(head, f"SEQ {word} \\* ARABIC", str(number))
    head.paragraph_format.keep_with_next = True
    line = document.add_paragraph()
    line.add_run(title).italic = True
    line.paragraph_format.keep_with_next = True


def add_raw(document: WordDocument, xml: str) -> None:
    """Append finished WordprocessingML to the document, with prefix w declared by the document.

    It is kept as text until the file is packed: as a tree of elements a table of 10,000 rows takes
    400 MB.
    """
    body = document.element.body
    hidden = etree.Comment(_RAW + xml.replace("--", "&#45;&#45;"))  # a comment holds no "--"
    body.insert(len(body) - 1, hidden)  # before the section's own properties, always last


def saved(document: WordDocument) -> bytes:
    """Return the document's bytes, packed again with fixed dates and stored entries.

    The library stamps the time of saving on every part, which would make each file a new one.
    """
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def repacked(package: bytes) -> bytes:
    """Return a zip package with the same parts in the same order, undated and uncompressed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target,
    ):
        for item in source.infolist():
            entry = zipfile.ZipInfo(item.filename, _ZIP_STAMP)
            entry.create_system = 0  # else the machine's own system is written down
            content = source.read(item)
            if item.filename == "word/document.xml":
                content = _RAW_COMMENT.sub(rb"\1", content)
            target.writestr(entry, content)
    return out.getvalue()
