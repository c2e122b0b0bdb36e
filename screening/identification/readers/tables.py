"""Tables with a header row: comma, semicolon, tab or bar between the cells."""

import csv
import re
from collections.abc import Iterator

from screening.identification.field_maps import fields_from
from screening.identification.readers.context import Context, Found
from screening.identification.readers.pieces import Pieces
from screening.identification.table_maps import KNOWN_COLUMNS, TABLE, column_name

LARGEST_CELL = 1 << 26
_SEPARATORS = ",;\t|"
_NAMES = {",": "csv", ";": "ssv", "\t": "tsv", "|": "csv"}
_EXCEL_TEXT = re.compile(r'="(.*)"')
_HEADER_WITHIN = 40


def read_table(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Yield every row of a table below its header row; lines before the header are passed."""
    csv.field_size_limit(LARGEST_CELL)
    head = pieces.peek_text()
    found = _header_of(head)
    if not found:
        return
    separator, skipped, header = found
    lines = _Lines(pieces)
    for _ in range(skipped):
        next(lines, "")
    rows = csv.reader(lines, delimiter=separator)
    columns = [column_name(cell) for cell in next(rows, [])]
    lines.taken.clear()
    first = lines.number
    for row in rows:
        text = "".join(lines.taken)
        lines.taken.clear()
        line, first = first + 1, lines.number
        cells = [_cell(cell) for cell in row]
        if not any(cells):
            continue
        context.started += 1
        tags: dict[str, list[str]] = {}
        for column, cell in zip(columns, cells, strict=False):
            if cell:
                tags.setdefault(column, []).append(cell)
        yield Found(fields_from(tags, TABLE, text), text, line, _NAMES[separator], context.provider)


def _cell(text: str) -> str:
    text = text.strip()
    if text.startswith('="'):
        wrapped = _EXCEL_TEXT.fullmatch(text)
        return wrapped.group(1) if wrapped else text
    return text


class _Lines:
    """The physical lines of the text, remembering those taken since they were last asked for."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._lines: Iterator[str] = iter(())
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines, "")
        while not line:
            self._lines = iter(_split(next(self._pieces)))
            line = next(self._lines, "")
        self.taken.append(line)
        self.number += 1
        return line


def _split(piece: str) -> list[str]:
    return re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", piece)


def _header_of(head: str) -> tuple[str, int, list[str]] | None:
    """Return separator, lines before the header and header of the table that `head` begins."""
    lines = _split(head[: 1 << 17])
    best: tuple[int, str, int, list[str]] | None = None
    for separator in _SEPARATORS:
        for number, line in enumerate(lines[:_HEADER_WITHIN]):
            if separator not in line:
                continue
            header = next(csv.reader([line], delimiter=separator), [])
            known = sum(column_name(cell) in KNOWN_COLUMNS for cell in header)
            if known and (best is None or known > best[0]):
                best = (known, separator, number, header)
    if best is None:
        return None
    return best[1:]
