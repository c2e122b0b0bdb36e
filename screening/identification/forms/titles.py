"""What a title says for deduplication: its words, its other language, its numbers and its kind."""

import re
from functools import lru_cache
from typing import NamedTuple

from screening.identification.forms.folding import fold, plain

REPLY, COMMENT, CORRECTION, RETRACTION, PROTOCOL = (1 << bit for bit in range(5))
"""Kinds of publication that repeat another's title and are not that publication."""

KIND_NAMES = {
    REPLY: "a reply",
    COMMENT: "a comment",
    CORRECTION: "a correction",
    RETRACTION: "a retraction notice",
    PROTOCOL: "a protocol",
}

_KIND_WORDS = {
    **dict.fromkeys(("reply", "replies", "rejoinder", "responds"), REPLY),
    **dict.fromkeys(("comment", "comments", "commentary", "commentaries"), COMMENT),
    **dict.fromkeys(
        ("erratum", "errata", "corrigendum", "corrigenda", "correction", "addendum"), CORRECTION
    ),
    "retraction": RETRACTION,
    "protocol": PROTOCOL,
}

_LANGUAGES = (
    "afrikaans|arabic|bulgarian|chinese|croatian|czech|danish|dutch|english|estonian|"
    "finnish|french|german|greek|hebrew|hungarian|icelandic|indonesian|italian|japanese|"
    "korean|latvian|lithuanian|malay|norwegian|persian|polish|portuguese|romanian|russian|"
    "serbian|slovak|slovene|slovenian|spanish|swedish|thai|turkish|ukrainian|vietnamese"
)

_DAMAGED = re.compile(r"^\s*#(?:NAME\?|VALUE!|REF!|N/A)")
_TRAILING_BRACKET = re.compile(r"[\s.]*\[([^\[\]]*)\][\s.]*$")
_REMARK = re.compile(
    r"^\s*(?:see|comment|erratum|errat|corr|published|retract|reprint|update|review|abstract|"
    r"in process|proceeding|article|summary|letter|editorial|republished|original|dissert|\d)",
    re.IGNORECASE,
)
_LANGUAGE_NOTE = re.compile(rf"[.?!] (?:<original> *)?(?:{_LANGUAGES})(?:[.]?$| +)", re.IGNORECASE)
_ORIGINAL = re.compile(r"\s*<original>\s*| = ", re.IGNORECASE)
_SORT_IN_BRACKETS = re.compile(
    r"\s*\[(erratum|errata|corrigend(?:um|a)|correction|reply|comment|retraction)\]\W*$",
    re.IGNORECASE,
)
"""A notice with its article's title; "[erratum appears in ...]" stands behind the article's own."""

_NOTE = re.compile(
    r"\[(?:erratum|see comment|comment in)|\((?:retract|reprinted|multiple letters)|[-\s.]art(?:icle)?\.? no\.? ",
    re.IGNORECASE,
)
_DEGREES = re.compile(r"\[deg\]|º(?= ?[CF]\b)")
"""How some platforms write the sign that others print: "1.5[deg]C", "1.5 ºC", "1.5 °C"."""

_CORRECTED = re.compile(r"\s*\[corrected\]", re.IGNORECASE)
_CORRECTS = re.compile(
    r"\s*\(vol(?:ume|\.)? ?\w+,? (?:(?:pg|pp?|pages?|art|no)\b|e?\d+)[^()]*\)\s*$", re.IGNORECASE
)
_CORRECTED_SOURCE = re.compile(r"\s*\([^()]*\((?:19|20)\d\d\)[^()]*(?:\([^()]*\)[^()]*){0,3}\)\s*$")
"""How Embase ends the title of a correction: "(New England Journal of Medicine (2009) 360 (542-544))"."""

_KIND_FIRST = re.compile(
    r"^(?:(?:author|publisher|editorial) )?(?:erratum|errata|corrigend(?:um|a)|correction|addendum|reply|"
    r"response|comments?|commentary|retraction)(?: notice)?(?: (?:to|on|for|of))?\b\s*"
)
_RETRACTED = re.compile(r"^(?:retracted|withdrawn)(?: article| paper)?\b\s*")
_NUMBER = re.compile(r"\d+")

_NUMERALS = {
    "ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "xi": 11, "xii": 12,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
}  # fmt: skip
_TENS, _UNITS = ("x", "xx", "xxx"), ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_NUMERALS |= {
    ten + unit: 10 * tens + units
    for tens, ten in enumerate(_TENS, 1)
    for units, unit in enumerate(_UNITS)
    if ten + unit != "x"
}
"""Series run on: "Studies on leaf oils. XXII"."""

AFTER_PART = {"i": 1, "v": 5, "x": 10, **{letter: 50 + n for n, letter in enumerate("abcdef")}}
PART_WORDS = frozenset(
    [
        "part",
        "parts",
        "pt",
        "volume",
        "vol",
        "phase",
        "stage",
        "type",
        "chapter",
        "section",
        "paper",
        "study",
        "experiment",
        "series",
    ]
)

_TELLING = frozenset(_KIND_WORDS) | frozenset(_NUMERALS) | PART_WORDS
NO_NUMBERS: frozenset[int] = frozenset()

_SHORTEST_TRANSLATION = 4
"""A bracket of so many words is a title in another language, a shorter one an editor's remark."""


class TitleForm(NamedTuple):
    """A title taken apart: folded `words`, `alternative` in another language, `numbers`, `kind`.

    A `translated` title is marked as not the printed one: in brackets, or followed by its language.
    """

    words: str
    alternative: str
    numbers: frozenset[int]
    kind: int
    translated: bool


class BareTitle(NamedTuple):
    """A title without what editors and databases put around it, not yet folded."""

    text: str
    alternative: str = ""
    kind: int = 0
    translated: bool = False


TELLING = frozenset((*_TELLING, "retracted", "withdrawn"))
"""Folded words, one of which, or a digit, a title has that `read_words` says anything of."""

AROUND = '[]()=<&#"'
"""Marks, one of which, or the end of a sentence or "no", a title has that `bare_title` changes."""


def title_form(title: str | None) -> TitleForm:
    """Return the form of a title; an absent or spreadsheet-damaged title has no words.

    Editors' remarks at the end ("[Review] [88 refs]", "[see comment]", ". Japanese") are left out. A
    title in another language, in a long bracket or after " = ", is kept as the alternative.
    """
    bare = bare_title(title)
    words, numbers, kind = read_words(fold(bare.text), bare.kind)
    alternative = spelt_alike(fold(bare.alternative)) if bare.alternative else ""
    return TitleForm(spelt_alike(words), alternative, numbers, kind, bare.translated)


def bare_title(title: str | None) -> BareTitle:
    """Return a title without remarks, its other language apart."""
    if not title or (title.lstrip().startswith("#") and _DAMAGED.match(title)):
        return BareTitle("")
    title = title.replace("\n", " ")
    alternative = ""
    if "=" in title or "<" in title:
        title, *others = _ORIGINAL.split(title, maxsplit=1)
        alternative = "".join(others)
    title = _DEGREES.sub("°", plain(title)).strip(' "')
    # Each of the costlier looks comes after one at what it cannot do without.
    if "[" in title or "(" in title or (" no" in title.lower() and "art" in title[-40:].lower()):
        title = _SORT_IN_BRACKETS.sub(r" \1", _CORRECTED.sub("", title))
        if remark := _NOTE.search(title):
            title = title[: remark.start()].rstrip(' \t\n-."')
    translated = bool(alternative) or title.startswith("[")
    if title.endswith(("]", "].")):
        title, bracketed = _without_brackets(title)
        alternative = alternative or bracketed
    sentences = ". " in title or "? " in title or "! " in title
    if sentences and (note := _LANGUAGE_NOTE.search(title)):
        alternative = alternative or title[note.end() :]
        title = title[: note.start()]
        translated = True
    title, kind = _without_source(title)
    return BareTitle(title, alternative, kind, translated)


def read_words(words: str, kind: int) -> tuple[str, frozenset[int], int]:
    """Return a folded title without the words for what sort of thing it is, its numbers and its kind."""
    if words.startswith(("retracted", "withdrawn")):
        words = _RETRACTED.sub("", words)
    numbers, kinds = _numbers_and_kind(words)
    kind |= kinds
    if kind:
        # What sort of thing it is has been noted: what is left is the title it speaks of.
        words = _KIND_FIRST.sub("", words) or words
    return words, numbers, kind


def _without_source(title: str) -> tuple[str, int]:
    """Return a correction's title without the place of what it corrects, and whether it is one."""
    if not title.endswith(")"):
        return title, 0
    found = _CORRECTS.search(title) or _CORRECTED_SOURCE.search(title)
    return (title[: found.start()], CORRECTION) if found else (title, 0)


def spelt_alike(words: str) -> str:
    """Return the words in one spelling of "haem", "oestrogen", "tumour", "randomise", "ageing" and "modelling"."""
    return (
        words.replace("ae", "e")
        .replace("oe", "e")
        .replace("our", "or")
        .replace("z", "s")
        .replace("ageing", "aging")
        .replace("lling", "ling")
    )


def _without_brackets(title: str) -> tuple[str, str]:
    alternative = ""
    while (bracket := _TRAILING_BRACKET.search(title)) and bracket.start() > 0:
        inside = bracket.group(1)
        if len(inside.split()) >= _SHORTEST_TRANSLATION and not _REMARK.match(inside):
            alternative = inside
        title = title[: bracket.start()]
    return title, alternative


def _numbers_and_kind(words: str) -> tuple[frozenset[int], int]:
    parted = words.split()
    if _TELLING.isdisjoint(parted) and words.replace(" ", "").isalpha():
        return NO_NUMBERS, 0
    numbers: list[int] = []
    kind = 0
    for place, word in enumerate(parted):
        if word in _TELLING:
            kind |= _KIND_WORDS.get(word, 0)
            if word in _NUMERALS:
                numbers.append(_NUMERALS[word])
            elif word in PART_WORDS and (after := "".join(parted[place + 1 : place + 2])):
                numbers += [AFTER_PART[after]] if after in AFTER_PART else []
        elif not word.isalpha():
            numbers += _digits(word)
    return frozenset(numbers), kind


@lru_cache(maxsize=1 << 16)
def _digits(word: str) -> tuple[int, ...]:
    return tuple(int(digits[:9]) for digits in _NUMBER.findall(word))
