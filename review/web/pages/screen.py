"""Screen: one reference at a time, the criteria beside it, a verdict by key or by click."""

from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from anyio.to_thread import run_sync
from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection

from review.pipeline.project import Project
from review.pipeline.screening import screen as screening
from review.pipeline.screening.pilot import waiting_in_round
from review.pipeline.screening.several import given_with
from review.store import queries
from review.store.queries import StandingVote
from review.web.named import named_reference
from review.web.queue import (
    PILOT,
    AddressSought,
    FormSought,
    Sought,
    Wanted,
    orders_to_choose,
    query,
    start,
)
from review.web.reading import Keys, ReasonChoice, ReferenceView, reason_choices, view_of
from review.web.serving import (
    CHECKED,
    AProject,
    AViewer,
    Refused,
    SignInNeeded,
    Viewer,
    admitted,
    check_token,
    render,
    server_of,
    session_of,
    visit_of,
)
from review.web.voting import (
    BALLOT,
    STAGES,
    WORDS,
    Ballot,
    DecidedMeanwhile,
    Given,
    StageName,
    ballot_of,
    foreseen_of,
    may_screen,
    own_vote,
    record,
    ruling,
)
from screening.criteria import Criterion
from screening.problems import Problem, WinnowError, error
from screening.records import Stage

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """One reference to decide on, or none. It tells nothing of what any other reviewer said.

    `given` is the viewer's own verdict where they look at a reference again. `waiting` counts what is
    left for this viewer, `skipped` what they put aside in this sitting.
    """

    stage: StageName
    stage_words: str
    reference: ReferenceView | None
    criteria: tuple[Criterion, ...]
    reasons: tuple[ReasonChoice, ...]
    keys: Keys
    order: Wanted
    orders: tuple[tuple[Wanted, str], ...]
    words: str
    waiting: int
    decided: int
    skipped: int
    full_text: bool
    given: Given
    again: bool
    problems: tuple[Problem, ...]


@router.get("/screen")
def screen(_viewer: AViewer) -> Response:
    """Lead to the stage with which screening begins."""
    return RedirectResponse(f"/screen/{Stage.TITLE_ABSTRACT}", 303)


@router.get("/screen/{stage}")
def next_reference(
    request: Request, viewer: AViewer, project: AProject, stage: StageName, sought: AddressSought
) -> Response:
    """Show the next reference that waits for the viewer."""
    may_screen(viewer, project, stage)
    return _desk_page(request, viewer, project, stage, sought)


@router.post("/screen/{stage}", openapi_extra=BALLOT)
async def decide(request: Request, stage: StageName) -> Response:
    """Append the viewer's verdict and lead to the next reference, in the order of arrival."""
    ballot = await ballot_of(request)
    return await run_sync(_decide, request, stage, ballot, limiter=server_of(request).turns)


def _decide(request: Request, stage: StageName, ballot: Ballot) -> Response:
    """Decide in a thread: who it is, and under which protocol, is read in the transaction that writes."""
    server, session = server_of(request), session_of(request)
    check_token(session, ballot.csrf)
    if session.person is None:
        raise SignInNeeded
    if not server.begun:
        server.begin(session.person)
    given = ballot.given
    try:
        said = ruling(stage, given, pressed_reason=ballot.pressed_reason)
        foreseen = foreseen_of(session.person, ballot.reference, STAGES[stage])
        with server.project.write(session.person, foreseen=foreseen) as writer:
            visit = admitted(server, session, writer.connection)
            may_screen(visit.viewer, visit.project, stage)
            key = record(visit, writer, ballot.reference, said, given.event)
    except Refused:
        raise
    except WinnowError as told:
        visit, status = visit_of(request), 422
        may_screen(visit.viewer, visit.project, stage)
        if isinstance(told, DecidedMeanwhile):  # the page says what stands: their next word answers
            given, status = replace(given, event=told.vote.id), 409
        key = named_reference(visit.project, ballot.reference).key
        return _one_page(
            request, visit.viewer, visit.project, stage, ballot.sought, key,
            given=given, problems=told.problems, status=status,
        )  # fmt: skip
    if key:
        session.desk(stage).take_up(key)
    if ballot.sought.order == "ranked":
        server.ranking.note_decision(visit.viewer.name)
    return _onwards(request, visit.viewer, visit.project, stage, ballot.sought)


@router.post("/screen/{stage}/undo", dependencies=[CHECKED])
def undo(
    request: Request, viewer: AViewer, project: AProject, stage: StageName, sought: FormSought
) -> Response:
    """Take back the viewer's latest verdict and show that reference again.

    Where it was given together with others, show first what all of them are.
    """
    with project.ledger.read() as conn:
        vote = queries.latest_vote(conn, STAGES[stage], viewer.name)
    if vote is None:
        raise WinnowError(error("", "you have no verdict at this stage that could be taken back."))
    if given_with(project, STAGES[stage], vote) is not None:
        return RedirectResponse(f"/screen/{stage}/several/back?{urlencode({'at': vote.at})}", 303)
    key = vote.reference
    screening.undo(project, viewer.name, key, STAGES[stage])
    desk = viewer.session.desk(stage)
    desk.take_back(key)
    desk.shown = key
    viewer.session.tell("Your last verdict is taken back. Decide again, or go on.")
    if request.headers.get("X-Fragment"):
        given = Given("", (), vote.note, 0)
        return _one_page(request, viewer, project, stage, sought, key, given=given)
    return RedirectResponse(f"/screen/{stage}/{key}{query(sought.order, sought.words)}", 303)


@router.post("/screen/{stage}/skip", dependencies=[CHECKED])
def skip(  # noqa: PLR0913, PLR0917 - what a form has
    request: Request,
    viewer: AViewer,
    project: AProject,
    stage: StageName,
    sought: FormSought,
    reference: Annotated[str, Form()] = "",
) -> Response:
    """Put a reference aside for this sitting; without one, bring all of them back."""
    desk = viewer.session.desk(stage)
    desk.skipped = (
        [*desk.skipped, named_reference(project, reference).key][-500:] if reference else []
    )
    if not reference:
        desk.shown = ""  # from the beginning of their order, where those that were skipped are
    return _onwards(request, viewer, project, stage, sought)


@router.get("/screen/{stage}/{reference}")
def look_again(  # noqa: PLR0913, PLR0917 - where it is and how the queue goes on
    request: Request,
    viewer: AViewer,
    project: AProject,
    stage: StageName,
    reference: str,
    sought: AddressSought,
) -> Response:
    """Show one reference of the stage, with the viewer's own verdict if there is one."""
    may_screen(viewer, project, stage)
    return _one_page(
        request, viewer, project, stage, sought, named_reference(project, reference).key
    )


def _desk_page(
    request: Request, viewer: Viewer, project: Project, stage: StageName, sought: Sought
) -> Response:
    desk = viewer.session.desk(stage)
    piloted = waiting_in_round(project, STAGES[stage], viewer.name) if sought.order == PILOT else []
    with project.ledger.read() as conn:
        keys = (
            [key for key in piloted if key not in desk.skipped]
            if sought.order == PILOT
            else queries.queue(
                conn,
                STAGES[stage],
                viewer.name,
                order=sought.order,
                start=start(viewer.name),
                after=desk.shown,
                text=sought.words,
                skip=desk.skipped,
            )
        )
        line = queries.reference(conn, keys[0]) if keys else None
        if sought.order == PILOT:
            desk.waiting = len(piloted)
        elif not line or not request.headers.get("X-Fragment"):
            desk.waiting = queries.count_queue(conn, STAGES[stage], viewer.name, text=sought.words)
        page = _page(conn, viewer, project, stage, sought, line)
    desk.shown = line.key if line else ""
    return render(request, "screen.html", page, viewer=viewer)


def _one_page(  # noqa: PLR0913, PLR0917 - a reference, and what is to be said of it
    request: Request,
    viewer: Viewer,
    project: Project,
    stage: StageName,
    sought: Sought,
    key: str,
    *,
    given: Given | None = None,
    problems: tuple[Problem, ...] = (),
    status: int = 200,
) -> Response:
    with project.ledger.read() as conn:
        line = queries.reference(conn, key)
        if line is None or not getattr(line.standing, stage):
            raise HTTPException(404)
        vote = own_vote(conn, viewer, key, STAGES[stage])
        if not request.headers.get("X-Fragment"):
            viewer.session.desk(stage).waiting = queries.count_queue(
                conn, STAGES[stage], viewer.name, text=sought.words
            )
        page = _page(
            conn, viewer, project, stage, sought, line,
            vote=vote, given=given, problems=problems,
        )  # fmt: skip
    return render(request, "screen.html", page, viewer=viewer, status=status)


def _page(  # noqa: PLR0913, PLR0917 - a reference, and what is to be said of it
    conn: Connection,
    viewer: Viewer,
    project: Project,
    stage: StageName,
    sought: Sought,
    line: queries.ReferenceLine | None,
    *,
    vote: StandingVote | None = None,
    given: Given | None = None,
    problems: tuple[Problem, ...] = (),
) -> ScreenPage:
    desk = viewer.session.desk(stage)
    known = Given(str(vote.verdict), vote.reasons, vote.note, vote.id) if vote else None
    attached = line is not None and stage == "full_text"
    return ScreenPage(
        stage=stage,
        stage_words=WORDS[stage],
        reference=view_of(line, project.protocol.criteria) if line else None,
        criteria=project.protocol.criteria,
        reasons=reason_choices(project, STAGES[stage]),
        keys=Keys(**project.protocol.web.keys),
        order=sought.order,
        orders=tuple(orders_to_choose(sought.order).items()),
        words=sought.words,
        waiting=desk.waiting,
        decided=len(desk.decided),
        skipped=len(desk.skipped),
        full_text=bool(attached and line and queries.full_text_of(conn, line.key)),
        given=given or known or Given("", (), "", 0),
        again=known is not None,
        problems=problems,
    )


def _onwards(
    request: Request, viewer: Viewer, project: Project, stage: StageName, sought: Sought
) -> Response:
    if request.headers.get("X-Fragment"):
        return _desk_page(request, viewer, project, stage, sought)
    return RedirectResponse(f"/screen/{stage}{query(sought.order, sought.words)}", 303)
