"""Where a note goes over to another work: what is named behind that is not the entry's own."""

import re

_OTHER_WORK = re.compile(
    r"\b(?:cited )?references?\s{0,3}:"
    r"|\b(?:comment(?:s|ary)?|erratum|errata|corrigendum|correct(?:s|ed|ion)|repl(?:y|ies)|response|retract(?:s|ed|ion)"
    r"|republished|updated?)\s{1,3}(?:of|on|in|to|for|from|by)\b",
    re.IGNORECASE,
)


def before_other_works(note: str) -> str:
    """Return the part of a note that stands before it lists or names another work ("References: ...", "Comment on")."""
    found = _OTHER_WORK.search(note)
    return note[: found.start()] if found else note
