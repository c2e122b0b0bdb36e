"""Plain tables that Python or R wrote: words for values that are not there, and whole numbers with ".0"."""

import numpy as np

from screening.identification.maps.tables import LONGEST_NOTHING, NOTHING
from screening.identification.matching.many_texts import Texts

_BEGINNINGS = np.frombuffer("".join(sorted({word[0] for word in NOTHING})).encode(), dtype=np.uint8)
_OF_NUMBERS = frozenset({"year", "volume", "issue", "number", "pages", "pmid", "isbn", "issn"})
_POINT_NOUGHT = ".0"


def mended(column: str, texts: Texts) -> Texts:
    """Return the cells of a column as they were before Python or R wrote the table."""
    letters = np.frombuffer(texts.encoded, dtype=np.uint8)
    if not len(letters):
        return texts
    lengths, ends = texts.lengths, texts.ends
    first = letters[np.minimum(texts.starts, len(letters) - 1)]
    short = (lengths > 1) & (lengths <= LONGEST_NOTHING) & np.isin(first, _BEGINNINGS)
    gone = [row for row in np.flatnonzero(short).tolist() if texts[row] in NOTHING]
    pointed: list[int] = []
    if column in _OF_NUMBERS:
        point, nought = (letters[ends - back] == ord(sign) for back, sign in ((2, "."), (1, "0")))
        likely = np.flatnonzero((lengths > len(_POINT_NOUGHT)) & point & nought).tolist()
        pointed = [row for row in likely if texts[row].removesuffix(_POINT_NOUGHT).isdecimal()]
    if not gone and not pointed:
        return texts
    ends = ends.copy()
    ends[gone] = texts.starts[gone]
    ends[pointed] -= len(_POINT_NOUGHT)
    return Texts(texts.letters, texts.starts, ends)
