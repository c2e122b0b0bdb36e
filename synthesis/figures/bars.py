"""Horizontal bars with their numbers on them: distributions per category, totals per unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from appraisal.instrument import UNITS, Instrument
from appraisal.profile import Profile
from appraisal.scores import UnitScores
from appraisal.section import AppraisalSection
from screening.diagram.text import Metrics
from synthesis.figures.drawing import INK, RULE, Drawing, Path, Rect, Shape, Text, stacked
from synthesis.figures.palette import MISSING, ink_on, legend_levels, level_fill, shade

_SIZE = 10.0
_MARGIN = 12.0
_LABEL_WIDTH = 220.0
_BAR = 16.0
_ROOM = 400.0
# Room beyond the measured width, so that a rounding error breaks no line.
_EASE = 0.5


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: how long it is in the figure's units, its colour, and the text on it."""

    length: float
    fill: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled bar of segments with a text to the right of the chart, clear of every line."""

    label: str
    segments: tuple[Segment, ...]
    end: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars on one scale from nought to `longest`, with labelled upright lines where there are any."""

    id: str
    title: str
    description: str
    bars: tuple[Bar, ...]
    longest: float
    lines: tuple[tuple[float, str], ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def distribution(instrument: Instrument, profiled: Profile, metrics: Metrics) -> Drawing:
    """Return how many units got each level, one bar per category in the instrument's order.

    A category with a scale of its own is coloured by it; the legend shows every level.
    """
    bars = []
    longest = 1
    for category in profiled.categories:
        scale = instrument.scale_of(category.id)
        segments = [
            Segment(count, level_fill(scale, value), str(count))
            for value, count in category.levels
            if count
        ]
        if category.unscored:
            segments.append(Segment(category.unscored, MISSING, str(category.unscored)))
        longest = max(longest, sum(count for _, count in category.levels) + category.unscored)
        bars.append(Bar(category.label, tuple(segments)))
    spoken = "; ".join(
        f"{category.label}: "
        + ", ".join(f"{count} scored {value}" for value, count in category.levels if count)
        for category in profiled.categories
    )
    legend = [(fill, label) for _, label, fill in legend_levels(instrument)]
    if any(category.unscored for category in profiled.categories):
        legend.append((MISSING, "Not scored"))
    chart = Chart(
        id="score-distribution",
        title=f"{instrument.name}: {UNITS[instrument.unit]} by score in each category",
        description=f"{spoken}.",
        bars=tuple(bars),
        longest=longest,
        legend=tuple(legend),
    )
    return lay_out(chart, metrics)


def totals(
    instrument: Instrument,
    rows: Sequence[UnitScores],
    labels: Mapping[str, str],
    section: AppraisalSection,
    metrics: Metrics,
) -> Drawing:
    """Return a bar per unit with its total and percent; the authors' bands as lines where defined.

    Raises ValueError for an instrument without a total.
    """
    maximum = instrument.maximum
    if maximum is None:
        raise ValueError(f"the {instrument.name} has no total")
    bars = [
        Bar(labels.get(row.unit, row.unit), (), "not scored throughout")
        if row.total is None
        else Bar(
            labels.get(row.unit, row.unit),
            (Segment(row.total, shade(0.65)),),
            f"{row.total} ({row.percent}%)",
        )
        for row in rows
    ]
    lines = [
        (lowest * maximum / 100, label)
        for label, lowest in sorted(section.bands.items(), key=lambda band: band[1])
    ]
    notes = ["Bands are the authors' own; the instrument defines none."] if lines else []
    chart = Chart(
        id="score-totals",
        title=f"{instrument.name}: totals of {maximum}",
        description="; ".join(f"{bar.label}: {bar.end}" for bar in bars) + ".",
        bars=tuple(bars),
        longest=float(maximum),
        lines=tuple(lines),
        notes=tuple(notes),
    )
    return lay_out(chart, metrics)


def lay_out(chart: Chart, metrics: Metrics) -> Drawing:
    """Return a chart as a drawing; labels are measured and wrapped, none is cut off."""
    widest = max((metrics.width(bar.label, _SIZE) for bar in chart.bars), default=0)
    label_room = min(widest, _LABEL_WIDTH) + 8
    left = _MARGIN + label_room
    end_room = max((metrics.width(bar.end, _SIZE) for bar in chart.bars), default=0) + 8
    width = left + _ROOM + end_room + _MARGIN
    unit = _ROOM / chart.longest
    shapes: list[Shape] = []
    y = _MARGIN
    title = metrics.wrap(chart.title, width - 2 * _MARGIN, 12, bold=True)
    shapes += stacked(title, _MARGIN, y + 10, size=12, bold=True)
    heading_room = len(title) * 14.4 + 8
    y += len(title) * 14.4 + (22 if chart.lines else 8)
    top = y
    for bar in chart.bars:
        lines = metrics.wrap(bar.label, label_room - 8 + _EASE, _SIZE)
        height = max(_BAR + 6, len(lines) * 12 + 6)
        baseline = y + height / 2 - (len(lines) - 1) * 6 + 3.5
        shapes += stacked(lines, _MARGIN, baseline)
        shapes += _bar_shapes(bar, left, y + (height - _BAR) / 2, unit, metrics)
        y += height
    for value, label in chart.lines:
        x = round(left + value * unit, 2)
        shapes.append(Path(f"M{x:g} {top - 6:g} V{y:g}", "none", INK))
        shapes.append(Text(x + 2, top - 8, label, 9))
    y += 8
    x = _MARGIN
    for fill, text in chart.legend:
        room = 22 + metrics.width(text, 9) + 12
        if x + room > width - _MARGIN and x > _MARGIN:
            x, y = _MARGIN, y + 18
        shapes += [Rect(x, y, 16, 12, fill, RULE), Text(x + 22, y + 9.5, text, 9)]
        x += room
    y += 20 if chart.legend else 0
    for words in chart.notes:
        wrapped = metrics.wrap(words, width - 2 * _MARGIN, 9)
        shapes += stacked(wrapped, _MARGIN, y + 9, size=9)
        y += len(wrapped) * 10.8 + 4
    return Drawing(
        chart.id,
        chart.title,
        chart.description,
        width,
        y + _MARGIN,
        tuple(shapes),
        heading=len(title),
        heading_room=heading_room,
    )


def _bar_shapes(bar: Bar, left: float, y: float, unit: float, metrics: Metrics) -> list[Shape]:
    shapes: list[Shape] = []
    x = left
    for segment in bar.segments:
        length = segment.length * unit
        shapes.append(Rect(x, y, length, _BAR, segment.fill, RULE))
        if segment.text and metrics.width(segment.text, _SIZE) <= length:
            middle, ink = x + length / 2, ink_on(segment.fill)
            shapes.append(
                Text(middle, y + _BAR / 2 + 3.5, segment.text, _SIZE, anchor="middle", fill=ink)
            )
        x += length
    if bar.end:
        shapes.append(Text(left + _ROOM + 6, y + _BAR / 2 + 3.5, bar.end))
    return shapes
