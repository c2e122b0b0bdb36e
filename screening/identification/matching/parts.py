"""Records of one batch, normalised: what a process of its own can work out and hand back."""

from array import array
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import or_
from typing import Any, Generic, TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from screening.identification.forms.authors import AuthorForm, author_form
from screening.identification.forms.identifiers import (
    doi_form,
    is_preprint,
    is_preprint_server,
    issn_forms,
    pmid_form,
    versioned,
)
from screening.identification.forms.pages import page_form
from screening.identification.forms.titles import TitleForm, title_form
from screening.identification.forms.volumes import volume_form
from screening.records import Fields

Value = TypeVar("Value", bound=Hashable)
Ints = NDArray[np.int64]

NUMERIC = (
    "title_words", "number_code", "kind", "translated", "year", "journal_code", "volume", "issue",
    "supplement", "first_page", "last_page", "page_letters", "page_damaged", "article", "doi_code",
    "work_code", "version", "preprint", "pmid", "issn_code", "filled", "abstract_length",
)  # fmt: skip
"""Whole-number columns, in the order in which a record adds them."""

CODED = {
    "number_code": "numbers",
    "journal_code": "journals",
    "page_letters": "letters",
    "doi_code": "dois",
    "work_code": "works",
    "issn_code": "issns",
}
"""Columns of codes, and the distinct values that they number."""

_ABSTRACT = 600
"""Letters kept of an abstract: comparing reads fewer, and its length is kept beside it."""

TEXTS = ("titles", "authors", "first_authors", "author_runs", "abstracts", "shown")
"""Columns of text, in the same order."""

SHOWN = ("year", "journal", "volume", "pages", "doi")
_PARTING = "\x1f"

_MANY = 1 << 15
_volume = lru_cache(_MANY)(volume_form)
_pages = lru_cache(_MANY)(page_form)
_issns = lru_cache(_MANY)(issn_forms)
_is_server = lru_cache(_MANY)(is_preprint_server)


class Distinct(Generic[Value]):
    """Distinct values, numbered in order of appearance."""

    def __init__(self) -> None:
        self.codes: dict[Value, int] = {}

    def code(self, value: Value) -> int:
        """Return the number of a value."""
        codes = self.codes
        return codes.setdefault(value, len(codes))

    def values(self) -> list[Value]:
        """Return the values in the order of their numbers."""
        return list(self.codes)


class _Bits(dict[str, int]):
    """For each word one of 64 bits.

    Unlike Python's own hash, the checksum is the same on every machine and in every run.
    """

    def __missing__(self, word: str) -> int:
        bit = 1 << (crc32(word.encode()) & 63)
        if len(self) < _MANY * 8:
            self[word] = bit
        return bit


_BITS = _Bits()


def _signature(words: Sequence[str]) -> int:
    """Return 64 bits of which each word sets one: a first look at whether texts share words."""
    return reduce(or_, map(_BITS.__getitem__, words), 0)


# Several exports of one publication often print its title and its authors alike.
@lru_cache(_MANY)
def _titled(title: str | None) -> tuple[TitleForm, int, int]:
    """Return the form of a title, how many words it has and their signature."""
    form = title_form(title)
    words = form.words.split()
    return form, len(words), _signature(words)


@lru_cache(_MANY)
def _authored(authors: tuple[str, ...]) -> tuple[AuthorForm, int]:
    """Return the form of an author list and the signature of its words."""
    form = author_form(authors)
    return form, _signature(form.words.split())


@dataclass(frozen=True, slots=True)
class Part:
    """Some records in columns, one row per record; codes number the distinct values of this part.

    `numeric` holds the columns of NUMERIC, `signatures` those of titles and authors. `shown` is what
    a reviewer is told of a record, as `shown_fields` takes it apart.
    """

    keys: list[str]
    titles: list[str]
    alternatives: dict[int, str]
    authors: list[str]
    first_authors: list[str]
    author_runs: list[str]
    abstracts: list[str | None]
    shown: list[str]
    numeric: Ints
    signatures: NDArray[np.uint64]
    distinct: dict[str, list[Hashable]] = field(default_factory=dict)


def shown_fields(shown: str) -> dict[str, str]:
    """Return the fields of a record that a reason names, as printed."""
    return dict(zip(SHOWN, shown.split(_PARTING), strict=True))


def part(keys: Sequence[str], records: Sequence[Fields]) -> Part:
    """Return records as columns, in their order."""
    building = _Building()
    # Looked up once and not a million times.
    text, numeric, signatures = (
        building.text.append,
        building.numeric.extend,
        building.signatures.extend,
    )
    number, journal_code, letter = (
        building.numbers.code,
        building.journals.code,
        building.letters.code,
    )
    doi_code, work_code, issn_code = building.dois.code, building.works.code, building.issns.code
    # One field after the other: the same few instructions again and again are fastest.
    titles = [_titled(fields.title) for fields in records]
    authors = [_authored(fields.authors) for fields in records]
    dois = [doi_form(fields.doi) if fields.doi else "" for fields in records]
    places = [_volume(fields.volume, fields.issue) for fields in records]
    # The issue is looked at for an article number only where there are no pages.
    ranges = [
        _pages(fields.pages, fields.article_number, None if fields.pages else fields.issue)
        for fields in records
    ]
    for position, (fields, titled, authored, doi, place, located) in enumerate(
        zip(records, titles, authors, dois, places, ranges, strict=True)
    ):
        title, title_words, title_bits = titled
        author, author_bits = authored
        if title.alternative:
            building.alternatives[position] = title.alternative
        volume, pages = fields.volume, fields.pages or fields.article_number
        year, printed_doi, abstract = fields.year, fields.doi, fields.abstract
        journal = fields.journal or fields.journal_abbreviation
        work, version = versioned(doi) if doi else ("", 1)
        issns = _issns(fields.issn, fields.isbn) if fields.issn or fields.isbn else None
        shown = f"{year or ''}\x1f{journal or ''}\x1f{volume or ''}\x1f{pages or ''}\x1f{printed_doi or ''}"
        text(
            (
                title.words,
                author.words,
                author.first,
                author.run,
                abstract[:_ABSTRACT] if abstract else None,
                shown,
            )
        )
        signatures((title_bits, author_bits))
        numeric(
            (
                title_words,
                number(title.numbers),
                title.kind,
                title.translated,
                # Some exports print the issue's number as the year, others the year as the volume.
                0 if year == place.issue else year or 0,
                journal_code(journal) if journal else -1,
                -1 if place.volume == year else place.volume,
                place.issue,
                place.supplement,
                located.first,
                located.last,
                letter(located.letters),
                located.damaged,
                located.article,
                doi_code(doi) if doi else -1,
                work_code(work) if work else -1,
                version,
                (bool(doi) and is_preprint(doi)) or (journal is not None and _is_server(journal)),
                pmid_form(fields.pmid, fields.urls) if fields.pmid or fields.urls else 0,
                issn_code(issns) if issns else -1,
                _filled(fields),
                len(abstract) if abstract else 0,
            )
        )
    return building.part(list(keys))


def _filled(fields: Fields) -> int:
    """Return how many of the fields that tables have are filled."""
    return 13 - (
        (not fields.title)
        + (not fields.authors)
        + (not fields.year)
        + (not fields.journal)
        + (not fields.volume)
        + (not fields.issue)
        + (not fields.pages)
        + (not fields.doi)
        + (not fields.pmid)
        + (not fields.abstract)
        + (not fields.isbn)
        + (not fields.issn)
        + (not fields.urls)
    )


class _Building:
    """Columns while records are added to them."""

    def __init__(self) -> None:
        self.text: list[tuple[str | None, ...]] = []
        self.alternatives: dict[int, str] = {}
        self.numbers: Distinct[frozenset[int]] = Distinct()
        self.journals: Distinct[str] = Distinct()
        self.letters: Distinct[str] = Distinct()
        self.dois: Distinct[str] = Distinct()
        self.works: Distinct[str] = Distinct()
        self.issns: Distinct[frozenset[str]] = Distinct()
        self.numeric = array("q")
        self.signatures = array("Q")

    def part(self, keys: list[str]) -> Part:
        """Return what was added as one part."""
        rows = len(keys)
        texts: Any = map(list, zip(*self.text, strict=True)) if rows else ([] for _ in TEXTS)
        return Part(
            keys=keys,
            **dict(zip(TEXTS, texts, strict=True)),
            alternatives=self.alternatives,
            numeric=np.frombuffer(self.numeric, dtype=np.int64).reshape(rows, len(NUMERIC)),
            signatures=np.frombuffer(self.signatures, dtype=np.uint64).reshape(rows, 2),
            distinct={name: getattr(self, name).values() for name in CODED.values()},
        )
