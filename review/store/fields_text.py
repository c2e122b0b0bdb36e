"""Bibliographic fields as the ledger stores them, and the texts derived from them for pages."""

import json
import re
import unicodedata
from operator import attrgetter
from typing import Any

from screening.records import Fields

_NAMES = tuple(Fields.__dataclass_fields__)
_values_of = attrgetter(*_NAMES)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_SORTED_LENGTH = 200  # an index entry must stay small: PostgreSQL refuses more than 2,700 bytes


def encode(fields: Fields) -> str:
    """Return the filled fields as JSON; pure ASCII, so that any text at all survives storage."""
    given = zip(_NAMES, _values_of(fields), strict=True)
    return json.dumps({name: value for name, value in given if value})


def decode(text: str) -> Fields:
    """Return the fields that `encode` stored."""
    values: dict[str, Any] = json.loads(text)
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = tuple(value)
    return Fields(**values)


def storable(text: str | None) -> str:
    """Return text that both databases take: PostgreSQL knows no NUL, neither knows half characters."""
    if not text or (text.isascii() and "\x00" not in text):
        return text or ""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def folded(text: str) -> str:
    """Return text as it is searched and sorted: lower case, without accents."""
    if text.isascii():  # as most abstracts are, and then nothing is to be looked for in them
        return text.lower()
    return _BEYOND_ASCII.sub(_without_accents, text).lower()


def _without_accents(found: re.Match[str]) -> str:
    decomposed = unicodedata.normalize("NFKD", found[0])
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def sort_key(title: str | None) -> str:
    """Return what a title is sorted by: folded, from its first letter or digit on."""
    text = folded(storable(title))
    start = next((place for place, character in enumerate(text) if character.isalnum()), 0)
    return text[start : start + _SORTED_LENGTH]


def search_text(fields: Fields) -> str:
    """Return everything a person may look for in a reference, folded."""
    short = (
        fields.title,
        *fields.authors,
        str(fields.year or ""),
        fields.journal,
        fields.doi,
        fields.pmid,
        *fields.keywords,
    )
    # Apart from the names, so that an abstract is not gone through for one accent in them.
    texts = ("\n".join(part for part in short if part), fields.abstract)
    return "\n".join(folded(storable(text)) for text in texts if text)
