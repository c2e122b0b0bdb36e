"""Candidate pairs: records that share a telling part, so that not all pairs need comparing.

Each key is a whole number per record; records with equal keys stand in one block. A block's records
are sorted so that the likeliest duplicates are neighbours and each is paired with its next few
neighbours only: small blocks are compared completely, and the cost of one with 50,000 records titled
"Editorial" still grows with their number and not with its square.
"""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from screening.identification.forms.folding import compact
from screening.identification.matching.columns import Columns
from screening.identification.matching.evidence import Mask
from screening.identification.matching.hashing import BASE
from screening.identification.matching.keying import keys_of
from screening.identification.matching.many_texts import Ints
from screening.identification.matching.spreading import Spread, here
from screening.identification.matching.title_scoring import like_signatures

NEIGHBOURS = 12
"""Neighbours each record is paired with in a block: more copies of one publication than any labelled
set holds (9), so that only blocks of several publications are ever windowed."""

_FEW = 4
"""Neighbours in larger blocks, and in the broad ones of an author's or a closing phrase's year: there
duplicates stand next to each other by title, author, volume and page."""

KEYS = 14
"""Keys that `keys` yields, for whoever watches."""

Pairs = NDArray[np.int64]
"""Shape (n, 2): row numbers, the smaller first, sorted and distinct."""


def candidate_pairs(
    columns: Columns, step: Callable[[int, int], None] | None = None, spread: Spread = here
) -> Pairs:
    """Return the pairs of records that share at least one key; `step` is told how many keys are done."""
    work = partial(_pairs_of_key, columns, _reading_order(columns))
    found = []
    # The next keys are made while the pairs of the last ones are looked for.
    for flat in spread(work, ((key, reach) for _, key, reach in keys(columns))):
        found.append(flat)
        if step:
            step(len(found), KEYS)
    flat = np.sort(np.concatenate(found))
    flat = flat[np.diff(flat, prepend=-1) != 0]
    return np.stack(np.divmod(flat, max(len(columns), 1)), axis=1)


def _pairs_of_key(columns: Columns, order: Ints, block: tuple[Ints, int]) -> Ints:
    """Return the promising pairs of one key, each as one number."""
    found = [np.empty(0, dtype=np.int64)]
    for a, b in neighbours(block[0], order, block[1]):
        kept = promising(columns, a, b)
        found.append(a[kept] * len(columns) + b[kept])
    return np.concatenate(found)


def promising(columns: Columns, a: Ints, b: Ints) -> Mask:
    """Return whether more than a common author, year or phrase can speak for a pair.

    Most pairs fall here, at the price of a few numbers each: pairs whose titles share too few words to
    be alike, without a common identifier, page or translation. The rules would rule them out whatever
    else agrees.
    """
    worth: Mask = like_signatures(columns, a, b) | placed_alike(columns, a, b)
    rest = np.flatnonzero(~worth)
    worth[rest] = told_otherwise(columns, a[rest], b[rest])
    return worth


def placed_alike(columns: Columns, a: Ints, b: Ints) -> Mask:
    """Return whether both begin on one page, in one journal's volume or by the same people.

    Thousands of volumes have a page of any number: only there is it worth a look.
    """
    one, other = columns.author_signature[a], columns.author_signature[b]
    known = ((one & other) != 0) | (one == 0) | (other == 0)
    known |= (columns.journal_code[a] == columns.journal_code[b]) & (
        columns.volume[a] == columns.volume[b]
    )
    alike: Mask = (
        (columns.first_page[a] == columns.first_page[b]) & (columns.first_page[a] >= 0) & known
    )
    return alike


def told_otherwise(columns: Columns, a: Ints, b: Ints) -> Mask:
    """Return whether an identifier agrees, or titles or pages cannot be compared."""
    told = (columns.pmid[a] == columns.pmid[b]) & (columns.pmid[a] > 0)
    for code in (columns.doi_code, columns.work_code):
        told |= (code[a] == code[b]) & (code[a] >= 0)
    told |= columns.page_damaged[a] | columns.page_damaged[b]
    told |= (columns.title_words[a] == 0) | (columns.title_words[b] == 0)
    told |= columns.translated[a] | columns.translated[b]
    found: Mask = told
    return found


def neighbours(key: Ints, order: Ints, reach: int) -> Iterator[tuple[Ints, Ints]]:
    """Yield each record with its next neighbours of equal key, the smaller row first; key 0 is no key.

    In a block of up to `reach` + 1 records these are all others, in a larger one the next few.
    """
    rows = order[key[order] != 0]
    rows = rows[np.argsort(key[rows], kind="stable")]
    sorted_key = key[rows]
    starts = np.flatnonzero(np.diff(sorted_key, prepend=~sorted_key[:1]))
    sizes = np.diff(starts, append=len(rows))
    # Most records stand alone in their block.
    met = np.repeat(sizes > 1, sizes)
    rows, sorted_key = rows[met], sorted_key[met]
    sizes = sizes[sizes > 1]
    small = np.repeat(sizes <= reach + 1, sizes)
    for distance in range(1, reach + 1):
        near = sorted_key[distance:] == sorted_key[:-distance]
        if distance > _FEW:
            near &= small[distance:]
        same = np.flatnonzero(near)
        if not len(same):
            break
        one, other = rows[same], rows[same + distance]
        yield np.minimum(one, other), np.maximum(one, other)


def keys(columns: Columns) -> Iterator[tuple[str, Ints, int]]:
    """Yield the name of every key, its values, and how far a record looks within its block."""
    author, start, end = columns.author_key, columns.start_key, columns.end_key
    year, volume, page = columns.year, columns.volume, columns.first_page
    yield "DOI", columns.doi_code + 1, NEIGHBOURS
    yield "work", columns.work_code + 1, NEIGHBOURS
    yield "PubMed number", columns.pmid, NEIGHBOURS
    yield "title", columns.title_key, NEIGHBOURS
    yield "other title", _translations(columns), NEIGHBOURS
    yield "title start, year", _mixed(start, year), NEIGHBOURS
    yield "title start, author", _mixed(start, author), NEIGHBOURS
    yield "title end, year", _mixed(end, year), _FEW
    yield "title end, author", _mixed(end, author), _FEW
    yield "volume, page, year", _mixed(volume + 1, page + 1, year), NEIGHBOURS
    yield "volume, page, author", _mixed(volume + 1, page + 1, author), NEIGHBOURS
    yield "author, page, year", _mixed(author, page + 1, year), NEIGHBOURS
    yield "author, year", _mixed(author, year), _FEW
    yield "abstract", columns.abstract_key, NEIGHBOURS


def _translations(columns: Columns) -> Ints:
    """Return the second title where there is one, and titles that are somebody's second title."""
    rows = list(columns.alternatives)
    second = keys_of([compact(words) for words in columns.alternatives.values()])
    found = np.where(np.isin(columns.title_key, second), columns.title_key, 0)
    found[rows] = np.where(second != 0, second, found[rows])
    return found


def _mixed(*parts: Ints) -> Ints:
    """Return one key out of several; 0 where any part is 0."""
    mixed = np.zeros(len(parts[0]), dtype=np.uint64)
    present = np.ones(len(parts[0]), dtype=bool)
    for part in parts:
        # Multiplication by an odd constant near 2**64 / golden ratio spreads neighbouring numbers.
        mixed = (mixed ^ part.astype(np.uint64)) * np.uint64(BASE)
        mixed ^= mixed >> np.uint64(29)
        present &= part != 0
    return np.where(present, mixed.astype(np.int64), 0)


def _reading_order(columns: Columns) -> Ints:
    """Return the rows by the start of the title, then by year, author, volume and page."""
    return np.lexsort(
        (
            columns.first_page,
            columns.volume,
            columns.author_first,
            columns.year,
            columns.title_third,
            columns.title_second,
            columns.title_first,
        )
    )
