"""Rows by columns with a mark, a number or a colour in each cell: the ground of several figures."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    otherwise. Rows grow with their labels.
    """
    widest = max((metrics.width(r.label, _SIZE, bold=r.heading) for r in matrix.rows), default=0)
    labels = min(widest, _LABEL_WIDTH) + 8
    left = _MARGIN + labels
    width = left + len(matrix.columns) * matrix.cell_width + _MARGIN
    width = max(width, 320.0)
    shapes: list[Shape] = []
    y = _MARGIN
    title = metrics.wrap(matrix.title, width - 2 * _MARGIN, 12, bold=True)
    shapes += stacked(title, _MARGIN, y + 10, size=12, bold=True)
    y += len(title) * 14.4 + 8
    headers, height = _headers(matrix, metrics, left, y)
    shapes += headers
    y += height
    for row in matrix.rows:
        lines = metrics.wrap(row.label, labels - 8 + _EASE, _SIZE, bold=row.heading)
        row_height = max(_SHORTEST_ROW, len(lines) * _LEADING + 6)
        baseline = y + row_height / 2 - (len(lines) - 1) * _LEADING / 2 + _SIZE * 0.35
        shapes += stacked(lines, _MARGIN, baseline, bold=row.heading)
        for position, cell in enumerate(row.cells):
            x = left + position * matrix.cell_width
            shapes += _cell_shapes(cell, x, y, matrix.cell_width, row_height)
        y += row_height
    y += 10
    for entry in matrix.legend:
        shapes += _cell_shapes(entry.cell, _MARGIN, y, 28, 16)
        lines = metrics.wrap(entry.text, width - 2 * _MARGIN - 36, _SIZE)
        shapes += stacked(lines, _MARGIN + 36, y + 11.5)
        y += max(18.0, len(lines) * _LEADING + 6)
    for words in matrix.notes:
        lines = metrics.wrap(words, width - 2 * _MARGIN, 9)
        shapes += stacked(lines, _MARGIN, y + 9, size=9)
        y += len(lines) * 10.8 + 4
    return Drawing(matrix.id, matrix.title, matrix.description, width, y + _MARGIN, tuple(shapes))


def _headers(
    matrix: Matrix, metrics: Metrics, left: float, top: float
) -> tuple[list[Shape], float]:
    upright = [
        metrics.wrap(text, matrix.cell_width - 4, _SIZE, bold=True) for text in matrix.columns
    ]
    shapes: list[Shape] = []
    if _fits_upright(matrix.columns, upright):
        height = max((len(lines) for lines in upright), default=0) * _LEADING + 6
        for position, lines in enumerate(upright):
            x = left + (position + 0.5) * matrix.cell_width
            first = top + height - 6 - (len(lines) - 1) * _LEADING
            shapes += [
                Text(x, first + n * _LEADING, line, _SIZE, bold=True, anchor="middle")
                for n, line in enumerate(lines)
            ]
        return shapes, height
    turned = [metrics.wrap(text, _LONGEST_HEADER, _SIZE, bold=True) for text in matrix.columns]
    longest = max(metrics.width(line, _SIZE, bold=True) for lines in turned for line in lines)
    for position, lines in enumerate(turned):
        middle = left + (position + 0.5) * matrix.cell_width
        start = middle + _SIZE * 0.35 - (len(lines) - 1) * _LEADING / 2
        shapes += [
            Text(start + n * _LEADING, top + longest, line, _SIZE, bold=True, turned=True)
            for n, line in enumerate(lines)
        ]
    return shapes, longest + 8


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
