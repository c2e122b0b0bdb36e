"""Tables in web pages, as CNKI, KCI and others save them under the name of a workbook (.xls)."""

import html
import re
from collections.abc import Iterator
from itertools import pairwise

from screening.identification.maps.tables import KNOWN_COLUMNS, column_names
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces, lines_in
from screening.identification.readers.tables.rows import (
    HEADER_WITHIN,
    Row,
    cell_text,
    columns_of,
    counted_records,
    warn_without_title,
)
from screening.problems import error

_TITLE = re.compile(r"<title[^>]{0,200}>\s*([^<]{1,200})", re.IGNORECASE)
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_ROW = re.compile(r"<tr\b", re.IGNORECASE)
_ROWS_END = re.compile(r"</table\b", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b[^<>]*+>", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dhr]\b", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*+>", re.IGNORECASE)
_TAG = re.compile(r"<[!/A-Za-z][^<>]*+>")
# Pages are laid out in tables too; one whose columns have this many known names lists records.
_FEWEST_KNOWN = 3


def read_html(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every row of the tables that list records; a page without any is named as what it is."""
    line = pieces.line
    text = "".join(pieces)
    before, *tables = _TABLE.split(text)
    line += lines_in(before)
    for table in tables:
        yield from _records(table, line, context)
        line += lines_in(table)
    if not context.started:
        title = _TITLE.search(text)
        named = f' titled "{title.group(1).strip()}"' if title else ""
        message = (
            f"The file is a web page{named} and no export, most likely a login or error page; "
            "export it again."
        )
        context.problems.append(error(context.name, message, "html"))


def _records(table: str, line: int, context: Context) -> Iterator[Found]:
    own = _ROWS_END.split(table, maxsplit=1)[0]
    starts = [*(found.start() for found in _ROW.finditer(own)), len(own)]
    rows = [own[start:end] for start, end in pairwise(starts)]
    known = [_known_in(_cells(row)) for row in rows[:HEADER_WITHIN]]
    if max(known, default=0) < _FEWEST_KNOWN:
        return
    header = known.index(max(known))
    columns = columns_of(_cells(rows[header]), context.provider)
    warn_without_title(columns, line, context)
    line += lines_in(own[: starts[header + 1]])
    yield from counted_records(_numbered(rows[header + 1 :], line), columns, context)


def _numbered(rows: list[str], line: int) -> Iterator[Row]:
    for row in rows:
        yield Row(list(map(cell_text, _cells(row))), row, line, "html")
        line += lines_in(row)


def _known_in(header: list[str]) -> int:
    return len(KNOWN_COLUMNS.intersection(column_names(header)))


def _cells(row: str) -> list[str]:
    """Return the texts of a row's cells, without tags and with entities read."""
    return [
        html.unescape(_TAG.sub("", _BREAK.sub("\n", _CELL_END.split(cell, maxsplit=1)[0]))).strip()
        for cell in _CELL.split(row)[1:]
    ]
