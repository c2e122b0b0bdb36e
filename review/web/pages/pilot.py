"""Pilot: everyone screens the same few references until they agree well enough on the criteria."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from review.pipeline.project import Project
from review.pipeline.screening import pilot as piloting
from review.pipeline.screening.agreement import PairAgreement
from review.web.serving import CHECKED, AProject, AViewer, Viewer, has_role, render
from review.web.voting import STAGES, WORDS, StageName
from screening.decisions import Policy
from screening.problems import Problem, WinnowError

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Round:
    """One round: how large, who has how many left, and, once nobody has any, how far all agree."""

    number: int
    size: int
    waiting: dict[str, int]
    mine: int
    passed: bool | None
    pairs: tuple[PairAgreement, ...]


@dataclass(frozen=True, slots=True)
class PilotPage:
    """The rounds of a stage, the latest first, and whether another one may be drawn."""

    stage: StageName
    stage_words: str
    rounds: tuple[Round, ...]
    threshold: str
    size: int
    people: tuple[str, ...]
    may_draw: bool
    following: int
    met: bool
    alone_counts: bool
    problems: tuple[Problem, ...]


@router.get("/screen/{stage}/pilot")
def pilot(request: Request, viewer: AViewer, project: AProject, stage: StageName) -> Response:
    """Show the pilot rounds of a stage."""
    has_role(viewer, "reviewer")
    return _page(request, viewer, project, stage)


@router.post("/screen/{stage}/pilot", dependencies=[CHECKED])
def draw(
    request: Request,
    viewer: AViewer,
    project: AProject,
    stage: StageName,
    size: Annotated[int, Form(ge=2, le=10_000)],
) -> Response:
    """Draw the next round, at random from what nobody has voted on."""
    has_role(viewer, "reviewer")
    try:
        opened = piloting.draw(project, viewer.name, STAGES[stage], size)
    except WinnowError as told:
        return _page(request, viewer, project, stage, told.problems)
    viewer.session.tell(
        f"Pilot round {opened.number} is open: {len(opened.references)} references for everyone."
    )
    return RedirectResponse(f"/screen/{stage}/pilot", 303)


def _page(
    request: Request,
    viewer: Viewer,
    project: Project,
    stage: StageName,
    problems: tuple[Problem, ...] = (),
) -> Response:
    at = STAGES[stage]
    held = piloting.rounds(project, at)
    people = piloting.reviewers(project, at)
    plan = project.protocol.screening.pilot
    page = PilotPage(
        stage,
        WORDS[stage],
        tuple(
            Round(
                each.number,
                len(each.references),
                each.waiting,
                each.waiting.get(viewer.name, 0),
                each.passed,
                each.pairs,
            )
            for each in held[::-1]
        ),
        plan.describe(),
        plan.size,
        people,
        may_draw=len(people) > 1 and (not held or held[-1].passed is False),
        following=len(held) + 1,
        met=bool(held and held[-1].passed),
        alone_counts=project.protocol.screening.plan(at).policy is Policy.SINGLE,
        problems=problems,
    )
    status = 422 if problems else 200
    return render(request, "pilot.html", page, viewer=viewer, status=status)
