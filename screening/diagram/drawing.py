"""Flow + font metrics -> laid-out boxes and SVG.

The picture is made in two steps, both pure: `layout` measures and places, `svg` fills a template with
the result. What is measured is what is drawn: kerning and ligatures are off, and the drawing can carry
its font with it or turn its text into outlines.
"""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from screening.diagram.laying_out import layout as _layout
from screening.diagram.options import DiagramOptions, Paper
from screening.diagram.shapes import Arrow, Box, Layout, Line, Run, StageLabel
from screening.diagram.text import Metrics, Outline, embedded
from screening.diagram.words import description
from screening.flow.values import Flow
from screening.problems import Problem, warning

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = [
    "Arrow",
    "Box",
    "DiagramOptions",
    "Layout",
    "Line",
    "Metrics",
    "Paper",
    "Run",
    "StageLabel",
    "Text",
    "description",
    "layout",
    "svg",
    "undrawable",
]

Text = Literal["named", "embedded", "outlined"]


def layout(flow: Flow, metrics: Metrics, options: DiagramOptions | None = None) -> Layout:
    """Return the diagram of a flow, laid out for A4 or letter as the options say."""
    return _layout(flow, metrics, options or DiagramOptions(), description(flow))


def svg(
    drawn: Layout,
    template: str,
    *,
    metrics: Metrics,
    text: Text = "embedded",
    links: Mapping[str, str] | None = None,
) -> str:
    """Return the diagram as SVG by filling the Jinja2 text `template` (templates/flow/diagram.svg).

    `text` says how letters are drawn: "named" names the font and leaves it to the page or renderer to
    have it, "embedded" carries the used part of the font along, "outlined" turns letters into shapes
    that look the same in every program (the words then stand in the title and description only, and
    there are no links). `links` maps the id of a count to the address its number leads to.
    """
    faces = _faces(drawn, metrics) if text == "embedded" else {}
    return _compiled(template).render(
        layout=drawn,
        links=links or {},
        family=metrics.family,
        own_family=_own_family(faces),
        faces=faces,
        outlines=_outlines(drawn, metrics) if text == "outlined" else {},
        glyphs=_glyphs(drawn, metrics) if text == "outlined" else {},
        ariaid=f"winnow-flow-{drawn.paper}",
    )


@cache
def _compiled(template: str) -> "Template":
    """Compile a template once for all diagrams drawn with it."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - only where something is drawn

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(template)


def undrawable(drawn: Layout, metrics: Metrics) -> list[Problem]:
    """Return a warning for each text whose characters the diagram's font does not have.

    Browsers put another font in their place; PNG and PDF leave them out.
    """
    texts = dict.fromkeys(run.text.strip() for run in drawn.runs())
    return [
        warning(
            "flow diagram",
            f'"{text}" has characters that the diagram\'s font lacks ({absent}): PNG and PDF leave them'
            " out. Word the label in Latin, Greek or Cyrillic letters.",
            text,
        )
        for text in texts
        if (absent := metrics.absent(text))
    ]


def _own_family(faces: Mapping[str, str]) -> str:
    """Return a name for the part of the font that this drawing carries.

    Where several drawings stand in one page, each has to find its own part.
    """
    return f"Winnow {sha256(''.join(faces.values()).encode()).hexdigest()[:12]}" if faces else ""


def _faces(drawn: Layout, metrics: Metrics) -> dict[str, str]:
    return {
        "400": embedded(metrics.regular, _texts(drawn, bold=False)),
        "700": embedded(metrics.bold, _texts(drawn, bold=True)),
    }


def _texts(drawn: Layout, *, bold: bool) -> list[str]:
    lines = [line for box in drawn.boxes for line in box.lines if line.bold == bold]
    stages = [stage.text for stage in drawn.stages] if bold else []
    return [*(run.text for line in lines for run in line.runs), *stages]


def _outlines(drawn: Layout, metrics: Metrics) -> dict[Run | StageLabel, Outline]:
    """Return the glyphs of every text of the drawing."""
    shapes: dict[Run | StageLabel, Outline] = {
        run: metrics.outline(run.text, line.size, bold=line.bold)
        for box in drawn.boxes
        for line in box.lines
        for run in line.runs
    }
    return shapes | {s: metrics.outline(s.text, s.size, bold=True) for s in drawn.stages}


def _glyphs(drawn: Layout, metrics: Metrics) -> dict[str, str]:
    return {
        name: path
        for bold in (False, True)
        for name, path in metrics.glyphs(_texts(drawn, bold=bold), bold=bold).items()
    }
