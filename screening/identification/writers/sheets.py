"""CSV and Excel: a row a record, a column a field, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import fields as declared
from datetime import UTC, datetime

from screening.identification.readers.rows import FORMULA_SIGNS
from screening.identification.texts.names import as_given
from screening.records import Fields

COLUMNS = ("key", *(each.name for each in declared(Fields)))
# Excel's own limit; what is longer is cut there by every program that writes workbooks.
_LONGEST_CELL = 32_767
_CUT = " [cut here: a cell of Excel holds no more]"
_FIXED_TIME = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def write_csv(references: Iterable[tuple[str, Fields]]) -> Iterator[bytes]:
    """Yield a CSV file in UTF-8 with a byte order mark, which Excel needs to see accents.

    Lists are joined by "; ", notes by a blank line, addresses by a line break. A cell that a
    spreadsheet would take for a formula gets an apostrophe, which our reader takes off again; so does
    one that looks as if it had got one already. Where there is no key the number of the row stands
    for it.
    """
    yield b"\xef\xbb\xbf"
    yield _line(list(COLUMNS))
    for row, (key, fields) in enumerate(references, start=1):
        yield _line([_safe(cell) for cell in _cells(key or str(row), fields)])


def write_xlsx(references: Iterable[tuple[str, Fields]]) -> Iterator[bytes]:
    """Yield an Excel workbook with one sheet; every cell is text, so that none is run."""
    from xlsxwriter import Workbook  # noqa: PLC0415  # heavy, and only workbooks need it

    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = Workbook(stream, options)
    book.set_properties({"created": _FIXED_TIME})
    sheet = book.add_worksheet("records")
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(COLUMNS):
        sheet.write_string(0, column, name, bold)
    for row, (key, fields) in enumerate(references, start=1):
        for column, cell in enumerate(_cells(key or str(row), fields)):
            if cell:
                sheet.write_string(row, column, _fitting(_kept_apart(cell)))
    book.close()
    yield stream.getvalue()


def _cells(key: str, fields: Fields) -> Iterator[str]:
    yield key
    for name in COLUMNS[1:]:
        value = getattr(fields, name)
        if name == "authors":
            yield "; ".join(map(as_given, value))
        elif name == "notes":
            yield "\n\n".join(value)
        elif name == "urls":
            yield "\n".join(value)
        elif isinstance(value, tuple):
            yield "; ".join(each.replace(";", ",") for each in value)
        else:
            yield "" if value is None else str(value)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else _kept_apart(cell)


def _kept_apart(cell: str) -> str:
    """Return a cell whose own apostrophe before a sign our reader will not take for one of ours."""
    ours_by_looks = cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_SIGNS)
    return f"'{cell}" if ours_by_looks else cell


def _fitting(cell: str) -> str:
    return cell if len(cell) <= _LONGEST_CELL else cell[: _LONGEST_CELL - len(_CUT)] + _CUT


def _line(cells: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode("utf-8", "replace")
