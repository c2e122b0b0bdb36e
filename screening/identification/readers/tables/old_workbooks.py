"""Excel workbooks of the form before 2007 (.xls), as Web of Science, ProQuest and CNKI still save them."""

import io
import struct
from collections.abc import Iterator
from typing import Any

from screening.identification.readers.context import Context, Found
from screening.identification.readers.tables.sheets import Sheet, read_sheets, text_of

# Microsoft's compound file, in which all Office programs kept their files before 2007.
OLE2 = b"\xd0\xcf\x11\xe0"
# What xlrd raises for damaged files beside its own errors.
_FAILURES = (
    struct.error,
    LookupError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    TypeError,
    ValueError,
    OSError,
    EOFError,
)
_STREAM = 2  # the type of a directory entry that holds bytes


def read_old_workbook(data: bytes, context: Context) -> Iterator[Found]:
    """Yield every row below the header row of every sheet; a file that cannot be opened is named."""
    from xlrd import XLRDError  # noqa: PLC0415  # only these files need it
    from xlrd.compdoc import CompDocError  # noqa: PLC0415  # likewise

    failures = (XLRDError, CompDocError, *_FAILURES)
    yield from read_sheets(_sheets(data), failures, context, "xls")


def _sheets(data: bytes) -> Iterator[Sheet]:
    from xlrd import open_workbook  # noqa: PLC0415  # as above

    _refuse_circles(data)
    # What xlrd would print about small damages is kept from the terminal.
    book = open_workbook(
        file_contents=data, logfile=io.StringIO(), on_demand=True, ragged_rows=True
    )
    for name in book.sheet_names():
        sheet = book.sheet_by_name(name)
        rows = (
            [_text(cell, book.datemode) for cell in sheet.row(number)]
            for number in range(sheet.nrows)
        )
        yield name, rows


def _text(cell: Any, datemode: int) -> str:  # noqa: ANN401  # xlrd has no types
    from xlrd import XL_CELL_DATE, XL_CELL_ERROR, error_text_from_code  # noqa: PLC0415  # as above
    from xlrd.xldate import XLDateError, xldate_as_datetime  # noqa: PLC0415  # as above

    value = cell.value
    if cell.ctype == XL_CELL_ERROR:
        return str(error_text_from_code.get(value, "#ERR!"))
    if cell.ctype == XL_CELL_DATE:
        try:
            value = xldate_as_datetime(value, datemode)
        except (XLDateError, ValueError, OverflowError):
            value = cell.value
    return text_of(value)


def _refuse_circles(data: bytes) -> None:
    """Raise ValueError where a short stream of the file leads back into itself, which xlrd follows for ever."""
    from xlrd.compdoc import CompDoc  # noqa: PLC0415  # as above

    parts = CompDoc(data, logfile=io.StringIO())
    for entry in parts.dirlist:
        if entry.etype == _STREAM and entry.tot_size < parts.min_size_std_stream:
            sector, steps = entry.first_SID, 0
            while 0 <= sector < len(parts.SSAT):
                sector, steps = parts.SSAT[sector], steps + 1
                if steps > len(parts.SSAT):
                    raise ValueError("a part of it leads back into itself")
