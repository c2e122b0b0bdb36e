"""The flow diagram in Word, twice: as a picture, and as a table whose every word can be changed."""

from collections.abc import Iterable, Sequence

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row

from screening.diagram.content import Content, Item, Row, banner, headers, rows
from screening.diagram.drawing import Layout
from screening.diagram.laying_out import MARGIN, PAPERS
from screening.diagram.options import DiagramOptions
from screening.diagram.text import NO_BREAK_SPACE
from screening.flow.values import Flow
from synthesis.writers.diagram_columns import Columns
from synthesis.writers.docx_page import new_document, saved
from synthesis.writers.docx_picture import add_picture

_HEADING_ROOM = 70.0  # points that the heading above the picture takes
_STYLE, _FONT = "Flow diagram", "Arial"
_SHADES = {
    "grey": "F0F0F0",
    "open": "FFF8E1",
    "header dbr": "F2C14E",
    "header other": "CFCFCF",
    "header previous": "CFCFCF",
}


def diagram_docx(
    flow: Flow, options: DiagramOptions, drawn: Layout, *, svg: str, png: bytes
) -> bytes:
    """Return a Word file with the picture on its first page and the editable table on its second.

    `svg` (text outlined) and `png` are the layout `drawn`.
    """
    document = new_document(drawn.title)
    _set_page(document, drawn)
    levels = rows(flow, options)
    columns = _columns(document, flow, levels)
    _add_style(document, columns.size)
    document.add_heading(drawn.title, level=1)
    room = min(PAPERS[options.paper]) if drawn.landscape else max(PAPERS[options.paper])
    room -= 2 * MARGIN + _HEADING_ROOM
    fitted = drawn.print_width * min(1.0, room / drawn.print_height)
    picture = add_picture(
        document, svg=svg, png=png, width=fitted, title=drawn.title, alt=drawn.description
    )
    picture.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading = document.add_heading(f"{drawn.title} (editable)", level=1)
    heading.paragraph_format.page_break_before = True
    if (mark := banner(flow)) is not None:
        document.add_paragraph().add_run(mark.items[0].words).bold = True
    _add_table(document, flow, columns, levels)
    return saved(document)


def _columns(document: WordDocument, flow: Flow, levels: Sequence[Row]) -> Columns:
    section = document.sections[0]
    across, down = (
        (side or 0) / Pt(1) - 2 * MARGIN for side in (section.page_width, section.page_height)
    )
    return Columns.of(flow, levels, across, down - _HEADING_ROOM)


def _add_style(document: WordDocument, size: float) -> None:
    """Add the style of the table's words, so that one change in Word changes them all."""
    style = document.styles.add_style(_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    if isinstance(style, ParagraphStyle):
        style.font.name, style.font.size = _FONT, Pt(size)
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = 1.0


def _set_page(document: WordDocument, drawn: Layout) -> None:
    section = document.sections[0]
    short, long = (
        Pt(side) for side in sorted(PAPERS["letter" if drawn.paper == "letter" else "a4"])
    )
    section.page_width, section.page_height = (long, short) if drawn.landscape else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if drawn.landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Pt(MARGIN)
    section.top_margin = section.bottom_margin = Pt(MARGIN)


def _add_table(document: WordDocument, flow: Flow, columns: Columns, levels: Sequence[Row]) -> None:
    section = document.sections[0]
    table = document.add_table(rows=0, cols=len(columns))
    table.autofit = False
    page = ((section.page_width or 0) - 2 * Pt(MARGIN)) / Pt(1)
    _header(table, flow, columns)
    for nth, level in enumerate(levels):
        if nth:
            _arrows_down(table, columns, levels, nth)
        _level(table, columns, level)
    _set_widths(table, columns.widths(page))


def _set_widths(table: Table, widths: Sequence[float]) -> None:
    """Give every cell the width of the columns it spans, and keep every row on one page."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for row in table.rows:
        first = 0
        for cell in row._tr.tc_lst:  # noqa: SLF001 - row.cells repeats a merged cell
            cell.width = Pt(sum(widths[first : first + cell.grid_span]))
            first += cell.grid_span
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - no such setting


def _new_row(table: Table) -> list[_Cell]:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx leaves it untyped
    for cell in row.cells:
        cell.paragraphs[0].style = _STYLE
    return list(row.cells)


def _header(table: Table, flow: Flow, columns: Columns) -> None:
    cells = _new_row(table)
    ends = {"previous": "previous", "dbr": "side", "other": "other_side"}
    starts = {"previous": "previous", "dbr": "main", "other": "other"}
    for lane, content in headers(flow).items():
        cell = cells[columns.box(starts[lane])].merge(cells[columns.box(ends[lane])])
        _fill([cell], content)
    _new_row(table)


def _level(table: Table, columns: Columns, level: Row) -> None:
    """Add one level: as many rows as it has boxes one below another, its main boxes across all."""
    height = max(len(level.side), len(level.other_side), 1)
    grid = [_new_row(table) for _ in range(height)]
    for lane, content in (
        ("previous", level.previous),
        ("main", level.main),
        ("other", level.other),
    ):
        if content is not None and lane in columns.lanes:
            column = columns.box(lane)
            # Word draws a merged cell's frame from all the cells it was made of.
            parts = [cells[column] for cells in grid]
            parts[0].merge(parts[-1])
            _fill(parts, content)
    for lane, contents in (("side", level.side), ("other_side", level.other_side)):
        for cells, content in zip(grid, contents, strict=False):
            _fill([cells[columns.box(lane)]], content)
            _arrow(cells[columns.box(lane) - 1], "→")
    if level.main is not None and level.main.id == "included" and "other" in columns.lanes:
        _arrow(grid[0][columns.box("side") - 1], "←")
        _words(grid[0][columns.box("side")], "from the reports assessed on the right")
    if level.main is not None and level.main.id == "total":
        _words(grid[0][columns.box("previous")], "from the previous studies above")
        _arrow(grid[0][columns.box("main") - 1], "→")


def _arrows_down(table: Table, columns: Columns, levels: Sequence[Row], nth: int) -> None:
    cells = _new_row(table)
    if levels[nth].main is not None:
        _arrow(cells[columns.box("main")], "↓")
    earlier = any(level.other for level in levels[:nth])
    later = any(level.other for level in levels[nth:])
    if "other" in columns.lanes and earlier and later:
        _arrow(cells[columns.box("other")], "↓")


def _fill(parts: Sequence[_Cell], content: Content) -> None:
    for part in parts:
        _border(part)
        if shade := _SHADES.get(content.look):
            _shade(part, shade)
    cell = parts[0]
    bold = content.look.startswith("header")
    lines = list(_lines(content.items))
    for nth, (text, indent) in enumerate(lines):
        paragraph = cell.paragraphs[0] if nth == 0 else cell.add_paragraph(style=_STYLE)
        paragraph.paragraph_format.left_indent = Pt(8 * indent)
        paragraph.add_run(text).bold = bold
        if bold:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _lines(items: Iterable[Item]) -> Iterable[tuple[str, int]]:
    for item in items:
        if item.own_line:
            yield item.words, item.indent
            yield _unbroken(item.number), item.indent
        else:
            yield f"{item.words} {_unbroken(item.number)}".strip(), item.indent


def _unbroken(number: str) -> str:
    return number.replace(" ", NO_BREAK_SPACE)


def _arrow(cell: _Cell, sign: str) -> None:
    _words(cell, sign)
    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _words(cell: _Cell, text: str) -> None:
    cell.paragraphs[0].add_run(text).italic = len(text) > 1


def _border(cell: _Cell) -> None:
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "111111")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001 - python-docx has no cell borders


def _shade(cell: _Cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no cell shading
