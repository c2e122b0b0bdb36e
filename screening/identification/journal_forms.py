"""Journal names as deduplication compares them, and whether two of them may be one journal."""

import re
from dataclasses import dataclass

from screening.identification.normalise import fold, plain

_SMALL_WORDS = frozenset(["a", "an", "and", "d", "l", "of", "the", "in", "for", "on", "to", "de", "del", "della", "der", "die", "das", "des", "du", "el", "en", "et", "fur", "i", "la", "le", "les", "los", "of", "y", "und", "und", "voor", "suppl", "supplement", "supplements"])  # fmt: skip
_UMLAUTS = re.compile("(?<=[aou])e")
"""An umlaut is written "ae" or "a"."""

_PARTING = re.compile(r"\s*[:;=()\[\]/.]\s*|\s*-+\s*|, (?=[A-Z])")

SAME, ALIKE, DIFFERENT = 1, 2, 3


@dataclass(frozen=True, slots=True)
class JournalForm:
    """Significant words of the whole name, and of its parts (title, section, place, translation)."""

    words: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]


def journal_form(name: str) -> JournalForm:
    """Return the form of a journal's name, full or abbreviated."""
    name = plain(name)
    words = _significant(name)
    parts = tuple(part for piece in _PARTING.split(name) if (part := _significant(piece)))
    # Dots part abbreviations too ("J. Biol. Chem."): then the pieces are words and say nothing.
    substantial = tuple(part for part in parts if len(part) > 1)
    return JournalForm(words, substantial if len(parts) > 1 else ())


def _significant(name: str) -> tuple[str, ...]:
    words = _UMLAUTS.sub("", fold(name)).split()
    return tuple(word for word in words if word not in _SMALL_WORDS)


def compare_journals(one: JournalForm, other: JournalForm) -> int:
    """Return SAME, ALIKE or DIFFERENT; abbreviations and acronyms are the same journal."""
    if _abbreviates(one.words, other.words):
        return SAME
    for part in one.parts:
        if _abbreviates(part, other.words):
            return SAME
    for part in other.parts:
        if _abbreviates(part, one.words):
            return SAME
    if any(_abbreviates(part, twin) for part in one.parts for twin in other.parts):
        return ALIKE
    # Half of the shorter name's words in the longer one, in order.
    short, long = sorted((one.words, other.words), key=len)
    rest = iter(long)
    shared = sum(any(_word_abbreviates(word, twin) for twin in rest) for word in short)
    either = max(shared, len(set(one.words) & set(other.words)))
    return ALIKE if 2 * either >= len(short) > 0 else DIFFERENT


def _abbreviates(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if one == other:
        return True
    if len(one) == len(other):
        return all(map(_word_abbreviates, one, other))
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and short[0] == "".join(word[0] for word in long)


def _word_abbreviates(one: str, other: str) -> bool:
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if long.startswith(short):
        return True
    # "natl" for national: the letters in order, beginning alike. Two letters would fit anything.
    if len(short) < 3 or short[0] != long[0]:
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)
