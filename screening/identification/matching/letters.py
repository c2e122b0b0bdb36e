"""How many of each letter titles have: the most that two of them can have in common, told by a few numbers."""

import numpy as np
from numpy.typing import NDArray

from screening.identification.matching.columns import Columns
from screening.identification.matching.evidence import Mask
from screening.identification.matching.keying import MOST_COUNTED
from screening.identification.matching.many_texts import Ints

_BYTES = np.uint64(0x00FF00FF00FF00FF)


def letters_in_common(columns: Columns, a: Ints, b: Ints) -> Ints:
    """Return how many letters the titles of each pair share, in whatever order, at the most."""
    shared = np.minimum(columns.title_letters[a], columns.title_letters[b])
    eights: NDArray[np.uint64] = shared.view(np.uint64)
    pairs = (eights & _BYTES) + ((eights >> np.uint64(8)) & _BYTES)
    # Multiplied so, the topmost sixteen bits add up all four pairs.
    sums = (pairs * np.uint64(0x0001000100010001)) >> np.uint64(48)
    common: Ints = sums.sum(axis=1).astype(np.int64)
    return common


def uncounted(columns: Columns, a: Ints, b: Ints) -> Mask:
    """Return the pairs of which a title is too long to count, or of letters that are of several bytes."""
    if not isinstance(columns.titles.letters, str):
        return np.ones(len(a), dtype=bool)
    long: Mask = (
        np.maximum(columns.titles.at(a).lengths, columns.titles.at(b).lengths) > MOST_COUNTED
    )
    return long
