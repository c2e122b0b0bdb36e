"""The flow diagram in every format: the core's writers given the program's own templates and fonts."""

from collections.abc import Mapping
from functools import cache
from typing import Literal, get_args

from review import resources
from screening.diagram.drawing import DiagramOptions, Layout, Metrics, Text, layout, svg, undrawable
from screening.flow.agreement import check_labels
from screening.flow.counting import Flow
from screening.problems import Problem, WinnowError, error

Format = Literal["svg", "png", "pdf", "docx", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)


def diagram(
    flow: Flow,
    form: Format,
    options: DiagramOptions | None = None,
    links: Mapping[str, str] | None = None,
) -> bytes:
    """Return the flow diagram as the bytes of an svg, png, pdf, docx or html file.

    `links` maps the id of a count (that of a part is "whole/label") to the address its number leads
    to in svg and html. The same flow and options give the same bytes every time.
    """
    options = options or DiagramOptions()
    drawn = layout(flow, metrics(), options)
    if form == "svg":
        return drawing(drawn, links=links).encode()
    if form == "html":
        from synthesis.writers.diagram_html import diagram_html  # noqa: PLC0415 - where used

        page = resources.text("templates/flow/diagram.html")
        picture = drawing(drawn, links=links)
        return diagram_html(flow, options, drawn, svg=picture, template=page, links=links).encode()
    named = drawing(drawn, text="named")
    if form == "pdf":
        from synthesis.writers.pdf import pdf  # noqa: PLC0415 - where used

        with resources.font_folder() as folder:
            return pdf(
                named,
                folder,
                family=resources.FONT_FAMILY,
                width=drawn.print_width,
                title=drawn.title,
                alt=drawn.description,
                paper=options.paper,
                landscape=drawn.landscape,
            )
    from synthesis.writers.png import png  # noqa: PLC0415 - where used

    files = [font.path for font in resources.fonts().values()]
    pixels = png(named, files, family=resources.FONT_FAMILY)
    if form == "png":
        return pixels
    from synthesis.writers.diagram_docx import diagram_docx  # noqa: PLC0415 - python-docx is slow

    return diagram_docx(flow, options, drawn, svg=drawing(drawn, text="outlined"), png=pixels)


def drawing(
    drawn: Layout, *, text: Text = "embedded", links: Mapping[str, str] | None = None
) -> str:
    """Return a laid-out diagram as SVG; pages that have the font ask for "named" text, Word "outlined"."""
    template = resources.text("templates/flow/diagram.svg")
    return svg(drawn, template, metrics=metrics(), text=text, links=links)


def problems(flow: Flow, options: DiagramOptions | None = None) -> list[Problem]:
    """Return what the diagram cannot show faithfully: misworded counts, characters its font lacks."""
    options = options or DiagramOptions()
    misworded = [finding.as_problem("[flow.labels]") for finding in check_labels(options.labels)]
    return [*misworded, *undrawable(layout(flow, metrics(), options), metrics())]


def format_of(name: str) -> Format:
    """Return the format that a file name ends in; raise WinnowError where it is none of ours."""
    ending = name.rpartition(".")[2].lower()
    for form in FORMATS:
        if form == ending:
            return form
    raise WinnowError(
        error(
            name,
            f"The diagram cannot be drawn as this file: name one that ends in .{', .'.join(FORMATS)}.",
        )
    )


@cache
def metrics() -> Metrics:
    """Return the measures of the program's font."""
    fonts = resources.fonts()
    return Metrics.read(fonts["Regular"].data(), fonts["Bold"].data(), resources.FONT_FAMILY)
