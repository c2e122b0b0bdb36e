"""The one lossless tokeniser behind all formats of tagged lines."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Syntax:
    """How one tagged format is written.

    `start` matches the start tag of an entry, at the beginning of a line but for `indent`; it begins
    with a literal, which keeps the search fast. `count` counts start tags in a piece that has "\\n" put before
    it, apart from `start`. `token` splits an entry that has "\\n" put before it into text and tag by
    turns. `known` are the tags the format has; a line that only looks like a tag continues the value
    before it. `joint` joins the lines of a value.
    """

    name: str
    start: re.Pattern[str]
    count: re.Pattern[str]
    token: re.Pattern[str]
    known: frozenset[str]
    indent: str = ""
    joint: str = "\n"
    upper: bool = False


def tokens(text: str, syntax: Syntax) -> list[tuple[str, str]]:
    """Return all (tag, value) pairs of an entry in order; text before the first tag has the tag "".

    Values keep their inner line breaks; only the line end before the next tag is taken off.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = syntax.token.split("\n" + text)
    tags = [tag.strip() for tag in parts[1::2]]
    if syntax.upper:
        tags = [tag.upper() for tag in tags]
    found = list(zip(tags, parts[2::2], strict=True))
    if parts[0].strip():
        found.insert(0, ("", parts[0].strip("\n")))
    if not syntax.known.issuperset(tags):
        found = _with_continuations(found, parts, syntax)
    return found


def by_tag(found: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the values of each tag in file order."""
    tags: dict[str, list[str]] = {}
    for tag, value in found:
        if tag in tags:
            tags[tag].append(value)
        else:
            tags[tag] = [value]
    return tags


def _with_continuations(
    found: list[tuple[str, str]], parts: list[str], syntax: Syntax
) -> list[tuple[str, str]]:
    """Give lines with unknown tags back to the value they stand in, where that is running text."""
    kept: list[tuple[str, str]] = []
    for tag, value in found:
        if tag in syntax.known or not kept or kept[-1][0] not in _RUNNING or not value.strip():
            kept.append((tag, value))
        else:
            before, text = kept[-1]
            kept[-1] = (before, f"{text}\n{tag} - {value}")
    return kept


_RUNNING = frozenset({"AB", "N2", "N1", "TI", "T1", "KW"})
