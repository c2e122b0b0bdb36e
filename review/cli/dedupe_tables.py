"""Records in plain tables: the csv, tsv and xlsx files that `winnow dedupe --input` reads directly."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from operator import itemgetter

from screening.identification.matching.parts import Part, part
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


def delimiter_of(line: str) -> str:
    """Return what parts the cells of a table whose first line this is."""
    return max("\t,;", key=line.count)


def rows_of(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Yield the rows of a csv or tsv file; quotes and line ends as they come."""
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))  # one limit for all readers
    return csv.reader(lines, delimiter=delimiter)


def is_workbook(data: bytes) -> bool:
    """Return whether the bytes are a workbook and not another zip archive."""
    return b"xl/workbook" in data[:4096] or b"xl/workbook" in data[-65536:]


def rows_of_workbook(data: bytes) -> Iterator[list[str]]:
    """Yield the rows of a workbook's first sheet as text; whole numbers without a point."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    for cells in book.worksheets[0].iter_rows(values_only=True):
        yield [_text(cell) for cell in cells]


_BATCH = 4000
"""Rows that are normalised at a time: enough to be worth handing over, few enough to share out."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of one table, the first of them row `first` of file `name`; `prefix` goes before ids."""

    name: str
    header: list[str]
    rows: list[list[str]]
    first: int
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """Some records, normalised, the rows they stood in, and what was wrong with them."""

    part: Part
    rows: Sequence[int]
    problems: list[Problem]


def batches_of(
    name: str, header: list[str], rows: Iterator[list[str]], prefix: str = ""
) -> Iterator[Batch]:
    """Yield the rows after the header in batches."""
    first = 2
    while batch := list(islice(rows, _BATCH)):
        yield Batch(name, header, batch, first, prefix)
        first += len(batch)


def read_batch(batch: Batch) -> Read:
    """Return the records of a batch of rows."""
    problems: list[Problem] = []
    keys: list[str] = []
    rows: list[int] = []
    records: list[Fields] = []
    for row, key, fields in _records(batch, problems):
        keys.append(batch.prefix + key)
        rows.append(row)
        records.append(fields)
    full = range(batch.first, batch.first + len(batch.rows))
    return Read(part(keys, records), full if len(full) == len(rows) else rows, problems)


def _records(batch: Batch, problems: list[Problem]) -> Iterator[tuple[int, str, Fields]]:
    """Yield number, id and fields of every row; without an id column, the id is the row's number.

    Raises WinnowError where an id is missing: its group could not be told.
    """
    header = batch.header
    place = {column: header.index(column) for column in COLUMNS if column in header}
    width = len(header)
    # Columns that are absent are read from one cell more, which is empty.
    pick = itemgetter(*(place.get(column, width) for column in COLUMNS))
    has_id = "id" in place
    for number, row in enumerate(batch.rows, batch.first):
        if not any(row):
            continue
        if len(row) > width and any(row[width:]):
            problems.append(
                warning(
                    f"{batch.name}, row {number}",
                    "This row has more cells than the header; the last ones were not read.",
                )
            )
        key, *cells = pick([*row[:width], *[""] * (width + 1 - len(row))])
        if not has_id:
            key = str(number - 1)
        elif not key.strip():
            raise WinnowError(
                error(
                    f"{batch.name}, row {number}",
                    "This row has no id; give every record one, or leave the column out.",
                )
            )
        yield number, key, _fields(cells)


def _fields(cells: list[str]) -> Fields:
    (
        title, authors, year, journal, volume, issue, number, pages, doi, pmid, abstract, isbn, issn, url,
    ) = [cell.strip() or None for cell in cells]  # fmt: skip
    return Fields(
        title=title,
        authors=_names(authors) if authors else (),
        year=_year(year) if year else None,
        journal=journal,
        volume=volume,
        issue=issue or number,
        pages=pages,
        doi=doi,
        pmid=pmid,
        abstract=abstract,
        isbn=isbn,
        issn=(issn,) if issn else (),
        urls=(url,) if url else (),
    )


def _year(text: str) -> int | None:
    if len(text) == 4 and text.isdecimal():
        return int(text)
    year = _YEAR.search(text)
    return int(year.group()) if year else None


def _names(authors: str) -> tuple[str, ...]:
    """Return the names of a list parted by ";" or "and"; one with commas only stays as it is.

    Whether a comma parts names or parts of a name cannot be told, and matching does not need it.
    """
    for separator in (";", " and ", " AND "):
        if separator in authors:
            return tuple(name for part in authors.split(separator) if (name := part.strip()))
    return (authors,)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
