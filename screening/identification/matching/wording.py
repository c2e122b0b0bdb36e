"""The words of many texts at once, as numbers and as text.

What `forms` says of one title or one list of authors, this says of thousands: their letters stand in one
array, and each step is one operation on all of them. Texts that need more than plain letters are left
to `forms`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from screening.identification.forms.authors import NAMES, NOT_A_NAME, AuthorForm, author_form
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
from screening.identification.matching.hashing import Numbers, Sums, first_eight
from screening.identification.matching.many_texts import Bytes, Ints, Mask, Texts, line_starts

_END, _SPACE, _COMMA, _PARTING, _DOT = b"\n ,;."


def _table(marks: str) -> bytes:
    """Return what each letter is folded to: `marks` to themselves."""
    folded = [
        ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else _SPACE
        for code in range(256)
    ]
    for mark in marks:
        folded[ord(mark)] = ord(mark)
    return bytes(folded)


_TITLES, _LISTS = _table("\n"), _table("\n,;")
_IS_AROUND, _IS_SENTENCE = 1, 2
_REMARKS = bytes(
    _IS_AROUND if chr(code) in AROUND else _IS_SENTENCE if chr(code) in ".?!" else 0
    for code in range(256)
)


def _set(letters: str) -> Mask:
    chosen = np.zeros(256, dtype=bool)
    chosen[[ord(letter) for letter in letters]] = True
    return chosen


_SMALL = _set("abcdefghijklmnopqrstuvwxyz")
_SMALL_OR_APOSTROPHE = _SMALL | _set("'")
_VOWEL, _UMLAUT = _set("aeiou"), _set("aou")


class Words:
    """Where the words of texts stand, each text followed by an end, and of which text each is."""

    def __init__(self, letters: Bytes, within: Mask) -> None:
        edges = np.flatnonzero(within[1:] != within[:-1]) + 1
        if len(within) and within[0]:
            edges = np.concatenate([[0], edges])
        self.starts, self.ends = edges[::2], edges[1::2]
        counts = np.diff(np.searchsorted(self.starts, np.flatnonzero(letters == _END)), prepend=0)
        self.counts = counts
        self.text = np.repeat(np.arange(len(counts)), counts)
        self._letters = letters

    def hashes(self, sums: Sums | None = None) -> Numbers:
        """Return a number for each word, the same wherever it stands; the letters may be summed up already."""
        return (sums or Sums(self._letters)).hashes(self.starts, self.ends)


def words_of(folded: Texts) -> Words:
    """Return the words of folded texts."""
    letters = folded.lines()
    return Words(letters, letters > _SPACE)


def signatures(folded: Texts) -> tuple[Ints, Numbers]:
    """Return how many words each folded text has, and 64 bits of which each word sets one.

    The bits are a first look at whether texts share words.
    """
    words = words_of(folded)
    return words.counts, _signed(words.text, words.hashes(), len(folded))


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
        "title_signature": _signed(words.text, hashes, len(folded)),
        "title_repeated": repeated,
    }


def _signed(text: Ints, hashes: Numbers, number: int) -> Numbers:
    """Return the bits of so many texts, each of whose words is in one of them."""
    bits = np.zeros(number, dtype=np.uint64)
    if len(text):
        first = np.flatnonzero(np.diff(text, prepend=-1))
        each = np.uint64(1) << (hashes >> np.uint64(58))
        bits[text[first]] = np.bitwise_or.reduceat(each, first)
    return bits


def fold_all(texts: Texts) -> Texts:
    """Return what `fold` returns of each text."""
    folded = Texts.of_lines(_folded(texts.lines()))
    return folded.replaced({row: fold(texts[row]) for row in texts.beyond_ascii().tolist()})


def _folded(letters: Bytes) -> Bytes:
    """Return the letters of texts folded, as far as they are ASCII."""
    letters = _translated(letters, _TITLES)
    space = letters == _SPACE
    # A space counts only between words: not after another, nor at an end.
    after = np.ones(len(letters), dtype=bool)
    after[1:] = letters[:-1] <= _SPACE
    letters = letters[~(space & after)]
    kept = np.ones(len(letters), dtype=bool)
    kept[:-1] = (letters[:-1] != _SPACE) | (letters[1:] != _END)
    folded: Bytes = letters[kept]
    return folded


def _translated(letters: Bytes, table: bytes) -> Bytes:
    """Return letters as a table says, without apostrophes."""
    return np.frombuffer(letters.tobytes().translate(table, b"'"), dtype=np.uint8)


class Authors(NamedTuple):
    """What `author_form` says of each list of authors, and the bits of all names."""

    words: Texts
    first: Texts
    runs: Texts
    bits: Numbers


def read_authors(lists: Texts) -> Authors:
    """Return what `author_form` does of each list: the words of all names, of the first, and the run.

    The names of a list stand between semicolons; where there are none, an export may have run them
    together.
    """
    letters = lists.lines()
    rest = {row: _author_form(lists[row]) for row in _special(lists, letters)}
    letters = _without_umlauts(_translated(_first_names(_parted(letters)), _LISTS))
    named_letters = (letters >= ord("0")) & (letters != _PARTING)
    words = Words(letters, named_letters)
    hashes = words.hashes()
    named = np.flatnonzero((words.ends - words.starts > 1) & ~np.isin(hashes, _NO_NAMES))
    text, place = words.text[named], _places(words.text[named])
    # The first author's family ends with the name, or where the given name begins.
    ends = np.flatnonzero(letters == _END)
    breaks = np.flatnonzero((letters == _COMMA) | (letters == _PARTING) | (letters == _END))
    limit = breaks[np.searchsorted(breaks, line_starts(ends))]
    family = (words.starts[named] < limit[text]) & (place < 2)
    without = np.ones(len(lists), dtype=bool)
    without[text[family]] = False
    family |= (place == 0) & without[text]
    runs = Texts.of_lines(letters[named_letters | (letters == _END)])
    nameless = np.bincount(text, minlength=len(lists)) == 0
    runs = Texts(runs.letters, np.where(nameless, runs.ends, runs.starts), runs.ends)
    bits = _signed(text, hashes[named], len(lists))
    bits[list(rest)] = signatures(Texts.of([form.words for form in rest.values()]))[1]
    return Authors(
        _chosen(letters, words, named).replaced({row: rest[row].words for row in rest}),
        _chosen(letters, words, named[family]).replaced({row: rest[row].first for row in rest}),
        runs.replaced({row: rest[row].run for row in rest}),
        bits,
    )


def _author_form(text: str) -> AuthorForm:
    return author_form([name for part in text.split(";") if (name := part.strip())])


def _special(lists: Texts, letters: Bytes) -> list[int]:
    """Return the lists that need more than plain letters: accents, markup, an "and"."""
    found = {*lists.beyond_ascii().tolist(), *lists.broken().tolist()}
    ends = np.flatnonzero(letters == _END)
    found.update(_rows(ends, (letters == ord("&")) | (letters == ord("<"))).tolist())
    if b" and " in letters.tobytes().lower():
        listed = set(_rows(ends, letters == _PARTING).tolist())
        found.update(
            row
            for row, text in enumerate(lists.parts())
            if row not in listed and b" and " in text.lower()
        )
    return sorted(found)


def _rows(ends: Ints, letters: Mask) -> Ints:
    """Return the texts with one of some letters, told by where texts end."""
    return np.unique(np.searchsorted(ends, np.flatnonzero(letters)))


def _parted(letters: Bytes) -> Bytes:
    """Put a semicolon before each name that an export ran together with the one before."""
    ends = np.flatnonzero(letters == _END)
    capitals = np.flatnonzero(letters[1:] - ord("A") < 26) + 1
    before, after = letters[capitals - 1], letters[capitals + 1]
    begins = (_SMALL[before] & _SMALL[after]) | ((before == _DOT) & _SMALL_OR_APOSTROPHE[after])
    starts = capitals[begins]
    if not len(starts):
        return letters
    listed = np.zeros(len(ends), dtype=bool)
    listed[_rows(ends, letters == _PARTING)] = True
    return np.insert(letters, starts[~listed[np.searchsorted(ends, starts)]], _PARTING)


def _first_names(letters: Bytes) -> Bytes:
    """Return lists of authors cut after as many names as are kept of one."""
    ends = np.flatnonzero(letters == _END)
    partings = np.flatnonzero(letters == _PARTING)
    counts = np.diff(np.searchsorted(partings, ends), prepend=0)
    long = np.flatnonzero(counts >= NAMES)
    if not len(long):
        return letters
    last = np.cumsum(counts)[long] - counts[long] + NAMES - 1
    change = np.zeros(len(letters), dtype=np.int8)
    change[partings[last]] = 1
    change[ends[long]] -= 1
    first: Bytes = letters[np.cumsum(change, dtype=np.int8) == 0]
    return first


def _without_umlauts(letters: Bytes) -> Bytes:
    letters_e = np.flatnonzero(letters[1:] == ord("e")) + 1
    umlaut = _UMLAUT[letters[letters_e - 1]] & ~_VOWEL[letters[letters_e + 1]]
    plain: Bytes = np.delete(letters, letters_e[umlaut])
    return plain


def _places(groups: Ints) -> Ints:
    """Return for each of sorted groups' members its place within the group."""
    firsts = np.flatnonzero(np.diff(groups, prepend=-1))
    places: Ints = np.arange(len(groups)) - np.repeat(firsts, np.diff(firsts, append=len(groups)))
    return places


def _chosen(letters: Bytes, words: Words, chosen: Ints) -> Texts:
    """Return texts of chosen words only, one space between them."""
    starts, ends = words.starts[chosen], words.ends[chosen]
    change = np.zeros(len(letters) + 1, dtype=np.int8)
    change[starts] = 1
    change[ends] = -1
    kept = (np.cumsum(change[:-1], dtype=np.int8) > 0) | (letters == _END)
    spaces = starts[np.diff(words.text[chosen], prepend=-1) == 0] - 1
    kept[spaces] = True
    written = letters.copy()
    written[spaces] = _SPACE
    return Texts.of_lines(written[kept])


_NO_NAMES = words_of(Texts.of(sorted(NOT_A_NAME))).hashes()


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
    ends = np.flatnonzero(letters == _END)
    remarks = np.frombuffer(letters.tobytes().translate(_REMARKS), dtype=np.uint8)
    marks = np.flatnonzero(remarks)
    marks = marks[(remarks[marks] == _IS_AROUND) | (letters[marks + 1] == _SPACE)]
    small = letters | 0x20
    number = (letters[:-3] == _SPACE) & (small[1:-2] == ord("n")) & (small[2:-1] == ord("o"))
    number &= (letters[3:] == _SPACE) | (letters[3:] == _DOT)
    places = np.concatenate([marks, np.flatnonzero(number)])
    return np.unique(np.searchsorted(ends, places))


def _bearing(folded: Bytes) -> Ints:
    """Return which folded titles may have a word that tells of a number or kind, and all with a digit."""
    words = Words(folded, folded > _SPACE)
    beginnings = first_eight(folded, words.starts, words.ends)
    telling = _found(beginnings, _TELLING_SIEVE, _TELLING)
    # "Part" and the like tell something of certain words behind them only.
    parts = _found(beginnings[:-1], _PARTS_SIEVE, _PARTS)
    parts = parts[np.isin(beginnings[parts + 1], _AFTER)]
    digits = np.flatnonzero(folded - ord("0") < 10)
    numbered = np.searchsorted(np.flatnonzero(folded == _END), digits)
    return np.unique(np.concatenate([words.text[telling], words.text[parts], numbered]))


def _found(beginnings: Numbers, sieve: Mask, wanted: Numbers) -> Ints:
    """Return which words begin as one of those wanted; the sieve spares most a closer look."""
    likely = np.flatnonzero(sieve[_sieved(beginnings)])
    found: Ints = likely[np.isin(beginnings[likely], wanted)]
    return found


def _sieved(numbers: Numbers) -> Numbers:
    """Return where in a small table each number has its place."""
    return (numbers * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(52)


def _beginnings(words: Sequence[str]) -> Numbers:
    letters = Texts.of(words).lines()
    found = Words(letters, letters > _SPACE)
    return first_eight(letters, found.starts, found.ends)


def _sieve(beginnings: Numbers) -> Mask:
    sieve = np.zeros(1 << 12, dtype=bool)
    sieve[_sieved(beginnings)] = True
    return sieve


_TELLING, _PARTS, _AFTER = map(
    _beginnings, (sorted(TELLING - PART_WORDS), sorted(PART_WORDS), sorted(AFTER_PART))
)
_TELLING_SIEVE, _PARTS_SIEVE = _sieve(_TELLING), _sieve(_PARTS)
