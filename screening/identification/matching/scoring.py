"""How far the records of each candidate pair agree, computed for all pairs at once."""

from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz

from screening.identification.forms.folding import fold
from screening.identification.forms.identifiers import mistyped_doi
from screening.identification.forms.journals import compare_journals, journal_form
from screening.identification.matching.blocking import Pairs, placed_alike, told_otherwise
from screening.identification.matching.columns import Columns
from screening.identification.matching.evidence import (
    Abstract,
    Authors,
    Evidence,
    Journal,
    Levels,
    Mask,
    Number,
    Pages,
    Title,
)
from screening.identification.matching.many_texts import Ints
from screening.identification.matching.place_scoring import (
    LONG,
    equal,
    one_unplaced,
    own_pages,
    page_levels,
    slipped_place,
    volume_levels,
    year_levels,
)
from screening.identification.matching.printed import Sort
from screening.identification.matching.title_scoring import (
    compare_titles,
    headed,
    like_titles,
    ratios,
    shared_titles,
    substituted,
)

_form = lru_cache(maxsize=1 << 15)(journal_form)


@lru_cache(maxsize=1 << 17)
def _compared(one: str, other: str) -> int:
    """Return how two journals' names agree; a few journals make most pairs."""
    return compare_journals(_form(one), _form(other))


_COMPARED = 400
"""Letters of an abstract that are compared: enough to know it, and databases cut them differently."""


def worth_comparing(columns: Columns, pairs: Pairs, workers: int = 1) -> Mask:
    """Return whether more than the words that titles share speaks for a pair, so far as they are unlike."""
    a, b = pairs[:, 0], pairs[:, 1]
    worth = placed_alike(columns, a, b) | told_otherwise(columns, a, b)
    # A title may change between acceptance and print.
    worth |= (
        one_unplaced(columns, a, b)
        & (columns.author_signature[a] == columns.author_signature[b])
        & (columns.author_signature[a] != 0)
        & (columns.year[a] == columns.year[b])
    )
    rest = np.flatnonzero(~worth)
    worth[rest] = like_titles(columns, a[rest], b[rest], workers)
    return worth


def compare(
    columns: Columns, pairs: Pairs, workers: int = 1, title: Levels | None = None
) -> Evidence:
    """Return the evidence of every pair; the result does not depend on the number of `workers`.

    `title` are the levels of the titles where they are known already.
    """
    a, b = pairs[:, 0], pairs[:, 1]
    title = compare_titles(columns, a, b, workers) if title is None else title
    numbers = columns.title_numbers
    differing = np.flatnonzero(
        (columns.number_code[a] != columns.number_code[b])
        & (np.minimum(columns.number_code[a], columns.number_code[b]) >= 0)
        & (title > Title.SHORT)
    )
    conflicting = np.zeros(len(a), dtype=bool)
    for row in differing.tolist():
        mine = numbers[columns.number_code[a[row]]]
        theirs = numbers[columns.number_code[b[row]]]
        # A title in full may have numbers that a shortened one lacks; of titles of the same words
        # neither is shortened: "phase I/II", "phase II".
        conflicting[row] = title[row] == Title.MISSPELT or not (mine <= theirs or theirs <= mine)
    slipped = slipped_place(columns, a, b)
    entry = _one_entry(columns, a, b)
    theses = (columns.sort[a] == Sort.THESIS) & (columns.sort[b] == Sort.THESIS)
    # Theses and trials are in no journal: what stands in its place is who keeps the index.
    journal = np.where(entry | theses, Journal.MISSING, _journals(columns, a, b)).astype(np.int8)
    pages = page_levels(columns, a, b)
    ahead = own_pages(columns, a, b) | own_pages(columns, b, a)
    ahead &= (pages == Pages.DIFFERENT_LONG) & (journal == Journal.SAME)
    pages = np.where(slipped | ahead, Pages.MISSING, pages).astype(np.int8)
    doi = _dois(columns, a, b, title)
    pmid = equal(columns.pmid[a], columns.pmid[b], 0)
    abstract = _abstracts(columns, a, b, workers)
    # Where neither place nor identifier joins them the titles settle it anyway, and so do whole articles.
    first, last = columns.first_page[a], columns.last_page[a]
    joined = (first == columns.first_page[b]) & (first >= 0)
    whole = (first == columns.first_page[b]) & (last == columns.last_page[b])
    whole &= (last - first >= LONG) | (pages == Pages.SAME_ARTICLE)
    joined |= (doi == Number.SAME) | (pmid == Number.SAME) | (pages == Pages.SAME_EDGE)
    open_ = joined & ~whole & np.isin(title, (Title.SIMILAR, Title.WITHIN, Title.LOOSE))
    return Evidence(
        title=title,
        authors=authors_alike(columns, a, b, workers),
        year=year_levels(columns.year[a], columns.year[b]),
        journal=journal,
        volume=np.where(slipped, Number.SAME, volume_levels(columns, a, b)).astype(np.int8),
        issue=np.where(slipped, Number.SAME, equal(columns.issue[a], columns.issue[b], -1)).astype(
            np.int8
        ),
        pages=pages,
        doi=doi,
        pmid=pmid,
        abstract=abstract,
        numbers=conflicting,
        kind=columns.kind[a] != columns.kind[b],
        version=same_work(columns, a, b),
        meeting=_meetings(columns, a, b),
        preprint=columns.preprint[a] != columns.preprint[b],
        registry=_registered_apart(columns, a, b),
        entry=entry,
        sort=_other_sort(columns, a, b),
        shared_title=shared_titles(columns, a, b),
        translated=columns.translated[a] | columns.translated[b],
        headed=headed(columns, a, b, title),
        unplaced=one_unplaced(columns, a, b),
        spans=(columns.first_page[a] == columns.first_page[b])
        & (columns.last_page[a] == columns.last_page[b])
        & (columns.first_page[a] > 1)
        & (columns.first_page[a] < columns.last_page[a])
        & ~(columns.page_damaged[a] | columns.page_damaged[b]),
        substituted=substituted(columns, a, b, open_ & (abstract != Abstract.SAME)),
    )


def _dois(columns: Columns, a: Ints, b: Ints, title: Levels) -> Levels:
    level = equal(columns.doi_code[a], columns.doi_code[b], -1)
    for row in np.flatnonzero((level == Number.DIFFERENT) & (title == Title.SAME)).tolist():
        if mistyped_doi(columns.dois[a[row]], columns.dois[b[row]]):
            level[row] = Number.MISSING
    return level


def _meetings(columns: Columns, a: Ints, b: Ints) -> Mask:
    """Return whether one was printed in a supplement and the other, as far as it says, was not."""
    other_issue = columns.issue[a] != columns.issue[b]
    in_one = columns.supplement[a] & ~columns.supplement[b]
    in_one &= (columns.issue[b] >= 0) | (columns.first_page[b] >= 0)
    in_other = columns.supplement[b] & ~columns.supplement[a]
    in_other &= (columns.issue[a] >= 0) | (columns.first_page[a] >= 0)
    meetings: Mask = (in_one | in_other) & other_issue
    return meetings


def _other_sort(columns: Columns, a: Ints, b: Ints) -> Mask:
    """Return whether one is a thesis or deposited data and the other, as far as is known, is neither."""
    one, other = columns.sort[a], columns.sort[b]
    told = np.isin(one, (Sort.THESIS, Sort.DATA)) | np.isin(other, (Sort.THESIS, Sort.DATA))
    # What has a volume is in a journal.
    known = (one > Sort.UNKNOWN) | (columns.volume[a] >= 0)
    known &= (other > Sort.UNKNOWN) | (columns.volume[b] >= 0)
    apart: Mask = (one != other) & told & known
    return apart


def _one_entry(columns: Columns, a: Ints, b: Ints) -> Mask:
    """Return whether both are entries of a registry and name one trial."""
    entry: Mask = columns.registry[a] & columns.registry[b]
    for row in np.flatnonzero(entry).tolist():
        mine, theirs = columns.registration_code[a[row]], columns.registration_code[b[row]]
        numbers = columns.registrations
        entry[row] = min(mine, theirs) >= 0 and not numbers[mine].isdisjoint(numbers[theirs])
    return entry


def _registered_apart(columns: Columns, a: Ints, b: Ints) -> Mask:
    """Return whether one is a registry's entry and the other is not, or both name other trials."""
    apart: Mask = columns.registry[a] != columns.registry[b]
    mine, theirs = columns.registration_code[a], columns.registration_code[b]
    for row in np.flatnonzero((mine >= 0) & (theirs >= 0) & (mine != theirs)).tolist():
        numbers = columns.registrations
        apart[row] |= numbers[mine[row]].isdisjoint(numbers[theirs[row]])
    return apart


def same_work(columns: Columns, a: Ints, b: Ints) -> Mask:
    """Return whether the DOIs name versions of one work."""
    one_work = (columns.work_code[a] >= 0) & (columns.work_code[a] == columns.work_code[b])
    versions: Mask = one_work & (columns.version[a] != columns.version[b])
    return versions


def authors_alike(columns: Columns, a: Ints, b: Ints, workers: int) -> Levels:
    """Return how the authors of each pair agree."""
    shared = ratios(columns.authors, a, b, fuzz.token_set_ratio, 80, workers)
    level = np.where(shared >= 95, Authors.SAME, Authors.SIMILAR).astype(np.int8)
    rest = np.flatnonzero(shared < 80)
    run = ratios(columns.author_runs, a[rest], b[rest], fuzz.ratio, 80, workers)
    first = ratios(columns.first_authors, a[rest], b[rest], fuzz.token_set_ratio, 80, workers)
    level[rest] = np.select(
        [run >= 80, first >= 80], [Authors.SIMILAR, Authors.FIRST], Authors.DIFFERENT
    )
    # Without a name there is no bit.
    level[(columns.author_signature[a] == 0) | (columns.author_signature[b] == 0)] = Authors.MISSING
    return level


def _journals(columns: Columns, a: Ints, b: Ints) -> Levels:
    one, other = columns.journal_code[a], columns.journal_code[b]
    names = len(columns.journals)
    pair = np.minimum(one, other) * names + np.maximum(one, other)
    unlike = np.flatnonzero((one != other) & (one >= 0) & (other >= 0))
    flat, inverse = np.unique(pair[unlike], return_inverse=True)
    found = np.zeros(len(flat), dtype=np.int8)
    for position, code in enumerate(flat.tolist()):
        mine, theirs = divmod(code, names)
        found[position] = _compared(columns.journals[mine], columns.journals[theirs])
    level = np.full(len(one), Journal.SAME, dtype=np.int8)
    level[unlike] = found[inverse]
    level[(one < 0) | (other < 0)] = Journal.MISSING
    mine, theirs = columns.issn_code[a], columns.issn_code[b]
    for row in np.flatnonzero((mine >= 0) & (theirs >= 0) & (level != Journal.SAME)).tolist():
        if columns.issns[mine[row]] & columns.issns[theirs[row]]:
            level[row] = Journal.SAME
    return level


def _abstracts(columns: Columns, a: Ints, b: Ints, workers: int) -> Levels:
    texts = columns.abstracts
    level = np.zeros(len(a), dtype=np.int8)
    both = np.flatnonzero((columns.abstract_length[a] > 0) & (columns.abstract_length[b] > 0))
    unlike = [
        text != twin
        for text, twin in zip(texts.strings(a[both]), texts.strings(b[both]), strict=True)
    ]
    rest = both[np.array(unlike, dtype=bool)]
    rows = np.union1d(a[rest], b[rest])
    folded = dict(
        zip(
            rows.tolist(),
            [fold(text)[:_COMPARED] for text in texts.strings(rows)],
            strict=True,
        )
    )
    level[both] = Abstract.SAME
    ratio = ratios(folded, a[rest], b[rest], fuzz.ratio, 60, workers)
    level[rest] = np.select(
        [ratio >= 95, ratio >= 80, ratio >= 60],
        [Abstract.SAME, Abstract.SIMILAR, Abstract.LOOSE],
        Abstract.DIFFERENT,
    )
    return level
