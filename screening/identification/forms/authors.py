"""Author lists as deduplication compares them: all names' words, and the first author's family."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from screening.identification.forms.folding import compact, fold, plain

_RUN_TOGETHER = re.compile(
    r"[A-Z\u00c0-\u00de](?:(?<=[a-z\u00e0-\u017f].)(?=[a-z\u00e0-\u017f])|(?<=\..)(?=[a-z'\u00e0-\u017f]))"
)
"""The capital with which a name begins right after another. It comes first, for few letters are capitals."""

_AND = re.compile(r"\s(?:and|&)\s", re.IGNORECASE)
NOT_A_NAME = frozenset({"and", "et", "al", "jr", "sr", "2nd", "3rd", "iii", "anonymous", "anon", "unknown", "author", "authors", "no", "none", "listed"})  # fmt: skip

NAMES = 8
"""Names kept of a list: they settle who wrote it, and consortia run to thousands."""

_UMLAUTS = re.compile("(?<=[aou])e(?![aeiou])")
"""Databases write "Mueller" and "Muller" for one name."""


class AuthorForm(NamedTuple):
    """The words of all names without initials, those of the first author, and all letters in a run.

    The run compares lists whose names cannot be told apart ("ASHCROFT GSHORAN MA").
    """

    words: str
    first: str
    run: str


EMPTY = AuthorForm("", "", "")


def author_form(authors: Sequence[str]) -> AuthorForm:
    """Return the form of an author list, also of one that an export ran together in one string."""
    if not authors:
        return EMPTY
    names = authors[:NAMES] if len(authors) > 1 else _parted(authors[0])
    joined = " ".join(names)
    if "&" in joined or "<" in joined:
        joined = plain(joined)
    folded = _without_umlauts(fold(joined))
    words = _names_of(folded)
    if not words:
        return EMPTY
    first = _names_of(_without_umlauts(fold(names[0].partition(",")[0])))
    return AuthorForm(" ".join(words), " ".join(first[:2]) or words[0], compact(folded))


def _without_umlauts(folded: str) -> str:
    return (
        _UMLAUTS.sub("", folded) if "ae" in folded or "oe" in folded or "ue" in folded else folded
    )


def _parted(authors: str) -> list[str]:
    """Return the names of a list that an export ran together ("Le M. A.Van Kim B.")."""
    starts = [found.start() for found in _RUN_TOGETHER.finditer(authors)]
    names = [authors[start:end] for start, end in pairwise((0, *starts, len(authors)))]
    if "&" in authors or " and " in authors.lower():
        names = _AND.sub(";", ";".join(names)).split(";")
    return names[:NAMES]


def _names_of(folded: str) -> list[str]:
    return [word for word in folded.split() if len(word) > 1 and word not in NOT_A_NAME]
