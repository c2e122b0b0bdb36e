"""The words of many texts at once, as numbers and as text.

What `forms` says of one title or one list of authors, this says of thousands: their letters stand in one
array, and each step is one operation on all of them. Texts that need more than plain letters are left
to `forms`.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.identification.forms.authors import NAMES, NOT_A_NAME, AuthorForm, author_form
from screening.identification.forms.folding import fold
from screening.identification.forms.titles import (
    AROUND,
    NO_NUMBERS,
    TELLING,
    bare_title,
    read_words,
    spelt_alike,
)

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Numbers = NDArray[np.uint64]

_END, _SPACE, _COMMA, _PARTING, _DOT = b"\n ,;."
_GONE = 0


def _table(marks: str) -> bytes:
    """Return what each letter is folded to: `marks` to themselves, an apostrophe to nothing."""
    folded = [
        ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else _SPACE
        for code in range(256)
    ]
    for mark in marks:
        folded[ord(mark)] = ord(mark)
    folded[ord("'")] = _GONE
    return bytes(folded)


_TITLES, _LISTS = _table("\n"), _table("\n,;")


def _set(letters: str) -> Mask:
    chosen = np.zeros(256, dtype=bool)
    chosen[[ord(letter) for letter in letters]] = True
    return chosen


_CAPITAL = _set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_SMALL = _set("abcdefghijklmnopqrstuvwxyz")
_AROUND, _SENTENCE = _set(AROUND), _set(".?!")
_LETTER = _SMALL | _set("0123456789")
_SMALL_OR_APOSTROPHE = _SMALL | _set("'")
_VOWEL, _UMLAUT = _set("aeiou"), _set("aou")


def _powers(base: int, number: int) -> Numbers:
    powers = np.full(number, base, dtype=np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)


class _Hashing:
    """Numbers for words that are the same on every machine, unlike those of Python's own hash.

    A word is a polynomial in an odd base modulo 2**64, in which every odd number has an inverse: so all
    words are summed where they stand and then moved to the beginning.
    """

    base = 0x9E3779B97F4A7C15

    def __init__(self) -> None:
        self.up = self.down = np.ones(1, dtype=np.uint64)

    def words(self, letters: Bytes, starts: Ints, ends: Ints) -> Numbers:
        """Return a number for each of the words, of which there is one or more."""
        if len(self.up) < len(letters):
            self.up = _powers(self.base, 2 * len(letters))
            self.down = _powers(pow(self.base, -1, 1 << 64), 2 * len(letters))
        edges = np.stack([starts, ends], axis=1).ravel()
        # After the last word there is always an end, so that every edge is within.
        sums = np.add.reduceat(letters * self.up[: len(letters)], edges)[::2]
        hashed = sums * self.down[starts]
        hashed ^= hashed >> np.uint64(29)
        hashed *= np.uint64(0xBF58476D1CE4E5B9)
        hashed ^= hashed >> np.uint64(32)
        return hashed


_hashing = _Hashing()


class Words:
    """Where the words of folded texts stand, of which text each is, and a number for each."""

    def __init__(self, letters: Bytes, within: Mask) -> None:
        edge = np.diff(within, prepend=False)
        edges = np.flatnonzero(edge)
        self.starts, self.ends = edges[::2], edges[1::2]
        self.text = np.searchsorted(np.flatnonzero(letters == _END), self.starts)
        self.hashes = (
            _hashing.words(letters, self.starts, self.ends)
            if len(edges)
            else np.empty(0, dtype=np.uint64)
        )


def _letters(texts: Sequence[str]) -> Bytes:
    """Return the letters of texts, each followed by an end."""
    return np.frombuffer("\n".join([*texts, ""]).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def _texts(letters: Bytes) -> list[str]:
    return letters.tobytes().decode("utf-8", "surrogatepass").split("\n")[:-1]


def words_of(folded: Sequence[str]) -> Words:
    """Return the words of folded texts."""
    letters = _letters(folded)
    return Words(letters, (letters != _SPACE) & (letters != _END))


def signatures(folded: Sequence[str]) -> tuple[Ints, Numbers]:
    """Return how many words each folded text has, and 64 bits of which each word sets one.

    The bits are a first look at whether texts share words.
    """
    words = words_of(folded)
    counts = np.bincount(words.text, minlength=len(folded))
    bits = np.zeros(len(folded), dtype=np.uint64)
    if len(words.text):
        first = np.flatnonzero(np.diff(words.text, prepend=-1))
        each = np.uint64(1) << (words.hashes >> np.uint64(58))
        bits[words.text[first]] = np.bitwise_or.reduceat(each, first)
    return counts, bits


def bearing(folded: Sequence[str], words: Sequence[str]) -> Ints:
    """Return which of the folded texts have one of the words or a digit."""
    found = words_of(folded)
    letters = _letters(folded)
    digits = np.flatnonzero((letters >= ord("0")) & (letters <= ord("9")))
    numbered = np.searchsorted(np.flatnonzero(letters == _END), digits)
    wanted = np.sort(words_of(words).hashes)
    # So few are sought that looking each word up is faster than sorting all.
    nearest = wanted[np.searchsorted(wanted, found.hashes) % len(wanted)]
    return np.union1d(found.text[found.hashes == nearest], numbered)


def fold_all(texts: Sequence[str]) -> list[str]:
    """Return what `fold` returns of each text."""
    if not texts:
        return []
    rest = {row: fold(text) for row, text in enumerate(texts) if not text.isascii() or "\n" in text}
    letters = _folded(texts, rest, _TITLES)
    parted = (letters == _SPACE) | (letters == _END)
    # A space counts only between words: not after another, nor at an end.
    letters = letters[(letters != _SPACE) | ~np.concatenate([[True], parted[:-1]])]
    last = (letters[:-1] == _SPACE) & (letters[1:] == _END)
    folded = _texts(letters[~np.append(last, False)])
    for row, text in rest.items():
        folded[row] = text
    return folded


def _folded(texts: Sequence[str], rest: Collection[int], table: bytes) -> Bytes:
    """Return the folded letters of texts, of those in `rest` only the end."""
    plain = ["" if row in rest else text for row, text in enumerate(texts)] if rest else texts
    return _translated(_letters(plain), table)


def _translated(letters: Bytes, table: bytes) -> Bytes:
    found = np.frombuffer(letters.tobytes().translate(table), dtype=np.uint8)
    return found[found != _GONE] if (found == _GONE).any() else found


def read_authors(lists: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """Return what `author_form` does of each list: the words of all names, of the first, and the run.

    The names of a list stand between semicolons; where there are none, an export may have run them
    together.
    """
    rest = {row: _author_form(text) for row, text in enumerate(lists) if _is_special(text)}
    plain = ["" if row in rest else text for row, text in enumerate(lists)] if rest else lists
    letters = _without_umlauts(_translated(_first_names(_parted(_letters(plain))), _LISTS))
    words = Words(letters, _LETTER[letters])
    named = np.flatnonzero((words.ends - words.starts > 1) & ~np.isin(words.hashes, _NO_NAMES))
    text, place = words.text[named], _places(words.text[named])
    # The first author's family ends with the name, or where the given name begins.
    breaks = np.flatnonzero((letters == _COMMA) | (letters == _PARTING) | (letters == _END))
    of = np.searchsorted(np.flatnonzero(letters == _END), breaks)
    limit = breaks[np.searchsorted(of, np.arange(len(lists)))]
    family = (words.starts[named] < limit[text]) & (place < 2)
    without = np.ones(len(lists), dtype=bool)
    without[text[family]] = False
    family |= (place == 0) & without[text]
    all_words = _chosen(letters, words, named)
    first_words = _chosen(letters, words, named[family])
    runs = _texts(letters[_LETTER[letters] | (letters == _END)])
    runs = [run if names else "" for run, names in zip(runs, all_words, strict=True)]
    for row, form in rest.items():
        all_words[row], first_words[row], runs[row] = form
    return all_words, first_words, runs


def _author_form(text: str) -> AuthorForm:
    return author_form([name for part in text.split(";") if (name := part.strip())])


def _is_special(text: str) -> bool:
    """Return whether a list of authors needs more than plain letters: accents, markup, an "and"."""
    return (
        not text.isascii()
        or "&" in text
        or "<" in text
        or "\n" in text
        or (" and " in text.lower() and ";" not in text)
    )


def _parted(letters: Bytes) -> Bytes:
    """Put a semicolon before each name that an export ran together with the one before."""
    ends = np.flatnonzero(letters == _END)
    listed = np.zeros(len(ends), dtype=bool)
    listed[np.searchsorted(ends, np.flatnonzero(letters == _PARTING))] = True
    capitals = np.flatnonzero(_CAPITAL[letters[1:]]) + 1
    before, after = letters[capitals - 1], letters[capitals + 1]
    begins = (_SMALL[before] & _SMALL[after]) | ((before == _DOT) & _SMALL_OR_APOSTROPHE[after])
    starts = capitals[begins]
    return np.insert(letters, starts[~listed[np.searchsorted(ends, starts)]], _PARTING)


def _first_names(letters: Bytes) -> Bytes:
    """Return lists of authors cut after as many names as are kept of one."""
    ends = np.flatnonzero(letters == _END)
    partings = np.flatnonzero(letters == _PARTING)
    text = np.searchsorted(ends, partings)
    enough = _places(text) == NAMES - 1
    change = np.zeros(len(letters), dtype=np.int8)
    change[partings[enough]] = 1
    change[ends[text[enough]]] -= 1
    first: Bytes = letters[np.cumsum(change, dtype=np.int8) == 0]
    return first


def _without_umlauts(letters: Bytes) -> Bytes:
    letters_e = np.flatnonzero(letters[1:] == ord("e")) + 1
    umlaut = _UMLAUT[letters[letters_e - 1]] & ~_VOWEL[letters[letters_e + 1]]
    plain: Bytes = np.delete(letters, letters_e[umlaut])
    return plain


def _places(groups: Ints) -> Ints:
    """Return for each of sorted groups' members its place within the group."""
    places: Ints = np.arange(len(groups)) - np.searchsorted(groups, groups)
    return places


def _chosen(letters: Bytes, words: Words, chosen: Ints) -> list[str]:
    """Return texts of chosen words only, one space between them."""
    starts, ends = words.starts[chosen], words.ends[chosen]
    change = np.zeros(len(letters) + 1, dtype=np.int8)
    change[starts] = 1
    change[ends] = -1
    kept = (np.cumsum(change[:-1], dtype=np.int8) > 0) | (letters == _END)
    spaces = starts[_places(words.text[chosen]) > 0] - 1
    kept[spaces] = True
    written = letters.copy()
    written[spaces] = _SPACE
    return _texts(written[kept])


_NO_NAMES = words_of(sorted(NOT_A_NAME)).hashes


class Titles(NamedTuple):
    """What `title_form` says of each title, a list per field; alternatives only where there are any."""

    words: list[str]
    alternatives: dict[int, str]
    numbers: list[frozenset[int]]
    kinds: list[int]
    translated: list[bool]


def read_titles(titles: Sequence[str | None]) -> Titles:
    """Return what `title_form` does of each title."""
    texts = [(title or "").replace("\n", " ") for title in titles]
    bare = {row: bare_title(texts[row]) for row in _remarked(_letters(texts)).tolist()}
    for row, title in bare.items():
        texts[row] = title.text
    words = fold_all(texts)
    kinds, translated = [0] * len(words), [False] * len(words)
    numbers = [NO_NUMBERS] * len(words)
    told = {row for row, text in enumerate(words) if not text.isascii()}
    told.update(bearing(words, sorted(TELLING)).tolist())
    told.update(row for row, title in bare.items() if title.kind)
    for row in told:
        kind = bare[row].kind if row in bare else 0
        words[row], numbers[row], kinds[row] = read_words(words[row], kind)
    alternatives = {}
    for row, title in bare.items():
        translated[row] = title.translated
        if title.alternative and (other := spelt_alike(fold(title.alternative))):
            alternatives[row] = other
    spelt = spelt_alike("\n".join([*words, ""])).split("\n")[:-1]
    return Titles(spelt, alternatives, numbers, kinds, translated)


def _remarked(letters: Bytes) -> Ints:
    """Return which titles have anything around them that `bare_title` may take off."""
    ends = np.flatnonzero(letters == _END)
    space = letters == _SPACE
    sentence = _SENTENCE[letters[:-1]] & space[1:]
    small = letters | 0x20
    number = space[:-2] & (small[1:-1] == ord("n")) & (small[2:] == ord("o"))
    marks = [np.flatnonzero(found) for found in (_AROUND[letters], sentence, number)]
    return np.unique(np.searchsorted(ends, np.concatenate(marks)))
