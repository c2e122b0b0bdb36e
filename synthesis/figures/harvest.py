"""The harvest plot: which studies stand behind each competing hypothesis (Ogilvie et al. 2008)."""

from collections.abc import Mapping

from appraisal.scores import UnitScores
from screening.diagram.text import Metrics
from synthesis.directions import DirectionGrid, GridCell
from synthesis.figures.drawing import RULE, Drawing, Path, Rect, Shape, Text, stacked
from synthesis.figures.palette import MISSING, shade
from synthesis.findings import Direction

HYPOTHESES: tuple[tuple[str, tuple[Direction, ...]], ...] = (
    ("Worse", (Direction.WORSE,)),
    ("No difference", (Direction.NO_DIFFERENCE,)),
    ("Mixed or unknown", (Direction.MIXED, Direction.UNKNOWN)),
    ("Better", (Direction.BETTER,)),
)
"""The columns: every direction stands in exactly one of them, so that no study is left out."""

_MARGIN = 12.0
_LABEL_WIDTH = 150.0
_BAR, _GAP, _TALLEST, _NUMBERS = 16.0, 6.0, 46.0, 12.0
_HEADING = 20.0


def harvest_plot(
    grid: DirectionGrid,
    labels: Mapping[str, str],
    scores: Mapping[str, UnitScores],
    suitability: Mapping[str, int],
    metrics: Metrics,
) -> Drawing:
    """Return the plot: a row per domain, a column per hypothesis, a bar per study (or report).

    `suitability` ranks designs by column of the grid, higher being the more suitable to the question;
    it sets the height, and a bar without a rank is an empty outline. The number over a bar is its
    appraisal's percent, which also shades it; the number under it names the study in the key.
    """
    domains = [(key, domain) for key, domain in grid.domains if grid.row(key)]
    codes = {column: n for n, column in enumerate(grid.columns, start=1)}
    best = max(suitability.values(), default=1)
    rooms = [
        max((len(_behind(grid, key, ways)) for key, _ in domains), default=0) * (_BAR + _GAP) + _GAP
        for _, ways in HYPOTHESES
    ]
    rooms = [
        max(room, metrics.width(words, 10, bold=True) + 12)
        for room, (words, _) in zip(rooms, HYPOTHESES, strict=True)
    ]
    left = _MARGIN + _LABEL_WIDTH + 8
    width = left + sum(rooms) + _MARGIN
    shapes: list[Shape] = []
    title = "Studies behind each hypothesis, by domain"
    if grid.unit == "report":
        title = "Reports behind each hypothesis, by domain"
    shapes += stacked([title], _MARGIN, _MARGIN + 10, size=12, bold=True)
    y = _MARGIN + 36
    x = left
    for (words, _), room in zip(HYPOTHESES, rooms, strict=True):
        shapes.append(Text(x + room / 2, y - 6, words, bold=True, anchor="middle"))
        x += room
    row_height = _TALLEST + 2 * _NUMBERS + 12
    for key, domain in domains:
        lines = metrics.wrap(domain.label, _LABEL_WIDTH, 10)
        shapes += stacked(lines, _MARGIN, y + row_height / 2 - (len(lines) - 1) * 6)
        x = left
        for (_, ways), room in zip(HYPOTHESES, rooms, strict=True):
            shapes.append(Rect(x, y, room, row_height, "none", RULE))
            ground = y + row_height - _NUMBERS - 4
            shapes.append(Path(f"M{x + 2:g} {ground:g} H{x + room - 2:g}", "none", RULE))
            at = x + _GAP
            for cell in _behind(grid, key, ways):
                height = _TALLEST * suitability.get(cell.column, 0) / best
                score = scores.get(cell.column)
                shapes += _bar(at, ground, height, score, str(codes[cell.column]))
                at += _BAR + _GAP
            x += room
        y += row_height
    names = "; ".join(f"{code} {labels.get(column, column)}" for column, code in codes.items())
    unranked = any(column not in suitability for column in grid.columns)
    for words in _notes(names, unranked=unranked):
        lines = metrics.wrap(words, width - 2 * _MARGIN, 9)
        shapes += stacked(lines, _MARGIN, y + 14, size=9)
        y += len(lines) * 10.8 + 4
    description = _description(grid, labels)
    return Drawing(
        "harvest",
        title,
        description,
        width,
        y + 2 * _MARGIN,
        tuple(shapes),
        heading=1,
        heading_room=_HEADING,
    )


def _behind(grid: DirectionGrid, domain: str, ways: tuple[Direction, ...]) -> list[GridCell]:
    return [cell for cell in grid.row(domain) if cell.direction in ways]


def _bar(
    x: float, ground: float, height: float, score: UnitScores | None, code: str
) -> list[Shape]:
    percent = None if score is None else score.percent
    fill = MISSING if percent is None else shade(percent / 100)
    middle = x + _BAR / 2
    shapes: list[Shape] = [
        Rect(x, ground - max(height, 4), _BAR, max(height, 4), fill if height else MISSING, RULE),
        Text(middle, ground + _NUMBERS - 2, code, 8.5, anchor="middle"),
    ]
    if percent is not None:
        above = ground - max(height, 4) - 3
        shapes.append(Text(middle, above, str(percent), 8.5, anchor="middle", bold=True))
    return shapes


def _notes(names: str, *, unranked: bool) -> tuple[str, ...]:
    notes = [
        (
            "The higher a bar, the more suitable the design; the number over it is the appraisal in "
            "percent, and darker is higher."
        ),
        f"Numbers under the bars: {names}.",
    ]
    if unranked:
        notes.append("A low empty bar has a design that is not ranked.")
    return tuple(notes)


def _description(grid: DirectionGrid, labels: Mapping[str, str]) -> str:
    lines = []
    for key, domain in grid.domains:
        parts = [
            f"{words.lower()}: {', '.join(labels.get(c.column, c.column) for c in behind)}"
            for words, ways in HYPOTHESES
            if (behind := _behind(grid, key, ways))
        ]
        if parts:
            lines.append(f"{domain.label}. {'; '.join(parts)}")
    return ". ".join(lines) + "." if lines else "No finding has been entered."
