"""The one lossless tokeniser behind all formats of tagged lines, and the walk through their entries."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from screening.identification.readers.context import Context, Found
from screening.identification.readers.parts import foreign_part
from screening.identification.readers.pieces import Pieces, entries, lines_in
from screening.records import Fields

Tokens = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Syntax:
    r"""How one tagged format is written.

    `start` matches the start tag of an entry, at the beginning of a line but for `indent`; it begins
    with a literal, which keeps the search fast. `count` counts start tags in a piece that has "\n"
    put before it, apart from `start`. `token` splits an entry that has "\n" put before it into text
    and tag by turns. `known` are the tags the format has, where that is settled: a line that only
    looks like a tag then continues the `running` text before it. Values of `listing` tags are one to
    a line; the lines of other values are joined where `wrapped`. `end` matches the line that closes
    an entry, `frame` lines that stand between entries and belong to none.
    """

    name: str
    start: re.Pattern[str]
    count: re.Pattern[str]
    token: re.Pattern[str]
    known: frozenset[str] | None = None
    running: frozenset[str] = frozenset()
    indent: str = ""
    upper: bool = False
    wrapped: bool = False
    listing: frozenset[str] = frozenset()
    end: re.Pattern[str] | None = None
    frame: re.Pattern[str] = re.compile(r"\s*")


def tokens(text: str, syntax: Syntax) -> Tokens:
    """Return all (tag, value) pairs of an entry in order; text before the first tag has the tag ""."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = syntax.token.split("\n" + text)
    tags = parts[1::2]
    if syntax.upper:
        tags = [tag.upper() for tag in tags]
    found = list(zip(tags, parts[2::2], strict=True))
    if parts[0] and not parts[0].isspace():
        found.insert(0, ("", parts[0].strip("\n")))
    if syntax.known and not syntax.known.issuperset(tags):
        found = _with_continuations(found, syntax)
    return _unwrapped(found, syntax) if syntax.wrapped else found


def tags_in(text: str, syntax: Syntax) -> tuple[dict[str, list[str]], int]:
    """Return the values of each tag of an entry, and how many tokens it has.

    The same as `by_tag(tokens(...))`, in one step where each line is a known tag of two letters, two
    blanks, a hyphen, a blank and the value.
    """
    tags: dict[str, list[str]] = {}
    count = 0
    for line in text.split("\n"):
        if line[2:6] != "  - ":
            if line == "ER  -" or not line:
                continue
            break
        count += 1
        tag = line[:2]
        if tag in tags:
            tags[tag].append(line[6:])
        else:
            tags[tag] = [line[6:]]
    else:
        if syntax.known and "\r" not in text and syntax.known.issuperset(tags):
            return tags, count
    found = tokens(text, syntax)
    return by_tag(found), len(found)


def by_tag(found: Tokens) -> dict[str, list[str]]:
    """Return the values of each tag in file order."""
    tags: dict[str, list[str]] = {}
    for tag, value in found:
        if tag in tags:
            tags[tag].append(value)
        else:
            tags[tag] = [value]
    return tags


def read_tagged(
    pieces: Pieces, context: Context, syntax: Syntax, fields: Callable[[Tokens, str], Fields]
) -> Iterator[Found]:
    """Yield every entry of a tagged text, and what stands in it in another format.

    `fields` makes an entry's fields from its tokens and its text.
    """

    def count(piece: str) -> None:
        text = "\n" + piece.replace("\r", "\n")
        context.started += len(syntax.count.findall(text))

    pieces.watch = count
    for entry in entries(pieces, syntax.start, syntax.indent):
        text = entry.text
        if not entry.started:
            if not _is_frame(text, syntax):
                yield from context.read_part(text, entry.line, syntax.name)
            continue
        cut = foreign_part(text, syntax.name, begun=True)
        own = text[:cut]
        closing = syntax.end.search(own) if syntax.end else None
        if closing and _is_frame(own[closing.end() :], syntax):
            own = own[: closing.end()]
        found = fields(tokens(own, syntax), own)
        yield Found(found, own, entry.line, syntax.name, context.provider)
        if cut:
            yield from context.read_part(text[cut:], entry.line + lines_in(text[:cut]), syntax.name)


def _is_frame(text: str, syntax: Syntax) -> bool:
    return not text or text.isspace() or all(map(syntax.frame.fullmatch, text.splitlines()))


def _with_continuations(found: Tokens, syntax: Syntax) -> Tokens:
    """Give lines with unknown tags back to the value they stand in, where that is running text."""
    kept: Tokens = []
    known = syntax.known or frozenset()
    for tag, value in found:
        if tag in known or not kept or kept[-1][0] not in syntax.running or not value.strip():
            kept.append((tag, value))
        else:
            before, text = kept[-1]
            kept[-1] = (before, f"{text}\n{tag} - {value}")
    return kept


def _unwrapped(found: Tokens, syntax: Syntax) -> Tokens:
    kept: Tokens = []
    for token in found:
        tag, value = token
        if "\n" not in value:
            kept.append(token)
            continue
        lines = [stripped for line in value.split("\n") if (stripped := line.strip())]
        if tag in syntax.listing:
            kept += [(tag, line) for line in lines]
        else:
            kept.append((tag, " ".join(lines)))
    return kept
