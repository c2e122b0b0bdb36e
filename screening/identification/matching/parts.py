"""Records of one batch, normalised: what a process of its own can work out and hand back."""

from array import array
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import Generic, TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from screening.identification.forms.authors import author_form
from screening.identification.forms.identifiers import (
    doi_form,
    is_preprint,
    is_preprint_server,
    issn_forms,
    pmid_form,
    versioned,
)
from screening.identification.forms.pages import page_form
from screening.identification.forms.titles import title_form
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

SHOWN = ("year", "journal", "volume", "pages", "doi")
_PARTING = "\x1f"

_MANY = 1 << 15
_volume = lru_cache(_MANY)(volume_form)
_pages = lru_cache(_MANY)(page_form)
_issns = lru_cache(_MANY)(issn_forms)
_is_server = lru_cache(_MANY)(is_preprint_server)
_VALUES = attrgetter(*Fields.__dataclass_fields__)


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
    signature = 0
    for word in words:
        signature |= _BITS[word]
    return signature


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
    for position, fields in enumerate(records):
        building.add(position, fields)
    return building.part(list(keys))


class _Building:
    """Columns while records are added to them."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.alternatives: dict[int, str] = {}
        self.authors: list[str] = []
        self.first_authors: list[str] = []
        self.author_runs: list[str] = []
        self.abstracts: list[str | None] = []
        self.shown: list[str] = []
        self.numbers: Distinct[frozenset[int]] = Distinct()
        self.journals: Distinct[str] = Distinct()
        self.letters: Distinct[str] = Distinct()
        self.dois: Distinct[str] = Distinct()
        self.works: Distinct[str] = Distinct()
        self.issns: Distinct[frozenset[str]] = Distinct()
        self.numeric = array("q")
        self.signatures = array("Q")

    def add(self, position: int, fields: Fields) -> None:
        title = title_form(fields.title)
        parted = title.words.split()
        author = author_form(fields.authors)
        self.titles.append(title.words)
        if title.alternative:
            self.alternatives[position] = title.alternative
        self.authors.append(author.words)
        self.signatures.extend((_signature(parted), _signature(author.words.split())))
        self.first_authors.append(author.first)
        self.author_runs.append(author.run)
        abstract = fields.abstract
        self.abstracts.append(abstract[:_ABSTRACT] if abstract else None)
        journal = fields.journal or fields.journal_abbreviation
        doi = doi_form(fields.doi)
        work, version = versioned(doi)
        issns = _issns(fields.issn, fields.isbn) if fields.issn or fields.isbn else None
        pages = fields.pages
        place = _volume(fields.volume, fields.issue)
        # The issue is looked at for an article number only where there are no pages.
        located = _pages(pages, fields.article_number, None if pages else fields.issue)
        # Some exports print the issue's number as the year, others the year as the volume.
        year = 0 if fields.year == place.issue else fields.year or 0
        values = _VALUES(fields)
        self.shown.append(
            f"{fields.year or ''}{_PARTING}{journal or ''}{_PARTING}{fields.volume or ''}{_PARTING}"
            f"{pages or fields.article_number or ''}{_PARTING}{fields.doi or ''}"
        )
        self.numeric.extend(
            (
                len(parted),
                self.numbers.code(title.numbers),
                title.kind,
                title.translated,
                year,
                self.journals.code(journal) if journal else -1,
                -1 if place.volume == fields.year else place.volume,
                place.issue,
                place.supplement,
                located.first,
                located.last,
                self.letters.code(located.letters),
                located.damaged,
                located.article,
                self.dois.code(doi) if doi else -1,
                self.works.code(work) if work else -1,
                version,
                is_preprint(doi) or (journal is not None and _is_server(journal)),
                pmid_form(fields.pmid, fields.urls),
                self.issns.code(issns) if issns else -1,
                len(values) - values.count(None) - values.count(()) - values.count(""),
                len(abstract or ""),
            )
        )

    def part(self, keys: list[str]) -> Part:
        rows = len(keys)
        return Part(
            keys,
            self.titles,
            self.alternatives,
            self.authors,
            self.first_authors,
            self.author_runs,
            self.abstracts,
            self.shown,
            np.frombuffer(self.numeric, dtype=np.int64).reshape(rows, len(NUMERIC)),
            np.frombuffer(self.signatures, dtype=np.uint64).reshape(rows, 2),
            {name: getattr(self, name).values() for name in CODED.values()},
        )
