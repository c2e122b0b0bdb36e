"""The stopping display as a picture: the p-value's course and the frontier of recalls."""

from collections.abc import Sequence
from dataclasses import dataclass

from screening.stopping.testing import Stopping

_WIDTH, _HEIGHT = 320.0, 200.0
_LEFTS = (60.0, 460.0)
_TOP = 60.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis, at a place along it."""

    place: float
    label: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One chart, placed: its box, axes, line (points of an SVG polyline) and limit."""

    title: str
    x_label: str
    left: float
    top: float
    right: float
    bottom: float
    limit: float
    limit_label: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    line: str

    @property
    def middle(self) -> float:
        """Return where the title and the label below stand."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Figure:
    """Everything the template needs, as finished numbers and sentences."""

    title: str
    description: str
    verdict: str
    panels: tuple[Panel, ...]


def figure(found: Stopping) -> Figure:
    """Place the curve and the frontier side by side and say in words what they show."""
    limit = 1 - found.confidence
    most = max(found.total, 1)
    recalls = [point.recall for point in found.frontier]
    steps = _round_steps(found.total)
    course = _panel(
        (f"p-value for a recall of {found.recall:.0%}", "References screened"),
        _LEFTS[0],
        limit,
        tuple(Tick(_along(_LEFTS[0], step / most), f"{step:,}") for step in steps),
        [(point.screened / most, point.p_value) for point in found.curve],
    )
    low, high = 0.5, 1.0
    frontier = _panel(
        ("p-value now, for each recall", "Recall"),
        _LEFTS[1],
        limit,
        tuple(
            Tick(_along(_LEFTS[1], (tenth / 10 - low) / (high - low)), f"{tenth / 10:.0%}")
            for tenth in range(5, 11)
        ),
        [
            ((recall - low) / (high - low), point.p_value)
            for recall, point in zip(recalls, found.frontier, strict=True)
        ],
    )
    verdict = _verdict(found)
    return Figure(
        title="Stopping: hypergeometric test of Callaghan and Müller-Hansen (2020)",
        description=(
            f"{verdict} {found.screened:,} of {found.total:,} references are screened and "
            f"{found.found:,} found relevant; the p-value for a recall of {found.recall:.0%} is "
            f"{found.p_value:.3f}."
        ),
        verdict=verdict,
        panels=(course, frontier),
    )


def svg(found: Stopping, template: str) -> str:
    """Return the display as SVG by filling the Jinja2 text `template` (templates/figures/stopping.svg)."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - only where something is drawn

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(template).render(figure=figure(found))


def _verdict(found: Stopping) -> str:
    sure = f"{found.confidence:.0%} sure"
    if found.reached:
        return f"One can be {sure} that a recall of {found.recall:.0%} is reached."
    if found.sure_recall is None:
        return f"One cannot yet be {sure} of a recall of 50% or more."
    return f"One can be {sure} of a recall of {found.sure_recall:.0%}, not of {found.recall:.0%}."


def _panel(
    labels: tuple[str, str],
    left: float,
    limit: float,
    x_ticks: tuple[Tick, ...],
    points: Sequence[tuple[float, float]],
) -> Panel:
    """Place one chart; `labels` are its title and its x axis's, `points` shares of either axis."""
    bottom = _TOP + _HEIGHT
    return Panel(
        title=labels[0],
        x_label=labels[1],
        left=left,
        top=_TOP,
        right=left + _WIDTH,
        bottom=bottom,
        limit=_up(limit),
        limit_label=f"{limit:.2g}",
        x_ticks=x_ticks,
        y_ticks=tuple(Tick(_up(quarter / 4), f"{quarter / 4:g}") for quarter in range(5)),
        line=" ".join(f"{_along(left, x):g},{_up(y):g}" for x, y in points),
    )


def _along(left: float, share: float) -> float:
    return round(left + share * _WIDTH, 2)


def _up(share: float) -> float:
    return round(_TOP + (1 - share) * _HEIGHT, 2)


def _round_steps(total: int) -> list[int]:
    """Return four to eight round numbers from 0 to the total."""
    sizes = (factor * 10**power for power in range(12) for factor in (1, 2, 5))
    size = next(size for size in sizes if total / size <= 6)
    return list(range(0, total + 1, size))
