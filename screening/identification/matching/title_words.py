"""What many titles say, worked on all at once with the outcome of `title_form`."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from screening.identification.forms.folding import fold
from screening.identification.forms.titles import (
    AFTER_PART,
    AROUND,
    PART_WORDS,
    TELLING,
    bare_title,
    read_words,
    spelt_alike,
)
from screening.identification.matching.hashing import BASE, Numbers, first_eight
from screening.identification.matching.many_texts import Bytes, Ints, Mask, Texts
from screening.identification.matching.wording import END, SPACE, Words, folding_table, translated

_DOT = ord(".")
_TITLES = folding_table("\n")
_IS_AROUND, _IS_SENTENCE = 1, 2
_REMARKS = bytes(
    _IS_AROUND if chr(code) in AROUND else _IS_SENTENCE if chr(code) in ".?!" else 0
    for code in range(256)
)


class Titles(NamedTuple):
    """What `title_form` says of each title; alternatives and numbers only where there are any."""

    words: Texts
    alternatives: dict[int, str]
    numbers: dict[int, frozenset[int]]
    kinds: Ints
    translated: Mask


def read_titles(titles: Texts) -> Titles:
    """Return what `title_form` does of each title."""
    letters = titles.lines()
    bare = {
        row: bare_title(titles[row])
        for row in {*titles.beyond_ascii().tolist(), *_remarked(letters).tolist()}
    }
    folded = _folded(letters)
    words = Texts.of_lines(folded)
    found = Titles(words, {}, {}, *_zeros(len(titles)))
    changed: dict[int, str] = {}
    for row in {*bare, *_bearing(folded).tolist()}:
        title = bare.get(row)
        text, numbers, kind = read_words(
            fold(title.text) if title else words[row], title.kind if title else 0
        )
        changed[row] = text
        found.kinds[row] = kind
        if numbers:
            found.numbers[row] = numbers
        if title:
            found.translated[row] = title.translated
            if title.alternative and (other := spelt_alike(fold(title.alternative))):
                found.alternatives[row] = other
    together = words.replaced(changed).lines().tobytes().decode("utf-8", "surrogatepass")
    spelt = spelt_alike(together).encode("utf-8", "surrogatepass")
    return found._replace(words=Texts.of_lines(np.frombuffer(spelt, dtype=np.uint8)))


def _zeros(number: int) -> tuple[Ints, Mask]:
    return np.zeros(number, dtype=np.int64), np.zeros(number, dtype=bool)


def _remarked(letters: Bytes) -> Ints:
    """Return which titles have anything around them that `bare_title` may take off."""
    ends = np.flatnonzero(letters == END)
    remarks = np.frombuffer(letters.tobytes().translate(_REMARKS), dtype=np.uint8)
    marks = np.flatnonzero(remarks)
    marks = marks[(remarks[marks] == _IS_AROUND) | (letters[marks + 1] == SPACE)]
    small = letters | 0x20
    number = (letters[:-3] == SPACE) & (small[1:-2] == ord("n")) & (small[2:-1] == ord("o"))
    number &= (letters[3:] == SPACE) | (letters[3:] == _DOT)
    places = np.concatenate([marks, np.flatnonzero(number)])
    return np.unique(np.searchsorted(ends, places))


def _bearing(folded: Bytes) -> Ints:
    """Return which folded titles may have a word that tells of a number or kind, and all with a digit."""
    words = Words(folded, folded > SPACE)
    beginnings = first_eight(folded, words.starts, words.ends)
    telling = _found(beginnings, _TELLING_SIEVE, _TELLING)
    # "Part" and the like tell something of certain words behind them only.
    parts = _found(beginnings[:-1], _PARTS_SIEVE, _PARTS)
    parts = parts[np.isin(beginnings[parts + 1], _AFTER)]
    digits = np.flatnonzero(folded - ord("0") < 10)
    numbered = np.searchsorted(np.flatnonzero(folded == END), digits)
    return np.unique(np.concatenate([words.text[telling], words.text[parts], numbered]))


def _found(beginnings: Numbers, sieve: Mask, wanted: Numbers) -> Ints:
    """Return which words begin as one of those wanted; the sieve spares most a closer look."""
    likely = np.flatnonzero(sieve[_sieved(beginnings)])
    found: Ints = likely[np.isin(beginnings[likely], wanted)]
    return found


def _sieved(numbers: Numbers) -> Numbers:
    """Return where in a small table each number has its place."""
    return (numbers * np.uint64(BASE)) >> np.uint64(52)


def _beginnings(words: Sequence[str]) -> Numbers:
    letters = Texts.of(words).lines()
    found = Words(letters, letters > SPACE)
    return first_eight(letters, found.starts, found.ends)


def _sieve(beginnings: Numbers) -> Mask:
    sieve = np.zeros(1 << 12, dtype=bool)
    sieve[_sieved(beginnings)] = True
    return sieve


_TELLING, _PARTS, _AFTER = map(
    _beginnings, (sorted(TELLING - PART_WORDS), sorted(PART_WORDS), sorted(AFTER_PART))
)
_TELLING_SIEVE, _PARTS_SIEVE = _sieve(_TELLING), _sieve(_PARTS)


def _folded(letters: Bytes) -> Bytes:
    """Return the letters of texts folded, as far as they are ASCII."""
    letters = translated(letters, _TITLES)
    space = letters == SPACE
    # A space counts only between words: not after another, nor at an end.
    after = np.ones(len(letters), dtype=bool)
    after[1:] = letters[:-1] <= SPACE
    letters = letters[~(space & after)]
    kept = np.ones(len(letters), dtype=bool)
    kept[:-1] = (letters[:-1] != SPACE) | (letters[1:] != END)
    folded: Bytes = letters[kept]
    return folded
