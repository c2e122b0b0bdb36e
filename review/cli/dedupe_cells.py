"""The cells of a plain table's text, found by where quotes, delimiters and line ends stand."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from screening.identification.matching.many_texts import Bytes, Ints, Mask, Texts

_QUOTE, _NEW_LINE, _RETURN = b'"\n\r'
_BEYOND_ASCII = 0x80
_BLANK = np.zeros(256, dtype=bool)
_BLANK[[ord(sign) for sign in map(chr, range(128)) if sign.isspace()]] = True


@dataclass(frozen=True, slots=True)
class Cells:
    """Some rows of a table, a text per cell: `columns` as many as the header has, without blanks around.

    `verbatim` are the same cells as they stand, blanks and all. `total` counts all rows, empty ones too;
    `rows` are those with anything in them, counted from 0, `longer` those with something beyond the
    header's width.
    """

    columns: list[Texts]
    verbatim: list[Texts]
    total: int
    rows: Ints
    longer: list[int]


def cells_of_rows(rows: Sequence[Sequence[str]], width: int) -> Cells:
    """Return the cells of rows that are parted already."""
    full = [number for number, row in enumerate(rows) if any(row)]
    padded = [[*rows[number][:width], *[""] * (width - len(rows[number]))] for number in full]
    columns = list(zip(*padded, strict=True)) or [()] * width
    return Cells(
        [Texts.of(map(str.strip, column)) for column in columns],
        [Texts.of(column) for column in columns],
        len(rows),
        np.array(full, dtype=np.int64),
        [number for number in full if any(rows[number][width:])],
    )


def cells_in(text: bytes, delimiter: str, width: int, skipped: int = 0) -> Cells | None:
    """Return the cells of a text in UTF-8 of whole rows, but for the first few that are `skipped`.

    None where quotes stand elsewhere than around whole cells: these are for the csv module, which looks
    at each letter.
    """
    letters = np.frombuffer(text, dtype=np.uint8)
    parting = letters == ord(delimiter)
    marks = np.flatnonzero(
        parting | (letters == _QUOTE) | (letters == _NEW_LINE) | (letters == _RETURN)
    )
    is_quote = letters[marks] == _QUOTE
    quotes = marks[is_quote]
    if len(quotes) % 2 or not _enclose(letters, parting, quotes):
        return None
    marks = marks[~is_quote & (np.cumsum(is_quote) % 2 == 0)]
    starts, ends, row, place = _bounds(letters, parting, marks)
    text, starts, ends = _unquoted(letters, quotes, starts, ends)
    total = int(row[-1]) + 1 if len(row) else 0
    filled = np.zeros(total, dtype=bool)
    filled[row[ends > starts]] = True
    filled[:skipped] = False
    beyond = np.unique(row[(place >= width) & (ends > starts)])
    begin, stop = _by_column(starts, ends, row, place, (width, total))
    rows = np.flatnonzero(filled)
    verbatim = [Texts(text, begin[column, rows], stop[column, rows]) for column in range(width)]
    return Cells(
        [_stripped(texts) for texts in verbatim],
        verbatim,
        total - skipped,
        rows - skipped,
        (beyond[beyond >= skipped] - skipped).tolist(),
    )


def _by_column(
    starts: Ints, ends: Ints, row: Ints, place: Ints, shape: tuple[int, int]
) -> tuple[Ints, Ints]:
    """Return where cells begin and end, a row for each column of the table."""
    width, total = shape
    within = np.flatnonzero(place < width)
    if len(within) == len(starts) == width * total:
        return starts.reshape(total, width).T, ends.reshape(total, width).T
    begin, stop = np.zeros((2, width, total), dtype=np.int64)
    begin[place[within], row[within]] = starts[within]
    stop[place[within], row[within]] = ends[within]
    return begin, stop


def _enclose(letters: Bytes, parting: Mask, quotes: Ints) -> bool:
    """Return whether quotes stand around whole cells, or twice for one within them."""
    edge = parting | (letters == _NEW_LINE) | (letters == _RETURN)
    opening, closing = quotes[::2], quotes[1::2]
    # Two quotes within quotes are one that is meant: there they close and open again.
    again = np.zeros(len(opening) + 1, dtype=bool)
    again[1:-1] = closing[:-1] + 1 == opening[1:] if len(opening) else False
    opening, closing = opening[~again[:-1]], closing[~again[1:]]
    before, after = opening[opening > 0] - 1, closing[closing < len(letters) - 1] + 1
    return bool(edge[before].all() and edge[after].all())


def _bounds(letters: Bytes, parting: Mask, marks: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Return where each cell begins and ends, its row and its place in the row."""
    # A return and a new line are one end of a row.
    double = (letters[marks[:-1]] == _RETURN) & (letters[marks[1:]] == _NEW_LINE)
    double &= marks[:-1] + 1 == marks[1:]
    second = np.append(False, double)[: len(marks)]
    ends = marks[~second]
    starts = ends + 1
    if len(marks):
        starts += np.append(double, False)[~second]
    is_parting = parting[ends]
    starts = np.append(0, starts)
    ends = np.append(ends, len(letters))
    if starts[-1] == len(letters) and (len(ends) < 2 or not is_parting[-1]):
        starts, ends = starts[:-1], ends[:-1]  # the text ends with a row
    new_row = np.append(True, ~is_parting)[: len(starts)]
    row = np.cumsum(new_row) - 1
    firsts = np.flatnonzero(new_row)
    return starts, ends, row, np.arange(len(starts)) - firsts[row]


def _unquoted(letters: Bytes, quotes: Ints, starts: Ints, ends: Ints) -> tuple[bytes, Ints, Ints]:
    """Return the text and its cells without the quotes around them, and one for two within them."""
    if not len(quotes):
        return letters.tobytes(), starts, ends
    quoted = (ends > starts) & (letters[np.minimum(starts, len(letters) - 1)] == _QUOTE)
    starts, ends = starts + quoted, ends - quoted
    opening, closing = quotes[2::2], quotes[1:-1:2]
    twice = opening[closing + 1 == opening]
    if len(twice):
        letters = np.delete(letters, twice)
        starts, ends = starts - np.searchsorted(twice, starts), ends - np.searchsorted(twice, ends)
    return letters.tobytes(), starts, ends


def _stripped(texts: Texts) -> Texts:
    """Return texts without blanks around them."""
    letters = np.frombuffer(texts.encoded, dtype=np.uint8)
    if not len(letters):
        return texts
    starts, ends = texts.starts.copy(), texts.ends.copy()
    open_ = np.flatnonzero((ends > starts) & _BLANK[letters[np.minimum(starts, len(letters) - 1)]])
    while len(open_):
        starts[open_] += 1
        open_ = open_[(ends[open_] > starts[open_])]
        open_ = open_[_BLANK[letters[starts[open_]]]]
    open_ = np.flatnonzero((ends > starts) & _BLANK[letters[ends - 1]])
    while len(open_):
        ends[open_] -= 1
        open_ = open_[(ends[open_] > starts[open_])]
        open_ = open_[_BLANK[letters[ends[open_] - 1]]]
    stripped = Texts(texts.letters, starts, ends)
    edged = np.flatnonzero(
        (ends > starts)
        & (np.maximum(letters[np.minimum(starts, len(letters) - 1)], letters[ends - 1]) >= _BEYOND_ASCII)
    )  # fmt: skip
    # There are blanks beyond ASCII too.
    new = {row: bare for row in edged.tolist() if (bare := (text := stripped[row]).strip()) != text}
    return stripped.replaced(new)
