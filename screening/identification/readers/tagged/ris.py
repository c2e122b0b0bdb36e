"""RIS as Research Information Systems defined it, and as every platform bends it."""

import re
from collections.abc import Iterator

from screening.identification.maps.fields import Tags
from screening.identification.maps.identifiers import add_pmid_of_medline
from screening.identification.maps.mapping import fields_from
from screening.identification.maps.providers import RIS_TAGS, ris_map
from screening.identification.readers.context import Context, Found
from screening.identification.readers.parts import foreign_part
from screening.identification.readers.pieces import Pieces, lines_in, stretches, with_line_feeds
from screening.identification.readers.tagged.syntax import (
    Syntax,
    Tagged,
    by_tag,
    gathered,
    start_tags,
    tokens,
    without_abstract,
)
from screening.records import Fields

_RUNNING = frozenset({"AB", "N2", "N1", "TI", "T1", "KW", "AD"})
_STRICT = Syntax(
    name="ris",
    start=re.compile(r"TY[ \t\xa0]{0,6}-"),
    count=re.compile(r"\nTY[ \t\xa0]{0,6}-"),
    token=re.compile(r"\n([A-Z][A-Z0-9]+) {1,3}- ?"),
    known=RIS_TAGS,
    running=_RUNNING,
)
_LOOSE = Syntax(
    name="ris",
    start=re.compile(r"[Tt][Yy][ \t\xa0]{0,6}-"),
    count=re.compile(r"\n[ \t\xa0\u200b]*[Tt][Yy][ \t\xa0]{0,6}-"),
    token=re.compile(r"\n[ \t\xa0\u200b]*([A-Za-z][A-Za-z0-9]+)[ \t\xa0]{0,6}-[ \t\xa0]?"),
    known=RIS_TAGS,
    running=_RUNNING,
    indent=" \t\xa0\u200b",
    upper=True,
)
# The tag as nearly every platform writes it; whether it is a known one is asked for all at once.
_PLAIN_TAG = re.compile(r"\n(..)  - ?+")
# What a continuation may be beside text: a tag written otherwise, or what stands behind a blank line.
_UNSURE = re.compile(r"\n(?:[A-Z][A-Z0-9]+ {1,3}-|ER|\n)")
_END = re.compile(r"[\r\n][ \t\xa0\u200b]*[Ee][Rr][ \t\xa0]{0,6}-[ \t\xa0]*(?=[\r\n]|\Z)")
_STRICT_END = re.compile(r"ER(?<=[\n\r]ER)[ \t\xa0]{0,6}-[ \t\xa0]*(?=[\r\n]|\Z)")
# What Ovid writes behind ER.
_APPENDED = re.compile(r"\s*(?:[A-Z][A-Z0-9] {1,3}-|Link to )")
_BETWEEN = re.compile(
    r"\s*(?:<?\d+\.?\s?>?\.?|Record #?\d+ of \d+|(?:Provider|Database|Content):.*|%.*|-+|EF|\ufeff)\s*",
    re.IGNORECASE,
)


_OPENING = re.compile(
    r"(?:\A|(?<=[\r\n]))[ \t\xa0\u200b]*(?:TI|T1|AU|A1)[ \t\xa0]{0,3}-", re.IGNORECASE
)


def syntax_for(head: str) -> Syntax:
    """Return the strict syntax where the file begins with it, the tolerant one otherwise."""
    text = "\n" + with_line_feeds(head)
    strict, loose = _STRICT.count.search(text), _LOOSE.count.search(text)
    return _LOOSE if loose and (not strict or loose.start() < strict.start()) else _STRICT


def read_ris(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every entry of a RIS text, those without TY or ER too."""
    reader = _Ris(pieces.peek(), context)
    pieces.watch = reader.count
    line = pieces.line
    for together in stretches(pieces, reader.syntax.start, reader.syntax.indent):
        tagged = [_plain_tags(plain) for _, _, plain in together]
        made = [
            reader.plain_fields(found[0], found[3], tidy=found[2]) if found else None
            for found in tagged
        ]
        for (text, started, plain), found, fields in zip(together, tagged, made, strict=True):
            if found and fields:
                yield (fields, text.rstrip("\r\n"), line, "ris", context.provider)
                line += found[1]
                continue
            if started:
                yield from reader.unusual(text, line)
            else:
                yield from reader.outside(text, line)
            line += plain.count("\n")


def _plain_tags(text: str) -> Tagged | None:
    """Return the tags of an entry that has usual ones and their continuations only, from TY to its only ER."""
    text, abstract = without_abstract(text, "\nAB  - ", _PLAIN_TAG)
    parts = _PLAIN_TAG.split(text)
    names = parts[1::2]
    end = parts[-1]
    if parts[0] or names[0] != "TY" or names[-1] != "ER" or end.strip("\n"):
        return None
    names.pop()
    values = parts[2:-2:2]
    ends = len(names) + len(end) + (abstract is not None)
    joined = " ".join(values)
    if "\n" in joined:
        if any(map(_UNSURE.search, values)):
            return None
        ends += joined.count("\n")
    tags, tidy, numbers = gathered(names, values, joined, abstract)
    # An empty tag is among the names only.
    if "ER" in (tags if tidy else names) or not RIS_TAGS.issuperset(tags):
        return None
    if "WE" in tags:
        _part_glued(tags)
    add_pmid_of_medline(tags, "AN")
    return tags, ends, tidy, numbers


# Web of Science forgets the line end before these.
_GLUED = re.compile(r"(?<=\S)(AD|AN|C3|PU)  - ")


def _part_glued(tags: Tags) -> None:
    """Part the tags of Web of Science's RIS that follow a value on the same line."""
    for tag in ("AD", "C3", "WE"):
        for place, value in enumerate(tags.get(tag, ())):
            own, *glued = _GLUED.split(value)
            if glued:
                tags[tag][place] = own
                for name, part in zip(glued[::2], glued[1::2], strict=True):
                    tags.setdefault(name, []).append(part.strip())


class _Ris:
    def __init__(self, head: str, context: Context) -> None:
        self.context = context
        self.syntax = syntax_for(head)
        self.end = _STRICT_END if self.syntax is _STRICT else _END
        self._map = ris_map(context.provider)

    def count(self, piece: str) -> None:
        """Count the start tags of a piece."""
        self.context.started += start_tags(piece, self.syntax)

    def plain_fields(self, tags: Tags, text: str, *, tidy: bool) -> Fields:
        """Return the fields of an entry that is written as nearly all are."""
        return fields_from(tags, self._map, text, trimmed=True, tidy=tidy)

    def unusual(self, text: str, line: int) -> Iterator[Found]:
        """Yield an entry that is written out of the ordinary, has no ER line, or text behind it."""
        closing = self.end.search(text)
        if closing and text[closing.end() :].isspace():
            yield self.found(text[: closing.end()], line)
            return
        end = closing.end() if closing else None
        if end is None:
            message = "{n} records have no ER line; each was ended where the next one begins."
            self.context.tally("ER", line, message)
            cut = foreign_part(text, "ris") or len(text)
        else:
            cut = self._own_end(text, end) if text[end:].strip() else end
        yield self.found(text[:cut], line)
        if cut < len(text) and not text[cut:].isspace():
            yield from self.outside(text[cut:], line + lines_in(text[:cut]))

    def outside(self, text: str, line: int) -> Iterator[Found]:
        """Yield the records in text that no TY line announces: headless ones, or another format's."""
        foreign = foreign_part(text, "ris")
        if foreign is not None:
            yield from self.outside(text[:foreign], line)
            yield from self.context.read_part(
                text[foreign:], line + lines_in(text[:foreign]), "ris"
            )
            return
        lines = [part for part in text.splitlines() if part.strip()]
        if all(map(_BETWEEN.fullmatch, lines)):
            if lines:
                message = (
                    "{n} numbering or heading lines between records belong to none and were passed."
                )
                self.context.tally("between", line, message)
            return
        if not _OPENING.search(text):
            yield from self.context.read_part(text, line, "ris")
            return
        begin = 0
        for closing in _END.finditer(text):
            yield from self._headless(text[begin : closing.end()], line + lines_in(text[:begin]))
            begin = closing.end()
        yield from self._headless(text[begin:], line + lines_in(text[:begin]))

    def _headless(self, text: str, line: int) -> Iterator[Found]:
        if not _OPENING.search(text):
            return
        self.context.headless += 1
        message = "{n} records have no TY line; each was read from its first tag to its ER line."
        self.context.tally("TY", line, message, doubtful=True)
        yield self.found(text.lstrip("\r\n"), line)

    def _own_end(self, text: str, cut: int) -> int:
        """Return where the entry ends: behind ER, or behind what platforms append to it."""
        tail = text[cut:]
        foreign = foreign_part(tail, "ris")
        if foreign is not None or _OPENING.search(tail) or not _APPENDED.match(tail):
            return cut
        lines = tail.splitlines(keepends=True)
        while lines and (not lines[-1].strip() or _BETWEEN.fullmatch(lines[-1])):
            lines.pop()
        return cut + sum(map(len, lines))

    def found(self, text: str, line: int) -> Found:
        """Return what an entry's own text says."""
        shaped = self.syntax if text.startswith(("TY  -", "TY -")) else _LOOSE
        plain = with_line_feeds(text)
        tags = by_tag(tokens(plain, shaped))
        if "\n\n" in plain:
            tags = {tag: _up_to_blank(tag, values) for tag, values in tags.items()}
        if "WE" in tags:
            _part_glued(tags)
        add_pmid_of_medline(tags, "AN")
        fields = fields_from(tags, self._map, text)
        return (fields, text, line, "ris", self.context.provider)


def _up_to_blank(tag: str, values: list[str]) -> list[str]:
    """End the values of short fields at a blank line; what platforms append stands behind one."""
    if tag in _RUNNING:
        return values
    return [value.strip().partition("\n\n")[0] if "\n\n" in value else value for value in values]
