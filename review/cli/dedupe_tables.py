"""Records in plain tables: the csv, tsv and xlsx files that `winnow dedupe --input` reads directly."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice

import numpy as np

from review.cli.dedupe_cells import Cells, cells_of_rows
from review.cli.dedupe_gaps import mended
from screening.identification.matching.many_texts import Ints, Texts
from screening.identification.matching.numerals import whole_numbers
from screening.identification.matching.parts import Part, part
from screening.identification.matching.printed import Printed, Sort, how_many_filled
from screening.identification.texts.registrations import registrations_in
from screening.problems import Problem, WinnowError, error, warning

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


def rows_of_workbook(data: bytes) -> Iterator[list[str]]:
    """Yield the rows of a workbook's first sheet as text; whole numbers without a point."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    for cells in book.worksheets[0].iter_rows(values_only=True):
        yield [_text(cell) for cell in cells]


_BATCH = 4000
"""Rows of a workbook that are normalised at a time."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a table, parted into cells."""

    header: Sequence[str]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What was read of some of a table's rows; rows are counted from 0 at the first of them.

    `rows` are those that hold a record, of all `total`; `longer` have more cells than the header, and
    `nameless` have no id though there is a column for it.
    """

    part: Part
    total: int
    rows: Sequence[int]
    longer: list[int]
    nameless: list[int]


@dataclass(frozen=True, slots=True)
class Read:
    """Some records, normalised, the rows they stood in, and what was wrong with them."""

    part: Part
    rows: Sequence[int]
    problems: list[Problem]


def batches_of(header: Sequence[str], rows: Iterator[list[str]]) -> Iterator[Rows]:
    """Yield the rows after the header in batches."""
    while batch := list(islice(rows, _BATCH)):
        yield Rows(header, batch)


def read_rows(batch: Rows) -> Taken:
    """Return the records of a batch of rows."""
    return read_cells(batch.header, cells_of_rows(batch.rows, len(batch.header)))


def read_cells(header: Sequence[str], cells: Cells) -> Taken:
    """Return the records of some rows, each of whose cells is known."""
    rows = cells.rows.tolist()
    # Of columns of one name the first counts.
    named = zip(reversed(header), reversed(cells.columns), strict=False)
    columns = {name: mended(name, texts, cells.columns) for name, texts in named if name in COLUMNS}
    keys, nameless = [""] * len(rows), []
    if "id" in columns:
        keys = cells.verbatim[list(header).index("id")].compact().strings()
        nameless = cells.rows[~columns["id"].filled].tolist()
    return Taken(
        part(keys, _printed(columns, len(rows))),
        cells.total,
        range(len(rows)) if len(rows) == cells.total else rows,
        cells.longer,
        nameless,
    )


def placed(taken: Taken, name: str, first: int, prefix: str, *, named: bool) -> Read:
    """Return what was read of rows of which the first is row `first` of file `name`.

    `prefix` goes before ids; where records are not `named`, the id is the row's number. Raises
    WinnowError where an id is missing: its group could not be told.
    """
    if named and taken.nameless:
        raise WinnowError(
            error(
                f"{name}, row {first + taken.nameless[0]}",
                "This row has no id; give every record one, or leave the column out.",
            )
        )
    rows = (
        [first + row for row in taken.rows]
        if isinstance(taken.rows, list)
        else range(first, first + taken.total)
    )
    keys = taken.part.keys if named else [str(row - 1) for row in rows]
    if prefix:
        keys = [prefix + key for key in keys]
    problems = [
        warning(
            f"{name}, row {first + row}",
            "This row has more cells than the header; the last ones were not read.",
        )
        for row in taken.longer
    ]
    return Read(replace(taken.part, keys=keys), rows, problems)


def _printed(columns: Mapping[str, Texts], rows: int) -> Printed:
    """Return the columns of a table as those of records."""
    nothing = Texts.none(rows)

    def cells(name: str) -> Texts:
        return columns.get(name, nothing).compact()

    issues = cells("issue")
    if "number" in columns:
        numbers = cells("number")
        without = np.flatnonzero(~issues.filled & numbers.filled).tolist()
        issues = issues.replaced({row: numbers[row] for row in without})
    titles, journals, volumes, pages = (
        cells("title"), cells("journal"), cells("volume"), cells("pages"),
    )  # fmt: skip
    dois, pmids, isbns = cells("doi"), cells("pmid"), cells("isbn")
    abstracts = columns.get("abstract", nothing)  # of which the beginnings only are cut out
    authors, years = _names(cells("authors")), _years(cells("year"))
    issns, urls = (
        {row: (texts[row],) for row in np.flatnonzero(texts.filled).tolist()}
        for texts in (cells("issn"), cells("url"))
    )
    registrations = {row: found for row, (url,) in urls.items() if (found := registrations_in(url))}
    sorts = np.zeros(rows, dtype=np.int64)
    # An address in a registry, and no journal.
    sorts[[row for row in registrations if not journals.filled[row]]] = Sort.ENTRY
    return Printed(
        titles, authors, years, journals, volumes, issues, pages, nothing, dois, pmids, abstracts,
        isbns, issns, urls, registrations, sorts,
        how_many_filled(
            (titles, authors, journals, volumes, issues, pages, dois, pmids, abstracts, isbns),
            years, issns, urls,
        ),
    )  # fmt: skip


def _years(texts: Texts) -> Ints:
    """Return the year that each text is or holds, 0 where there is none."""
    years, plain = whole_numbers(texts, 4)
    plain &= texts.lengths == 4
    years[~plain] = 0
    for row in np.flatnonzero(texts.filled & ~plain).tolist():
        year = _YEAR.search(texts[row])
        years[row] = int(year.group()) if year else 0
    return years


def _names(authors: Texts) -> Texts:
    """Return lists parted by ";" or "and" as such that are parted by ";"; one with commas only stays as it is.

    Whether a comma parts names or parts of a name cannot be told, and matching does not need it.
    """
    if not authors.hold(" and ") and not authors.hold(" AND "):
        return authors
    parted = {}
    for row, names in enumerate(authors):
        if ";" not in names:
            separator = " and " if " and " in names else " AND "
            if separator in names:
                parted[row] = names.replace(separator, ";")
    return authors.replaced(parted)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
