"""Numbers, page ranges and DOIs of many records at once, so far as they are plain."""

import numpy as np

from screening.identification.matching.many_texts import Bytes, Ints, Mask, Texts

_ZERO, _DASH = ord("0"), ord("-")
_TEN = 10
_LONGEST_PAGE = 9
_BEYOND = 0x7F
_LONGEST_RANGE = 2 * _LONGEST_PAGE + 1


def whole_numbers(texts: Texts, longest: int) -> tuple[Ints, Mask]:
    """Return the numbers that texts of at most so many digits are, -1 elsewhere, and which are such."""
    lengths = texts.lengths
    number = np.zeros(len(texts), dtype=np.int64)
    plain: Mask = (lengths > 0) & (lengths <= longest)
    for place, letters in _letters(texts, plain):
        within = lengths > place
        digit = letters - np.uint8(_ZERO)
        plain &= ~within | (digit < _TEN)
        number = np.where(within, number * _TEN + digit, number)
    return np.where(plain, number, -1), plain


def plain_ranges(texts: Texts) -> tuple[Ints, Ints, Mask]:
    """Return the first and last of ranges of two numbers with a dash between, and which are such.

    "244-58" is 244 to 258, as `forms.pages.plain_range` has it for one.
    """
    lengths = texts.lengths
    plain: Mask = (lengths > 2) & (lengths <= _LONGEST_RANGE)
    first, last, before, behind = (np.zeros(len(texts), dtype=np.int64) for _ in range(4))
    parted = np.zeros(len(texts), dtype=bool)
    for place, letters in _letters(texts, plain):
        within = lengths > place
        digit = letters - np.uint8(_ZERO)
        is_digit = digit < _TEN
        dash = within & (letters == _DASH)
        plain &= ~within | is_digit | (dash & ~parted & (before > 0))
        one, other = within & is_digit & ~parted, within & is_digit & parted
        first = np.where(one, first * _TEN + digit, first)
        last = np.where(other, last * _TEN + digit, last)
        before += one
        behind += other
        parted |= dash
    plain &= (
        parted & (before > 0) & (behind > 0) & (before <= _LONGEST_PAGE) & (behind <= _LONGEST_PAGE)
    )
    # A last page of fewer digits has those of the first before it.
    scale = _TEN ** np.clip(behind, 0, _LONGEST_PAGE)
    last = np.where(behind < before, first // scale * scale + last, last)
    return np.where(plain, first, -1), np.where(plain, last, -1), plain


_PERCENT, _DOT, _SLASH = b"%./"
_REGISTRANT = range(4, 10)
_COMPONENT = 5


def plain_dois(texts: Texts) -> tuple[Texts, Mask]:
    """Return the forms of DOIs that are bare, of ASCII and name no version, and which are such.

    They are as `forms.identifiers.doi_form` has them: without the marks behind the registrant. Of others
    what is returned says nothing.
    """
    texts = Texts.of_lines(np.frombuffer(texts.lines().tobytes().lower(), dtype=np.uint8))
    letters, starts, ends = texts.lines(), texts.starts, texts.ends
    final = len(letters) - 1
    digit = letters - np.uint8(_ZERO) < _TEN
    letter = letters - np.uint8(ord("a")) < 26
    slashes = np.append(np.flatnonzero(letters == _SLASH), final)
    slash = slashes[np.searchsorted(slashes, starts)]
    digits = np.concatenate([[0], np.cumsum(digit)])
    registrant = np.minimum(starts + len("10."), ends)
    length = slash - registrant
    plain: Mask = (slash < ends - 1) & (digits[slash] - digits[registrant] == length)
    plain &= (length >= _REGISTRANT.start) & (length < _REGISTRANT.stop)
    for place, sign in enumerate(b"10."):
        plain &= letters[np.minimum(starts + place, final)] == sign
    plain &= letters[np.maximum(ends - _COMPONENT, starts)] != _DOT
    # Marks are blanks, escapes, or letters beyond ASCII; a version is "pub2" or "v2".
    odd = (
        (letters == _PERCENT)
        | (letters >= _BEYOND)
        | ((letters <= ord(" ")) & (letters != ord("\n")))
    )
    odd[1:] |= (letters[1:] == ord("v")) & ~(digit | letter)[:-1]
    odd[2:] |= (letters[2:] == ord("b")) & (letters[1:-1] == ord("u")) & (letters[:-2] == ord("p"))
    plain[np.searchsorted(ends, np.flatnonzero(odd))] = False
    # Marks before the slash stay.
    change = np.zeros(len(letters) + 1, dtype=np.int8)
    change[starts[plain]] = 1
    change[slash[plain] + 1] = -1
    kept = digit | letter | (letters == ord("\n")) | (np.cumsum(change[:-1], dtype=np.int8) > 0)
    return Texts.of_lines(letters[kept]), plain


def _letters(texts: Texts, chosen: Mask) -> "list[tuple[int, Bytes]]":
    """Return for each place in the longest of the chosen texts the letter that each has there."""
    if not chosen.any():
        return []
    letters = np.frombuffer(texts.encoded, dtype=np.uint8)
    longest = int(texts.lengths[chosen].max())
    final = len(letters) - 1
    return [(place, letters[np.minimum(texts.starts + place, final)]) for place in range(longest)]
