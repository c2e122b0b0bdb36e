"""Rows by columns with a mark, a number or a colour in each cell: the ground of several figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from screening.diagram.text import Metrics
from synthesis.figures.drawing import INK, RULE, Drawing, Path, Rect, Shape, Text, stacked
from synthesis.figures.glyphs import Glyph, path
from synthesis.figures.palette import ink_on

_SIZE = 10.0
_LEADING = 12.0
_MARGIN = 12.0
_LABEL_WIDTH = 220.0
_LONGEST_HEADER = 170.0
_SHORTEST_ROW = 20.0
# What still can be read when it is shrunk to a landscape page.
_WIDEST = 960.0
# Room beyond the measured width, so that a rounding error breaks no line.
_EASE = 0.5


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows: a text, a mark or both, on a fill. `size` scales the mark, at most 1."""

    text: str = ""
    fill: str = "none"
    glyph: Glyph | None = None
    size: float = 1.0
    ink: str = INK
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled row of cells, or a heading over the rows that follow it."""

    label: str
    cells: tuple[Cell, ...] = ()
    heading: bool = False


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A cell as it occurs in the figure, and what it means."""

    cell: Cell
    text: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Everything a matrix figure says, before it is laid out."""

    id: str
    title: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    legend: tuple[LegendEntry, ...] = ()
    notes: tuple[str, ...] = ()
    cell_width: float = 44.0


def lay_out(matrix: Matrix, metrics: Metrics) -> Drawing:
    """Return the matrix as a drawing in which every label is measured and none is cut off.

    Column labels stand upright where they fit over their columns in three lines, and are turned
    otherwise. Rows grow with their labels. More columns than a page holds are drawn in panels, one
    under the other, each with all rows.
    """
    widest = max((metrics.width(r.label, _SIZE, bold=r.heading) for r in matrix.rows), default=0)
    labels = min(widest, _LABEL_WIDTH) + 8
    left = _MARGIN + labels
    panels = _panels(len(matrix.columns), int((_WIDEST - left) // matrix.cell_width))
    width = left + max(end - start for start, end in panels) * matrix.cell_width + _MARGIN
    width = max(width, 320.0)
    shapes: list[Shape] = []
    y = _MARGIN
    title = metrics.wrap(matrix.title, width - 2 * _MARGIN, 12, bold=True)
    shapes += stacked(title, _MARGIN, y + 10, size=12, bold=True)
    y += len(title) * 14.4 + 8
    heading_room = y - _MARGIN
    for start, end in panels:
        headers, height = _headers(matrix, matrix.columns[start:end], metrics, left, y)
        shapes += headers
        y += height
        for row in matrix.rows:
            lines = metrics.wrap(row.label, labels - 8 + _EASE, _SIZE, bold=row.heading)
            row_height = max(_SHORTEST_ROW, len(lines) * _LEADING + 6)
            baseline = y + row_height / 2 - (len(lines) - 1) * _LEADING / 2 + _SIZE * 0.35
            shapes += stacked(lines, _MARGIN, baseline, bold=row.heading)
            for position, cell in enumerate(row.cells[start:end]):
                x = left + position * matrix.cell_width
                shapes += _cell_shapes(cell, x, y, matrix.cell_width, row_height)
            y += row_height
        y += 10
    for entry in matrix.legend:
        shapes += _cell_shapes(entry.cell, _MARGIN, y, 28, 16)
        lines = metrics.wrap(entry.text, width - 2 * _MARGIN - 36, _SIZE)
        shapes += stacked(lines, _MARGIN + 36, y + 11.5)
        y += max(18.0, len(lines) * _LEADING + 6)
    y += 4 if matrix.legend else 0
    for words in matrix.notes:
        lines = metrics.wrap(words, width - 2 * _MARGIN, 9)
        shapes += stacked(lines, _MARGIN, y + 9, size=9)
        y += len(lines) * 10.8 + 4
    return Drawing(
        matrix.id,
        matrix.title,
        matrix.description,
        width,
        y + _MARGIN,
        tuple(shapes),
        heading=len(title),
        heading_room=heading_room,
    )


def _panels(columns: int, most: int) -> list[tuple[int, int]]:
    """Return from where to where the columns of each panel go, panels about equally wide."""
    number = max(1, ceil(columns / max(1, most)))
    size = ceil(columns / number)
    return [(start, min(start + size, columns)) for start in range(0, columns, size or 1)] or [
        (0, 0)
    ]


def _headers(
    matrix: Matrix, columns: Sequence[str], metrics: Metrics, left: float, top: float
) -> tuple[list[Shape], float]:
    # All panels stand the same way, whatever the words over one of them.
    fits = _fits_upright(matrix.columns, _wrapped(matrix.columns, matrix.cell_width - 4, metrics))
    shapes: list[Shape] = []
    if fits:
        upright = _wrapped(columns, matrix.cell_width - 4, metrics)
        height = max((len(lines) for lines in upright), default=0) * _LEADING + 6
        for position, lines in enumerate(upright):
            x = left + (position + 0.5) * matrix.cell_width
            first = top + height - 6 - (len(lines) - 1) * _LEADING
            shapes += [
                Text(x, first + n * _LEADING, line, _SIZE, bold=True, anchor="middle")
                for n, line in enumerate(lines)
            ]
        return shapes, height
    turned = _turned(columns, matrix.cell_width, metrics)
    longest = max(metrics.width(line, _SIZE, bold=True) for lines in turned for line in lines)
    for position, lines in enumerate(turned):
        middle = left + (position + 0.5) * matrix.cell_width
        start = middle + _SIZE * 0.35 - (len(lines) - 1) * _LEADING / 2
        shapes += [
            Text(start + n * _LEADING, top + longest, line, _SIZE, bold=True, turned=True)
            for n, line in enumerate(lines)
        ]
    return shapes, longest + 8


def _wrapped(columns: Sequence[str], room: float, metrics: Metrics) -> list[list[str]]:
    return [list(metrics.wrap(text, room, _SIZE, bold=True)) for text in columns]


def _turned(columns: Sequence[str], cell_width: float, metrics: Metrics) -> list[list[str]]:
    """Return labels in lines that run upwards, as long as it takes to stay within their columns."""
    most = max(1, int(cell_width // _LEADING))
    widest = max(metrics.width(text, _SIZE, bold=True) for text in columns)
    room = _LONGEST_HEADER
    turned = _wrapped(columns, room, metrics)
    while room < widest and any(len(lines) > most for lines in turned):
        room += 20
        turned = _wrapped(columns, room, metrics)
    return turned


def _fits_upright(columns: Sequence[str], wrapped: Sequence[Sequence[str]]) -> bool:
    """Return whether all labels stand in three lines without a word being broken."""
    return all(
        len(lines) <= 3 and " ".join(lines) == " ".join(text.split(" "))
        for text, lines in zip(columns, wrapped, strict=True)
    )


def _cell_shapes(cell: Cell, x: float, y: float, width: float, height: float) -> list[Shape]:
    shapes: list[Shape] = [Rect(x, y, width, height, cell.fill, RULE)]
    ink = cell.ink if cell.fill == "none" else ink_on(cell.fill)
    middle_x, middle_y = x + width / 2, y + height / 2
    if cell.glyph is not None:
        radius = min(width, height, _SHORTEST_ROW) * 0.38 * cell.size
        place = middle_x - 8 if cell.text else middle_x
        fill = "none" if cell.hollow else ink
        shapes.append(Path(path(cell.glyph, place, middle_y, radius), fill, ink))
        if cell.text:
            shapes.append(Text(place + radius + 3, middle_y + 3, cell.text, 8.5, fill=ink))
    elif cell.text:
        shapes.append(Text(middle_x, middle_y + 3.5, cell.text, _SIZE, anchor="middle", fill=ink))
    return shapes
