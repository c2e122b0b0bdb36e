"""All records of one run as columns: what blocking and scoring compute on."""

from array import array
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
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
from screening.identification.forms.journals import JournalForm, journal_form
from screening.identification.forms.pages import PageForm, page_form
from screening.identification.forms.titles import title_form
from screening.identification.forms.volumes import VolumeForm, volume_form
from screening.records import Fields

Given = TypeVar("Given", bound=Hashable)
Form = TypeVar("Form")
Ints = NDArray[np.int64]

_NUMERIC = 21
"""Whole-number columns, in the order in which a record adds them."""


@dataclass(frozen=True, slots=True)
class Columns:
    """One row per record. Text is folded; a code is -1, a year or PubMed number 0 where missing.

    Codes number the distinct values of this run: equal codes mean equal values, nothing else.
    `journals`, `title_numbers` and `issns` are the distinct values behind their codes. `title_bearers`
    counts the records with a title and first author, `title_signature` and `author_signature`
    have a bit for every word of the title and of the names; `alternatives` holds the few titles in a second language.
    """

    titles: list[str]
    title_words: Ints
    title_signature: NDArray[np.uint64]
    title_bearers: Ints
    alternatives: dict[int, str]
    number_code: Ints
    kind: Ints
    translated: NDArray[np.bool_]
    authors: list[str]
    author_signature: NDArray[np.uint64]
    first_authors: list[str]
    author_runs: list[str]
    year: Ints
    journal_code: Ints
    volume: Ints
    issue: Ints
    supplement: NDArray[np.bool_]
    first_page: Ints
    last_page: Ints
    page_letters: Ints
    page_damaged: NDArray[np.bool_]
    article: NDArray[np.bool_]
    doi_code: Ints
    work_code: Ints
    version: Ints
    preprint: NDArray[np.bool_]
    pmid: Ints
    issn_code: Ints
    abstracts: list[str | None]
    journals: list[JournalForm]
    title_numbers: list[frozenset[int]]
    issns: list[frozenset[str]]

    def __len__(self) -> int:
        return len(self.titles)


class _Table(Generic[Given, Form]):
    """Number distinct values in order of appearance, working out the form of each only once."""

    def __init__(self, form: Callable[[Given], Form]) -> None:
        self._form = form
        self._codes: dict[Given, int] = {}
        self.forms: list[Form] = []

    def code(self, value: Given) -> int:
        code = self._codes.get(value)
        if code is None:
            code = self._codes[value] = len(self.forms)
            self.forms.append(self._form(value))
        return code


def columns(records: Sequence[Fields], step: Callable[[int], None] | None = None) -> Columns:
    """Return the records as columns, in their order; `step` is told how many are done."""
    building = _Building()
    for position, fields in enumerate(records):
        building.add(position, fields)
        if step and not position % 10_000:
            step(position)
    return building.columns()


def _signature(words: list[str]) -> int:
    """Return 64 bits of which each word sets one: a first look at whether titles share words.

    Unlike Python's own hash, the checksum is the same on every machine and in every run.
    """
    signature = 0
    for word in words:
        signature |= 1 << (crc32(word.encode()) & 63)
    return signature


def _same(value: str) -> str:
    return value


class _Building:
    """Columns while records are added to them."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.alternatives: dict[int, str] = {}
        self.authors: list[str] = []
        self.first_authors: list[str] = []
        self.author_runs: list[str] = []
        self.abstracts: list[str | None] = []
        self.numbers: _Table[frozenset[int], frozenset[int]] = _Table(lambda given: given)
        self.title_keys: _Table[tuple[str, str], None] = _Table(lambda _: None)
        self.journals = _Table(journal_form)
        self.servers = _Table(is_preprint_server)
        self.volumes: _Table[tuple[str | None, str | None], VolumeForm] = _Table(
            lambda given: volume_form(*given)
        )
        self.pages: _Table[tuple[str | None, str | None, str | None], PageForm] = _Table(
            lambda given: page_form(*given)
        )
        self.letters = _Table(_same)
        self.dois = _Table(_same)
        self.works = _Table(_same)
        self.issns: _Table[tuple[tuple[str, ...], str | None], frozenset[str]] = _Table(
            lambda given: issn_forms(*given)
        )
        self.signatures = array("Q")
        self.author_signatures = array("Q")
        self.numeric = array("q")

    def add(self, position: int, fields: Fields) -> None:
        title = title_form(fields.title)
        parted = title.words.split()
        author = author_form(fields.authors)
        self.titles.append(title.words)
        self.signatures.append(_signature(parted))
        if title.alternative:
            self.alternatives[position] = title.alternative
        self.authors.append(author.words)
        self.author_signatures.append(_signature(author.words.split()))
        self.first_authors.append(author.first)
        self.author_runs.append(author.run)
        self.abstracts.append(fields.abstract)
        journal = fields.journal or fields.journal_abbreviation
        doi = doi_form(fields.doi)
        work, version = versioned(doi)
        journal_code = -1
        if journal:
            journal_code = self.journals.code(journal)
            self.servers.code(journal)
        issn_code = -1
        if fields.issn or fields.isbn:
            issn_code = self.issns.code((fields.issn, fields.isbn))
        place = self.volumes.forms[self.volumes.code((fields.volume, fields.issue))]
        # The issue is looked at for an article number only where there are no pages.
        located = (fields.pages, fields.article_number, None if fields.pages else fields.issue)
        pages = self.pages.forms[self.pages.code(located)]
        # Some exports print the issue's number as the year, others the year as the volume.
        year = 0 if fields.year == place.issue else fields.year or 0
        self.numeric.extend(
            (
                len(parted),
                self.title_keys.code((title.words, author.first)),
                self.numbers.code(title.numbers),
                title.kind,
                title.translated,
                year,
                journal_code,
                -1 if place.volume == fields.year else place.volume,
                place.issue,
                place.supplement,
                pages.first,
                pages.last,
                self.letters.code(pages.letters),
                pages.damaged,
                pages.article,
                self.dois.code(doi) if doi else -1,
                self.works.code(work) if work else -1,
                version,
                is_preprint(doi) or (journal is not None and self.servers.forms[journal_code]),
                pmid_form(fields.pmid, fields.urls),
                issn_code if issn_code >= 0 and self.issns.forms[issn_code] else -1,
            )
        )

    def columns(self) -> Columns:
        table = np.frombuffer(self.numeric, dtype=np.int64).reshape(len(self.titles), _NUMERIC)
        (
            title_words, title_key, number_code, kind, translated, year, journal_code, volume, issue, supplement,
            first_page, last_page, page_letters, page_damaged, article, doi_code, work_code, version,
            preprint, pmid, issn_code,
        ) = np.ascontiguousarray(table.T)  # fmt: skip
        return Columns(
            titles=self.titles,
            title_words=title_words,
            title_signature=np.frombuffer(self.signatures, dtype=np.uint64),
            title_bearers=np.bincount(title_key, minlength=1)[title_key],
            alternatives=self.alternatives,
            number_code=number_code,
            kind=kind,
            translated=translated.astype(bool),
            authors=self.authors,
            author_signature=np.frombuffer(self.author_signatures, dtype=np.uint64),
            first_authors=self.first_authors,
            author_runs=self.author_runs,
            year=year,
            journal_code=journal_code,
            volume=volume,
            issue=issue,
            supplement=supplement.astype(bool),
            first_page=first_page,
            last_page=last_page,
            page_letters=page_letters,
            page_damaged=page_damaged.astype(bool),
            article=article.astype(bool),
            doi_code=doi_code,
            work_code=work_code,
            version=version,
            preprint=preprint.astype(bool),
            pmid=pmid,
            issn_code=issn_code,
            abstracts=self.abstracts,
            journals=self.journals.forms,
            title_numbers=self.numbers.forms,
            issns=self.issns.forms,
        )
