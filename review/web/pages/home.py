"""Home: the funnel so far, what waits, and how far everyone has come."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from review.pipeline.status import Waiting, status
from review.store import queries
from review.web.serving import AProject, AViewer, render
from screening.diagram_content import numbers
from screening.diagram_options import DiagramOptions

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Step:
    """One count of the funnel: its id (for the list behind it), its words, its number."""

    id: str
    words: str
    number: int
    part: bool


@dataclass(frozen=True, slots=True)
class HomePage:
    """The review at a glance. Of others' work it shows totals and never what was decided."""

    provisional: bool
    steps: tuple[Step, ...]
    waiting: tuple[Waiting, ...]
    progress: dict[str, tuple[queries.Progress, ...]]


@router.get("/")
def home(request: Request, viewer: AViewer, project: AProject) -> Response:
    """Show the start page."""
    now = status(project)
    steps = tuple(
        Step(item.id, item.words, item.n, item.is_part)
        for item in numbers(now.flow, DiagramOptions())
        if item.n is not None
    )
    page = HomePage(now.flow.provisional, steps, now.waiting, now.progress)
    return render(request, "home.html", page, viewer=viewer)
