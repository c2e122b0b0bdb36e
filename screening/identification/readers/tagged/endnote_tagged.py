"""EndNote's import format (refer): tags of a percent sign and one character."""

import re
from collections.abc import Iterator

from screening.identification.maps.fields import Tags
from screening.identification.maps.mapping import fields_from
from screening.identification.maps.tagged import ENDNOTE_TAGGED
from screening.identification.readers.context import Context, Found
from screening.identification.readers.parts import foreign_part
from screening.identification.readers.pieces import Pieces, lines_in
from screening.identification.readers.tagged.syntax import Syntax, by_tag, tokens

_SIGNS = r"[A-Z0-9@!?+*~^&$#=<>\[(]"
_SYNTAX = Syntax(
    name="enw",
    start=re.compile("%0"),
    count=re.compile("%0"),
    token=re.compile(rf"\n(%{_SIGNS}(?=[ \n]|\Z)|%K(?=[^\W\x00-\u052f])) ?"),
)
_TAG = re.compile(rf"[ \t]*(%{_SIGNS})(?:[ \r\n]|\Z)")
_TAGGED_LINE = re.compile(rf"(?:\A|[\r\n])[ \t]*%{_SIGNS}(?:[ \r\n]|\Z)")
_PLAIN = re.compile(rf"[\r\n]%{_SIGNS}[ \r\n]")
_INDENTED = re.compile(rf"(\A|[\r\n])[ \t]+(?=%{_SIGNS}[ \r\n])")
# No entry begins with these: behind blank lines they go on with the entry whose abstract ended with these.
_NEVER_FIRST = frozenset({"%N", "%P", "%R", "%U", "%V", "%W", "%X", "%Z", "%~", "%>", "%8", "%9"})
# CNKI writes several of these into one line.
_TOGETHER = ("%A", "%I", "%K", "%Y")
_BESIDE = re.compile(r"[ \t]?(%[AIKY]) ")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


def read_endnote_tagged(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every entry; a new one begins at a tag after a blank line, or at a second %0.

    The order of tags is free, so that neither %0 nor any other tag marks the beginning by itself.
    """
    counter = _Counter(context)
    pieces.watch = counter
    for text, line in _entries(pieces):
        if not _TAGGED_LINE.search(text):
            if text.strip():
                yield from context.read_part(text, line, "enw")
            continue
        cut = foreign_part(text, "enw", begun=True)
        own = text[:cut] if cut else text
        tags = by_tag(tokens(own if _PLAIN.search(own) else _INDENTED.sub(r"\1", own), _SYNTAX))
        for name in _TOGETHER:
            if any("%" in value for value in tags.get(name, ())):
                _part(tags, name)
        if len(tags.get("%P", ())) > 1:  # CNKI tells how many pages there are, and which
            tags["%P"].sort(key=_is_no_range)
        yield (
            fields_from(tags, ENDNOTE_TAGGED, own),
            own,
            line,
            "enw",
            context.provider,
        )
        if cut:
            yield from context.read_part(text[cut:], line + lines_in(own), "enw")
    counter.close()


def _entries(pieces: Pieces) -> Iterator[tuple[str, int]]:
    held: list[str] = []
    line = number = pieces.line
    blank, typed = True, False
    for piece in pieces:
        for text in _LINE.findall(piece):
            tagged = _TAG.match(text)
            tag = tagged[1] if tagged else ""
            kind = tag == "%0"
            if tag and held and ((blank and _ends(held, tag, typed=typed)) or (kind and typed)):
                yield "".join(held), line
                held, line, typed = [], number, False
            held.append(text)
            typed = typed or kind
            blank = not text.strip()
            number += 1
    if held:
        yield "".join(held), line


def _is_no_range(pages: str) -> bool:
    return "-" not in pages


def _ends(lines: list[str], tag: str, *, typed: bool) -> bool:
    """Return whether these lines are an entry, of which `tag` behind a blank line is no part."""
    tags = {found[1] for line in lines if (found := _TAG.match(line))}
    return bool(tags) and not (typed and tag in _NEVER_FIRST and tag not in tags)


def _part(tags: Tags, name: str) -> None:
    """Take the tags out of the values of one."""
    for value in tags.pop(name):
        first, *others = _BESIDE.split(value)
        for tag, part in zip((name, *others[::2]), (first, *others[1::2]), strict=True):
            tags.setdefault(tag, []).append(part)


class _Counter:
    """Counts blocks between blank lines that have a tag, and further %0 inside them."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._blank = True
        self._tags: set[str] = set()
        self._kinds = 0

    def __call__(self, piece: str) -> None:
        for line in _LINE.findall(piece):
            if not line.strip():
                self._blank = True
                continue
            tagged = _TAG.match(line)
            if tagged:
                tag = tagged[1]
                if self._blank and not (
                    self._kinds and tag in _NEVER_FIRST and tag not in self._tags
                ):
                    self.close()
                self._tags.add(tag)
                self._kinds += tag == "%0"
            self._blank = False

    def close(self) -> None:
        if self._tags:
            self._context.started += max(1, self._kinds)
        self._tags, self._kinds = set(), 0
