"""MEDLINE display format: PubMed's nbib files, and ERIC's in the same dress."""

import re
from collections.abc import Iterator

from screening.identification.field_maps import Tags, fields_from
from screening.identification.providers import MEDLINE
from screening.identification.readers.context import Context, Found
from screening.identification.readers.parts import foreign_part
from screening.identification.readers.pieces import Pieces, entries, lines_in
from screening.identification.readers.tagged import Syntax, by_tag, tokens

_TOKEN = re.compile(r"\n([A-Z][A-Z0-9]{1,4}) {0,2}- ?")
_PUBMED = Syntax(
    name="nbib",
    start=re.compile(r"PMID {0,2}- ?\d"),
    count=re.compile(r"[\r\n]PMID {0,2}-"),
    token=_TOKEN,
    known=frozenset(),
    joint=" ",
)
_OWNED = Syntax(
    name="nbib",
    start=re.compile(r"OWN {0,2}- ?\S"),
    count=re.compile(r"[\r\n]OWN {0,2}-"),
    token=_TOKEN,
    known=frozenset(),
    joint=" ",
)


def read_medline(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every entry of a MEDLINE text; it begins with PMID, at ERIC with OWN."""
    head = pieces.peek_text()
    syntax = _OWNED if re.match(r"\s*OWN\b", head) else _PUBMED

    def count(piece: str) -> None:
        context.started += len(syntax.count.findall("\n" + piece))

    pieces.watch = count
    for entry in entries(pieces, syntax.start):
        text = entry.text
        if not entry.started:
            if text.strip("\ufeff \t\r\n"):
                yield from context.read_part(text, entry.line)
            continue
        cut = foreign_part(text, "nbib")
        if cut:
            text = text[:cut]
        tags = by_tag(tokens(text, syntax))
        fields = fields_from(_sorted_out(tags), MEDLINE, text)
        yield Found(fields, text, entry.line, "nbib", context.provider)
        if cut:
            yield from context.read_part(entry.text[cut:], entry.line + lines_in(text))


def _sorted_out(tags: dict[str, list[str]]) -> Tags:
    """Keep in LID and AID what is a DOI, in PT what tells the kind, and move web addresses."""
    for tag in ("LID", "AID"):
        values = tags.get(tag)
        if values:
            tags[tag] = [
                value for value in values if value.strip().endswith("[doi]") or "doi.org/" in value
            ]
            tags.setdefault("LID_URL", []).extend(value for value in values if "://" in value)
    return tags
