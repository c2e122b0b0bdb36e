"""Pairs that cannot be one publication whatever else agrees, told before the costlier comparisons."""

import numpy as np
from numpy.typing import NDArray

from screening.identification.matching.blocking import Pairs
from screening.identification.matching.columns import Columns
from screening.identification.matching.evidence import Authors, Levels, Mask, Number, Pages, Title
from screening.identification.matching.many_texts import Ints
from screening.identification.matching.place_scoring import (
    page_levels,
    slipped_place,
    volume_levels,
    year_levels,
)
from screening.identification.matching.scoring import authors_alike, same_work
from screening.identification.matching.weights import BIAS, DOUBTED, WEIGHTS, weights_of

_AGREEING = (Pages.SAME, Pages.SAME_LONG, Pages.SAME_EDGE, Pages.SAME_ARTICLE)
_DIFFERING = (Pages.DIFFERENT, Pages.DIFFERENT_LONG, Pages.DIFFERENT_SHORT)


def hopeless(columns: Columns, pairs: Pairs, title: Levels, review: float, workers: int) -> Mask:
    """Return which pairs can neither merge nor wait for a person, whatever their other fields say.

    The rules would rule them out for their titles or places, or their score would stay below `review`.
    """
    a, b = pairs[:, 0], pairs[:, 1]
    volume, pages = volume_levels(columns, a, b), page_levels(columns, a, b)
    identified = (columns.doi_code[a] == columns.doi_code[b]) & (columns.doi_code[a] >= 0)
    identified |= (columns.pmid[a] == columns.pmid[b]) & (columns.pmid[a] > 0)
    free = ~identified & ~slipped_place(columns, a, b)
    other_place = np.isin(pages, _DIFFERING) & (volume == Number.DIFFERENT)
    unlike = (title == Title.DIFFERENT) & free
    placed = np.isin(pages, _AGREEING) & (volume != Number.DIFFERENT)
    found: Mask = (unlike & ~placed) | (other_place & free & ~same_work(columns, a, b))
    rest = np.flatnonzero(unlike & ~found)
    rest = rest[_strangers_at_most(columns, a[rest], b[rest], pages[rest]) < review]
    found[rest] = authors_alike(columns, a[rest], b[rest], workers) == Authors.DIFFERENT
    return found


def _strangers_at_most(columns: Columns, a: Ints, b: Ints, pages: Levels) -> NDArray[np.float32]:
    """Return the highest score of each pair if other people wrote it under another title."""
    most = BIAS + DOUBTED + WEIGHTS["title"][Title.DIFFERENT]
    most += WEIGHTS["authors"][Authors.DIFFERENT] + max(WEIGHTS["journal"].values())
    both = (columns.abstract_length[a] > 0) & (columns.abstract_length[b] > 0)
    total = most + np.where(both, max(WEIGHTS["abstract"].values()), 0.0)
    years = year_levels(columns.year[a], columns.year[b])
    total += np.maximum(weights_of("year")[years], 0) + np.maximum(weights_of("pages")[pages], 0)
    scores: NDArray[np.float32] = (1 / (1 + np.exp(-total))).astype(np.float32)
    return scores
