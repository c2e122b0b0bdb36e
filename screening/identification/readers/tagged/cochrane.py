"""The Cochrane Library's "citation" export: labels with a colon under numbered headings."""

import re
from collections.abc import Iterator

from screening.identification.maps.fields import Tags
from screening.identification.maps.mapping import fields_from
from screening.identification.maps.tagged import COCHRANE
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces
from screening.identification.readers.tagged.syntax import Syntax, read_tagged
from screening.records import Fields

_SYNTAX = Syntax(
    name="cochrane",
    start=re.compile(r"Record #\d{1,7} of \d{1,7}"),
    count=re.compile(r"\nRecord #\d{1,7} of \d{1,7}"),
    token=re.compile(r"\n([A-Z]{2,3}):(?: |(?=\n)|\Z)"),
    wrapped=True,
)


def read_cochrane(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every entry of a citation export; each begins with its number among all."""
    return read_tagged(pieces, context, _SYNTAX, _fields)


def _fields(tags: Tags, text: str, tidy: bool) -> Fields:  # noqa: FBT001 - called by `read_tagged`
    if "SO" in tags and tags["SO"][0].startswith("http"):  # a registered trial's page
        tags["US"] = [*tags.pop("SO"), *tags.get("US", ())]
    return fields_from(tags, COCHRANE, text, trimmed=True, tidy=tidy)
