"""Screen: one reference at a time, the criteria beside it, a verdict by key or by click."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection

from review.pipeline import screen as screening
from review.pipeline.project import Project
from review.store import queries
from review.store.events.base import DecisionStage
from review.store.queries import Order, StandingVote
from review.web.named import named_reference
from review.web.paging import Paging, page_of
from review.web.reading import ReasonChoice, ReferenceView, reason_choices, view_of
from review.web.serving import CHECKED, AProject, AViewer, Refused, Viewer, has_role, render
from screening.criteria import Criterion
from screening.decisions import State
from screening.problems import Problem, WinnowError, error
from screening.records import Stage, Verdict

router = APIRouter()
StageName = Literal["title_abstract", "full_text"]
WORDS: dict[str, str] = {"title_abstract": "Title and abstract", "full_text": "Full text"}
PER_PAGE = 50
_STAGES: dict[StageName, DecisionStage] = {
    "title_abstract": Stage.TITLE_ABSTRACT,
    "full_text": Stage.FULL_TEXT,
}
_KEYS = {"include": "i", "exclude": "e", "unsure": "u", "undo": "z", "note": "n", "skip": "s"}
ORDER_WORDS: dict[Order, str] = {
    "random": "At random",
    "ranked": "Likely ones first",
    "year": "Newest first",
    "title": "By title",
    "source": "By source",
}


@dataclass(frozen=True, slots=True)
class Given:
    """What a reviewer has said of a reference, or was about to say when something was amiss."""

    verdict: str
    reasons: tuple[str, ...]
    note: str
    event: int


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
    keys: dict[str, str]
    order: Order
    orders: dict[Order, str]
    words: str
    waiting: int
    decided: int
    skipped: int
    full_text: bool
    given: Given
    again: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class OwnVote:
    """One of the viewer's own verdicts."""

    reference: ReferenceView
    verdict: str
    reasons: tuple[str, ...]
    note: str
    at: str


@dataclass(frozen=True, slots=True)
class OwnVotesPage:
    """A page of the viewer's own verdicts at a stage, the latest first."""

    stage: StageName
    stage_words: str
    votes: tuple[OwnVote, ...]
    paging: Paging


@dataclass(frozen=True, slots=True)
class Sought:
    """What part of the queue is wanted: its order, and words that references must hold."""

    order: Order
    words: str


def sought_in_address(order: str = "random", q: str = "") -> Sought:
    """Read the order and the words looked for from an address."""
    return _sought(order, q)


def sought_in_form(
    order: Annotated[str, Form()] = "random", q: Annotated[str, Form()] = ""
) -> Sought:
    """Read the order and the words looked for from a form."""
    return _sought(order, q)


def _sought(order: str, q: str) -> Sought:
    known: Order = next((each for each in ORDER_WORDS if each == order), "random")
    return Sought(known, " ".join(q.split())[:200])


AddressSought = Annotated[Sought, Depends(sought_in_address)]
FormSought = Annotated[Sought, Depends(sought_in_form)]


@router.get("/screen/{stage}")
def next_reference(
    request: Request, viewer: AViewer, project: AProject, stage: StageName, sought: AddressSought
) -> Response:
    """Show the next reference that waits for the viewer."""
    _may_screen(viewer, project, stage)
    return _desk_page(request, viewer, project, stage, sought)


@router.post("/screen/{stage}", dependencies=[CHECKED])
def decide(  # noqa: PLR0913, PLR0917 - what a form has
    request: Request,
    viewer: AViewer,
    project: AProject,
    stage: StageName,
    sought: FormSought,
    reference: Annotated[str, Form()],
    verdict: Annotated[str, Form()] = "",
    because: Annotated[str, Form()] = "",
    further: Annotated[list[str] | None, Form()] = None,
    note: Annotated[str, Form()] = "",
    seen: Annotated[int, Form()] = 0,
) -> Response:
    """Append the viewer's verdict and lead to the next reference.

    `because` is the reason whose button was pressed, which excludes; `seen` is the event of the
    viewer's own verdict as the page showed it.
    """
    _may_screen(viewer, project, stage)
    given = Given(verdict, tuple(each for each in (because, *(further or ())) if each), note, seen)
    key = named_reference(project, reference).key
    try:
        ruling = _ruling(stage, given, pressed_reason=bool(because))
        _record(project, viewer, key, ruling, seen)
    except WinnowError as told:
        return _one_page(
            request, viewer, project, stage, sought, key,
            given=given, problems=told.problems, status=422,
        )  # fmt: skip
    return _onwards(request, viewer, project, stage, sought)


@router.post("/screen/{stage}/undo", dependencies=[CHECKED])
def undo(
    request: Request, viewer: AViewer, project: AProject, stage: StageName, sought: FormSought
) -> Response:
    """Take back the viewer's latest verdict and show that reference again."""
    desk = viewer.session.desk(stage)
    if not desk.decided:
        with project.ledger.read() as conn:
            desk.decided = [
                vote.reference for vote in queries.own_votes(conn, _STAGES[stage], viewer.name)
            ][-50:]
    if not desk.decided:
        raise WinnowError(error("", "you have no verdict at this stage that could be taken back."))
    key = desk.take_back()
    with project.ledger.read() as conn:
        before = _own_vote(conn, viewer, key, _STAGES[stage])
    screening.undo(project, viewer.name, key, _STAGES[stage])
    desk.shown = key
    viewer.session.tell("Your last verdict is taken back. Decide again, or go on.")
    if request.headers.get("X-Fragment"):
        given = Given("", (), before.note if before else "", 0)
        return _one_page(request, viewer, project, stage, sought, key, given=given)
    return RedirectResponse(f"/screen/{stage}/{key}{_query(sought.order, sought.words)}", 303)


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
    return _onwards(request, viewer, project, stage, sought)


@router.get("/screen/{stage}/mine")
def own_votes(
    request: Request, viewer: AViewer, project: AProject, stage: StageName, page: int = 1
) -> Response:
    """List the viewer's own verdicts, each of which can be changed."""
    _may_screen(viewer, project, stage)
    number = page_of(page)
    with project.ledger.read() as conn:
        votes = queries.own_votes(conn, _STAGES[stage], viewer.name)[::-1]
        shown = votes[(number - 1) * PER_PAGE : number * PER_PAGE]
        lines = {
            line.key: line
            for line in queries.references_by_key(conn, [vote.reference for vote in shown])
        }
    labels = {each.id: each.label for each in reason_choices(project, _STAGES[stage])}
    context = OwnVotesPage(
        stage,
        WORDS[stage],
        tuple(
            OwnVote(
                view_of(lines[vote.reference], ()),
                str(vote.verdict),
                tuple(labels.get(each, each) for each in vote.reasons),
                vote.note,
                vote.at[:16].replace("T", " "),
            )
            for vote in shown
        ),
        Paging(f"/screen/{stage}/mine", number, PER_PAGE, len(votes)),
    )
    return render(request, "own_votes.html", context, viewer=viewer)


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
    _may_screen(viewer, project, stage)
    return _one_page(
        request, viewer, project, stage, sought, named_reference(project, reference).key
    )


def _desk_page(
    request: Request, viewer: Viewer, project: Project, stage: StageName, sought: Sought
) -> Response:
    desk = viewer.session.desk(stage)
    with project.ledger.read() as conn:
        keys = queries.queue(
            conn,
            _STAGES[stage],
            viewer.name,
            order=sought.order,
            start=_start(viewer.name),
            text=sought.words,
            skip=desk.skipped,
        )
        line = queries.reference(conn, keys[0]) if keys else None
        if not line or not request.headers.get("X-Fragment"):
            desk.waiting = queries.count_queue(conn, _STAGES[stage], viewer.name, text=sought.words)
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
        vote = _own_vote(conn, viewer, key, _STAGES[stage])
        if not request.headers.get("X-Fragment"):
            viewer.session.desk(stage).waiting = queries.count_queue(
                conn, _STAGES[stage], viewer.name, text=sought.words
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
        reasons=reason_choices(project, _STAGES[stage]),
        keys=keys_of(project),
        order=sought.order,
        orders=ORDER_WORDS,
        words=sought.words,
        waiting=desk.waiting,
        decided=len(desk.decided),
        skipped=len(desk.skipped),
        full_text=bool(attached and line and queries.full_text_of(conn, line.key)),
        given=given or known or Given("", (), "", 0),
        again=known is not None,
        problems=problems,
    )


def keys_of(project: Project) -> dict[str, str]:
    """Return the letter of each action: the usual ones, as far as review.toml names no others."""
    return {**_KEYS, **{str(name): key for name, key in project.protocol.web.keys.items()}}


def _onwards(
    request: Request, viewer: Viewer, project: Project, stage: StageName, sought: Sought
) -> Response:
    if request.headers.get("X-Fragment"):
        return _desk_page(request, viewer, project, stage, sought)
    return RedirectResponse(f"/screen/{stage}{_query(sought.order, sought.words)}", 303)


def _query(order: Order, words: str) -> str:
    wanted = {"order": order if order != "random" else "", "q": words}
    text = urlencode({name: value for name, value in wanted.items() if value})
    return f"?{text}" if text else ""


def _start(name: str) -> int:
    """Return where in the random order a reviewer begins, so that not all look at the same one."""
    return int.from_bytes(sha256(name.encode()).digest()[:4]) >> 1


def _may_screen(viewer: Viewer, project: Project, stage: StageName) -> None:
    has_role(viewer, "reviewer")
    named = project.protocol.screening.plan(_STAGES[stage]).reviewers
    if named and viewer.name not in named:
        raise Refused(
            error(
                "",
                f"at this stage {' and '.join(named)} decide, as the protocol says; "
                "conflicts are settled on the page Conflicts.",
            )
        )


def _ruling(stage: StageName, given: Given, *, pressed_reason: bool) -> screening.Ruling:
    word = given.verdict or (str(Verdict.EXCLUDE) if pressed_reason else "")
    if word not in set(Verdict):
        raise WinnowError(error("", "choose include, exclude or unsure; nothing was recorded."))
    if given.reasons and word != Verdict.EXCLUDE:
        raise WinnowError(
            error(
                "",
                f'reasons for excluding are chosen and the verdict is "{word}". Take the reasons '
                "away, or exclude; nothing was recorded.",
            )
        )
    reasons = tuple(dict.fromkeys(given.reasons))
    return screening.Ruling(_STAGES[stage], Verdict(word), reasons, given.note.strip())


def _record(
    project: Project, viewer: Viewer, key: str, ruling: screening.Ruling, seen: int
) -> None:
    """Append a verdict, unless the viewer has given this very one already.

    `seen` is the event of the viewer's verdict as their page showed it. Raises WinnowError where
    another one stands by now, or where none is asked for.
    """
    desk = viewer.session.desk(ruling.stage)
    with project.ledger.read() as conn:
        vote = _own_vote(conn, viewer, key, ruling.stage)
    if vote is not None and vote.id != seen:
        if _says(vote, ruling):
            return
        raise WinnowError(
            error(
                "",
                f'you have said "{vote.verdict}" of this reference meanwhile, perhaps in another '
                "window. It stands; to change it, decide once more here.",
            )
        )
    _still_asked(project, key, ruling.stage, asked=vote is not None or desk.shown == key)
    try:
        screening.decide(project, viewer.name, key, ruling)
    except WinnowError:
        # A colleague's verdict in the same moment may have named the report first: ours stands.
        with project.ledger.read() as conn:
            vote = _own_vote(conn, viewer, key, ruling.stage)
        if vote is None or vote.id == seen or not _says(vote, ruling):
            raise
    desk.take_up(key)


def _own_vote(
    conn: Connection, viewer: Viewer, key: str, stage: DecisionStage
) -> StandingVote | None:
    votes = queries.own_votes(conn, stage, viewer.name, references=[key])
    return votes[-1] if votes else None


def _says(vote: StandingVote, ruling: screening.Ruling) -> bool:
    return (vote.verdict, vote.reasons, vote.note) == (ruling.verdict, ruling.reasons, ruling.note)


def _still_asked(project: Project, key: str, stage: DecisionStage, *, asked: bool) -> None:
    """Raise WinnowError where a reference needs no verdict and the viewer was not asked for one."""
    with project.ledger.read() as conn:
        line = queries.reference(conn, key)
    state: Any = getattr(line.standing, stage) if line else ""
    if not state:
        raise WinnowError(error("", "this reference is not at this stage; nothing was recorded."))
    if state not in (State.PENDING, State.AWAITING_SECOND) and not asked:
        raise WinnowError(
            error("", "this reference has all the verdicts it needs; nothing was recorded.")
        )
