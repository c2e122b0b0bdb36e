"""Excel workbooks of the form before 2007 (.xls), as Web of Science, ProQuest and CNKI still save them."""

import io
import struct
from collections.abc import Iterator
from typing import Any

from screening.identification.readers.archives import Readable
from screening.identification.readers.context import Context, Found
from screening.identification.readers.spreadsheets import sheet_rows, text_of
from screening.problems import error

# Microsoft's compound file, in which Office kept its files before 2007.
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


def read_old_workbook(stream: Readable, context: Context) -> Iterator[Found]:
    """Yield every row below the header row of every sheet; a file that cannot be opened is named."""
    from xlrd import XLRDError, open_workbook  # noqa: PLC0415  # only these files need it
    from xlrd.compdoc import CompDocError  # noqa: PLC0415  # likewise

    data = stream.read()
    try:
        _refuse_circles(data)
        # What xlrd would print about small damages is kept from the terminal.
        book = open_workbook(
            file_contents=data, logfile=io.StringIO(), on_demand=True, ragged_rows=True
        )
        for name in book.sheet_names():
            yield from sheet_rows(name, _rows(book, name), context, "xls")
    except (XLRDError, CompDocError, *_FAILURES) as failure:
        read = "what stands before the damage was read" if context.started else "nothing was read"
        message = (
            f"The old Excel workbook (.xls), or another Office file from before 2007, cannot be opened or is damaged "
            f"({failure}); {read}. Open it in a spreadsheet program, save it as .xlsx or CSV, and give that."
        )
        context.problems.append(error(context.name, message, "damaged"))


def _rows(book: Any, name: str) -> Iterator[list[str]]:  # noqa: ANN401  # xlrd has no types
    sheet = book.sheet_by_name(name)
    for number in range(sheet.nrows):
        yield [_text(cell, book.datemode) for cell in sheet.row(number)]


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
