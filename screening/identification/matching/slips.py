"""What of two titles' words is a slip of the keyboard or another spelling, and what is another word."""

from itertools import pairwise

from rapidfuzz.distance import OSA

Words = frozenset[str]
"""Words that several titles have, so that they are no slips; none where too few titles are there to tell."""

_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "plus",
        "the",
        "to",
        "with",
    ]
)
"""Words that tell nothing; "plus" is how some platforms write a sign that others print ("CD4+")."""


def left_over(one: str, other: str) -> tuple[list[str], list[str]]:
    """Return the words of each title that tell something and that the other lacks."""
    words, twins = one.split(), other.split()
    return (
        [word for word in words if word not in twins and _tells(word)],
        [word for word in twins if word not in words and _tells(word)],
    )


def lettered_apart(one: str, other: str) -> bool:
    """Return whether each title has a single letter that the other lacks: "hepatitis B", "hepatitis C"."""
    letters = {word for word in one.split() if len(word) == 1 and word.isalpha()}
    twins = {word for word in other.split() if len(word) == 1 and word.isalpha()}
    return not letters <= twins and not twins <= letters


def all_slipped(left: list[str], right: list[str], words: Words) -> bool:
    """Return whether the words left over are slips of each other, run together or one by one."""
    mine, theirs = "".join(left), "".join(right)
    if mine == theirs or _slipped(mine, theirs, words):
        return True
    return 1 < len(left) == len(right) and all(
        _slipped(one, other, words) for one, other in zip(left, right, strict=True)
    )


_ENDING, _BEGINNING = 2, 3
"""Letters of an ending ("effect", "effects"; "neurologic", "neurological"), and letters that a slip leaves
alone at the beginning: there one letter makes another word ("maternal", "paternal"; "mental", "metal")."""

_LONG_WORD = 6
"""Letters of a word in which more than one may be wrong."""


def _slipped(one: str, other: str, words: Words) -> bool:
    """Return whether one word is the other with another ending or a slip of the keyboard.

    What other titles have as well is no slip: "hypertension" and "hypotension", "infection" and
    "injection". Where too few titles are there to know words from, the beginnings must agree.
    """
    short, long = sorted((one, other), key=len)
    if len(short) < _BEGINNING:
        return False
    if long.startswith(short) and len(long) - len(short) <= _ENDING:
        return True
    wrong = OSA.distance(one, other, score_cutoff=2)
    if wrong > (2 if len(short) > _LONG_WORD else 1 if len(short) > _BEGINNING else 0):
        return False
    if words:
        return one not in words or other not in words
    alike = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    return alike >= _BEGINNING + wrong - 1


def unlike(mine: list[str], theirs: list[str], title: str, words: Words) -> list[str]:
    """Return the words of theirs that are no slip of one of mine, nor two words of my title as one."""
    compounds = set(map("".join, pairwise(title.split())))
    return [
        word
        for word in theirs
        if word not in compounds and not any(_slipped(word, twin, words) for twin in mine)
    ]


def respelt(one: str, other: str) -> bool:
    """Return whether formulas are written in two ways: "64Cu" and "Cu-64", "ClockD19", "Clock delta 19"."""
    short, long = sorted((one, other), key=len)
    if not any(letter.isdigit() for letter in short):
        return False
    rest = iter(long)
    return sorted(one) == sorted(other) or all(letter in rest for letter in short)


def _tells(word: str) -> bool:
    return (len(word) > 1 and word not in _SMALL_WORDS) or word.isdigit()
