"""NoteExpress, the text that CNKI, Wanfang, VIP and SinoMed save for the reference manager of that name."""

import re
from collections.abc import Iterator

from screening.identification.maps.fields import Tags
from screening.identification.maps.mapping import fields_from
from screening.identification.maps.tagged import NOTEEXPRESS
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces
from screening.identification.readers.tagged.syntax import Syntax, read_tagged
from screening.records import Fields

# The files have braces; CNKI's page, from which people copy, has brackets.
_SYNTAX = Syntax(
    name="noteexpress",
    start=re.compile(r"[{\[]Reference Type[}\]]: ?"),
    count=re.compile(r"\n[{\[]Reference Type[}\]]:"),
    token=re.compile(r"\n[{\[]([A-Z][A-Za-z/ ]{1,40})[}\]]: ?"),
    wrapped=True,
)


def read_noteexpress(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every entry of a NoteExpress text; each begins with its type."""
    return read_tagged(pieces, context, _SYNTAX, _fields)


def _fields(tags: Tags, text: str, tidy: bool) -> Fields:  # noqa: FBT001 - called by `read_tagged`
    return fields_from(tags, NOTEEXPRESS, text, trimmed=True, tidy=tidy)
