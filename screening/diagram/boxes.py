"""Words set into boxes: each box is as wide as its column and as high as its text needs."""

from collections.abc import Sequence
from dataclasses import replace

from screening.diagram.content import Content, Item
from screening.diagram.shapes import Box, Line, Run
from screening.diagram.text import Metrics

SIZE = 9.0
LEADING = 11.5
PADDING = 6.0
INDENT = 8.0
HANG = 6.0  # further lines of an entry stand in, so that two entries are not read as three
# Distance from the top of a line to its baseline, as a share of the leading: centres the x-height.
BASELINE = 0.76


class Setter:
    """Sets contents into boxes with one font."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def box(self, content: Content, width: float) -> Box:
        """Return the content as a box of a width, its upper left corner at the origin."""
        bold = content.look == "banner" or content.look.startswith("header")
        centred = content.look.startswith("header")
        lines: list[Line] = []
        for item in content.items:
            hang = 0 if item.own_line or centred or not item.id else HANG
            inner = width - 2 * PADDING - item.indent * INDENT
            for nth, pieces in enumerate(self._broken(item, inner, hang, bold=bold)):
                left = PADDING + item.indent * INDENT + (hang if nth else 0)
                line = self._line(pieces, item, left, len(lines), bold=bold)
                lines.append(_centred(line, width) if centred else line)
        height = len(lines) * LEADING + 2 * PADDING
        return Box(content.id, 0, 0, width, height, content.look, tuple(lines))

    def _broken(
        self, item: Item, width: float, hang: float, *, bold: bool
    ) -> list[tuple[str, str]]:
        """Return the lines of an item as (words, number): the number is never broken."""

        def fits(text: str) -> bool:
            return self._metrics.width(text, SIZE, bold=bold) <= width

        whole = item.words if item.own_line else f"{item.words} {item.number}".strip()
        if fits(whole):
            words = [item.words]
        else:
            words = self._metrics.wrap(item.words, width - hang, SIZE, bold=bold)
            width -= hang
        lines = [(line, "") for line in words]
        if not item.number:
            return lines
        if item.own_line or not fits(f"{words[-1]} {item.number}"):
            return [*lines, ("", item.number)]
        return [*lines[:-1], (words[-1], item.number)]

    def _line(
        self, pieces: tuple[str, str], item: Item, x: float, number: int, *, bold: bool
    ) -> Line:
        words, count = pieces
        if words and count:
            words += " "
        words_width = self._metrics.width(words, SIZE, bold=bold)
        count_width = self._metrics.width(count, SIZE, bold=bold)
        y = PADDING + (number + BASELINE) * LEADING
        runs = [Run(words, x, y, words_width)] if words else []
        if count:
            runs.append(Run(count, x + words_width, y, count_width, item.id, item.n))
        return Line(tuple(runs), SIZE, bold)


def _centred(line: Line, width: float) -> Line:
    shift = (width - (line.right - line.left)) / 2 - line.left
    return replace(line, runs=tuple(replace(run, x=run.x + shift) for run in line.runs))


def moved(box: Box, x: float, y: float) -> Box:
    """Return the box with its text, its upper left corner at (x, y)."""
    dx, dy = x - box.x, y - box.y
    lines = tuple(
        replace(
            line,
            runs=tuple(replace(r, x=round(r.x + dx, 2), y=round(r.y + dy, 2)) for r in line.runs),
        )
        for line in box.lines
    )
    return replace(box, x=round(x, 2), y=round(y, 2), lines=lines)


def stacked(boxes: Sequence[Box], x: float, y: float, gap: float) -> list[Box]:
    """Return boxes one below another from (x, y) on."""
    placed: list[Box] = []
    for box in boxes:
        placed.append(moved(box, x, y))
        y += box.height + gap
    return placed
