"""Tables on paper: how wide each column has to be, and what to do when they do not fit side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from synthesis.tables.table import Kind, Row, Table

PORTRAIT_MM = 160.0
LANDSCAPE_MM = 247.0
"""The room between 25 mm margins on A4."""

# Of bold Times letters, in thousandths of their size, from space to tilde (Adobe's Core 14 font metrics).
_BOLD = (
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778,
    667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500, 333, 500,
    556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722,
    500, 500, 444, 394, 220, 394, 520,
)  # fmt: skip
_WIDEST = 1000  # any other letter is taken to be as wide as the widest
_SIZE_MM = 9 * 25.4 / 72
_PADDING_MM = 2.2  # of a cell
_LONGEST_WORD_MM = 29.0  # longer words may be broken
_LONG_TEXT = 60  # characters, from which a text reads badly in a column of one word's width
_LONG_TEXT_MM = 30.0


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a table that fits the page: all its rows, some of its columns, their widths in mm."""

    table: Table
    widths: tuple[float, ...]


def panels(table: Table, *, letters: float = 1.0) -> tuple[Panel, ...]:
    """Return the table in as many panels as it takes for no column to be too narrow to read.

    Each panel begins with the first column, so that its rows can be told apart. Widths add up to the
    room of the page, wider columns getting more of what is left over. `letters` says how wide they are
    beside those of Times.
    """
    room = LANDSCAPE_MM if table.landscape else PORTRAIT_MM
    needs = [_need(table, place, letters) for place in range(len(table.columns))]
    return tuple(
        Panel(_part(table, places), _widths(table, places, needs, room))
        for places in _balanced(needs, room)
    )


def fits_upright(table: Table) -> bool:
    """Return whether all columns stand beside each other on an upright page without a word being broken."""
    return sum(_need(table, place, 1.0) for place in range(len(table.columns))) <= PORTRAIT_MM


def _width(word: str) -> float:
    """Return how many millimetres a word takes in bold 9-point type."""
    parts = (
        _BOLD[place] if 0 <= (place := ord(letter) - 32) < len(_BOLD) else _WIDEST
        for letter in word
    )
    return sum(parts) * _SIZE_MM / 1000


def _need(table: Table, place: int, letters: float) -> float:
    column = table.columns[place]
    texts = [column.label, *(row.cells[place].text for row in table.body)]
    words = {word for text in texts for word in text.split()}
    need = _PADDING_MM + min(letters * max(map(_width, words), default=0), _LONGEST_WORD_MM)
    long = column.kind is Kind.TEXT and any(len(text) > _LONG_TEXT for text in texts)
    return max(need, _LONG_TEXT_MM) if long else need


def _balanced(needs: Sequence[float], room: float) -> list[list[int]]:
    """Return the columns of as few panels as possible, filled about equally."""
    panels = list(_places(needs, room))
    limit = room
    while (limit := limit - 5) > 0 and len(tighter := list(_places(needs, limit))) == len(panels):
        panels = tighter
    return panels


def _places(needs: Sequence[float], room: float) -> Iterator[list[int]]:
    """Yield the columns of each panel, the first of the table in front."""
    places, used = [0], needs[0]
    for place, need in enumerate(needs[1:], start=1):
        if used + need > room and len(places) > 1:
            yield places
            places, used = [0], needs[0]
        places.append(place)
        used += need
    yield places


def _part(table: Table, places: Sequence[int]) -> Table:
    if len(places) == len(table.columns):
        return table
    rows = tuple(
        row if row.heading else Row(tuple(row.cells[place] for place in places), key=row.key)
        for row in table.rows
    )
    return replace(table, columns=tuple(table.columns[place] for place in places), rows=rows)


def _widths(
    table: Table, places: Sequence[int], needs: Sequence[float], room: float
) -> tuple[float, ...]:
    shares = [table.columns[place].width for place in places]
    wanted = [room * share / sum(shares) for share in shares]
    own = [needs[place] for place in places]
    wide = [max(want, need) for want, need in zip(wanted, own, strict=True)]
    excess = sum(wide) - room
    spare = [width - need for width, need in zip(wide, own, strict=True)]
    if excess <= 0 or sum(spare) <= 0:
        return tuple(width * room / sum(wide) for width in wide)
    give = min(1.0, excess / sum(spare))
    return tuple(width - each * give for width, each in zip(wide, spare, strict=True))
