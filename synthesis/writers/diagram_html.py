"""The flow diagram as a page of its own: every number leads to the list behind it."""

from collections.abc import Mapping

from screening.diagram.content import numbers_by_lane
from screening.diagram.drawing import Layout
from screening.diagram.options import DiagramOptions
from screening.flow.values import Flow


def diagram_html(  # noqa: PLR0913 - the diagram as picture and as value, and where it leads
    flow: Flow,
    options: DiagramOptions,
    drawn: Layout,
    *,
    svg: str,
    template: str,
    links: Mapping[str, str] | None = None,
) -> str:
    """Return an HTML page by filling the Jinja2 text `template` (templates/flow/diagram.html).

    `svg` is the layout `drawn` with the same `links`, which map the id of a count to the address of
    its list. Below the picture the page has every number again as a table, for those who cannot see it.
    """
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - only where something is drawn
    from markupsafe import Markup  # noqa: PLC0415 - likewise

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(template).render(
        title=drawn.title,
        svg=Markup(svg),  # noqa: S704 - our own drawing, its texts escaped by its template
        lanes=numbers_by_lane(flow, options),
        links=links or {},
        unknown="not known",
    )
