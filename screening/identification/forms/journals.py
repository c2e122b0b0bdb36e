"""Journal names as deduplication compares them, and whether two of them may be one journal."""

import re
from dataclasses import dataclass

from screening.identification.forms.folding import fold, plain

_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "d",
        "l",
        "of",
        "the",
        "in",
        "for",
        "on",
        "to",
        "de",
        "del",
        "della",
        "der",
        "die",
        "das",
        "des",
        "du",
        "el",
        "en",
        "et",
        "fur",
        "i",
        "la",
        "le",
        "les",
        "los",
        "y",
        "und",
        "voor",
        "suppl",
        "supplement",
        "supplements",
    ]
)
_UMLAUTS = re.compile("(?<=[aou])e")
"""An umlaut is written "ae" or "a"."""

_PARTING = re.compile(r"\s*[:;=()\[\]/.]\s*|\s*-+\s*|, (?=[A-Z])")

_ACRONYM = 4
"""Letters from which an acronym may leave out a name's words or take more than their initials."""

_NAME = 6
"""Letters from which one word alone is a journal's name ("Stroke") and not an abbreviation ("Clin")."""

_JOURNAL = frozenset(["journal", "jour", "jnl"])

SAME, ALIKE, DIFFERENT = 1, 2, 3


@dataclass(frozen=True, slots=True)
class JournalForm:
    """Significant words of the whole name, of its first part, and of its longer parts.

    Parts are title, section, place, meeting, translation. A part of one word counts only where it
    comes first ("Circulation. Conference: ...") or as an acronym.
    """

    words: tuple[str, ...]
    lead: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    acronyms: tuple[str, ...]


def journal_form(name: str) -> JournalForm:
    """Return the form of a journal's name, full or abbreviated."""
    name = plain(name)
    words = _significant(name)
    # No name begins with "for": that abbreviates "forest".
    if name[:4].lower() in ("for ", "for."):
        words = ("for", *words)
    pieces = [_significant(piece) for piece in _PARTING.split(name)]
    parts = [piece for piece in pieces if piece]
    if len(parts) < 2:
        return JournalForm(words, words, (), words if len(words) == 1 else ())
    # Dots part abbreviations too ("J. Biol. Chem."): there the first part is a word and no name.
    lead = parts[0] if len(parts[0]) > 1 or len(parts[0][0]) >= _NAME else ()
    return JournalForm(
        words,
        lead,
        tuple(part for part in parts if len(part) > 1),
        tuple(part[0] for part in parts if len(part) == 1 and len(part[0]) >= _ACRONYM),
    )


def _significant(name: str) -> tuple[str, ...]:
    words = _UMLAUTS.sub("", fold(name)).split()
    # The number of a conference or its year is not part of its name.
    told = [word for word in words if word not in _SMALL_WORDS and not word[0].isdigit()]
    if len(told) > 1 and told[-1] in ("proceedings", "proc"):
        told.pop()
    return tuple(told)


def compare_journals(one: JournalForm, other: JournalForm) -> int:
    """Return SAME, ALIKE or DIFFERENT; abbreviations and acronyms are the same journal."""
    if _is_within(one, other) or _is_within(other, one):
        return SAME
    if (run := _in_a_run(one)) and run == _in_a_run(other):
        return SAME
    if any(_abbreviates(part, twin) for part in one.parts for twin in other.parts):
        return ALIKE
    # Half of the shorter name's words in the longer one, in order; of equally long ones, of either.
    short, long = sorted((one.words, other.words), key=len)
    shared = _shared(short, long)
    if len(short) == len(long):
        shared = max(shared, _shared(long, short))
    either = max(shared, len(set(one.words) & set(other.words)))
    if 2 * either < len(short) or not either:
        return DIFFERENT
    told, too = sorted((_telling(one.words), _telling(other.words)), key=len)
    return ALIKE if _shared(told, too) or not set(told).isdisjoint(too) else DIFFERENT


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that tell journals apart: not that it is one ("J", "Journal"), nor a section's letter."""
    return tuple(word for word in words if len(word) > 1 and word not in _JOURNAL)


def _shared(short: tuple[str, ...], long: tuple[str, ...]) -> int:
    """Return how many of one name's words abbreviate words of the other or are abbreviated by them, in order."""
    rest = iter(long)
    return sum(any(_word_abbreviates(word, twin) for twin in rest) for word in short)


def _in_a_run(name: JournalForm) -> str:
    """Return a name's letters: "TheScientificWorldJournal" has no words."""
    return "".join(name.words).removeprefix("the")


def _is_within(one: JournalForm, other: JournalForm) -> bool:
    """Return whether one name, or a part of it, abbreviates all of the other."""
    return (
        _abbreviates(one.words, other.words)
        or _abbreviates(one.lead, other.words)
        or any(_abbreviates(part, other.words) for part in one.parts)
        or any(_is_acronym(word, other.words) for word in one.acronyms)
    )


def _abbreviates(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return len(one) == len(other) > 0 and all(map(_word_abbreviates, one, other))


def _is_acronym(word: str, name: tuple[str, ...]) -> bool:
    """Return whether a word is made of a name's initials and perhaps more of its letters ("AMCIS")."""
    if len(name) < 2:
        return False
    initials = "".join(part[0] for part in name)
    if word == initials:
        return True
    return (
        len(word) >= _ACRONYM
        and len(name) > 2
        and word[0] == initials[0]
        and _in_order(initials, word)
        and _in_order(word, "".join(name))
    )


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _word_abbreviates(one: str, other: str) -> bool:
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if long.startswith(short):
        return True
    # "natl" for national: the letters in order, beginning alike. Two letters would fit anything.
    if len(short) < 3 or short[0] != long[0]:
        return False
    return _in_order(short, long)
