"""Workbooks that are zip files: those of Excel (.xlsx), and of LibreOffice (.ods) by way of `open_documents`."""

import io
import zlib
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from zipfile import BadZipFile, ZipFile

from screening.identification.readers.context import Context, Found
from screening.identification.readers.tables.open_documents import rows_by_sheet
from screening.identification.readers.tables.sheets import Sheet, read_sheets, text_of
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


def read_workbook(data: bytes, kind: str, context: Context) -> Iterator[Found]:
    """Yield every row below the header row of every sheet; other sheets are named.

    `kind` is what `office_kind` says of the file.
    """
    if refused := _refusal(data, kind):
        context.problems.append(error(context.name, *refused))
        return
    sheets = _open_document(data) if kind == "ods" else _excel(data)
    yield from read_sheets(sheets, FAILURES, context, kind)


def _refusal(data: bytes, kind: str) -> tuple[str, str] | None:
    """Return what is said of a file that is not opened, and the word for it."""
    if not kind:
        return (
            "The file is a zip archive; unpack it, or let `winnow convert` or `winnow load` open it.",
            "archive",
        )
    if kind == "document":
        return (
            "The file is a document of Word or another Office program and no export. Export from the database again, "
            "or save a table that stands in it as CSV."
        ), "document"
    with ZipFile(io.BytesIO(data)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > min(LARGEST_SHEETS, _TOO_DENSE * len(data) + 1_000_000):
        return "The workbook unfolds to far more than it weighs and was not opened.", "bomb"
    return None


def _excel(data: bytes) -> Iterator[Sheet]:
    from openpyxl import load_workbook  # noqa: PLC0415  # heavy, and only workbooks need it

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        yield (
            sheet.title,
            ([text_of(value) for value in row] for row in sheet.iter_rows(values_only=True)),
        )


def _open_document(data: bytes) -> Iterator[Sheet]:
    with ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as content:
        for title, rows in groupby(rows_by_sheet(content), key=itemgetter(0)):
            yield title, (cells for _, cells in rows)
