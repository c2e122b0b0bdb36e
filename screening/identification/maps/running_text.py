"""Abstract, notes and keywords of an entry."""

import re

from screening.identification.maps.fields import FieldMap, Plan, Tags, values_in
from screening.identification.maps.labelled_notes import NOTHING, Labelled, is_only_label, labelled
from screening.identification.texts.markup import plain_text

# What some platforms send as an abstract beside the true one.
_RIGHTS = re.compile(r"(?:\[?Copyright\b|\(c\)|\u00a9)", re.IGNORECASE)

# What platforms write where there is none.
_NO_ABSTRACT = re.compile(
    r"\W{0,2}(?:no abstract(?: is)?(?: available| provided| found)?(?: from (?:the )?author)?"
    r"|(?:an )?abstract (?:is )?(?:not available|unavailable|not provided))\W{0,2}",
    re.IGNORECASE,
)
_LONGEST_WORDS = 60


def running_text(
    tags: Tags, where: FieldMap, plan: Plan, *, tidy: bool
) -> tuple[str | None, tuple[str, ...], Labelled]:
    """Return the abstract, the notes with any further abstracts, and identifiers named in notes.

    `tidy` says that `plain_text` would leave every value as it is.
    """
    texts = _plain_texts(values_in(tags, plan.abstract), tidy=tidy)
    if texts and len(texts[0]) < _LONGEST_WORDS:
        texts = [text for text in texts if not _NO_ABSTRACT.fullmatch(text)]
    if len(texts) > 1:
        texts.sort(key=lambda text: bool(_RIGHTS.match(text)))
    if not plan.notes and len(texts) < 2:
        return (texts[0] if texts else None), (), NOTHING
    values = values_in(tags, plan.notes)
    if where.split_notes:
        values = [part for value in values for part in value.split(where.split_notes)]
        tidy = False
    notes = _plain_texts(values, tidy=tidy)
    if len(texts) > 1:
        notes += list(dict.fromkeys(text for text in texts[1:] if text != texts[0]))
    known = labelled(notes)
    kept = tuple(text for text in notes if not is_only_label(text))
    return (texts[0] if texts else None), kept, known


def _plain_texts(values: list[str], *, tidy: bool) -> list[str]:
    return values[:] if tidy else [text for value in values if (text := plain_text(value))]


def keywords_in(
    values: list[str], where: FieldMap, *, trimmed: bool, tidy: bool
) -> tuple[str, ...]:
    """Return the keywords in the values of an entry, each once, in order.

    `trimmed` says that no value is empty or has blanks at its ends, `tidy` that `plain_text` would leave each
    as it is.
    """
    signs = "".join(values)
    separator = where.split_keywords
    if not tidy and (
        "&" in signs or "<" in signs or "\t" in signs or "  " in signs or "\r" in signs
    ):
        values = [plain_text(value) for value in values]
        signs = "\n"
    if "\n" in signs or (separator and separator in signs):
        joined = "\n".join(values)
        if separator:
            joined = joined.replace(separator, "\n")
        values, trimmed = joined.split("\n"), False
    found = dict.fromkeys(values if trimmed else map(str.strip, values))
    found.pop("", None)
    if len(found) == 1 and "," in signs:
        return _by_commas(next(iter(found)))
    return tuple(found)


def _by_commas(text: str) -> tuple[str, ...]:
    """Return the keywords that nothing but commas parts, as Mendeley and JabRef write them into one line of RIS."""
    parts = text.split(",")
    if len(parts) < 3 or not all(part[:1].isalpha() and len(part) > 1 for part in parts):
        return (text,)
    return tuple(dict.fromkeys(parts))
