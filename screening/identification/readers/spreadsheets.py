"""Excel workbooks (.xlsx): every sheet that has a header row."""

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile, ZipFile

from screening.identification.readers.archives import Readable, is_workbook
from screening.identification.readers.context import Context, Found
from screening.identification.readers.rows import (
    HEADER_WITHIN,
    Columns,
    Row,
    cell_text,
    columns_of,
    known_in,
    record_from,
    warn_without_title,
)
from screening.problems import error

LARGEST_SHEETS = 1 << 30
_TOO_DENSE = 400
# What openpyxl and the libraries below it raise for damaged files.
FAILURES = (
    BadZipFile,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    ValueError,
    OSError,
    EOFError,
    SyntaxError,
    zlib.error,
)


def read_workbook(stream: Readable, context: Context) -> Iterator[Found]:
    """Yield every row below the header row of every sheet; other sheets are named."""
    from openpyxl import load_workbook  # noqa: PLC0415  # heavy, and only workbooks need it

    data = stream.read()
    if not is_workbook(data):
        message = "The file is a zip archive; unpack it, or let `winnow convert` or `winnow load` open it."
        context.problems.append(error(context.name, message, "archive"))
        return
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > min(LARGEST_SHEETS, _TOO_DENSE * len(data) + 1_000_000):
            message = "The workbook unfolds to far more than it weighs and was not opened."
            context.problems.append(error(context.name, message, "bomb"))
            return
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except FAILURES as failure:
        message = f"The workbook cannot be opened ({failure}); save it again, or as CSV."
        context.problems.append(error(context.name, message, "unreadable"))
        return
    try:
        for sheet in book.worksheets:
            rows = ([text_of(value) for value in row] for row in sheet.iter_rows(values_only=True))
            yield from sheet_rows(sheet.title, rows, context, "xlsx")
    except FAILURES as failure:
        message = f"The workbook is damaged ({failure}); what stands before the damage was read."
        context.problems.append(error(context.name, message, "damaged"))


def sheet_rows(
    title: str, rows: Iterator[list[str]], context: Context, syntax: str
) -> Iterator[Found]:
    """Yield every row of a sheet below its header row; a sheet without one is named."""
    waiting: list[list[str]] = []
    best = 0
    header = 0
    for row in rows:
        waiting.append(row)
        known = known_in(row)
        if known > best:
            best, header = known, len(waiting) - 1
        if len(waiting) >= HEADER_WITHIN:
            break
    if not best:
        if any(any(row) for row in waiting):
            message = f"The sheet '{title}' has no header row with a title and was passed."
            context.warn(None, message, "sheet")
        return
    columns = columns_of(waiting[header], context.provider)
    warn_without_title(columns, header + 1, context)
    for number, row in enumerate(waiting[header + 1 :], start=header + 2):
        yield from _row(row, columns, number, context, syntax)
    for number, row in enumerate(rows, start=len(waiting) + 1):
        yield from _row(row, columns, number, context, syntax)


def _row(
    row: list[str], columns: Columns, number: int, context: Context, syntax: str
) -> Iterator[Found]:
    cells = [cell_text(cell) for cell in row]
    if any(cells):
        context.started += 1
        yield record_from(Row(cells, "\t".join(row), number, syntax), columns, context)


def text_of(value: Any) -> str:  # noqa: ANN401  # a cell holds anything
    """Return what a cell holds as text, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return (
        _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), str(value))
        if "_x" in str(value)
        else str(value)
    )


# How spreadsheets write control characters (ECMA-376, ST_Xstring).
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
