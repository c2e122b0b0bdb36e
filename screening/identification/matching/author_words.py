"""What many lists of authors say, worked on all at once with the outcome of `author_form`."""

from typing import NamedTuple

import numpy as np

from screening.identification.forms.authors import NAMES, NOT_A_NAME, AuthorForm, author_form
from screening.identification.matching.hashing import Numbers
from screening.identification.matching.many_texts import Bytes, Ints, Mask, Texts, line_starts
from screening.identification.matching.wording import (
    END,
    SPACE,
    Words,
    folding_table,
    signatures,
    signed,
    translated,
    words_of,
)

_COMMA, _PARTING, _DOT = b",;."
_LISTS = folding_table("\n,;")


def _set(letters: str) -> Mask:
    chosen = np.zeros(256, dtype=bool)
    chosen[[ord(letter) for letter in letters]] = True
    return chosen


_SMALL = _set("abcdefghijklmnopqrstuvwxyz")
_SMALL_OR_APOSTROPHE = _SMALL | _set("'")
_VOWEL, _UMLAUT = _set("aeiou"), _set("aou")


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
    letters = _without_umlauts(translated(_first_names(_parted(letters)), _LISTS))
    named_letters = (letters >= ord("0")) & (letters != _PARTING)
    words = Words(letters, named_letters)
    hashes = words.hashes()
    named = np.flatnonzero((words.ends - words.starts > 1) & ~np.isin(hashes, _NO_NAMES))
    text, place = words.text[named], _places(words.text[named])
    # The first author's family ends with the name, or where the given name begins.
    ends = np.flatnonzero(letters == END)
    breaks = np.flatnonzero((letters == _COMMA) | (letters == _PARTING) | (letters == END))
    limit = breaks[np.searchsorted(breaks, line_starts(ends))]
    family = (words.starts[named] < limit[text]) & (place < 2)
    without = np.ones(len(lists), dtype=bool)
    without[text[family]] = False
    family |= (place == 0) & without[text]
    runs = Texts.of_lines(letters[named_letters | (letters == END)])
    nameless = np.bincount(text, minlength=len(lists)) == 0
    runs = Texts(runs.letters, np.where(nameless, runs.ends, runs.starts), runs.ends)
    bits = signed(text, hashes[named], len(lists))
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
    ends = np.flatnonzero(letters == END)
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
    ends = np.flatnonzero(letters == END)
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
    ends = np.flatnonzero(letters == END)
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
    kept = (np.cumsum(change[:-1], dtype=np.int8) > 0) | (letters == END)
    spaces = starts[np.diff(words.text[chosen], prepend=-1) == 0] - 1
    kept[spaces] = True
    written = letters.copy()
    written[spaces] = SPACE
    return Texts.of_lines(written[kept])


_NO_NAMES = words_of(Texts.of(sorted(NOT_A_NAME))).hashes()
