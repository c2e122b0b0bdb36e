"""Flow: the PRISMA diagram, what does not add up, and the list behind each number."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from markupsafe import Markup

from review import diagrams
from review.pipeline.flow.counted import Counting
from review.pipeline.flow.flow import current_flow, flow_findings
from review.pipeline.flow.listed import ListedPage, listed, lists_of
from review.web.downloads import SIGNED_IN, Download, attachment
from review.web.paging import Paging, page_of
from review.web.serving import AProject, AViewer, render, server_of
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
    """One page of what a number of the diagram counts, and the numbers that it is the sum of."""

    found: ListedPage
    paging: Paging


@router.get("/flow")
def flow_page(request: Request, viewer: AViewer, project: AProject) -> Response:
    """Show the diagram with every number leading to the list behind it."""
    flow = server_of(request).remembered.of(project, current_flow)
    options = project.protocol.flow
    lanes = numbers_by_lane(flow, options)
    known = lists_of(flow)
    ids = [item.id for items in lanes.values() for item in items if item.id in known]
    links = {name: f"/flow/list/{quote(known[name])}" for name in ids}
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
    """Show what one number of the diagram counts."""
    number = page_of(page)
    counting = server_of(request).remembered.of(project, Counting)
    first = (number - 1) * PER_PAGE
    found = listed(project, count, limit=PER_PAGE, offset=first, counting=counting)
    if found is None:
        raise HTTPException(404)
    paging = Paging(f"/flow/list/{quote(count)}", number, PER_PAGE, found.total)
    return render(request, "flow_list.html", BehindPage(found, paging), viewer=viewer)


_FORMATS: Mapping[diagrams.Format, str] = {
    "svg": "SVG",
    "png": "PNG",
    "pdf": "PDF",
    "docx": "Word",
    "html": "HTML",
}
