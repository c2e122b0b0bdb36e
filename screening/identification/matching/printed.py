"""Records as their export printed them, a column per field: what normalising starts from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from screening.records import Fields

Texts = Sequence[str | None]
Lists = Sequence[tuple[str, ...]]

SHOWN = ("year", "journal", "volume", "pages", "doi")
"""Fields of a record that a reason names."""

_PARTING = "\x1f"


@dataclass(frozen=True, slots=True)
class Printed:
    """Records in columns, one row per record; missing is None or an empty tuple, as in Fields.

    The names of an author list stand between semicolons, "" is none.
    `filled` says how many of the fields that tables have are there. A table read column by column
    needs no Fields in between, which would cost a third of all normalising.
    """

    titles: Texts
    authors: Sequence[str]
    years: Sequence[int | None]
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
    filled: NDArray[np.int64]

    def shown(self) -> list[str]:
        """Return of each record what a reviewer is told, as `shown_fields` takes it apart."""
        return [
            f"{year or ''}\x1f{journal or ''}\x1f{volume or ''}\x1f{pages or article or ''}\x1f{doi or ''}"
            for year, journal, volume, pages, article, doi in zip(
                self.years,
                self.journals,
                self.volumes,
                self.pages,
                self.article_numbers,
                self.dois,
                strict=True,
            )
        ]


def shown_fields(shown: str) -> dict[str, str]:
    """Return the fields of a record that a reason names, as printed."""
    return dict(zip(SHOWN, shown.split(_PARTING), strict=True))


def printed(records: Sequence[Fields]) -> Printed:
    """Return the fields of records in columns."""
    titles, authors, years, journals, abbreviations, volumes, issues, pages = _fields(
        records,
        *(
            "title",
            "authors",
            "year",
            "journal",
            "journal_abbreviation",
            "volume",
            "issue",
            "pages",
        ),
    )
    articles, dois, pmids, abstracts, isbns, issns, urls, registrations = _fields(
        records,
        *("article_number", "doi", "pmid", "abstract", "isbn", "issn", "urls", "registrations"),
    )
    return Printed(
        titles=titles,
        authors=list(map(";".join, authors)),
        years=years,
        journals=[name or short for name, short in zip(journals, abbreviations, strict=True)],
        volumes=volumes,
        issues=issues,
        pages=pages,
        article_numbers=articles,
        dois=dois,
        pmids=pmids,
        abstracts=abstracts,
        isbns=isbns,
        issns=issns,
        urls=urls,
        registrations=registrations,
        filled=how_many_filled(
            titles, authors, years, journals, volumes, issues, pages, dois, pmids, abstracts, isbns, issns, urls,
        ),
    )  # fmt: skip


def _fields(records: Sequence[Fields], *names: str) -> Iterable[list[Any]]:
    return (list(map(attrgetter(name), records)) for name in names)


def how_many_filled(*columns: Sequence[object]) -> NDArray[np.int64]:
    """Return for each row in how many of the columns it has something."""
    filled = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        filled += np.frombuffer(bytes(map(bool, column)), dtype=np.uint8)
    return filled
