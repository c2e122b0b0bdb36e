"""The one lossless tokeniser behind all formats of tagged lines, and the walk through their entries."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter

from screening.identification.maps.fields import Tags
from screening.identification.readers.context import Context, Found
from screening.identification.readers.parts import foreign_part
from screening.identification.readers.pieces import (
    Entry,
    Pieces,
    entries,
    lines_in,
    with_line_feeds,
)
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
    a line; the lines of other values are joined where `wrapped`. `fold` is the line end and the indent
    with which platforms wrap lines. `end` matches the line that closes an entry, with its tag
    `end_tag`, and `frame` lines that stand between entries and belong to none.
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
    fold: str = ""
    end: re.Pattern[str] | None = None
    end_tag: str = ""
    frame: re.Pattern[str] = re.compile(r"\s*")


def tokens(text: str, syntax: Syntax) -> Tokens:
    """Return all (tag, value) pairs of an entry in order; text before the first tag has the tag ""."""
    parts = syntax.token.split("\n" + with_line_feeds(text))
    tags = parts[1::2]
    if syntax.upper:
        tags = [tag.upper() for tag in tags]
    found = list(zip(tags, parts[2::2], strict=True))
    if parts[0] and not parts[0].isspace():
        found.insert(0, ("", parts[0].strip("\n")))
    if syntax.known and not syntax.known.issuperset(tags):
        found = _with_continuations(found, syntax)
    return _unwrapped(found, syntax) if syntax.wrapped else found


def by_tag(found: Iterable[tuple[str, str]]) -> Tags:
    """Return the values of each tag in file order."""
    tags: Tags = {}
    for tag, value in found:
        if tag in tags:
            tags[tag].append(value)
        else:
            tags[tag] = [value]
    return tags


def read_tagged(
    pieces: Pieces, context: Context, syntax: Syntax, fields: Callable[[Tags, str], Fields]
) -> Iterator[Found]:
    """Yield every entry of a tagged text, and what stands in it in another format.

    `fields` makes an entry's fields from its tags and its text.
    """

    def count(piece: str) -> None:
        context.started += len(syntax.count.findall("\n" + piece.replace("\r", "\n")))

    pieces.watch = count
    for together in entries(pieces, syntax.start, syntax.indent):
        tagged = [plain_tags(entry.plain, syntax) if entry.started else None for entry in together]
        made = [
            None if tags is None else fields(tags, entry.text)
            for tags, entry in zip(tagged, together, strict=True)
        ]
        for entry, found in zip(together, made, strict=True):
            if found:
                text = entry.text.rstrip("\r\n") if syntax.end_tag else entry.text
                yield Found(found, text, entry.line, syntax.name, context.provider)
            elif entry.started:
                yield from _unusual(entry, context, syntax, fields)
            elif not _is_frame(entry.text, syntax):
                yield from context.read_part(entry.text, entry.line, syntax.name)


def _unusual(
    entry: Entry, context: Context, syntax: Syntax, fields: Callable[[Tags, str], Fields]
) -> Iterator[Found]:
    text = entry.text
    cut = foreign_part(text, syntax.name, begun=True)
    own = text[:cut]
    closing = syntax.end.search(own) if syntax.end else None
    if closing and _is_frame(own[closing.end() :], syntax):
        own = own[: closing.end()]
    found = fields(by_tag(_trimmed(tokens(own, syntax))), own)
    yield Found(found, own, entry.line, syntax.name, context.provider)
    if cut:
        yield from context.read_part(text[cut:], entry.line + lines_in(text[:cut]), syntax.name)


def _trimmed(found: Tokens) -> Tokens:
    return [(tag, stripped) for tag, value in found if (stripped := value.strip())]


# No decoded text has it: decoding makes a space of it.
_FOLDED = "\v"


def plain_tags(text: str, syntax: Syntax) -> Tags | None:
    """Return the values of each tag of an entry written as its platform writes it, else None.

    Such an entry begins with a tag, has only known ones, and no line that is neither a tag nor folded
    as usual; no value that is returned is empty or has blanks at its ends. The same as `by_tag` of `tokens`,
    but empty values, in less time.
    """
    if syntax.listing:
        text = text.replace(syntax.fold, _FOLDED)
    elif syntax.fold:
        text = text.replace(f" {syntax.fold}", " ").replace(syntax.fold, " ")
    parts = syntax.token.split("\n" + text)
    names, values = parts[1::2], parts[2::2]
    if parts[0] or not names:
        return None
    last = values.pop().rstrip("\n")
    values.append(last)
    if "\n" in "".join(values) or (syntax.known and not syntax.known.issuperset(names)):
        return None
    if syntax.end_tag and (last or names[-1] != syntax.end_tag or names.count(syntax.end_tag) > 1):
        return None
    if syntax.listing and _FOLDED in text:
        values = [
            _unfolded(value) if _FOLDED in value and tag not in syntax.listing else value
            for tag, value in zip(names, values, strict=True)
        ]
    values = list(map(str.strip, values))
    found = zip(names, values, strict=True)
    tags = by_tag(filter(itemgetter(1), found) if "" in values else found)
    for tag in syntax.listing.intersection(tags):
        lines = _FOLDED.join(tags[tag]).split(_FOLDED)
        tags[tag] = [line for each in lines if (line := each.strip())]
    return tags


def _unfolded(value: str) -> str:
    return " ".join(map(str.strip, value.split(_FOLDED)))


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
