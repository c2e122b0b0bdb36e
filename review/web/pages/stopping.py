"""Stopping: how likely enough was found, and a person's recorded word that screening ends."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from review.pipeline.screening.stop import resume, stop_early, stopping_display
from review.store import queries
from review.web.serving import CHECKED, AProject, AViewer, has_role, render, server_of
from screening.problems import WinnowError, error
from screening.records import Stage
from screening.stopping.heuristics import Heuristic
from screening.stopping.testing import Stopping

router = APIRouter()


@dataclass(frozen=True, slots=True)
class StoppingPage:
    """What the test says now.

    `level` is what the p-value is held against (1 - confidence), as print wants it. `unscreened`
    counts references that a recorded stop left out.
    """

    found: Stopping
    level: str
    rules: tuple[Heuristic, ...]
    unscreened: int


@router.get("/stopping")
def stopping(request: Request, viewer: AViewer, project: AProject) -> Response:
    """Show what the stopping test says; nothing ever stops by itself."""
    shown = stopping_display(project)
    with project.ledger.read() as conn:
        unscreened = queries.state_counts(conn, Stage.TITLE_ABSTRACT).get("unscreened", 0)
    return render(
        request,
        "stopping.html",
        StoppingPage(shown.test, f"{1 - shown.test.confidence:.2f}", shown.heuristics, unscreened),
        viewer=viewer,
    )


@router.post("/stopping/stop", dependencies=[CHECKED])
def stop(viewer: AViewer, project: AProject, reason: Annotated[str, Form()] = "") -> Response:
    """Record that title and abstract screening ends here."""
    has_role(viewer, "owner")
    if not reason.strip():
        raise WinnowError(error("", "stopping early needs its reason; nothing was recorded."))
    stop_early(project, viewer.name, reason.strip())
    viewer.session.tell("Recorded: screening by title and abstract ends here.")
    return RedirectResponse("/stopping", 303)


@router.post("/stopping/resume", dependencies=[CHECKED])
def go_on(viewer: AViewer, project: AProject, reason: Annotated[str, Form()] = "") -> Response:
    """Take an early stop back."""
    has_role(viewer, "owner")
    resume(project, viewer.name, reason.strip())
    viewer.session.tell("Screening goes on: what was left out waits again.")
    return RedirectResponse("/stopping", 303)


@router.post("/rank", dependencies=[CHECKED])
def rank(request: Request, viewer: AViewer) -> Response:
    """Have the order learnt from the viewer's own votes and settled verdicts, and wait for nothing."""
    has_role(viewer, "reviewer")
    server_of(request).ranking.note_decision(viewer.name)
    viewer.session.tell(
        "The likely ones come first as soon as their order is learnt, and it is learnt anew while you "
        "decide. Until then they come as they did before."
    )
    return RedirectResponse("/screen/title_abstract?order=ranked", 303)
