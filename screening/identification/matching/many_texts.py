"""Many texts in one run of letters: a million of them are three arrays and no million of objects."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]

_CODING = ("utf-8", "surrogatepass")  # some exports hold halves of letters
_END = ord("\n")
_BEYOND_ASCII = 0x80
_LONG = 64
"""Letters a text, on average, from which cutting out each one costs less than looking up each letter."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts of which each is a stretch of `letters`; a missing one is "".

    `letters` are UTF-8, or, where texts of ASCII only are looked up often, a str: the places are the same.
    `lined` texts are of one line each, one after the other, and nothing else is in the letters but a line
    end after each: that is the form in which all of them are worked on at once.
    """

    letters: bytes | str
    starts: Ints
    ends: Ints
    lined: bool = False

    @classmethod
    def of(cls, texts: Iterable[str | None]) -> "Texts":
        """Return texts that stand in a list or the like."""
        return cls.of_parts([text.encode(*_CODING) if text else b"" for text in texts])

    @classmethod
    def of_parts(cls, parts: Sequence[bytes]) -> "Texts":
        """Return texts that are encoded already."""
        letters = b"\n".join([*parts, b""])
        if letters.count(b"\n") == len(parts):
            return cls.of_lines(np.frombuffer(letters, dtype=np.uint8))
        ends = np.cumsum(np.fromiter(map(len, parts), dtype=np.int64, count=len(parts)))
        return cls(b"".join(parts), ends - np.diff(ends, prepend=0), ends)

    @classmethod
    def of_lines(cls, letters: Bytes) -> "Texts":
        """Return texts of one line each, every one with its line end."""
        ends = np.flatnonzero(letters == _END)
        return cls(letters.tobytes(), line_starts(ends), ends, lined=True)

    @classmethod
    def none(cls, number: int) -> "Texts":
        """Return so many missing texts."""
        nothing = np.zeros(number, dtype=np.int64)
        return cls(b"", nothing, nothing)

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, row: int) -> str:
        cut = self.letters[self.starts[row] : self.ends[row]]
        return cut if isinstance(cut, str) else cut.decode(*_CODING)

    def __iter__(self) -> Iterator[str]:
        return iter(self.strings())

    def strings(self, rows: Ints | None = None) -> list[str]:
        """Return the texts of rows, or all."""
        letters = self.letters
        if self.lined and rows is None:
            whole = letters if isinstance(letters, str) else letters.decode(*_CODING)
            return whole.split("\n")[:-1]
        if isinstance(letters, str):
            return [letters[start:end] for start, end in self._stretches(rows)]
        return [letters[start:end].decode(*_CODING) for start, end in self._stretches(rows)]

    def parts(self, rows: Ints | None = None) -> list[bytes]:
        """Return the texts of rows, or all, as they are encoded."""
        letters = self.encoded
        if self.lined and rows is None:
            return letters.split(b"\n")[:-1]
        return [letters[start:end] for start, end in self._stretches(rows)]

    @property
    def encoded(self) -> bytes:
        """The letters as bytes."""
        return self.letters if isinstance(self.letters, bytes) else self.letters.encode()

    def _stretches(self, rows: Ints | None) -> Iterable[tuple[int, int]]:
        starts, ends = (
            (self.starts, self.ends) if rows is None else (self.starts[rows], self.ends[rows])
        )
        return zip(starts.tolist(), ends.tolist(), strict=True)

    def hold(self, text: str) -> bool:
        """Return whether a text may be in one of these."""
        return text.encode() in self.encoded

    @property
    def lengths(self) -> Ints:
        """How many bytes each text has."""
        lengths: Ints = self.ends - self.starts
        return lengths

    @property
    def filled(self) -> Mask:
        """Which texts are there."""
        filled: Mask = self.ends > self.starts
        return filled

    def beyond_ascii(self) -> Ints:
        """Return the rows of texts with other letters than ASCII."""
        if self.letters.isascii():
            return np.empty(0, dtype=np.int64)
        return self.having(np.frombuffer(self.encoded, dtype=np.uint8) >= _BEYOND_ASCII)

    def broken(self) -> Ints:
        """Return the rows of texts of more than one line."""
        return self.having(np.frombuffer(self.encoded, dtype=np.uint8) == _END)

    def having(self, letters: Mask) -> Ints:
        """Return the rows of texts with one of some letters."""
        places = np.append(np.flatnonzero(letters), len(letters))
        found: Ints = np.flatnonzero(places[np.searchsorted(places, self.starts)] < self.ends)
        return found

    def lines(self) -> Bytes:
        """Return the letters of all texts, each followed by a line end; one within a text is a blank."""
        if self.lined:
            return np.frombuffer(self.encoded, dtype=np.uint8)
        parts = self.parts()
        text = b"\n".join([*parts, b""])
        if text.count(b"\n") > len(parts):
            text = b"\n".join([*(part.replace(b"\n", b" ") for part in parts), b""])
        return np.frombuffer(text, dtype=np.uint8)

    def at(self, rows: Ints) -> "Texts":
        """Return the texts of rows."""
        return Texts(self.letters, self.starts[rows], self.ends[rows])

    def compact(self) -> "Texts":
        """Return the same texts in letters that hold nothing else, lined where they can be."""
        if self.lined:
            return self
        lengths = self.lengths
        if int(lengths.sum()) > _LONG * len(lengths):
            return Texts.of_parts(self.parts())
        ends = np.cumsum(lengths + 1) - 1
        starts = line_starts(ends)
        places = np.arange(int(ends[-1]) + 1 if len(ends) else 0)
        places += np.repeat(self.starts - starts, lengths + 1)
        source = np.frombuffer(self.encoded + b"\n", dtype=np.uint8)
        letters = source[places]
        letters[ends] = _END
        lined = np.count_nonzero(letters == _END) == len(ends)
        return Texts(letters.tobytes(), starts, ends, lined=lined)

    def replaced(self, new: dict[int, str]) -> "Texts":
        """Return the texts with new ones in some rows."""
        if not new:
            return self
        parts = self.parts()
        for row, text in new.items():
            parts[row] = text.encode(*_CODING)
        return Texts.of_parts(parts)


def line_starts(ends: Ints) -> Ints:
    """Return where lines start, told by where they end."""
    starts = np.zeros(len(ends), dtype=np.int64)
    starts[1:] = ends[:-1] + 1
    return starts


def joined(many: list[Texts]) -> Texts:
    """Return the texts of several one after the other, as a str where all are ASCII; the list is used up."""
    sizes = np.cumsum([0, *(len(some.letters) for some in many)])
    starts = np.concatenate([some.starts + size for some, size in zip(many, sizes, strict=False)])
    ends = np.concatenate([some.ends + size for some, size in zip(many, sizes, strict=False)])
    letters: list[bytes | str] = [some.encoded for some in reversed(many)]
    many.clear()
    if all(some.isascii() for some in letters):
        # One after the other, so that each is held once.
        whole = "".join([letters.pop().decode() for _ in range(len(letters))])  # type: ignore[union-attr]
        return Texts(whole, starts, ends)
    return Texts(b"".join(reversed(letters)), starts, ends)  # type: ignore[arg-type]
