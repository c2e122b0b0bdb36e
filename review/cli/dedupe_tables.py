"""Records in plain tables: the csv, tsv and xlsx files that `winnow dedupe --input` reads directly."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO

from screening.identification.matching.groups import Item
from screening.problems import Problem, WinnowError, error, warning
from screening.records import Fields

COLUMNS = (
    "id", "title", "authors", "year", "journal", "volume", "issue", "number", "pages", "doi",
    "pmid", "abstract", "isbn", "issn", "url",
)  # fmt: skip
"""The names a header may hold, in any order and in lower case; others are ignored."""

_YEAR = re.compile(r"\d{4}")
_LONGEST_CELL = 1 << 27  # characters: more is no cell but a file whose quotes do not match


def header_of(cells: Sequence[str]) -> list[str] | None:
    """Return the header's names, or None where these cells are not the header of such a table."""
    names = [cell.strip().strip("\ufeff") for cell in cells]
    lower = [name.lower() for name in names]
    # Exports have a "Title" too; beside an "ID" it is a table of one's own.
    names = lower if {"id", "title"} <= set(lower) else names
    known = set(names) & set(COLUMNS)
    return names if known & {"id", "title"} and (len(known) > 1 or len(names) == 1) else None


def rows_of_text(data: bytes) -> Iterator[list[str]]:
    """Yield the rows of a csv or tsv file; quotes, line ends and encoding as they come."""
    csv.field_size_limit(_LONGEST_CELL)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text[: text.find("\n") if "\n" in text else len(text)]
    delimiter = max("\t,;", key=first.count)
    yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter)


def is_workbook(data: bytes) -> bool:
    """Return whether the bytes are a workbook and not another zip archive."""
    return b"xl/workbook" in data[:4096] or b"xl/workbook" in data[-65536:]


def rows_of_workbook(data: bytes) -> Iterator[list[str]]:
    """Yield the rows of a workbook's first sheet as text; whole numbers without a point."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    for cells in book.worksheets[0].iter_rows(values_only=True):
        yield [_text(cell) for cell in cells]


def items_of(
    name: str, header: list[str], rows: Iterable[list[str]], problems: list[Problem]
) -> Iterator[Item]:
    """Yield an item per row, with its id verbatim or, without an id column, its row number.

    Raises WinnowError where an id is missing or given twice: its group could not be told.
    """
    place = {column: header.index(column) for column in COLUMNS if column in header}
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, 2):
        if not any(row):
            continue
        where = f"{name}, row {number}"
        if any(row[len(header) :]):
            problems.append(
                warning(
                    where, "This row has more cells than the header; the last ones were not read."
                )
            )
        cells = row + [""] * (len(header) - len(row))
        key = cells[place["id"]] if "id" in place else str(number - 1)
        if not key.strip():
            raise WinnowError(
                error(where, "This row has no id; give every record one, or leave the column out.")
            )
        if key in seen:
            message = (
                f"The id {key!r} stands in row {seen[key]} and again here; make the ids unique."
            )
            raise WinnowError(error(where, message))
        seen[key] = number
        yield Item(key, _fields({column: cells[index] for column, index in place.items()}))


def _fields(row: dict[str, str]) -> Fields:
    cell = {column: text.strip() for column, text in row.items() if text}.get
    year = _YEAR.search(cell("year", ""))
    issn = cell("issn")
    url = cell("url")
    return Fields(
        title=cell("title"),
        authors=_names(cell("authors", "")),
        year=int(year.group()) if year else None,
        journal=cell("journal"),
        volume=cell("volume"),
        issue=cell("issue") or cell("number"),
        pages=cell("pages"),
        doi=cell("doi"),
        pmid=cell("pmid"),
        abstract=cell("abstract"),
        isbn=cell("isbn"),
        issn=(issn,) if issn else (),
        urls=(url,) if url else (),
    )


def _names(authors: str) -> tuple[str, ...]:
    """Return the names of a list parted by ";" or "and"; one with commas only stays as it is.

    Whether a comma parts names or parts of a name cannot be told, and matching does not need it.
    """
    for separator in (";", " and ", " AND "):
        if separator in authors:
            return tuple(name for part in authors.split(separator) if (name := part.strip()))
    return (authors.strip(),) if authors.strip() else ()


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
