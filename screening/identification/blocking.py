"""Candidate pairs: records that share a telling part, so that not all pairs need comparing.

Each key is a whole number per record; records with equal keys stand in one block. A block's records
are sorted so that the likeliest duplicates are neighbours and each is paired with its next few
neighbours only: small blocks are compared completely, and the cost of one with 50,000 records titled
"Editorial" still grows with their number and not with its square.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from screening.identification.columns import Columns, Ints
from screening.identification.normalise import compact, fold

NEIGHBOURS = 12
"""Neighbours each record is paired with in a block: more copies of one publication than any labelled
set holds (9), so that only blocks of several publications are ever windowed."""

_EDGE = 24
"""Letters of a title's start or end that make a key: three to four words."""

Pairs = NDArray[np.int64]
"""Shape (n, 2): row numbers, the smaller first, sorted and distinct."""


def candidate_pairs(columns: Columns) -> Pairs:
    """Return the pairs of records that share at least one key."""
    reading_order = _reading_order(columns)
    found = [neighbours(key, reading_order) for _, key in keys(columns)]
    return distinct(found, len(columns))


def distinct(found: list[Pairs], rows: int) -> Pairs:
    flat = np.unique(np.concatenate([pairs[:, 0] * rows + pairs[:, 1] for pairs in found]))
    return np.stack([flat // rows, flat % rows], axis=1)


def neighbours(key: Ints, reading_order: Ints) -> Pairs:
    """Return each record paired with its next neighbours of equal key; key 0 is no key."""
    rows = np.flatnonzero(key)
    rows = rows[np.lexsort((reading_order[rows], key[rows]))]
    sorted_key = key[rows]
    found = [np.empty((0, 2), dtype=np.int64)]
    for distance in range(1, NEIGHBOURS + 1):
        same = np.flatnonzero(sorted_key[distance:] == sorted_key[:-distance])
        if not len(same):
            break
        ends = np.stack([rows[same], rows[same + distance]], axis=1)
        found.append(np.sort(ends, axis=1))
    return np.concatenate(found)


def keys(columns: Columns) -> Iterator[tuple[str, Ints]]:
    """Yield the name and the values of every key."""
    titles = [compact(words) for words in columns.titles]
    title = _hashed(titles)
    author = _hashed(name.split(" ", 1)[0] for name in columns.first_authors)
    start = _hashed(text[:_EDGE] for text in titles)
    end = _hashed(text[-_EDGE:] for text in titles)
    year, volume, page = columns.year, columns.volume, columns.first_page
    yield "doi", columns.doi_code + 1
    yield "pmid", columns.pmid
    yield "title", title
    yield "alternative", _translations(columns, titles)
    yield "title start, year", _mixed(start, year)
    yield "title start, author", _mixed(start, author)
    yield "title end, year", _mixed(end, year)
    yield "volume, page, year", _mixed(volume + 1, page + 1, year)
    yield "volume, page, author", _mixed(volume + 1, page + 1, author)
    yield "author, page, year", _mixed(author, page + 1, year)
    yield "author, year", _mixed(author, year)
    yield "rarest words", _hashed(_rarest_words(columns.titles))
    yield (
        "abstract",
        _hashed(compact(fold((text or "")[:200]))[20:100] for text in columns.abstracts),
    )


def _translations(columns: Columns, titles: list[str]) -> Ints:
    """Return the second title where there is one, and titles that are somebody's second title."""
    second = {row: compact(words) for row, words in columns.alternatives.items()}
    wanted = set(second.values())
    return _hashed(
        second.get(row) or (title if title in wanted else "") for row, title in enumerate(titles)
    )


def _hashed(texts: Iterable[str]) -> Ints:
    # Python's own hash differs between runs, but only equality matters: blocks and the order within
    # them do not depend on it.
    return np.fromiter((hash(text) if text else 0 for text in texts), dtype=np.int64)


def _mixed(*parts: Ints) -> Ints:
    """Return one key out of several; 0 where any part is 0."""
    mixed = np.zeros(len(parts[0]), dtype=np.uint64)
    present = np.ones(len(parts[0]), dtype=bool)
    for part in parts:
        # Multiplication by an odd constant near 2**64 / golden ratio spreads neighbouring numbers.
        mixed = (mixed ^ part.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
        present &= part != 0
    return np.where(present, mixed.astype(np.int64), 0)


def _rarest_words(titles: list[str]) -> Iterator[str]:
    frequency = Counter(word for title in titles for word in set(title.split()))
    for title in titles:
        words = sorted(
            {word for word in title.split() if len(word) > 3},
            key=lambda word: (frequency[word], word),
        )
        yield " ".join(sorted(words[:2])) if len(words) > 2 else ""


def _reading_order(columns: Columns) -> Ints:
    title = np.unique(np.array([*columns.titles, ""], dtype=object)[:-1], return_inverse=True)[1]
    author = np.unique(
        np.array([*columns.first_authors, ""], dtype=object)[:-1], return_inverse=True
    )[1]
    order = np.lexsort((columns.first_page, columns.volume, author, columns.year, title))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank
