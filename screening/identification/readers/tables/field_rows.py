"""Tables turned on their side, as Embase exports them: a field a row, its name in the first cell."""

import csv
import re
from collections.abc import Iterator
from typing import NamedTuple

from screening.identification.maps.mapping import fields_from
from screening.identification.maps.sources_in_one import add_source_parts
from screening.identification.maps.tables import (
    KNOWN_COLUMNS,
    TITLE_COLUMNS,
    column_name,
    table_map,
)
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces, entries
from screening.identification.readers.tables.rows import cell_text

_FEWEST = 3
_LINE = re.compile(r"[^\r\n]+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_FIRST_CELL = re.compile(r'"?([A-Za-z][A-Za-z /()-]{1,60})"?(?=[,;\t])')


class FieldRows(NamedTuple):
    """How such a table is written: its separator, and the first cell of each record as it stands there."""

    separator: str
    opening: str


def field_rows(head: str, known: int) -> FieldRows | None:
    """Return how a table of a field a row is written, None where `head` is no such table.

    It is one where more rows begin with names of fields than the `known` names a header row has, and
    one of them, a title's, stands first.
    """
    names: dict[str, str] = {}
    for line in _LINE.findall(head)[:60]:
        cell = _FIRST_CELL.match(line)
        if cell and column_name(cell.group(1)) in KNOWN_COLUMNS:
            names.setdefault(column_name(cell.group(1)), line[: cell.end() + 1])
    if len(names) < max(_FEWEST, known + 1) or next(iter(names)) not in TITLE_COLUMNS:
        return None
    opening = next(iter(names.values()))
    return FieldRows(opening[-1], opening)


def read_field_rows(pieces: Pieces, context: Context, layout: FieldRows) -> Iterator[Found]:
    """Yield every record of a table of a field a row; each begins with its title."""

    def count(piece: str) -> None:
        context.started += ("\n" + piece.replace("\r", "\n")).count("\n" + layout.opening)

    pieces.watch = count
    for together in entries(pieces, re.compile(re.escape(layout.opening))):
        for entry in together:
            if not entry.started:
                context.tally(
                    "preamble",
                    entry.line,
                    "{n} stretches of text before the first record belong to none.",
                )
                continue
            tags: dict[str, list[str]] = {}
            rows = csv.reader(_LINES.findall(entry.plain), delimiter=layout.separator)
            for label, *cells in filter(None, rows):
                values = [text for cell in cells if (text := cell_text(cell))]
                if values:
                    tags.setdefault(column_name(label), []).extend(values)
            add_source_parts(tags)
            where = table_map(context.provider, tuple(tags))
            yield (
                fields_from(tags, where, entry.text),
                entry.text,
                entry.line,
                "csv",
                context.provider,
            )
