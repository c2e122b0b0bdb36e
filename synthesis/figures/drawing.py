"""A figure as placed shapes and finished strings, and the SVG a template makes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, ClassVar, Literal

from screening.diagram.text import Metrics, embedded

if TYPE_CHECKING:
    from jinja2 import Template

Letters = Literal["named", "embedded", "outlined"]

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
    """A figure: its words for those who cannot see it, its size in points, its shapes in order.

    The first `heading` shapes are its title, which takes the uppermost `heading_room`. What is seen
    begins at `top`.
    """

    id: str
    title: str
    description: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    heading: int = 0
    heading_room: float = 0.0
    top: float = 0.0

    @property
    def seen(self) -> float:
        """Return the height of what is seen."""
        return self.height - self.top

    def untitled(self) -> "Drawing":
        """Return the drawing without its title, for places where a caption says it."""
        return replace(self, shapes=self.shapes[self.heading :], heading=0, top=self.heading_room)

    def texts(self, *, bold: bool) -> list[str]:
        """Return the texts set in one of the two faces."""
        return [s.text for s in self.shapes if isinstance(s, Text) and s.bold is bold]


def svg(drawing: Drawing, template: str, metrics: Metrics, *, letters: Letters = "embedded") -> str:
    """Return a drawing as SVG by filling the Jinja2 text `template` (templates/figures/drawing.svg).

    `letters` says how texts are drawn: "named" leaves the font to the page or renderer, "embedded"
    carries the used part of it along, "outlined" turns letters into shapes that look the same in every
    program (the words then stand in the title and description only).
    """
    faces = _faces(drawing, metrics) if letters == "embedded" else {}
    outlined = letters == "outlined"
    return _compiled(template).render(
        drawing=drawing,
        family=metrics.family,
        own_family=_own_family(faces),
        faces=faces,
        placed=[
            (shape, _outlined(shape, metrics) if outlined else None) for shape in drawing.shapes
        ],
        glyphs=_glyphs(drawing, metrics) if outlined else {},
    )


def stacked(
    lines: Sequence[str], x: float, y: float, *, size: float = 10, bold: bool = False
) -> list[Shape]:
    """Return lines of text one under the other, the first on the baseline y."""
    return [Text(x, y + n * size * 1.2, line, size, bold) for n, line in enumerate(lines)]


@cache
def _compiled(template: str) -> "Template":
    """Compile a template once for all figures drawn with it."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - only where something is drawn

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_plain,
    )
    return environment.from_string(template)


def _faces(drawing: Drawing, metrics: Metrics) -> dict[int, str]:
    return {
        weight: embedded(metrics.face(bold=bold), texts)
        for weight, bold in ((400, False), (700, True))
        if (texts := drawing.texts(bold=bold))
    }


def _own_family(faces: Mapping[int, str]) -> str:
    """Return a name for the part of the font that this drawing carries.

    Where several drawings stand in one page, each has to find its own part.
    """
    return f"Winnow {sha256(''.join(faces.values()).encode()).hexdigest()[:12]}" if faces else ""


@dataclass(frozen=True, slots=True)
class _Outlined:
    """The glyphs of a text (id, distance from its start), and where and how large they are drawn."""

    transform: str
    glyphs: tuple[tuple[str, int], ...]


def _outlined(shape: Shape, metrics: Metrics) -> _Outlined | None:
    """Return a text as the shapes of its letters; None for what is a shape already."""
    if not isinstance(shape, Text):
        return None
    width = metrics.width(shape.text, shape.size, bold=shape.bold)
    start = {"start": 0.0, "middle": -width / 2, "end": -width}[shape.anchor]
    outline = metrics.outline(shape.text, shape.size, bold=shape.bold)
    turn = " rotate(-90)" if shape.turned else ""
    place = f"translate({_plain(shape.x)} {_plain(shape.y)}){turn} translate({_plain(start)} 0)"
    return _Outlined(f"{place} scale({outline.scale:.6g} -{outline.scale:.6g})", outline.places)


def _glyphs(drawing: Drawing, metrics: Metrics) -> dict[str, str]:
    return {
        name: path
        for bold in (False, True)
        for name, path in metrics.glyphs(drawing.texts(bold=bold), bold=bold).items()
    }


def _plain(value: object) -> object:
    """Return numbers without the noise of floating point, everything else as it is."""
    return f"{round(value, 2):g}" if isinstance(value, float) else value
