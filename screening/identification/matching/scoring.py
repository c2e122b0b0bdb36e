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
    Year,
)
from screening.identification.matching.many_texts import Ints
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

_MANY_PAGES = 10_000
"""A first page that only the journals have that count on through a year: they have no article numbers."""

_LONG = 2
"""Pages from first to last that make an article: letters and abstracts share a page with others."""


def worth_comparing(columns: Columns, pairs: Pairs, workers: int = 1) -> Mask:
    """Return whether more than the words that titles share speaks for a pair, so far as they are unlike."""
    a, b = pairs[:, 0], pairs[:, 1]
    worth = placed_alike(columns, a, b) | told_otherwise(columns, a, b)
    # A title may change between acceptance and print.
    worth |= (
        _unplaced(columns, a, b)
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
    ahead = _own_pages(columns, a, b) | _own_pages(columns, b, a)
    ahead &= (pages == Pages.DIFFERENT_LONG) & (journal == Journal.SAME)
    pages = np.where(slipped | ahead, Pages.MISSING, pages).astype(np.int8)
    doi = _dois(columns, a, b, title)
    pmid = _equal(columns.pmid[a], columns.pmid[b], 0)
    abstract = _abstracts(columns, a, b, workers)
    # Where neither place nor identifier joins them the titles settle it anyway, and so do whole articles.
    first, last = columns.first_page[a], columns.last_page[a]
    joined = (first == columns.first_page[b]) & (first >= 0)
    whole = (first == columns.first_page[b]) & (last == columns.last_page[b])
    whole &= (last - first >= _LONG) | (pages == Pages.SAME_ARTICLE)
    joined |= (doi == Number.SAME) | (pmid == Number.SAME) | (pages == Pages.SAME_EDGE)
    open_ = joined & ~whole & np.isin(title, (Title.SIMILAR, Title.WITHIN, Title.LOOSE))
    return Evidence(
        title=title,
        authors=authors_alike(columns, a, b, workers),
        year=year_levels(columns.year[a], columns.year[b]),
        journal=journal,
        volume=np.where(slipped, Number.SAME, volume_levels(columns, a, b)).astype(np.int8),
        issue=np.where(slipped, Number.SAME, _equal(columns.issue[a], columns.issue[b], -1)).astype(
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
        unplaced=_unplaced(columns, a, b),
        spans=(columns.first_page[a] == columns.first_page[b])
        & (columns.last_page[a] == columns.last_page[b])
        & (columns.first_page[a] > 1)
        & (columns.first_page[a] < columns.last_page[a])
        & ~(columns.page_damaged[a] | columns.page_damaged[b]),
        substituted=substituted(columns, a, b, open_ & (abstract != Abstract.SAME)),
    )


def _equal(one: Ints, other: Ints, missing: int) -> Levels:
    level = np.where(one == other, Number.SAME, Number.DIFFERENT)
    return np.where((one == missing) | (other == missing), Number.MISSING, level).astype(np.int8)


def _dois(columns: Columns, a: Ints, b: Ints, title: Levels) -> Levels:
    level = _equal(columns.doi_code[a], columns.doi_code[b], -1)
    for row in np.flatnonzero((level == Number.DIFFERENT) & (title == Title.SAME)).tolist():
        if mistyped_doi(columns.dois[a[row]], columns.dois[b[row]]):
            level[row] = Number.MISSING
    return level


def _unplaced(columns: Columns, a: Ints, b: Ints) -> Mask:
    # Of the pairs at hand only: a run has many more records than a piece has pairs.
    one, other = (
        (columns.volume[rows] >= 0) | (columns.issue[rows] >= 0) | (columns.first_page[rows] >= 0)
        for rows in (a, b)
    )
    unplaced: Mask = (one != other) | _own_pages(columns, a, b) | _own_pages(columns, b, a)
    return unplaced


def _own_pages(columns: Columns, a: Ints, b: Ints) -> Mask:
    """Return whether a counts its own pages from 1, as what is listed ahead of print, and b has a volume."""
    own: Mask = (
        (columns.first_page[a] == 1)
        & (columns.volume[a] < 0)
        & (columns.issue[a] < 0)
        & ~columns.page_damaged[a]
        & (columns.volume[b] >= 0)
    )
    return own


def volume_levels(columns: Columns, a: Ints, b: Ints) -> Levels:
    """Return how the volumes of each pair agree."""
    level = _equal(columns.volume[a], columns.volume[b], -1)
    # "Suppl 51" of volume 25 in one export is volume 51 of the supplements in another.
    renumbered = ((columns.volume[a] == columns.issue[b]) & columns.supplement[b]) | (
        (columns.volume[b] == columns.issue[a]) & columns.supplement[a]
    )
    level[renumbered & (level == Number.DIFFERENT)] = Number.SAME
    return level


def slipped_place(columns: Columns, a: Ints, b: Ints) -> Mask:
    """Return whether volume and issue of one stand in the places of issue and page in the other."""
    return _slipped(columns, a, b) | _slipped(columns, b, a)


def _slipped(columns: Columns, a: Ints, b: Ints) -> Mask:
    slipped: Mask = (
        (columns.volume[a] < 0)
        & (columns.issue[a] >= 0)
        & (columns.issue[a] == columns.volume[b])
        & (columns.issue[b] >= 0)
        & (columns.first_page[a] == columns.issue[b])
    )
    return slipped


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


def year_levels(one: Ints, other: Ints) -> Levels:
    """Return how years agree."""
    gap = np.abs(one - other)
    level = np.select([gap == 0, gap == 1], [Year.SAME, Year.ONE_APART], Year.APART)
    return np.where((one == 0) | (other == 0), Year.MISSING, level).astype(np.int8)


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


def page_levels(columns: Columns, a: Ints, b: Ints) -> Levels:
    """Return how the pages of each pair agree."""
    first, start = columns.first_page[a], columns.first_page[b]
    last, end = columns.last_page[a], columns.last_page[b]
    # A supplement's pages are no slip of an issue's.
    alike = columns.page_letters[a] == columns.page_letters[b]
    long = (last - first >= _LONG) & (end - start >= _LONG)
    short = (last - first < _LONG) & (end - start < _LONG) & alike
    level = np.select(
        [long & alike, short], [Pages.DIFFERENT_LONG, Pages.DIFFERENT_SHORT], Pages.DIFFERENT
    ).astype(np.int8)
    inside = ((first >= start) & (last <= end)) | ((start >= first) & (end <= last))
    level[inside] = Pages.WITHIN
    ranges = (last != first) & (end != start)
    level[(first == start) | (ranges & (last == end))] = Pages.SAME_EDGE
    same = (first == start) & (last == end)
    level[same] = Pages.SAME
    level[same & long] = Pages.SAME_LONG
    level[same & columns.article[a] & columns.article[b]] = Pages.SAME_ARTICLE
    # One counts its own pages from 1, the other has an article number: not comparable.
    level[(first != start) & ((first == 1) | (start == 1)) & ~(long & alike)] = Pages.MISSING
    damaged = columns.page_damaged[a] | columns.page_damaged[b]
    touching = (first == start) | (last == end) | (first == end) | (start == last)
    level[damaged] = np.where(touching[damaged], Pages.SAME_EDGE, Pages.MISSING)
    # An article's number and its pages within the volume are not comparable either, but for the single
    # page of a journal that counts beyond 10,000.
    numbered = (columns.article[a] != columns.article[b]) & (first != start)
    level[numbered & ~(alike & (np.minimum(first, start) >= _MANY_PAGES))] = Pages.MISSING
    level[(first < 0) | (start < 0)] = Pages.MISSING
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
