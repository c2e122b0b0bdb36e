"""EndNote's import format (refer): tags of a percent sign and one character."""

import re
from collections.abc import Iterator

from screening.identification.maps.mapping import fields_from
from screening.identification.maps.tagged import ENDNOTE_TAGGED
from screening.identification.readers.context import Context, Found
from screening.identification.readers.parts import foreign_part
from screening.identification.readers.pieces import Pieces, lines_in
from screening.identification.readers.tagged import Syntax, by_tag, tokens

_SIGNS = r"[A-Z0-9@!?+*~^&$#=<>\[(]"
_SYNTAX = Syntax(
    name="enw",
    start=re.compile("%0"),
    count=re.compile("%0"),
    token=re.compile(rf"\n(%{_SIGNS})(?: |(?=\n)|\Z)"),
)
_TAG = re.compile(rf"%{_SIGNS}(?: |[\r\n]|\Z)")
_TAGGED_LINE = re.compile(rf"(?:\A|[\r\n])%{_SIGNS}(?: |[\r\n]|\Z)")
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
        tags = by_tag(tokens(own, _SYNTAX))
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
            kind = text.startswith("%0 ")
            if tagged and held and ((blank and _has_tag(held)) or (kind and typed)):
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


def _has_tag(lines: list[str]) -> bool:
    return any(line[:1] == "%" for line in lines)


class _Counter:
    """Counts blocks between blank lines that have a tag, and further %0 inside them."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._blank = True
        self._tagged = False
        self._kinds = 0

    def __call__(self, piece: str) -> None:
        for line in _LINE.findall(piece):
            if not line.strip():
                self._blank = True
                continue
            if _TAG.match(line):
                if self._blank:
                    self.close()
                self._tagged = True
                self._kinds += line.startswith("%0 ")
            self._blank = False

    def close(self) -> None:
        if self._tagged:
            self._context.started += max(1, self._kinds)
        self._tagged, self._kinds = False, 0
