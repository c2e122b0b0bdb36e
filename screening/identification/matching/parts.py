"""Records of one batch, normalised: what a process of its own can work out and hand back."""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from screening.identification.forms.identifiers import (
    PREPRINT_DOIS,
    doi_form,
    is_dissertation,
    is_preprint,
    is_preprint_server,
    is_registry,
    issn_forms,
    pmid_form,
    versioned,
)
from screening.identification.forms.pages import ARTICLE_DIGITS, page_form
from screening.identification.forms.volumes import LONGEST, volume_form
from screening.identification.matching.author_words import read_authors
from screening.identification.matching.hashing import Sums, first_eight, text_hashes
from screening.identification.matching.keying import keyed
from screening.identification.matching.many_texts import Ints, Texts
from screening.identification.matching.numerals import plain_dois, plain_ranges, whole_numbers
from screening.identification.matching.printed import Printed, Sort
from screening.identification.matching.title_words import read_titles
from screening.identification.matching.wording import signed_words
from screening.identification.texts.dois import INDEX_DOI

CODED = {
    "number_code": "numbers",
    "journal_code": "journals",
    "issn_code": "issns",
    "registration_code": "registrations",
}
"""Columns of codes, and the distinct values that they number."""

_ABSTRACT = 600
"""Letters kept of an abstract: enough to have two thirds as many after folding, which is what is compared."""

_MANY = 1 << 15
_volume = lru_cache(_MANY)(volume_form)
_issns = lru_cache(_MANY)(issn_forms)
_SOURCE = re.compile(
    r"\.?\s*(?:(\d{1,5})\b[^().]{0,20})?(?:\([^()]{0,40}\)\s*){0,4}\((?:pp? [^()]{1,40}|no pagination)\).*$",
    re.DOTALL,
)
"""The rest of a citation behind a journal's name: "Circulation.82 (1) ()(pp 82-93) 2004.Date of ..."."""


def _sourced(journals: Texts, volumes: Texts) -> tuple[Texts, Texts]:
    """Return journals without the citations that some exports put behind their names, and the volumes."""
    if not journals.hold("(p") and not journals.hold("(no pag"):
        return journals, volumes
    names: dict[int, str] = {}
    numbers: dict[int, str] = {}
    for row, name in enumerate(journals):
        if ("(p" in name or "(no pag" in name) and (found := _SOURCE.search(name)):
            names[row] = name[: found.start()]
            numbers[row] = volumes[row] or found[1] or ""
    return journals.replaced(names), volumes.replaced(numbers)


@dataclass(frozen=True, slots=True)
class Part:
    """Some records in columns, one row per record; codes number the distinct values of this part.

    `texts` and `numbers` are columns by name, which `together` takes out of them so that nothing is held
    twice; those named shown are what a reviewer is told of a record.
    """

    keys: list[str]
    alternatives: dict[int, str]
    texts: dict[str, Texts]
    numbers: dict[str, NDArray[Any]]
    distinct: dict[str, list[Any]]


def part(keys: Sequence[str], printed: Printed) -> Part:
    """Return records as columns, in their order."""
    # One field after the other: the same few instructions again and again are fastest.
    titles = read_titles(printed.titles)
    authors = read_authors(printed.authors)
    sums = Sums(titles.words.lines())
    shown = printed.shown()
    journals, volumes = _sourced(shown["journal"], printed.volumes)
    places = _volumes_and_issues(volumes, printed.issues)
    years = printed.years
    ranges = _pages(printed)
    # A date that an export took for pages says nothing.
    dated = (ranges[:, 0] == years) & (ranges[:, 1] == years) & (ranges[:, 2] == 0) & (years != 0)
    for row in np.flatnonzero(dated & (ranges[:, 3] == 0)).tolist():
        ranges[row] = _paged("", printed.article_numbers[row], printed.issues[row])
    abstracts, abstract_lengths = _cut(printed.abstracts)
    dois, numbers_of_dois = _dois(printed.dois)
    numbers_of_journals, names = _journals(journals)
    sorts = printed.sorts
    dissertations = numbers_of_journals.pop("dissertation")
    coded, distinct = _numbered(len(keys), titles.numbers, printed)
    numbers = {
        **coded,
        **numbers_of_dois,
        **numbers_of_journals,
        **keyed(titles.words, sums, authors.first, abstracts),
        **signed_words(titles.words, sums),
        "kind": titles.kinds,
        "translated": titles.translated,
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
        "sort": np.where(dissertations & (sorts <= Sort.OTHER), Sort.THESIS, sorts),
        "registry": numbers_of_journals["registry"] | (sorts == Sort.ENTRY),
        "preprint": numbers_of_dois["preprint"]
        | numbers_of_journals["preprint"]
        | (sorts == Sort.PREPRINT),
        "pmid": _pubmed(printed),
        "filled": printed.filled,
        "abstract_length": abstract_lengths,
        "author_signature": authors.bits,
        "shown_year": printed.years,
    }
    texts = {
        "titles": titles.words,
        "authors": authors.words,
        "first_authors": authors.first,
        "author_runs": authors.runs,
        "abstracts": abstracts,
        "dois": dois,
        **{f"shown_{field}": shown[field] for field in shown},
    }
    return Part(list(keys), titles.alternatives, texts, numbers, distinct | {"journals": names})


def _volumes_and_issues(volumes: Texts, issues: Texts) -> Ints:
    """Return volume, issue and whether they are a supplement's, as `volume_form` has them."""
    volume, is_volume = whole_numbers(volumes, LONGEST)
    issue, is_issue = whole_numbers(issues, LONGEST)
    found = np.stack([volume, issue, np.zeros_like(volume)], axis=1)
    other = ~((is_volume | ~volumes.filled) & (is_issue | ~issues.filled))
    for row in np.flatnonzero(other).tolist():
        found[row] = _volume(volumes[row] or None, issues[row] or None)
    return found


def _pages(printed: Printed) -> Ints:
    """Return first and last page, letter, damage and whether it is an article's number, as `page_form` does."""
    pages, issues = printed.pages, printed.issues
    first, last, done = plain_ranges(pages)
    single, is_single = whole_numbers(pages, _SINGLE)
    nothing = np.zeros_like(first)
    article = is_single & (pages.lengths >= ARTICLE_DIGITS)
    found = np.stack(
        [np.where(is_single, single, first), np.where(is_single, single, last), nothing, nothing, article],
        axis=1,
    )  # fmt: skip
    # The issue is looked at for an article number only where there are no pages.
    _, is_issue = whole_numbers(issues, LONGEST)
    without = ~pages.filled & ~printed.article_numbers.filled & (is_issue | ~issues.filled)
    for row in np.flatnonzero(~(done | is_single | without)).tolist():
        text = pages[row]
        found[row] = _paged(text, printed.article_numbers[row], "" if text else issues[row])
    return found


_SINGLE = 9
"""Digits of a page's or article's number that `page_form` takes for one."""


def _paged(pages: str, article_number: str, issue: str) -> tuple[int, int, int, bool, bool]:
    """Return the form of a page range, the letter printed with it as a number."""
    first, last, letter, damaged, article = page_form(
        pages or None, article_number or None, issue or None
    )
    return first, last, ord(letter) if letter else 0, damaged, article


def _cut(abstracts: Texts) -> tuple[Texts, Ints]:
    """Return the beginnings of abstracts, and how many letters each has."""
    lengths = abstracts.lengths
    cut = Texts(
        abstracts.letters,
        abstracts.starts,
        np.minimum(abstracts.ends, abstracts.starts + _ABSTRACT),
    )
    parts = cut.parts()
    for row in abstracts.beyond_ascii().tolist():
        text = abstracts[row]
        lengths[row] = len(text)
        parts[row] = text[:_ABSTRACT].encode("utf-8", "surrogatepass")
    return Texts.of_parts(parts), lengths


def _dois(printed: Texts) -> tuple[Texts, dict[str, Ints]]:
    """Return the forms of DOIs, and the columns of numbers that say which they are and of what."""
    forms, plain = plain_dois(printed)
    others = np.flatnonzero(printed.filled & ~plain)
    rewritten = dict(zip(others.tolist(), map(doi_form, printed.strings(others)), strict=True))
    letters = forms.lines()
    beginning = first_eight(letters, forms.starts, forms.ends)
    middle = first_eight(letters, np.minimum(forms.starts + _EIGHT, forms.ends), forms.ends)
    indexed = np.flatnonzero((beginning == _INDEX[0]) & (middle == _INDEX[1]) & plain)
    dois = forms.replaced(rewritten | dict.fromkeys(indexed.tolist(), ""))
    codes = _codes(dois)
    works, version, preprint = codes.copy(), np.ones_like(codes), np.zeros(len(dois), dtype=bool)
    for row in others.tolist():
        work, version[row] = versioned(dois[row])
        if work != dois[row]:
            works[row] = _codes(Texts.of([work]))[0]
    letters = dois.lines()
    likely = np.isin(first_eight(letters, dois.starts, dois.ends), _PREPRINTS)
    for row in np.flatnonzero(likely).tolist():
        preprint[row] = is_preprint(dois[row])
    return dois, {"doi_code": codes, "work_code": works, "version": version, "preprint": preprint}


_EIGHT = 8
_INDEXED = Texts.of([INDEX_DOI[:_EIGHT], f"{INDEX_DOI[_EIGHT:]}cn"])
_INDEX = first_eight(_INDEXED.lines(), _INDEXED.starts, _INDEXED.ends)
"""The first and second eight letters of DOIs that number an index's entries, their marks left out."""

_SERVERS = Texts.of(PREPRINT_DOIS)
_PREPRINTS = first_eight(_SERVERS.lines(), _SERVERS.starts, _SERVERS.ends)


def _codes(texts: Texts) -> Ints:
    """Return for each text a number that no other text of a run has, in all likelihood; -1 for none."""
    return np.where(texts.filled, (text_hashes(texts) >> np.uint64(1)).astype(np.int64), -1)


def _journals(journals: Texts) -> tuple[dict[str, NDArray[Any]], list[str]]:
    """Return the columns of numbers that say which journal it is and of what sort, and the journals' names."""
    names = journals.strings()
    known = dict.fromkeys(names)
    known.pop("", None)
    numbers = {name: number for number, name in enumerate(known)} | {"": -1}
    codes = np.fromiter(map(numbers.__getitem__, names), dtype=np.int64, count=len(names))
    return {
        "journal_code": codes,
        "preprint": _which(is_preprint_server, list(known), codes),
        "dissertation": _which(is_dissertation, list(known), codes),
        "registry": _which(is_registry, list(known), codes),
    }, list(known)


def _which(is_such: Callable[[str], bool], names: list[str], codes: Ints) -> NDArray[np.bool_]:
    """Return which records have a journal of some sort; in most parts there is none, told by one look."""
    such = map(is_such, names) if is_such("\n".join(names)) else [False] * len(names)
    # Code -1 takes the last place.
    found: NDArray[np.bool_] = np.array([*such, False], dtype=bool)[codes]
    return found


def _pubmed(printed: Printed) -> Ints:
    found, plain = whole_numbers(printed.pmids, _SINGLE)
    found[~plain] = 0
    given = set(np.flatnonzero(printed.pmids.filled & ~plain).tolist())
    given.update(row for row in printed.urls if not plain[row])
    for row in given:
        found[row] = pmid_form(printed.pmids[row], printed.urls.get(row, ()))
    return found


def _numbered(
    number: int, numbers: Mapping[int, frozenset[int]], printed: Printed
) -> tuple[dict[str, Ints], dict[str, list[Any]]]:
    """Return the codes of rare values, -1 where there is none, and the distinct values that they number."""
    serials = set(np.flatnonzero(printed.isbns.filled).tolist())
    serials.update(printed.issns)
    given: dict[str, Mapping[int, Hashable]] = {
        "number_code": numbers,
        "issn_code": {
            row: found
            for row in serials
            if (found := _issns(printed.issns.get(row, ()), printed.isbns[row] or None))
        },
        "registration_code": {
            row: frozenset(found) for row, found in printed.registrations.items()
        },
    }
    codes: dict[str, Ints] = {}
    distinct: dict[str, list[Any]] = {}
    for name, values in given.items():
        known: dict[Hashable, int] = {}
        column = np.full(number, -1, dtype=np.int64)
        for row in sorted(values):
            column[row] = known.setdefault(values[row], len(known))
        codes[name], distinct[CODED[name]] = column, list(known)
    return codes, distinct
