"""RefWorks tagged format."""

import re
from collections.abc import Iterator

from screening.identification.maps.fields import Tags
from screening.identification.maps.mapping import fields_from
from screening.identification.maps.tagged import REFWORKS
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces
from screening.identification.readers.tagged.syntax import Syntax, read_tagged
from screening.records import Fields

_TAGS = frozenset(
    [
        "RT",
        "SR",
        "ID",
        "A1",
        "A2",
        "A3",
        "A4",
        "A5",
        "A6",
        "T1",
        "T2",
        "T3",
        "JF",
        "JO",
        "YR",
        "FD",
        "VO",
        "vo",  # as CNKI writes it
        "IS",
        "SP",
        "OP",
        "K1",
        "AB",
        "NO",
        "ED",
        "PB",
        "PP",
        "AD",
        "SN",
        "AV",
        "AN",
        "LA",
        "CL",
        "SF",
        "OT",
        "LK",
        "DO",
        "CN",
        "DB",
        "DS",
        "IP",
        "RD",
        "ST",
        "U1",
        "U2",
        "U3",
        "U4",
        "U5",
        "U6",
        "U7",
        "U8",
        "U9",
        "U10",
        "U11",
        "U12",
        "U13",
        "U14",
        "U15",
        "UL",
        "URL",  # CNKI's word for it
        "SL",
        "LL",
        "CR",
        "WT",
        "WV",
        "WP",
        "OL",
        "PMID",
        "PMCID",
        "LS",
        "CT",
        "MD",
        "SD",
        "FT",
    ]
)
_SYNTAX = Syntax(
    name="refworks",
    start=re.compile(r"RT [A-Z]"),
    count=re.compile(r"\nRT [A-Z]"),
    token=re.compile(
        r"\n([A-Z][A-Z0-9]|PMID|PMCID|U1[0-5]|URL|vo(?= (?:\d|\n)))(?: |(?=\n|[^\W\x00-\u052f])|\Z)"
    ),
    known=_TAGS,
    running=frozenset({"AB", "NO", "T1", "AD"}),
)
# How RefWorks marks bold, italic, raised and lowered letters, at their beginning and their end.
_STYLE = "RW1S34RfeSDcfkexd09rT"
_STYLES = re.compile(rf"[01]{_STYLE}\d")
# CNKI parts Chinese names by commas too, which nobody writes into a Chinese name.
_CNKI = ["CNKI"]
_COMMA = re.compile(r",\s?(?=[^\W\x00-\u052f])")


def read_refworks(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every entry of a RefWorks tagged text; each begins with RT."""
    return read_tagged(pieces, context, _SYNTAX, _fields)


def _fields(tags: Tags, text: str, tidy: bool) -> Fields:  # noqa: FBT001 - called by `read_tagged`
    if "LA" in tags:
        tags["LA"] = [value.rstrip(" ;") for value in tags["LA"]]
    if _STYLE in text:
        tags = {tag: [_STYLES.sub("", value) for value in values] for tag, values in tags.items()}
    if tags.get("DS") == _CNKI and "A1" in tags:
        tags["A1"] = [_COMMA.sub(";", value) for value in tags["A1"]]
    return fields_from(tags, REFWORKS, text, trimmed=True, tidy=tidy)
