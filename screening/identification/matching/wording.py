"""The words of many texts at once, as numbers.

What `forms` says of one title or one list of authors, this and its neighbours say of thousands: their
letters stand in one array, and each step is one operation on all of them. Texts that need more than plain
letters are left to `forms`.
"""

import numpy as np

from screening.identification.matching.hashing import Numbers, Sums
from screening.identification.matching.many_texts import Bytes, Ints, Mask, Texts

END, SPACE = b"\n "


def folding_table(marks: str) -> bytes:
    """Return what each letter is folded to: `marks` to themselves."""
    folded = [
        ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else SPACE
        for code in range(256)
    ]
    for mark in marks:
        folded[ord(mark)] = ord(mark)
    return bytes(folded)


def translated(letters: Bytes, table: bytes) -> Bytes:
    """Return letters as a table says, without apostrophes."""
    return np.frombuffer(letters.tobytes().translate(table, b"'"), dtype=np.uint8)


class Words:
    """Where the words of texts stand, each text followed by an end, and of which text each is."""

    def __init__(self, letters: Bytes, within: Mask) -> None:
        edges = np.flatnonzero(within[1:] != within[:-1]) + 1
        if len(within) and within[0]:
            edges = np.concatenate([[0], edges])
        self.starts, self.ends = edges[::2], edges[1::2]
        counts = np.diff(np.searchsorted(self.starts, np.flatnonzero(letters == END)), prepend=0)
        self.counts = counts
        self.text = np.repeat(np.arange(len(counts)), counts)
        self._letters = letters

    def hashes(self, sums: Sums | None = None) -> Numbers:
        """Return a number for each word, the same wherever it stands; the letters may be summed up already."""
        return (sums or Sums(self._letters)).hashes(self.starts, self.ends)


def words_of(folded: Texts) -> Words:
    """Return the words of folded texts."""
    letters = folded.lines()
    return Words(letters, letters > SPACE)


def signatures(folded: Texts) -> tuple[Ints, Numbers]:
    """Return how many words each folded text has, and 64 bits of which each word sets one.

    The bits are a first look at whether texts share words.
    """
    words = words_of(folded)
    return words.counts, signed(words.text, words.hashes(), len(folded))


def signed_words(folded: Texts, sums: Sums) -> dict[str, Ints | Numbers]:
    """Return of each folded title, whose letters are summed up, the columns that its words make.

    These are what `signatures` returns, and how many letters are in words that it has had before.
    """
    words = words_of(folded)
    hashes = words.hashes(sums)
    lengths = words.ends - words.starts
    # Equal words of one text come to stand one after the other: by text, number and length.
    keys = words.text.astype(np.uint64) << np.uint64(40)
    keys |= (hashes >> np.uint64(32)) << np.uint64(8)
    keys = np.sort(keys | np.minimum(lengths, 255).astype(np.uint64))
    again = keys[1:][keys[1:] == keys[:-1]]
    repeated = np.bincount(
        (again >> np.uint64(40)).astype(np.int64),
        weights=(again & np.uint64(255)).astype(np.float64),
        minlength=len(folded),
    ).astype(np.int64)
    return {
        "title_words": words.counts,
        "title_signature": signed(words.text, hashes, len(folded)),
        "title_repeated": repeated,
    }


def signed(text: Ints, hashes: Numbers, number: int) -> Numbers:
    """Return the bits of so many texts, each of whose words is in one of them."""
    bits = np.zeros(number, dtype=np.uint64)
    if len(text):
        first = np.flatnonzero(np.diff(text, prepend=-1))
        each = np.uint64(1) << (hashes >> np.uint64(58))
        bits[text[first]] = np.bitwise_or.reduceat(each, first)
    return bits
