"""Worksheets to and from CSV bytes, as spreadsheets in different countries write them."""

import csv
import io
import re

from screening.grid import Grid, cell_text
from screening.problems import WinnowError, error

# What a spreadsheet would run as a formula, and what it would merely read as a number.
_FORMULA = re.compile(r"'*[=+\-@]")
_NUMBER = re.compile(r"[=+\-]\s*\d*\.?\d+")


def write_csv(grid: Grid) -> bytes:
    """Return a worksheet as CSV in UTF-8 with a byte order mark, which Excel needs to see it.

    A text that a spreadsheet would run as a formula gets an apostrophe before it, as spreadsheets
    themselves mark text; `read_csv` takes it off again.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([[_as_text(cell_text(cell)) for cell in row] for row in grid.rows])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def read_csv(data: bytes, name: str) -> Grid:
    """Return a CSV file as a worksheet; commas, semicolons and tabs are told apart by the header.

    UTF-8 and UTF-16 are read by their marks and Windows-1252 where the bytes are no UTF-8. Raises
    WinnowError where the file is no text at all.
    """
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise WinnowError(
            error(
                name, "This is not a CSV file; save the sheet as .csv or .xlsx and read it again."
            )
        )
    text = _decoded(data)
    header = text.partition("\n")[0]
    separator = max(",;\t", key=header.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as broken:
        raise WinnowError(
            error(name, f"The file breaks off inside a quoted cell or misquotes one ({broken}).")
        ) from broken
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return Grid(
        sheet="", rows=tuple(tuple(_as_meant(cell) for cell in row) for row in rows), file=name
    )


def _as_text(cell: str) -> str:
    harmless = not _FORMULA.match(cell) or _NUMBER.fullmatch(cell)
    return cell if harmless else f"'{cell}"


def _as_meant(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
