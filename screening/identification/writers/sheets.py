"""CSV and Excel: a row a record, a column a field, and no cell that a spreadsheet would run."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import fields as declared
from datetime import UTC, datetime

from screening.identification.readers.tables.rows import FORMULA_SIGNS
from screening.identification.texts.names import as_given
from screening.identification.writers.writing import Writer, Written, numbered
from screening.records import Fields

COLUMNS = ("key", *(each.name for each in declared(Fields)))
# Excel's own limit; what is longer is cut there by every program that writes workbooks.
_LONGEST_CELL = 32_767
_CUT = " [cut here: a cell of Excel holds no more]"
_FIXED_TIME = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def _row(key: str, fields: Fields) -> Written:
    cells = [_quoted(_safe(cell)) for cell in _cells(fields)]
    return Written(b"", _quoted(_safe(key)), f",{','.join(cells)}\r\n".encode("utf-8", "replace"))


def _csv(rows: Iterable[Written]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf"
    yield f"{','.join(COLUMNS)}\r\n".encode()
    yield from numbered(rows)


# A CSV file in UTF-8 with a byte order mark, which Excel needs to see accents. Lists are joined by "; ",
# notes by a blank line, addresses by a line break. A cell that a spreadsheet would take for a formula gets
# an apostrophe, which our reader takes off again; so does one that looks as if it had got one already.
# Where there is no key the number of the row stands for it.
write_csv = Writer(_row, _csv)


def _texts(key: str, fields: Fields) -> list[str]:
    return [_fitting(_kept_apart(cell)) for cell in (key, *_cells(fields))]


def _workbook(rows: Iterable[list[str]]) -> Iterator[bytes]:
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
    for row, (key, *cells) in enumerate(rows, start=1):
        for column, cell in enumerate((key or str(row), *cells)):
            if cell:
                sheet.write_string(row, column, cell)
    book.close()
    yield stream.getvalue()


# An Excel workbook with one sheet; every cell is text, so that none is run.
write_xlsx = Writer(_texts, _workbook)


def _cells(fields: Fields) -> Iterator[str]:
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


def _quoted(cell: str) -> str:
    """Return a cell as RFC 4180 has it, in quotes only where it must be."""
    if "," in cell or '"' in cell or "\n" in cell or "\r" in cell:
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell
