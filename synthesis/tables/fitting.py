"""Tables on paper: how wide each column has to be, and what to do when they do not fit side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from synthesis.tables.table import Kind, Row, Table

PORTRAIT_MM = 160.0
LANDSCAPE_MM = 247.0
"""The room between 25 mm margins on A4."""

# Of 9-point type, measured generously: a bold letter with its share of spacing, and a cell's padding.
_LETTER_MM = 2.1
_PADDING_MM = 2.5
_LONGEST_WORD = 14  # letters that are never broken; longer words may be
_LONG_TEXT = 60  # characters, from which a text reads badly in a column of one word's width
_LONG_TEXT_MM = 30.0


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a table that fits the page: all its rows, some of its columns, their widths in mm."""

    table: Table
    widths: tuple[float, ...]


def panels(table: Table) -> tuple[Panel, ...]:
    """Return the table in as many panels as it takes for no column to be too narrow to read.

    Each panel begins with the first column, so that its rows can be told apart. Widths add up to the
    room of the page, wider columns getting more of what is left over.
    """
    room = LANDSCAPE_MM if table.landscape else PORTRAIT_MM
    needs = [_need(table, place) for place in range(len(table.columns))]
    return tuple(
        Panel(_part(table, places), _widths(table, places, needs, room))
        for places in _balanced(needs, room)
    )


def _need(table: Table, place: int) -> float:
    column = table.columns[place]
    texts = [column.label, *(row.cells[place].text for row in table.body)]
    word = max((len(word) for text in texts for word in text.split()), default=0)
    need = _PADDING_MM + _LETTER_MM * min(word, _LONGEST_WORD)
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
