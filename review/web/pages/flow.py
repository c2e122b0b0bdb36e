"""Flow: the PRISMA diagram, what does not add up, and the list behind each number."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from markupsafe import Markup

from review import diagrams
from review.pipeline.behind import behind, has_list
from review.pipeline.flow import current_flow, flow_findings
from review.store.queries import ReferenceLine
from review.web.downloads import SIGNED_IN, Download, attachment
from review.web.paging import Paging, page_of
from review.web.serving import AProject, AViewer, render
from screening.diagram.content import Item, numbers_by_lane
from screening.diagram.drawing import layout
from screening.problems import Problem

router = APIRouter()
PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class FlowPage:
    """The diagram as a picture and as a table; `links` gives the list behind a count by its id."""

    provisional: bool
    picture: Markup
    lanes: dict[str, list[Item]]
    links: Mapping[str, str]
    findings: tuple[Problem, ...]
    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class BehindPage:
    """One page of the references that a count is about. `stated` is the number in the diagram."""

    words: str
    unit: str
    stated: int | None
    references: tuple[ReferenceLine, ...]
    paging: Paging


@router.get("/flow")
def flow_page(request: Request, viewer: AViewer, project: AProject) -> Response:
    """Show the diagram with every number leading to the list behind it."""
    flow, options = current_flow(project), project.protocol.flow
    lanes = numbers_by_lane(flow, options)
    ids = [item.id for items in lanes.values() for item in items if item.n]
    links = {name: f"/flow/list/{quote(name)}" for name in ids if has_list(name)}
    drawn = layout(flow, diagrams.metrics(), options)
    page = FlowPage(
        provisional=flow.provisional,
        picture=Markup(diagrams.drawing(drawn, text="named", links=links)),  # noqa: S704 - escaped by its template
        lanes=lanes,
        links=links,
        findings=(
            *(finding.as_problem() for finding in flow_findings(flow)),
            *diagrams.problems(flow, options),
        ),
        downloads=tuple(
            Download(f"/flow/file/flow.{form}", label) for form, label in _FORMATS.items()
        ),
    )
    return render(request, "flow.html", page, viewer=viewer)


@router.get("/flow/file/flow.{form}", dependencies=[SIGNED_IN])
def flow_file(form: str, project: AProject) -> Response:
    """Return the diagram as a file in one of its formats."""
    for known in diagrams.FORMATS:
        if form == known:
            flow = current_flow(project)
            content = diagrams.diagram(flow, known, project.protocol.flow)
            return attachment(content, f"flow.{form}")
    raise HTTPException(404)


@router.get("/flow/list/{count:path}")
def behind_page(
    request: Request, viewer: AViewer, project: AProject, count: str, page: int = 1
) -> Response:
    """Show the references behind one number of the diagram."""
    number = page_of(page)
    found = behind(project, count, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    if found is None:
        raise HTTPException(404)
    lanes = numbers_by_lane(current_flow(project), project.protocol.flow)
    stated = {item.id: item.n for items in lanes.values() for item in items}
    paging = Paging(f"/flow/list/{quote(count)}", number, PER_PAGE, found.number)
    context = BehindPage(found.words, found.unit, stated.get(count), found.references, paging)
    return render(request, "flow_list.html", context, viewer=viewer)


_FORMATS: Mapping[diagrams.Format, str] = {
    "svg": "SVG",
    "png": "PNG",
    "pdf": "PDF",
    "docx": "Word",
    "html": "HTML",
}
