"""The sheets of an OpenDocument workbook (.ods), as LibreOffice saves them (OASIS OpenDocument 1.3, part 3)."""

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from screening.identification.readers.tables.sheets import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
# Signs that are written as elements.
_SIGNS = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
# Sheets end in thousands of empty cells and rows that are written as one; nobody repeats a filled one so often.
_MOST_EMPTY = 1024
_MOST_REPEATED = 1000


def rows_by_sheet(content: IO[bytes]) -> Iterator[tuple[str, list[str]]]:
    """Yield each row that is not at the end of its sheet, with the sheet's name, out of "content.xml".

    Nothing is fetched and no entity put in. Raises ValueError where a filled row or cell is said to be repeated
    more often than anybody does, and lxml's XMLSyntaxError (a SyntaxError) where the XML is damaged.
    """
    from lxml import etree  # noqa: PLC0415  # heavy, and only XML needs it

    steps = etree.iterparse(
        content,
        events=("start", "end"),
        tag=(f"{_TABLE}table", f"{_TABLE}table-row"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    title = ""
    for event, element in steps:
        if element.tag == f"{_TABLE}table":
            title = element.get(f"{_TABLE}name", title)
        elif event == "end":
            cells = _cells(element)
            for _ in range(_repeated(element, "rows", filled=any(cells))):
                yield title, cells
            element.clear()


def _cells(row: "Element") -> list[str]:
    cells: list[str] = []
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        text = _text_in(cell)
        cells += [text] * _repeated(cell, "columns", filled=bool(text))
    return cells


def _repeated(element: "Element", what: str, *, filled: bool) -> int:
    times = int(element.get(f"{_TABLE}number-{what}-repeated", "1"))
    if filled and times > _MOST_REPEATED:
        raise ValueError(f"one of its {what} is said to stand there {times} times")
    return 0 if times > _MOST_EMPTY else times


def _text_in(cell: "Element") -> str:
    if cell.get(f"{_OFFICE}value-type") == "float":
        return text_of(float(cell.get(f"{_OFFICE}value", "nan")))
    if date := cell.get(f"{_OFFICE}date-value"):
        return date
    for sign in cell.iter(*_SIGNS):
        sign.text = _SIGNS[str(sign.tag)]
    return "\n".join("".join(map(str, part.itertext())) for part in cell.iterchildren(f"{_TEXT}p"))
