"""Tables with a header row: comma, semicolon, tab or bar between the cells."""

import csv
import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces
from screening.identification.readers.tables.field_rows import field_rows, read_field_rows
from screening.identification.readers.tables.rows import (
    HEADER_WITHIN,
    Row,
    cell_text,
    columns_of,
    known_in,
    record_from,
    warn_without_title,
)
from screening.problems import error

LARGEST_CELL = 1 << 26
_SEPARATORS = ",;\t|"
NAMES = {",": "csv", ";": "ssv", "\t": "tsv", "|": "csv"}
_HEAD = 1 << 17
_FIRST_ROWS = 5
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


class Layout(NamedTuple):
    """How a table is written: its separator, the lines before its header, its header and the lines of that.

    `blanks` finds those around quoted cells, where there are such.
    """

    separator: str
    skipped: int
    header: list[str]
    height: int = 1
    blanks: re.Pattern[str] | None = None


def layout_of(head: str) -> Layout | None:
    """Return how the table that begins with `head` is written, None where no header is recognised.

    The header is the row with the most known column names among the first sixty lines; platforms put
    the search or a title before it. A single known name counts in the first line only: elsewhere it is as
    likely the label of a line.
    """
    lines = _LINE.findall(head[:_HEAD])[:HEADER_WITHIN]
    best: tuple[int, Layout] | None = None
    for separator in _SEPARATORS:
        for number in range(len(lines)):
            header, height = _row_at(lines, number, separator)
            known = known_in(header, first=not number)
            if known > bool(number) and (best is None or known > best[0]):
                best = known, Layout(separator, number, header, height)
    if best is None:
        return None
    layout = best[1]
    mark = re.escape(layout.separator)
    blanks = re.compile(rf'(?:^|(?<={mark})) +(?=")|(?<=") +(?={mark}|[\r\n]*$)')
    first = lines[layout.skipped : layout.skipped + layout.height + _FIRST_ROWS]
    quoted = re.compile(rf'(?:^|{mark})(?: +"[^"]*" *|"[^"]*" +)(?:{mark}|$)')
    spaced = any(quoted.search(line.rstrip("\r\n")) for line in first)
    return layout._replace(blanks=blanks) if spaced else layout


def _row_at(lines: list[str], number: int, separator: str) -> tuple[list[str], int]:
    """Return the row that begins at a line, and how many lines it has: a quoted cell may hold line ends."""
    if lines[number].count('"') % 2:
        rows = csv.reader(lines[number:], delimiter=separator)
        row = next(rows, [])
        if "".join(lines[number : number + rows.line_num]).count('"') % 2 == 0:
            return row, rows.line_num
    return next(csv.reader([lines[number]], delimiter=separator), []), 1


def read_table(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every row of a table below its header row; lines before the header are passed."""
    csv.field_size_limit(LARGEST_CELL)
    head = pieces.peek_text()
    layout = layout_of(head)
    sideways = field_rows(head, known_in(layout.header) if layout else 0)
    if sideways:
        yield from read_field_rows(pieces, context, sideways)
        return
    if layout is None:
        message = (
            "No record was found: the file is in no format known here and has no header row with a title. "
            "Export it again as RIS, nbib, BibTeX, XML, or CSV with its header row."
        )
        context.problems.append(error(context.name, message, "unknown format"))
        for _ in pieces:
            pass
        return
    counter = _RowCounter(layout, context)
    pieces.watch = counter
    lines = _Lines(pieces, layout.blanks)
    for _ in range(layout.skipped):
        next(lines, "")
    if layout.skipped:
        context.tally(
            "preamble", 1, f"The {layout.skipped} lines before the header row belong to no record."
        )
    columns = columns_of(layout.header, context.provider)
    warn_without_title(columns, layout.skipped + 1, context)
    for _ in range(layout.height):
        next(lines, "")
    name = NAMES[layout.separator]
    blank = _blank(layout.separator)
    for cells, text, line in _rows(lines, layout, context):
        if blank.fullmatch(text):
            continue
        if cells == layout.header:
            context.headless -= 1
            context.tally("header", line, "{n} more header rows inside the table were passed.")
            continue
        yield record_from(Row(list(map(cell_text, cells)), text, line, name), columns, context)
    counter.close()


def _blank(separator: str) -> re.Pattern[str]:
    """Return what a row that says nothing is made of."""
    return re.compile(rf'[\s{re.escape(separator)}"=]*')


def _rows(
    lines: "_Lines", layout: Layout, context: Context
) -> Iterator[tuple[list[str], str, int]]:
    """Yield the cells of each row, its verbatim text and its first line.

    Quotation marks behind backslashes are read as doubled ones. One that is never closed would swallow all rows
    behind it; those are read again as lines without quoting.
    """
    separator = layout.separator
    rows = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        line = lines.number + 1
        lines.taken.clear()
        try:
            cells = next(rows, None)
        except csv.Error:
            escaped = _escaped_row(lines, layout)
            if escaped:
                yield escaped, "".join(lines.taken), line
                rows = csv.reader(lines, delimiter=separator, strict=True)
                continue
            taken = [text for text in lines.taken if text.strip()]
            message = "{n} rows have unbalanced quotation marks and were read without quoting; check them."
            context.tally("quoting", line, message, doubtful=True)
            context.uncountable = True
            for offset, text in enumerate(taken):
                cells = next(csv.reader([text], delimiter=separator, quoting=csv.QUOTE_NONE), [])
                yield cells, text, line + offset
            rows = csv.reader(lines, delimiter=separator, strict=True)
            continue
        if cells is None:
            return
        yield cells, "".join(lines.taken), line


def _behind_backslash(separator: str) -> re.Pattern[str]:
    """Return what a quotation mark inside a cell is where a backslash tells it from those around cells."""
    return re.compile(rf'\\"(?!{re.escape(separator)}|[\r\n]|$)')


def _escaped_row(lines: "_Lines", layout: Layout) -> list[str]:
    """Return the cells of the row whose lines were begun, its quotation marks behind backslashes; none where it has no such."""
    mark = _behind_backslash(layout.separator)
    if not any(map(mark.search, lines.taken)):
        return []
    plain = (mark.sub('""', line) for line in chain(list(lines.taken), lines))
    try:
        cells = next(csv.reader(plain, delimiter=layout.separator, strict=True), [])
    except csv.Error:
        return []
    return cells if len(cells) == len(layout.header) else []


class _Lines:
    """The physical lines of the text, remembering those taken since `taken` was last cleared.

    They are handed on without the blanks around cells.
    """

    def __init__(self, pieces: Pieces, blanks: re.Pattern[str] | None) -> None:
        self._pieces = pieces
        self._blanks = blanks
        self._lines: Iterator[str] = iter(())
        self.taken: list[str] = []
        self.number = pieces.line - 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines, "")
        while not line:
            self._lines = iter(_LINE.findall(next(self._pieces)))
            line = next(self._lines, "")
        self.taken.append(line)
        self.number += 1
        return self._blanks.sub("", line) if self._blanks else line


class _RowCounter:
    """Counts rows with anything in them, apart from the csv module: by cells that open a quotation."""

    def __init__(self, layout: Layout, context: Context) -> None:
        mark = re.escape(layout.separator)
        self._quoted = re.compile(rf'(?:^|(?<={mark}))"(?:[^"]|"")*"(?={mark}|$)')
        self._opening = re.compile(rf'(?:^|{mark})"')
        self._closing = re.compile(rf'"(?={mark}|$)')
        self._blank = _blank(layout.separator)
        self._blanks = layout.blanks
        self._escaped = _behind_backslash(layout.separator)
        self._context = context
        self._skip = layout.skipped + layout.height
        self._open = False
        self._filled = False

    def __call__(self, piece: str) -> None:
        for whole in _LINE.findall(piece):
            if self._skip:
                self._skip -= 1
                continue
            line = whole.rstrip("\r\n")
            if self._blanks:
                line = self._blanks.sub("", line)
            if '\\"' in line:
                line = self._escaped.sub('""', line)
            self._filled = self._filled or not self._blank.fullmatch(line)
            self._follow(line)
            if not self._open:
                self._count()

    def close(self) -> None:
        if self._open:
            self._count()

    def _follow(self, line: str) -> None:
        if self._open:
            rest = line.replace('""', "")
            end = self._closing.search(rest)
            if not end:
                return
            self._open = False
            line = rest[end.end() :]
        line = self._quoted.sub("", line)
        self._open = bool(self._opening.search(line))

    def _count(self) -> None:
        self._context.started += self._filled
        self._filled = False
