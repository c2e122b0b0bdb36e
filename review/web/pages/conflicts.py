"""Conflicts: what reviewers differ on, shown once both have spoken, and settled by a third."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from review.pipeline.project import Project
from review.pipeline.screening import screen as screening
from review.pipeline.screening.agreement import PairAgreement, agreements
from review.pipeline.screening.reopen import reopen
from review.store import queries
from review.store.events.base import DecisionStage
from review.web.named import named_reference
from review.web.reading import Keys, ReasonChoice, ReferenceView, reason_choices, view_of
from review.web.serving import CHECKED, AProject, AViewer, Viewer, has_role, render
from screening.criteria import Criterion
from screening.decisions import Policy, State
from screening.problems import Problem, WinnowError, error
from screening.records import Stage, Verdict

router = APIRouter()
StageName = Literal["title_abstract", "full_text"]
_STAGES: dict[StageName, DecisionStage] = {
    "title_abstract": Stage.TITLE_ABSTRACT,
    "full_text": Stage.FULL_TEXT,
}
_MOST = 200
_LATELY = 20


@dataclass(frozen=True, slots=True)
class OpenConflicts:
    """The conflicts of one stage: how many, the first of them, and those settled lately."""

    stage: StageName
    number: int
    references: tuple[ReferenceView, ...]
    settled: tuple["Settled", ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """A conflict that was settled."""

    reference: ReferenceView
    verdict: str
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class ConflictsPage:
    """All conflicts, and how far reviewers agree where both have voted."""

    stages: tuple[OpenConflicts, ...]
    agreements: tuple[PairAgreement, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One reviewer's verdict in an open conflict."""

    reviewer: str
    verdict: str
    reasons: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """One conflict with both sides of it. `may_settle` says whether the viewer may end it."""

    stage: StageName
    reference: ReferenceView
    votes: tuple[Spoken, ...]
    reasons: tuple[ReasonChoice, ...]
    criteria: tuple[Criterion, ...]
    keys: Keys
    full_text: bool
    may_settle: bool
    own: bool
    note: str
    problems: tuple[Problem, ...]


@router.get("/conflicts")
def conflicts(request: Request, viewer: AViewer, project: AProject) -> Response:
    """List what is to be settled at both stages."""
    found = tuple(_stage(project, stage) for stage in _STAGES)
    pairs = tuple(pair for stage in _STAGES.values() for pair in agreements(project, stage))
    return render(request, "conflicts.html", ConflictsPage(found, pairs), viewer=viewer)


@router.get("/conflicts/{stage}/{reference}")
def one_conflict(
    request: Request, viewer: AViewer, project: AProject, stage: StageName, reference: str
) -> Response:
    """Show both sides of one conflict."""
    return _page(request, viewer, project, stage, reference)


@router.post("/conflicts/{stage}/{reference}", dependencies=[CHECKED])
def settle(  # noqa: PLR0913, PLR0917 - what a form has
    request: Request,
    viewer: AViewer,
    project: AProject,
    stage: StageName,
    reference: str,
    verdict: Annotated[str, Form()] = "",
    because: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """End a conflict with the viewer's word; the verdicts it was between stay as they were."""
    has_role(viewer, "reviewer")
    line = _in_conflict(project, stage, reference)
    if not _may_settle(project, viewer, stage, line.key):
        raise WinnowError(
            error(
                line.key,
                "you are one of those who disagree; by the protocol a third person settles it. You "
                "can still change your own verdict.",
            )
        )
    try:
        ruling = _ruling(stage, verdict, because, note)
        screening.adjudicate(project, viewer.name, line.key, ruling)
    except WinnowError as told:
        return _page(
            request,
            viewer,
            project,
            stage,
            reference,
            note=note,
            problems=told.problems,
            status=422,
        )
    viewer.session.tell(f"{line.standing.report_key or line.key} is settled: {ruling.verdict}.")
    return RedirectResponse("/conflicts", 303)


@router.post("/conflicts/{stage}/{reference}/reopen", dependencies=[CHECKED])
def open_again(
    viewer: AViewer,
    project: AProject,
    stage: StageName,
    reference: str,
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Take an adjudication back."""
    has_role(viewer, "reviewer")
    line = named_reference(project, reference)
    reopen(project, viewer.name, line.key, _STAGES[stage], reason.strip())
    viewer.session.tell(f"The conflict on {line.standing.report_key or line.key} is open again.")
    return RedirectResponse("/conflicts", 303)


def _ruling(stage: StageName, verdict: str, because: str, note: str) -> screening.Ruling:
    if verdict == Verdict.INCLUDE and because:
        raise WinnowError(
            error("", "a reason for excluding is given and the verdict is include; choose one.")
        )
    if verdict not in (Verdict.INCLUDE, Verdict.EXCLUDE) and not because:
        raise WinnowError(error("", "choose include or exclude; nothing was recorded."))
    word = Verdict.EXCLUDE if because else Verdict(verdict)
    return screening.Ruling(_STAGES[stage], word, (because,) if because else (), note.strip())


def _stage(project: Project, stage: StageName) -> OpenConflicts:
    with project.ledger.read() as conn:
        keys = queries.conflicts(conn, _STAGES[stage])
        lines = queries.references_by_key(conn, keys[:_MOST])
        settled = queries.adjudications(conn, _STAGES[stage])[: -_LATELY - 1 : -1]
        about = {
            line.key: view_of(line, ())
            for line in queries.references_by_key(conn, [each.reference for each in settled])
        }
    return OpenConflicts(
        stage,
        len(keys),
        tuple(view_of(line, ()) for line in lines),
        tuple(
            Settled(about[each.reference], str(each.verdict), each.reviewer, each.note)
            for each in settled
            if each.reference in about
        ),
    )


def _page(  # noqa: PLR0913 - a conflict, and what is to be said of it
    request: Request,
    viewer: Viewer,
    project: Project,
    stage: StageName,
    reference: str,
    *,
    note: str = "",
    problems: tuple[Problem, ...] = (),
    status: int = 200,
) -> Response:
    line = _in_conflict(project, stage, reference)
    with project.ledger.read() as conn:
        votes = queries.votes(conn, _STAGES[stage], references=[line.key])
        attached = stage == "full_text" and queries.full_text_of(conn, line.key) is not None
    choices = reason_choices(project, _STAGES[stage])
    labels = {each.id: each.label for each in choices}
    page = ConflictPage(
        stage=stage,
        reference=view_of(line, project.protocol.criteria),
        votes=tuple(
            Spoken(
                vote.reviewer,
                str(vote.verdict),
                tuple(labels.get(each, each) for each in vote.reasons),
                vote.note,
            )
            for vote in votes
        ),
        reasons=choices,
        criteria=project.protocol.criteria,
        keys=Keys(**project.protocol.web.keys),
        full_text=attached,
        may_settle=_may_settle(project, viewer, stage, line.key),
        own=any(vote.reviewer == viewer.name for vote in votes),
        note=note,
        problems=problems,
    )
    return render(request, "conflict.html", page, viewer=viewer, status=status)


def _in_conflict(project: Project, stage: StageName, reference: str) -> queries.ReferenceLine:
    """Return a reference in conflict: of any other, votes are nobody's business."""
    line = named_reference(project, reference)
    if getattr(line.standing, stage) != State.CONFLICT:
        raise HTTPException(404)
    return line


def _may_settle(project: Project, viewer: Viewer, stage: StageName, key: str) -> bool:
    """Return whether a viewer may settle a conflict: not one's own, where a third person is to."""
    if not viewer.may("reviewer"):
        return False
    if project.protocol.screening.plan(_STAGES[stage]).policy is not Policy.DUAL_ADJUDICATED:
        return True
    with project.ledger.read() as conn:
        return not queries.own_votes(conn, _STAGES[stage], viewer.name, references=[key])
