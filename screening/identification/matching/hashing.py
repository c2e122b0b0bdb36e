"""Numbers for words and texts that are the same on every machine, unlike those of Python's own hash."""

import numpy as np
from numpy.typing import NDArray

from screening.identification.matching.many_texts import Bytes, Ints, Texts

Numbers = NDArray[np.uint64]

BASE = 0x9E3779B97F4A7C15
"""An odd number whose multiples spread over all 64 bits: 2**64 divided by the golden ratio."""

_EIGHT = 8


def _powers(base: int, number: int) -> Numbers:
    powers = np.full(number, base, dtype=np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)


class _Powers:
    """Powers of the base and of its inverse, as many as were ever needed."""

    def __init__(self) -> None:
        self.up = self.down = np.ones(1, dtype=np.uint64)

    def reach(self, number: int) -> None:
        if len(self.up) < number:
            self.up = _powers(BASE, 2 * number)
            self.down = _powers(pow(BASE, -1, 1 << 64), 2 * number)


_powers_of_base = _Powers()


class Sums:
    """Letters, summed up so that the number of any stretch of them is at hand.

    A stretch is a polynomial in an odd base modulo 2**64, in which every odd number has an inverse: so
    all are summed where they stand and then moved to the beginning.
    """

    def __init__(self, letters: Bytes) -> None:
        _powers_of_base.reach(len(letters) + 1)
        self._sums = np.zeros(len(letters) + 1, dtype=np.uint64)
        np.cumsum(letters * _powers_of_base.up[: len(letters)], out=self._sums[1:])

    def hashes(self, starts: Ints, ends: Ints) -> Numbers:
        """Return a number for each stretch, 0 for an empty one."""
        hashed: Numbers = (self._sums[ends] - self._sums[starts]) * _powers_of_base.down[starts]
        hashed ^= hashed >> np.uint64(29)
        hashed *= np.uint64(0xBF58476D1CE4E5B9)
        hashed ^= hashed >> np.uint64(32)
        return hashed


def text_hashes(texts: Texts) -> Numbers:
    """Return a number for each text, 0 for "" only."""
    texts = texts.compact()
    return Sums(np.frombuffer(texts.encoded, dtype=np.uint8)).hashes(texts.starts, texts.ends)


_KEPT = np.array([(1 << 64) - (1 << 8 * (_EIGHT - n)) for n in range(_EIGHT + 1)], dtype=np.uint64)
_BLANKS = np.array(
    [int.from_bytes(b" " * (_EIGHT - n), "big") for n in range(_EIGHT + 1)], dtype=np.uint64
)


def first_eight(letters: Bytes, starts: Ints, ends: Ints) -> Numbers:
    """Return the first eight letters of each stretch as a number, blanks where it is shorter.

    These numbers sort as the letters do.
    """
    padded = np.concatenate([letters, np.zeros(_EIGHT, dtype=np.uint8)])
    everywhere = np.ndarray((len(letters) + 1,), ">u8", padded, strides=(1,))
    read = everywhere[np.minimum(starts, len(letters))].astype(np.uint64)
    lengths = np.clip(ends - starts, 0, _EIGHT)
    first: Numbers = (read & _KEPT[lengths]) | _BLANKS[lengths]
    return first
