"""Records as their export printed them, a column per field: what normalising starts from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from operator import attrgetter
from typing import Any

import numpy as np

from screening.identification.matching.many_texts import Ints, Texts
from screening.identification.texts.registrations import registrations_in
from screening.records import Fields


class Sort(IntEnum):
    """What sort of thing a record is of, as far as its export says and it matters; ENTRY is a trial registry's."""

    UNKNOWN = 0
    OTHER = 1
    THESIS = 2
    DATA = 3
    PREPRINT = 4
    ENTRY = 5


_SORTS = {
    "thesis": Sort.THESIS, "dataset": Sort.DATA, "software": Sort.DATA, "preprint": Sort.PREPRINT,
}  # fmt: skip

Lists = Mapping[int, tuple[str, ...]]
"""Values of which few records have any, by row."""

SHOWN = ("year", "journal", "volume", "pages", "doi")
"""Fields of a record that a reason names."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Records in columns, one row per record; missing is "", the year 0 or no entry.

    The names of an author list stand between semicolons.
    `filled` says how many of the fields that tables have are there. A table read column by column
    needs no Fields in between, which would cost more than all normalising.
    """

    titles: Texts
    authors: Texts
    years: Ints
    journals: Texts
    volumes: Texts
    issues: Texts
    pages: Texts
    article_numbers: Texts
    dois: Texts
    pmids: Texts
    abstracts: Texts
    isbns: Texts
    issns: Lists
    urls: Lists
    registrations: Lists
    sorts: Ints
    filled: Ints

    def shown(self) -> dict[str, Texts]:
        """Return the fields of SHOWN that are texts."""
        articles = np.flatnonzero(self.article_numbers.filled & ~self.pages.filled).tolist()
        pages = self.pages.replaced({row: self.article_numbers[row] for row in articles})
        printed = {
            "journal": self.journals,
            "volume": self.volumes,
            "pages": pages,
            "doi": self.dois,
        }
        return {field: texts.compact() for field, texts in printed.items()}


@dataclass(frozen=True, slots=True)
class Shown:
    """The fields of records that a reason names, as printed."""

    years: Ints
    texts: Mapping[str, Texts]

    def of(self, row: int, field: str) -> str:
        """Return a field of a record, one of SHOWN."""
        return str(self.years[row] or "") if field == "year" else self.texts[field][row]


def printed(records: Sequence[Fields]) -> Printed:
    """Return the fields of records in columns."""

    def texts(name: str) -> Texts:
        return Texts.of(map(attrgetter(name), records))

    def values(name: str) -> list[Any]:
        return list(map(attrgetter(name), records))

    titles, volumes, issues, pages, dois, pmids, abstracts, isbns = map(
        texts, ("title", "volume", "issue", "pages", "doi", "pmid", "abstract", "isbn")
    )
    authors = Texts.of(map(";".join, values("authors")))
    years = np.array([year or 0 for year in values("year")], dtype=np.int64)
    journals = Texts.of(
        name or short
        for name, short in zip(values("journal"), values("journal_abbreviation"), strict=True)
    )
    issns, urls, registrations = (
        {row: value for row, value in enumerate(values(name)) if value}
        for name in ("issn", "urls", "registrations")
    )
    return Printed(
        titles, authors, years, journals, volumes, issues, pages, texts("article_number"), dois, pmids, abstracts,
        isbns, issns, urls, registrations, np.array([_sort(each) for each in records], dtype=np.int64),
        how_many_filled(
            (titles, authors, journals, volumes, issues, pages, dois, pmids, abstracts, isbns), years, issns, urls
        ),
    )  # fmt: skip


def _sort(fields: Fields) -> Sort:
    # The registry's own number is that of the trial; or an address in a registry stands for a journal.
    if fields.registrations and (
        fields.accession in fields.registrations
        or (not fields.journal and any(map(registrations_in, fields.urls)))
    ):
        return Sort.ENTRY
    return _SORTS.get(fields.type, Sort.OTHER) if fields.type else Sort.UNKNOWN


def how_many_filled(texts: Sequence[Texts], years: Ints, *others: Lists) -> Ints:
    """Return for each row in how many of the columns it has something."""
    filled: Ints = (years != 0).astype(np.int64)
    for column in texts:
        filled += column.filled
    for values in others:
        filled[list(values)] += 1
    return filled
