"""Web of Science field-tagged files (.ciw, "plain text")."""

import re
from collections.abc import Iterator

from screening.identification.maps.fields import Tags
from screening.identification.maps.mapping import fields_from
from screening.identification.maps.tagged import WOS
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces
from screening.identification.readers.tagged.syntax import Syntax, read_tagged
from screening.records import Fields

_SYNTAX = Syntax(
    name="wos",
    start=re.compile(r"PT [A-Z](?=[ \t]*(?:[\r\n]|\Z))"),
    count=re.compile(r"\nPT [A-Z][ \t]*(?=\n|\Z)"),
    token=re.compile(r"\n([A-Z][A-Z0-9])(?: |(?=\n)|\Z)"),
    wrapped=True,
    abstract="\nAB ",
    fold="\n   ",
    listing=frozenset({"AU", "AF", "BA", "BF", "CA", "GP", "BE", "ED", "SN"}),
    end_tag="ER",
    end=re.compile(r"[\r\n]ER[ \t]*(?=[\r\n]|\Z)"),
    frame=re.compile(r"\s*(?:EF|FN .*|VR .*)?\s*"),
)


def read_wos(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every entry of a field-tagged text, from PT to ER."""
    return read_tagged(pieces, context, _SYNTAX, _fields)


def _fields(tags: Tags, text: str, tidy: bool) -> Fields:  # noqa: FBT001 - called by `read_tagged`
    return fields_from(tags, WOS, text, trimmed=True, tidy=tidy)
