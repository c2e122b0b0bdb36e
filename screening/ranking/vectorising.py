"""Texts of references as weighted word and word-pair vectors, the ground that ranking stands on.

Words are numbered by one dictionary and word pairs by arithmetic on those numbers, so that no
dictionary of pairs is ever held: 50,000 abstracts stay far below a gigabyte.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt
from scipy import sparse

from screening.records import Fields

_WORD = re.compile(r"[^\W_]{2,}")
_WORD_OR_STEM = re.compile(r"[^\W_]{2,}\*?")
_TEXTS_AT_ONCE = 4096
_COMMONEST_SHARE = 0.95

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Features:
    """Texts as rows of unit length over their words and word pairs.

    `matrix` has one row per text, `start` one per starting text (what a relevant reference is known
    to look like before anyone has decided), both over the same columns. `wordless` tells which texts
    have no word to go by, and so an empty row. Picklable, so that a process of its own can keep it.
    """

    matrix: sparse.csr_array
    start: sparse.csr_array
    wordless: npt.NDArray[np.bool_]


def text_of(fields: Fields) -> str:
    """Return what ranking reads of a reference: title, abstract and keywords, a line each.

    Line breaks end word pairs, so no pair spans two fields or two keywords.
    """
    parts = (fields.title, fields.abstract, *fields.keywords)
    return "\n".join(part for part in parts if part)


def vectorise(texts: Sequence[str], start: Sequence[str] = ()) -> Features:
    """Turn texts into TF-IDF rows over words and pairs of neighbouring words.

    Weights are (1 + ln count) * (1 + ln((1 + texts) / (1 + texts with the term))), rows scaled to unit
    length: sublinear TF-IDF as in scikit-learn's TfidfVectorizer. English plurals are folded into their
    singular (Harman 1991). Terms in more than 95 % of the texts tell nothing and are left out. Starting
    texts are weighed by the same frequencies and do not change them; in these a word may end in `*` and then stands for every word of the texts that
    begins so ("infant*"), as highlight terms of a protocol do.
    """
    vocabulary = _Vocabulary()
    pieces = _counts((_numbered(text, vocabulary) for text in texts), len(texts))
    terms, containing = _frequencies(pieces)
    kept = containing <= max(_COMMONEST_SHARE * len(texts), 1)
    terms, containing = terms[kept], containing[kept]
    weights = np.log((1 + len(texts)) / (1 + containing)) + 1
    begun = _counts((_numbered_start(text, vocabulary) for text in start), len(start))
    matrix = _rows(pieces, terms, weights)
    return Features(
        matrix=matrix, start=_rows(begun, terms, weights), wordless=np.diff(matrix.indptr) == 0
    )


class _Vocabulary(dict[str, int]):
    """Words as numbers in order of appearance; a plural has the number of its singular."""

    def __init__(self) -> None:
        super().__init__()
        self._singulars: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        number = self._singulars.setdefault(_singular(word), len(self._singulars))
        self[word] = number
        return number


def _singular(word: str) -> str:
    """Fold the regular English plural, and leave "analysis", "virus" and "stress" as they are."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@dataclass(frozen=True, slots=True)
class _Counts:
    """How often each term occurs in each of some documents: parallel arrays, and how many documents."""

    documents: npt.NDArray[np.int32]
    terms: Integers
    times: npt.NDArray[np.int32]
    height: int


def _numbered(text: str, vocabulary: _Vocabulary) -> list[Integers]:
    """Return the words of each line as numbers, taking new words into the vocabulary."""
    return [
        np.array([vocabulary[word] for word in _WORD.findall(line)], dtype=np.int64)
        for line in text.lower().splitlines()
    ]


def _numbered_start(text: str, vocabulary: _Vocabulary) -> list[Integers]:
    """Return known words of a starting text as numbers; unknown words end a pair."""
    lines: list[Integers] = []
    for line in text.lower().splitlines():
        run: list[int] = []
        for word in _WORD_OR_STEM.findall(line):
            if word.endswith("*"):
                lines += [
                    np.array([number], dtype=np.int64)
                    for known, number in vocabulary.items()
                    if known.startswith(word[:-1])
                ]
            elif word in vocabulary:
                run.append(vocabulary[word])
                continue
            lines.append(np.array(run, dtype=np.int64))
            run = []
        lines.append(np.array(run, dtype=np.int64))
    return lines


def _counts(documents: Iterable[list[Integers]], height: int) -> list[_Counts]:
    """Count words and pairs per document, some thousand documents at a time to spare memory.

    A word is its number; the pair (a, b) is `(a + 1) * 2**32 + b`.
    """
    waiting = iter(documents)
    pieces = []
    for first in range(0, height, _TEXTS_AT_ONCE):
        numbers: list[Integers] = [np.zeros(0, dtype=np.int64)]
        owners: list[Integers] = [np.zeros(0, dtype=np.int64)]
        rows = min(_TEXTS_AT_ONCE, height - first)
        for row, lines in enumerate(islice(waiting, rows)):
            for line in lines:
                numbers += [line, (line[:-1] + 1 << 32) + line[1:]]
                owners.append(np.full(max(2 * len(line) - 1, 0), row, dtype=np.int64))
        pieces.append(_counted(np.concatenate(owners), np.concatenate(numbers), rows))
    return pieces


def _counted(documents: Integers, terms: Integers, height: int) -> _Counts:
    order = np.lexsort((terms, documents))
    documents, terms = documents[order], terms[order]
    new = np.ones(len(terms), dtype=bool)
    new[1:] = (np.diff(documents) != 0) | (np.diff(terms) != 0)
    begins = np.flatnonzero(new)
    times = np.diff(np.append(begins, len(terms)))
    return _Counts(
        documents[begins].astype(np.int32), terms[begins], times.astype(np.int32), height
    )


def _frequencies(pieces: Sequence[_Counts]) -> tuple[Integers, Integers]:
    """Return each term once, sorted, and in how many documents it occurs.

    As `numpy.unique` does, but in place: its copies would be the peak of all memory.
    """
    every = np.concatenate([np.zeros(0, dtype=np.int64), *(piece.terms for piece in pieces)])
    every.sort()
    first = np.ones(len(every), dtype=bool)
    np.not_equal(every[1:], every[:-1], out=first[1:])
    starts = np.flatnonzero(first)
    return every[starts], np.diff(np.append(starts, len(every)))


def _rows(pieces: list[_Counts], terms: Integers, weights: Numbers) -> sparse.csr_array:
    """Return weighted rows of unit length over `terms` (sorted); other terms are passed over.

    The pieces are used up, so that counts and rows are never held whole side by side.
    """
    blocks = [sparse.csr_array((0, len(terms)))]
    pieces.reverse()
    while pieces:
        piece = pieces.pop()
        columns = np.searchsorted(terms, piece.terms)
        known = columns < len(terms)
        known[known] = terms[columns[known]] == piece.terms[known]
        documents, columns = piece.documents[known], columns[known].astype(np.int32)
        values = (1 + np.log(piece.times[known])) * weights[columns]
        lengths = np.sqrt(np.bincount(documents, weights=values**2, minlength=piece.height))
        blocks.append(
            sparse.csr_array(
                (values / lengths[documents], (documents, columns)),
                shape=(piece.height, len(terms)),
            )
        )
    return sparse.csr_array(sparse.vstack(blocks, format="csr"))
