"""Records of one batch, normalised: what a process of its own can work out and hand back."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from screening.identification.forms.identifiers import (
    doi_form,
    is_preprint,
    is_preprint_server,
    is_registry,
    issn_forms,
    pmid_form,
    versioned,
)
from screening.identification.forms.pages import page_form, plain_range
from screening.identification.forms.volumes import volume_form
from screening.identification.matching.printed import Printed, Texts
from screening.identification.matching.wording import read_authors, read_titles, signatures

Ints = NDArray[np.int64]

NUMERIC = (
    "title_words", "number_code", "kind", "translated", "year", "journal_code", "volume", "issue",
    "supplement", "first_page", "last_page", "page_letters", "page_damaged", "article", "doi_code",
    "work_code", "version", "preprint", "registry", "registration_code", "pmid", "issn_code", "filled", "abstract_length",
)  # fmt: skip
"""Whole-number columns, in the order in which a part holds them."""

CODED = {
    "number_code": "numbers",
    "journal_code": "journals",
    "doi_code": "dois",
    "work_code": "works",
    "issn_code": "issns",
    "registration_code": "registrations",
}
"""Columns of codes, and the distinct values that they number."""

_ABSTRACT = 600
"""Letters kept of an abstract: comparing reads fewer, and its length is kept beside it."""

_MANY = 1 << 15
_volume = lru_cache(_MANY)(volume_form)
_issns = lru_cache(_MANY)(issn_forms)
_is_server = lru_cache(_MANY)(is_preprint_server)
_is_registry = lru_cache(_MANY)(is_registry)
_SOURCE = re.compile(
    r"\.?\s*(?:(\d{1,5})\b[^().]{0,20})?(?:\([^()]{0,40}\)\s*){0,4}\((?:pp? [^()]{1,40}|no pagination)\).*$",
    re.DOTALL,
)
"""The rest of a citation behind a journal's name: "Circulation.82 (1) ()(pp 82-93) 2004.Date of ..."."""


def _sourced(journals: Texts, volumes: Texts) -> tuple[Texts, Texts]:
    """Return journals without the citations that some exports put behind their names, and the volumes."""
    cited = [
        row for row, name in enumerate(journals) if name and ("(p" in name or "(no pag" in name)
    ]
    if not cited:
        return journals, volumes
    names, numbers = list(journals), list(volumes)
    for row in cited:
        name = names[row] or ""
        if found := _SOURCE.search(name):
            names[row] = name[: found.start()] or None
            numbers[row] = numbers[row] or found[1]
    return names, numbers


def _paged(
    pages: str | None, article_number: str | None, issue: str | None
) -> tuple[int, int, int, bool, bool]:
    """Return the form of a page range, the letter printed with it as a number."""
    if pages and (plain := plain_range(pages)):
        return (*plain, 0, False, False)
    first, last, letter, damaged, article = page_form(pages, article_number, issue)
    return first, last, ord(letter) if letter else 0, damaged, article


@dataclass(frozen=True, slots=True)
class Part:
    """Some records in columns, one row per record; codes number the distinct values of this part.

    `numeric` holds the columns of NUMERIC, `signatures` those of titles and authors. `shown` is what
    a reviewer is told of a record, as `shown_fields` takes it apart again.
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
    distinct: dict[str, list[Any]]


def part(keys: Sequence[str], printed: Printed) -> Part:
    """Return records as columns, in their order."""
    # One field after the other: the same few instructions again and again are fastest.
    titles = read_titles(printed.titles)
    authors, first_authors, author_runs = read_authors(printed.authors)
    title_words, title_bits = signatures(titles.words)
    _, author_bits = signatures(authors)
    journals, volumes = _sourced(printed.journals, printed.volumes)
    places = _table(map(_volume, volumes, printed.issues), 3)
    # The issue is looked at for an article number only where there are no pages.
    issues = [
        None if pages else issue for pages, issue in zip(printed.pages, printed.issues, strict=True)
    ]
    ranges = _table(map(_paged, printed.pages, printed.article_numbers, issues), 5)
    dois = [doi and doi_form(doi) for doi in printed.dois]
    works = [versioned(doi) if doi else (None, 1) for doi in dois]
    numeric, distinct = _numbered(
        {
            "number_code": titles.numbers,
            "journal_code": journals,
            "doi_code": [doi or None for doi in dois],
            "work_code": [work for work, _ in works],
            "issn_code": [
                (_issns(issn, isbn) or None) if issn or isbn else None
                for issn, isbn in zip(printed.issns, printed.isbns, strict=True)
            ],
            "registration_code": [
                frozenset(numbers) if numbers else None for numbers in printed.registrations
            ],
        }
    )
    years = _ints(year or 0 for year in printed.years)
    # A date that an export took for pages says nothing.
    dated = (ranges[:, 0] == years) & (ranges[:, 1] == years) & (ranges[:, 2] == 0) & (years != 0)
    for row in np.flatnonzero(dated & (ranges[:, 3] == 0)).tolist():
        ranges[row] = _paged(None, printed.article_numbers[row], printed.issues[row])
    numeric |= {
        "title_words": title_words,
        "kind": _ints(titles.kinds),
        "translated": _ints(titles.translated),
        # Some exports print the issue's number as the year, others the year as the volume.
        "year": np.where(years == places[:, 1], 0, years),
        "volume": np.where((places[:, 0] == years) & (years != 0), -1, places[:, 0]),
        "issue": places[:, 1],
        "supplement": places[:, 2],
        **dict(
            zip(
                ("first_page", "last_page", "page_letters", "page_damaged", "article"),
                ranges.T,
                strict=True,
            )
        ),
        "version": _ints(version for _, version in works),
        "preprint": _ints(
            (is_preprint(doi) if doi else False) or (journal is not None and _is_server(journal))
            for doi, journal in zip(dois, journals, strict=True)
        ),
        "registry": _ints(journal is not None and _is_registry(journal) for journal in journals),
        "pmid": _ints(
            pmid_form(pmid, urls) if pmid or urls else 0
            for pmid, urls in zip(printed.pmids, printed.urls, strict=True)
        ),
        "filled": np.array(printed.filled, dtype=np.int64),
        "abstract_length": _ints(len(text) if text else 0 for text in printed.abstracts),
    }
    return Part(
        list(keys),
        titles.words,
        titles.alternatives,
        authors,
        first_authors,
        author_runs,
        [text and text[:_ABSTRACT] for text in printed.abstracts],
        printed.shown(),
        np.stack([numeric[name] for name in NUMERIC], axis=1),
        np.stack([title_bits, author_bits], axis=1),
        distinct,
    )


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


def _table(rows: Iterable[tuple[int, ...]], width: int) -> Ints:
    return _ints(chain.from_iterable(rows)).reshape(-1, width)


def _numbered(
    columns: dict[str, Sequence[Hashable | None]],
) -> tuple[dict[str, Ints], dict[str, list[Any]]]:
    """Return the codes of each column, -1 for None, and the distinct values that they number."""
    codes: dict[str, Ints] = {}
    distinct: dict[str, list[Any]] = {}
    for name, column in columns.items():
        known: dict[Hashable | None, int] = dict.fromkeys(column, -1)
        known.pop(None, None)
        distinct[CODED[name]] = list(known)
        known = {value: code for code, value in enumerate(known)} | {None: -1}
        codes[name] = _ints(map(known.__getitem__, column))
    return codes, distinct
