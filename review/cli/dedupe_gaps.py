"""Plain tables that Python or R wrote: words for values that are not there, and whole numbers with ".0"."""

from collections.abc import Iterable

import numpy as np

from screening.identification.maps.tables import (
    LONGEST_NOTHING,
    NOTHING,
    POINT_NOUGHT,
    whole_number,
)
from screening.identification.matching.many_texts import Texts

_BEGINNINGS = np.frombuffer("".join(sorted({word[0] for word in NOTHING})).encode(), dtype=np.uint8)
_POINT, _NOUGHT = map(ord, POINT_NOUGHT)


def mended(column: str, texts: Texts, row_cells: Iterable[Texts] = ()) -> Texts:
    """Return the cells of a column as they were before Python or R wrote the table.

    `row_cells` are all columns: a title that is a word for nothing is none only where its row has the word elsewhere.
    """
    letters = np.frombuffer(texts.encoded, dtype=np.uint8)
    if not len(letters):
        return texts
    lengths, ends = texts.lengths, texts.ends
    first = letters[np.minimum(texts.starts, len(letters) - 1)]
    short = (lengths > 0) & (lengths <= LONGEST_NOTHING) & np.isin(first, _BEGINNINGS)
    gone = [row for row in np.flatnonzero(short).tolist() if texts[row] in NOTHING]
    pointed: list[int] = []
    if column == "title":
        others = [each for each in row_cells if each is not texts] if gone else []
        gone = [row for row in gone if any(each[row] == texts[row] for each in others)]
    else:
        likely = (letters[ends - 2] == _POINT) & (letters[ends - 1] == _NOUGHT)
        rows = np.flatnonzero((lengths > len(POINT_NOUGHT)) & likely).tolist()
        pointed = [row for row in rows if whole_number(texts[row]) != texts[row]]
    if not gone and not pointed:
        return texts
    ends = ends.copy()
    ends[gone] = texts.starts[gone]
    ends[pointed] -= len(POINT_NOUGHT)
    return Texts(texts.letters, texts.starts, ends)
