"""Where the boxes of the diagram stand and how the arrows run between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from screening.diagram.boxes import BASELINE, LEADING, PADDING, SIZE, Setter, moved, stacked
from screening.diagram.content import Content, Item, Row, banner, footnote, headers, rows
from screening.diagram.options import DiagramOptions, Paper
from screening.diagram.shapes import Arrow, Box, Layout, StageLabel
from screening.diagram.text import Metrics, plain
from screening.flow.values import Flow

# Paper in points, and the margin kept on all sides (a printer needs about 18 points).
PAPERS: dict[Paper, tuple[float, float]] = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
MARGIN = 36.0
LARGEST = 1.2  # text of 10.8 points: more looks like a poster

EDGE = 2.0
STRIP = 18.0
STRIP_GAP = 10.0
COLUMN_GAP = 26.0
LANE_GAP = 20.0
ROW_GAP = 20.0
STACK_GAP = 8.0
HEADER_GAP = 14.0
COLUMNS = {"previous": 118.0, "main": 152.0, "side": 190.0, "other": 138.0, "other_side": 152.0}
COMFORTABLE = 0.85  # text of 7.6 points: no need to look for anything better
# Long lists of long names print larger in wider columns: the best of these pairs is taken, as
# factors for the main and the side columns.
WIDENINGS = tuple((main, side) for main in (1.0, 1.5, 2.2) for side in (1.0, 1.25, 1.6, 2.0, 2.6))


@dataclass(frozen=True, slots=True)
class _Columns:
    """The left edge and width of each column that the template shows."""

    left: dict[str, float]
    width: dict[str, float]
    right: float

    @classmethod
    def of(cls, flow: Flow, widening: tuple[float, float]) -> "_Columns":
        shown = ["previous"] if flow.template.updated else []
        shown += ["main", "side"]
        shown += ["other", "other_side"] if flow.template.other_methods else []
        left: dict[str, float] = {}
        width: dict[str, float] = {}
        x = EDGE + STRIP + STRIP_GAP
        for name in shown:
            if left:
                x += COLUMN_GAP if name.endswith("side") else LANE_GAP
            left[name] = x
            width[name] = COLUMNS[name] * widening[name.endswith("side")]
            x += width[name]
        return cls(left, width, x)


def layout(flow: Flow, metrics: Metrics, options: DiagramOptions, description: str = "") -> Layout:
    """Return the flow laid out for the paper of the options, upright or lying as prints larger.

    Nothing is clipped: boxes grow with their text, and the whole is scaled to the paper.
    """
    best: Layout | None = None
    for widening in WIDENINGS:
        drawn = _on_paper(_draw(flow, metrics, options, widening), options.paper)
        if best is None or drawn.scale > best.scale * 1.02:
            best = drawn
        if best.scale >= COMFORTABLE:
            break
    if best is None:
        raise ValueError("WIDENINGS is empty.")
    return replace(best, title=plain(options.title), description=description)


def _on_paper(drawn: Layout, paper: Paper) -> Layout:
    short, long = (side - 2 * MARGIN for side in PAPERS[paper])
    upright = min(short / drawn.width, long / drawn.height, LARGEST)
    lying = min(long / drawn.width, short / drawn.height, LARGEST)
    scale = max(upright, lying)
    return replace(
        drawn,
        print_width=round(drawn.width * scale, 2),
        print_height=round(drawn.height * scale, 2),
        paper=paper,
        landscape=lying > upright,
    )


def _draw(
    flow: Flow, metrics: Metrics, options: DiagramOptions, widening: tuple[float, float]
) -> Layout:
    setter, columns = Setter(metrics), _Columns.of(flow, widening)
    boxes: list[Box] = []
    y = EDGE
    if (mark := banner(flow)) is not None:
        boxes.append(moved(setter.box(mark, columns.right - EDGE), EDGE, y))
        y = boxes[-1].bottom + HEADER_GAP
    titles = _headers(flow, setter, columns, y)
    boxes += titles
    y = max(box.bottom for box in titles) + HEADER_GAP
    levels: list[_Level] = []
    for stage, its_rows in groupby(rows(flow, options), key=lambda row: row.stage):
        own: list[_Level] = []
        for row in its_rows:
            own.append(_Level.placed(row, setter, columns, y))
            y = own[-1].bottom + ROW_GAP
        # A stage is at least as high as its name is long.
        lowest = own[0].top + metrics.width(stage, SIZE, bold=True) + 2 * PADDING
        own[-1] = replace(own[-1], bottom=max(own[-1].bottom, lowest))
        y = own[-1].bottom + ROW_GAP
        levels += own
    for level in levels:
        boxes += level.boxes()
    y -= ROW_GAP
    if words := footnote(flow, options):
        note = Content("footnote", (Item(words),), "note")
        boxes.append(moved(setter.box(note, columns.right - EDGE), EDGE, y + HEADER_GAP / 2))
        y = boxes[-1].bottom
    return Layout(
        width=round(columns.right + EDGE, 2),
        height=round(y + EDGE, 2),
        print_width=0,
        print_height=0,
        paper="",
        landscape=False,
        title="",
        description="",
        boxes=tuple(boxes),
        arrows=tuple(_arrows(levels)),
        stages=tuple(_stages(levels, metrics)),
    )


@dataclass(frozen=True, slots=True)
class _Level:
    """A row of boxes in their places."""

    stage: str
    top: float
    bottom: float
    main: Box | None
    side: list[Box]
    other: Box | None
    other_side: list[Box]
    previous: Box | None

    @classmethod
    def placed(cls, row: Row, setter: Setter, columns: _Columns, y: float) -> "_Level":
        def column(name: str, contents: Iterable[Content]) -> list[Box]:
            if name not in columns.left:
                return []
            boxes = [setter.box(content, columns.width[name]) for content in contents]
            return stacked(boxes, columns.left[name], y, STACK_GAP)

        def one(name: str, content: Content | None) -> Box | None:
            return next(iter(column(name, [content] if content else [])), None)

        main, other = one("main", row.main), one("other", row.other)
        previous = one("previous", row.previous)
        side, other_side = column("side", row.side), column("other_side", row.other_side)
        present = [*side, *other_side, *(box for box in (main, other, previous) if box)]
        bottom = max(box.bottom for box in present)
        return cls(row.stage, y, bottom, main, side, other, other_side, previous)

    def boxes(self) -> list[Box]:
        single = [box for box in (self.previous, self.main) if box]
        return [*single, *self.side, *([self.other] if self.other else []), *self.other_side]


def _headers(flow: Flow, setter: Setter, columns: _Columns, y: float) -> list[Box]:
    spans = {"previous": ("previous", "previous"), "dbr": ("main", "side")}
    spans["other"] = ("other", "other_side")
    boxes: list[Box] = []
    for lane, content in headers(flow).items():
        first, last = spans[lane]
        width = columns.left[last] + columns.width[last] - columns.left[first]
        boxes.append(moved(setter.box(content, width), columns.left[first], y))
    height = max(box.height for box in boxes)
    return [_grown(box, height) for box in boxes]


def _grown(box: Box, height: float) -> Box:
    """Return the box with a greater height, its text in the middle."""
    text = moved(box, box.x, box.y + (height - box.height) / 2)
    return replace(text, y=box.y, height=height)


def _arrows(levels: Sequence[_Level]) -> list[Arrow]:
    arrows: list[Arrow] = []
    for level in levels:
        arrows += _beside(level.main, level.side) + _beside(level.other, level.other_side)
    mains = [level.main for level in levels if level.main]
    arrows += [_down(upper, lower) for upper, lower in pairwise(mains)]
    others = [level.other for level in levels if level.other]
    arrows += [_down(upper, lower) for upper, lower in pairwise(others)]
    target = {box.id: box for box in mains}
    if others:
        arrows.append(_down_and_across(others[-1], target["included"], from_right=True))
    for level in levels:
        if level.previous:
            arrows.append(_down_and_across(level.previous, target["total"], from_right=False))
    return arrows


def _beside(main: Box | None, side: Sequence[Box]) -> list[Arrow]:
    """Return arrows from a main box to each box beside it; the lower ones leave a common trunk."""
    if main is None or not side:
        return []
    y = main.y + min(main.height, side[0].height) / 2
    arrows = [Arrow(main.id, side[0].id, ((main.right, y), (side[0].x, y)))]
    trunk = main.right + COLUMN_GAP / 2
    arrows += [
        Arrow(main.id, box.id, ((trunk, y), (trunk, box.middle), (box.x, box.middle)))
        for box in side[1:]
    ]
    return arrows


def _down(upper: Box, lower: Box) -> Arrow:
    return Arrow(upper.id, lower.id, ((upper.centre, upper.bottom), (upper.centre, lower.y)))


def _down_and_across(source: Box, target: Box, *, from_right: bool) -> Arrow:
    edge = target.right if from_right else target.x
    points = ((source.centre, source.bottom), (source.centre, target.middle), (edge, target.middle))
    return Arrow(source.id, target.id, points)


def _stages(levels: Sequence[_Level], metrics: Metrics) -> list[StageLabel]:
    labels: list[StageLabel] = []
    for stage in dict.fromkeys(level.stage for level in levels):
        own = [level for level in levels if level.stage == stage]
        top, bottom = own[0].top, own[-1].bottom
        middle = (top + bottom) / 2
        centre = EDGE + STRIP / 2 + (BASELINE - 0.5) * LEADING
        labels.append(
            StageLabel(
                stage,
                EDGE,
                round(top, 2),
                STRIP,
                round(bottom - top, 2),
                round(centre, 2),
                round(middle, 2),
                SIZE,
                round(-metrics.width(stage, SIZE, bold=True) / 2, 2),
            )
        )
    return labels
