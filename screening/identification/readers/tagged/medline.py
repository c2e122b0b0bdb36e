"""MEDLINE display format: PubMed's nbib files, and ERIC's in the same dress."""

import re
from collections.abc import Iterator
from dataclasses import replace

from screening.identification.maps.fields import Tags
from screening.identification.maps.mapping import fields_from
from screening.identification.maps.tagged import MEDLINE
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces
from screening.identification.readers.tagged.syntax import Syntax, read_tagged
from screening.records import Fields

_PUBMED = Syntax(
    name="nbib",
    start=re.compile(r"PMID {0,2}-"),
    count=re.compile(r"\nPMID {0,2}-"),
    token=re.compile(r"\n([A-Z][A-Z0-9]{1,4}+) {0,2}+-(?: |(?=\n)|\Z|(?<=PMID-))"),
    wrapped=True,
    abstract="\nAB  - ",
    fold="\n      ",
)
# ERIC's entries have no PMID and begin with their owner.
_OWNED = replace(_PUBMED, start=re.compile(r"OWN {0,2}-"), count=re.compile(r"\nOWN {0,2}-"))
# Publication types that say how a work was done or paid for rather than what kind of work it is.
_NOT_KINDS = (
    "research support",
    "multicenter",
    "comparative",
    "validation",
    "evaluation",
    "english abstract",
)


# A location that is the number an electronic journal gives instead of pages.
_ARTICLE_NUMBER = re.compile(r"(e?\d{1,8})(?: ?\[pii\])?", re.IGNORECASE)


def read_medline(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every entry of a MEDLINE text; it begins with PMID, at ERIC with OWN."""
    head = pieces.peek_text()
    # Where both are in one file, ERIC's entries are the parts of it that have no PMID.
    eric = re.match(r"\s*OWN\b", head) and not re.search(r"[\r\n]PMID {0,2}- ?\d", head)
    syntax = _OWNED if eric else _PUBMED
    return read_tagged(pieces, context, syntax, _fields)


def _fields(tags: Tags, text: str, tidy: bool) -> Fields:  # noqa: FBT001 - called by `read_tagged`
    if "PMID" in tags and next(iter(tags)) == "OWN":
        del tags["PMID"]  # it is that of PubMed's entry, which follows far behind ERIC's first ones
    if "PG" not in tags:
        for value in tags.get("LID", ()):
            if number := _ARTICLE_NUMBER.fullmatch(value):
                tags["article number"] = [number[1]]
    for tag in ("LID", "AID"):
        values = tags.get(tag)
        if values:
            tags[tag] = [
                each.removesuffix(" [doi]")
                for each in values
                if "[doi]" in each or "doi.org/" in each
            ]
            addresses = [each.removesuffix("[pii]") for each in values if "://" in each]
            if addresses:
                tags.setdefault("URL", []).extend(addresses)
    kinds = tags.get("PT")
    if kinds and len(kinds) > 1:
        tags["PT"] = sorted(kinds, key=lambda kind: kind.lower().startswith(_NOT_KINDS))
    return fields_from(tags, MEDLINE, text, trimmed=True, tidy=tidy)
