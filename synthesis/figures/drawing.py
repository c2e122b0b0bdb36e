"""A figure as placed shapes and finished strings, and the SVG a template makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from jinja2 import Environment, StrictUndefined

from screening.diagram_text import Metrics, embedded

INK = "#111111"
RULE = "#8a8a8a"


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle by its upper left corner."""

    kind: ClassVar[str] = "rect"
    x: float
    y: float
    width: float
    height: float
    fill: str = "none"
    stroke: str = "none"


@dataclass(frozen=True, slots=True)
class Path:
    """A shape in SVG path data."""

    kind: ClassVar[str] = "path"
    d: str
    fill: str = INK
    stroke: str = "none"


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text on its baseline; `turned` ones run upwards from their place."""

    kind: ClassVar[str] = "text"
    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False
    anchor: Literal["start", "middle", "end"] = "start"
    fill: str = INK
    turned: bool = False


Shape = Rect | Path | Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure: its words for those who cannot see it, its size in points, its shapes in order."""

    id: str
    title: str
    description: str
    width: float
    height: float
    shapes: tuple[Shape, ...]

    def texts(self, *, bold: bool) -> list[str]:
        """Return the texts set in one of the two faces."""
        return [s.text for s in self.shapes if isinstance(s, Text) and s.bold is bold]


def svg(drawing: Drawing, template: str, metrics: Metrics, *, embed: bool = True) -> str:
    """Return a drawing as SVG by filling the Jinja2 text `template` (templates/figures/drawing.svg).

    With `embed` the used part of the font is carried along, so that what was measured is what is
    drawn; without it the page or renderer has to have the font.
    """
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_plain,
    )
    faces = {}
    if embed:
        for weight, bold in ((400, False), (700, True)):
            if texts := drawing.texts(bold=bold):
                faces[weight] = embedded(metrics.face(bold=bold), texts)
    return environment.from_string(template).render(
        drawing=drawing, family=metrics.family, faces=faces
    )


def stacked(
    lines: Sequence[str], x: float, y: float, *, size: float = 10, bold: bool = False
) -> list[Shape]:
    """Return lines of text one under the other, the first on the baseline y."""
    return [Text(x, y + n * size * 1.2, line, size, bold) for n, line in enumerate(lines)]


def _plain(value: object) -> object:
    """Return numbers without the noise of floating point, everything else as it is."""
    return f"{round(value, 2):g}" if isinstance(value, float) else value
