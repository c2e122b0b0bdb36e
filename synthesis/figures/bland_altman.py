"""How far two raters' totals lie apart, over their mean: the plot of Bland and Altman (1986)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from appraisal.bland_altman import CAUTION, BlandAltman, signed
from appraisal.instrument import UNITS, Unit
from screening.diagram.text import Metrics
from synthesis.figures.drawing import INK, RULE, Drawing, Path, Rect, Shape, Text, stacked
from synthesis.figures.glyphs import Glyph, path
from synthesis.figures.palette import ink_on, shade

ID = "bland-altman"
"""The id of the plot; where there are several pairs of raters, "bland-altman-1" and so on."""

_MARGIN = 12.0
_WIDTH, _HEIGHT = 380.0, 250.0
_BAND, _MARK = shade(0.12), shade(0.65)
_SMALL = 9.0


@dataclass(frozen=True, slots=True)
class _Axis:
    """A stretch of whole numbers with its ticks."""

    low: int
    high: int
    step: int

    @classmethod
    def over(cls, values: Sequence[float]) -> "_Axis":
        low, high = floor(min(values)) - 1, ceil(max(values)) + 1
        step = next(each for each in (1, 2, 5, 10, 20, 50, 100) if (high - low) / each <= 9)
        return cls(low, high, step)

    @property
    def ticks(self) -> list[int]:
        return [n for n in range(self.low, self.high + 1) if n % self.step == 0]

    def share(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class _Field:
    """Where means and differences lie on the page."""

    across: _Axis
    up: _Axis
    left: float
    top: float

    def x(self, mean: float) -> float:
        return round(self.left + self.across.share(mean) * _WIDTH, 2)

    def y(self, difference: float) -> float:
        return round(self.top + (1 - self.up.share(difference)) * _HEIGHT, 2)


def bland_altman_plot(  # noqa: PLR0913 - who was compared on what, and how it is all called
    found: BlandAltman,
    raters: tuple[str, str],
    unit: Unit,
    labels: Mapping[str, str],
    metrics: Metrics,
    *,
    number: int | None = None,
) -> Drawing:
    """Return the plot: a mark per unit, lines at the mean difference and the limits of agreement.

    Bands are 95% intervals. Units in one place share a mark with their number on it. `unit` is what a
    mark is ("report"); `labels` name the units; `number` tells several pairs of raters apart.
    """
    first, second = raters
    lines = _lines(found)
    beside = max(metrics.width(words, _SMALL) for _, words, _ in lines)
    spread = [value for value, _, _ in lines] + [end for band in _bands(found) for end in band]
    up = _Axis.over([0.0, *spread, *(apart for _, _, apart in found.points)])
    ticks = max(metrics.width(str(tick), _SMALL) for tick in up.ticks)
    left = _MARGIN + ticks + 10
    width = left + _WIDTH + 6 + beside + _MARGIN
    title = f"Bland-Altman plot of totals: {first} and {second}"
    y = _MARGIN
    heading = metrics.wrap(title, width - 2 * _MARGIN, 12, bold=True)
    shapes: list[Shape] = [*stacked(heading, _MARGIN, y + 10, size=12, bold=True)]
    y += len(heading) * 14.4 + 6
    heading_room = y - _MARGIN
    wrapped = metrics.wrap(f"Difference of totals: {first} minus {second}", width - 2 * _MARGIN, 10)
    shapes += stacked(wrapped, _MARGIN, y + 8)
    y += len(wrapped) * 12 + 6
    field = _Field(_Axis.over([mean for _, mean, _ in found.points]), up, left, y)
    shapes += [*_ground(field, found), *_drawn(field, lines), *_marks(field, found)]
    y += _HEIGHT + 30
    for words, size in (
        (f"Mean of the two totals of a {unit}", 10.0),
        *((note, _SMALL) for note in _notes(found, unit)),
    ):
        wrapped = metrics.wrap(words, width - 2 * _MARGIN, size)
        shapes += stacked(wrapped, left if size > _SMALL else _MARGIN, y, size=size)
        y += len(wrapped) * size * 1.2 + 5
    return Drawing(
        ID if number is None else f"{ID}-{number}",
        title,
        _description(found, raters, labels),
        width,
        y + _MARGIN,
        tuple(shapes),
        heading=len(heading),
        heading_room=heading_room,
    )


def _bands(found: BlandAltman) -> list[tuple[float, float]]:
    intervals = (found.bias_interval, found.lower_interval, found.upper_interval)
    return [each for each in intervals if each is not None]


def _lines(found: BlandAltman) -> list[tuple[float, str, bool]]:
    """Return each line's difference, its words, and whether it is whole or dashed."""
    lines = [(found.bias, f"Mean {signed(found.bias)}", True)]
    if found.limits is not None and found.limits[0] < found.limits[1]:
        low, high = found.limits
        lines += [
            (low, f"Lower limit {signed(low)}", False),
            (high, f"Upper limit {signed(high)}", False),
        ]
    return lines


def _ground(field: _Field, found: BlandAltman) -> Iterator[Shape]:
    for low, high in _bands(found):
        height = round(field.y(low) - field.y(high), 2)
        yield Rect(field.left, field.y(high), _WIDTH, height, _BAND)
    yield Rect(field.left, field.top, _WIDTH, _HEIGHT, "none", RULE)
    yield Path(f"M{field.left:g} {field.y(0):g} h{_WIDTH:g}", "none", RULE)
    for tick in field.up.ticks:
        yield Path(f"M{field.left - 4:g} {field.y(tick):g} h4", "none", RULE)
        words = str(tick).replace("-", "\N{MINUS SIGN}")
        yield Text(field.left - 7, field.y(tick) + 3, words, _SMALL, anchor="end")
    ground = field.top + _HEIGHT
    for tick in field.across.ticks:
        yield Path(f"M{field.x(tick):g} {ground:g} v4", "none", RULE)
        yield Text(field.x(tick), ground + 14, str(tick), _SMALL, anchor="middle")


def _drawn(field: _Field, lines: Sequence[tuple[float, str, bool]]) -> Iterator[Shape]:
    """Yield the lines with their words at the right, words that would collide moved apart."""
    below = field.top + _HEIGHT + 20
    for value, words, whole in sorted(lines):
        y = field.y(value)
        dashes = f"h{_WIDTH:g}" if whole else "h6 m4 0 " * int(_WIDTH // 10)
        yield Path(f"M{field.left:g} {y:g} {dashes}".strip(), "none", INK)
        below = min(y + 3, below - _SMALL * 1.2)
        yield Text(field.left + _WIDTH + 6, below, words, _SMALL)


def _marks(field: _Field, found: BlandAltman) -> Iterator[Shape]:
    for (mean, apart), count in Counter((mean, apart) for _, mean, apart in found.points).items():
        x, y = field.x(mean), field.y(apart)
        yield Path(path(Glyph.DOT, x, y, 3.5 if count == 1 else 7.0), _MARK, INK)
        if count > 1:
            yield Text(x, y + 3, str(count), _SMALL, anchor="middle", fill=ink_on(_MARK))


def _notes(found: BlandAltman, unit: Unit) -> Iterator[str]:
    if len(set(found.points)) > len({(mean, apart) for _, mean, apart in found.points}):
        yield f"A number in a mark counts the {UNITS[unit]} that lie there."
    yield found.text
    if found.limits is not None:
        yield f"Bands are 95% intervals. {CAUTION}"


def _description(found: BlandAltman, raters: tuple[str, str], labels: Mapping[str, str]) -> str:
    first, second = raters
    each = "; ".join(
        f"{labels.get(unit, unit)}: mean {mean:g}, difference {apart:g}"
        for unit, mean, apart in found.points
    )
    return f"Total of {first} minus total of {second}. {found.text} {each}."
