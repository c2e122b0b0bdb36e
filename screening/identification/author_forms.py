"""Author lists as deduplication compares them: all names' words, and the first author's family."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from screening.identification.normalise import compact, fold, plain

_RUN_TOGETHER = re.compile(
    r"(?<=[a-z\u00e0-\u017f])(?=[A-Z\u00c0-\u00de][a-z\u00e0-\u017f])|(?<=\.)(?=[A-Z\u00c0-\u00de][a-z'\u00e0-\u017f])"
)
_AND = re.compile(r"\s(?:and|&)\s", re.IGNORECASE)
_NOT_A_NAME = frozenset({"and", "et", "al", "jr", "sr", "2nd", "3rd", "iii", "anonymous", "anon", "unknown", "author", "authors", "no", "none", "listed"})  # fmt: skip

_NAMES = 8
"""Names kept of a list: they settle who wrote it, and consortia run to thousands."""

_UMLAUTS = re.compile("(?<=[aou])e(?![aeiou])")
"""Databases write "Mueller" and "Muller" for one name."""


@dataclass(frozen=True, slots=True)
class AuthorForm:
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
    joined = ";".join(authors[:_NAMES])
    if "&" in joined or "<" in joined:
        joined = plain(joined)
    names = _AND.sub(";", _RUN_TOGETHER.sub(";", joined)).split(";")[:_NAMES]
    folded = [_UMLAUTS.sub("", fold(name)) for name in names]
    words = [
        word
        for name in folded
        for word in name.split()
        if len(word) > 1 and word not in _NOT_A_NAME
    ]
    if not words:
        return EMPTY
    return AuthorForm(
        " ".join(dict.fromkeys(words)),
        _family(names[0], folded[0]) or words[0],
        compact("".join(folded)),
    )


def _family(name: str, folded: str) -> str:
    if "," in name:
        folded = fold(name.partition(",")[0])
    words = [word for word in folded.split() if len(word) > 1 and word not in _NOT_A_NAME]
    return " ".join(words[:2])
