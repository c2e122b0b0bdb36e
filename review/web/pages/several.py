"""Several at once: one verdict on many references, shown before it is given, taken back as one."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from review.pipeline.project import Project
from review.pipeline.screening.several import (
    MOST,
    Foreseen,
    Together,
    decide_several,
    foresee,
    given_together,
    take_back_several,
)
from review.store import queries
from review.store.queries import Order
from review.web.paging import Paging, page_of
from review.web.queue import ORDER_WORDS, PILOT, AddressSought, FormSought, Sought, query
from review.web.reading import ReasonChoice, ReferenceView, reason_choices, view_of
from review.web.serving import CHECKED, AProject, AViewer, Viewer, render
from review.web.voting import STAGES, WORDS, Given, StageName, may_screen, ruling
from screening.problems import Problem, WinnowError

router = APIRouter()
PER_PAGE = 100
_LATELY = 10


@dataclass(frozen=True, slots=True)
class Batch:
    """Verdicts given in one go: when, how many still stand, and what they say."""

    at: str
    when: str
    number: int
    verdict: str
    reasons: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class SeveralPage:
    """What waits for the viewer and holds the words looked for, to be ticked; and batches given lately."""

    stage: StageName
    stage_words: str
    found: tuple[ReferenceView, ...]
    chosen: frozenset[str]
    every: bool
    orders: dict[Order, str]
    sought: Sought
    reasons: tuple[ReasonChoice, ...]
    given: Given
    batches: tuple[Batch, ...]
    paging: Paging
    most: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ForeseenPage:
    """What is about to be recorded, before it is: the verdict, every reference, and what follows."""

    stage: StageName
    sought: Sought
    back: str
    given: Given
    reasons: tuple[str, ...]
    foreseen: Foreseen
    number: int
    keys: str
    found: tuple[ReferenceView, ...]


@dataclass(frozen=True, slots=True)
class TakeBackPage:
    """A batch of the viewer's own verdicts, about to be taken back."""

    stage: StageName
    batch: Batch
    found: tuple[ReferenceView, ...]


@router.get("/screen/{stage}/several")
def choose(  # noqa: PLR0913, PLR0917 - which part of which queue
    request: Request,
    viewer: AViewer,
    project: AProject,
    stage: StageName,
    sought: AddressSought,
    page: int = 1,
) -> Response:
    """Show what waits for the viewer as a list to be ticked."""
    may_screen(viewer, project, stage)
    return _list(request, viewer, project, stage, sought, page=page)


@router.post("/screen/{stage}/several", dependencies=[CHECKED])
def show(  # noqa: PLR0913, PLR0917 - what a form has
    request: Request,
    viewer: AViewer,
    project: AProject,
    stage: StageName,
    sought: FormSought,
    reference: Annotated[list[str] | None, Form()] = None,
    every: Annotated[bool, Form()] = False,  # noqa: FBT002 - a form field
    verdict: Annotated[str, Form()] = "",
    because: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
    page: Annotated[int, Form()] = 1,
) -> Response:
    """Show what the verdict would do to the references that are ticked; nothing is recorded yet."""
    may_screen(viewer, project, stage)
    given = Given(verdict, (because,) if because else (), note, 0)
    chosen = tuple(reference or ())
    try:
        said = ruling(stage, given, pressed_reason=False)
        keys = _all_found(project, viewer, stage, sought) if every else list(chosen)
        foreseen = foresee(project, viewer.name, keys, said)
    except WinnowError as told:
        return _list(
            request, viewer, project, stage, sought, page=page,
            given=given, chosen=chosen, every=every, problems=told.problems,
        )  # fmt: skip
    with project.ledger.read() as conn:
        lines = queries.references_by_key(conn, foreseen.references)
    context = ForeseenPage(
        stage,
        sought,
        f"/screen/{stage}/several{query(sought.order, sought.words)}",
        given,
        _labels(project, stage, given.reasons),
        foreseen,
        len(foreseen.references),
        " ".join(foreseen.references),
        tuple(view_of(line, ()) for line in lines),
    )
    return render(request, "several_foreseen.html", context, viewer=viewer)


@router.post("/screen/{stage}/several/give", dependencies=[CHECKED])
def give(  # noqa: PLR0913, PLR0917 - what a form has
    viewer: AViewer,
    project: AProject,
    stage: StageName,
    sought: FormSought,
    references: Annotated[str, Form()],
    verdict: Annotated[str, Form()] = "",
    because: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """Record the verdict on every reference that was shown and still waits for the viewer."""
    may_screen(viewer, project, stage)
    given = Given(verdict, (because,) if because else (), note, 0)
    said = ruling(stage, given, pressed_reason=False)
    keys = references.split()
    number = decide_several(project, viewer.name, keys, said)
    viewer.session.desk(stage).waiting -= number
    left = len(keys) - number
    viewer.session.tell(
        f"{number} {'reference' if number == 1 else 'references'}: {said.verdict}."
        + (f" {left} others did not wait for you any more and are as they were." if left else "")
        + (" You can take all of it back below." if number > 1 else "")
    )
    return RedirectResponse(f"/screen/{stage}/several{query(sought.order, sought.words)}", 303)


@router.get("/screen/{stage}/several/back")
def show_back(
    request: Request, viewer: AViewer, project: AProject, stage: StageName, at: str
) -> Response:
    """Show which verdicts would be taken back."""
    may_screen(viewer, project, stage)
    together = next(
        (each for each in given_together(project, viewer.name, STAGES[stage]) if each.at == at),
        None,
    )
    if together is None:
        raise HTTPException(404)
    with project.ledger.read() as conn:
        lines = queries.references_by_key(conn, together.references)
    found = tuple(view_of(line, ()) for line in lines)
    page = TakeBackPage(stage, _batch(project, stage, together), found)
    return render(request, "several_back.html", page, viewer=viewer)


@router.post("/screen/{stage}/several/back", dependencies=[CHECKED])
def take_back(
    viewer: AViewer, project: AProject, stage: StageName, at: Annotated[str, Form()]
) -> Response:
    """Take back what the viewer said at one moment; they decide on those references anew."""
    may_screen(viewer, project, stage)
    number = take_back_several(project, viewer.name, STAGES[stage], at)
    viewer.session.desk(stage).waiting += number
    viewer.session.tell(f"{number} verdicts of yours are taken back. They stay in the ledger.")
    return RedirectResponse(f"/screen/{stage}/several", 303)


def _list(  # noqa: PLR0913 - a part of a queue, and what was about to be said of it
    request: Request,
    viewer: Viewer,
    project: Project,
    stage: StageName,
    sought: Sought,
    *,
    page: int,
    given: Given | None = None,
    chosen: tuple[str, ...] = (),
    every: bool = False,
    problems: tuple[Problem, ...] = (),
) -> Response:
    number = page_of(page)
    first, last = (number - 1) * PER_PAGE, number * PER_PAGE
    keys = _found(project, viewer, stage, sought, last)
    with project.ledger.read() as conn:
        total = queries.count_queue(conn, STAGES[stage], viewer.name, text=sought.words)
        lines = queries.references_by_key(conn, keys[first:last])
    together = given_together(project, viewer.name, STAGES[stage])[:_LATELY]
    asked = {"order": str(sought.order), "q": sought.words}
    context = SeveralPage(
        stage,
        WORDS[stage],
        tuple(view_of(line, project.protocol.criteria) for line in lines),
        frozenset(chosen),
        every,
        ORDER_WORDS,
        sought,
        reason_choices(project, STAGES[stage]),
        given or Given("", (), "", 0),
        tuple(_batch(project, stage, each) for each in together),
        Paging(f"/screen/{stage}/several", number, PER_PAGE, total, asked),
        MOST,
        problems,
    )
    status = 422 if problems else 200
    return render(request, "several.html", context, viewer=viewer, status=status)


def _all_found(project: Project, viewer: Viewer, stage: StageName, sought: Sought) -> list[str]:
    return _found(project, viewer, stage, sought, MOST + 1)


def _found(
    project: Project, viewer: Viewer, stage: StageName, sought: Sought, limit: int
) -> list[str]:
    order = "random" if sought.order == PILOT else sought.order
    with project.ledger.read() as conn:
        return queries.queue(
            conn, STAGES[stage], viewer.name, order=order, text=sought.words, limit=limit
        )


def _batch(project: Project, stage: StageName, each: Together) -> Batch:
    return Batch(
        each.at,
        each.at[:16].replace("T", " "),
        len(each.references),
        each.verdict,
        _labels(project, stage, each.reasons),
        each.note,
    )


def _labels(project: Project, stage: StageName, reasons: tuple[str, ...]) -> tuple[str, ...]:
    labels = {each.id: each.label for each in reason_choices(project, STAGES[stage])}
    return tuple(labels.get(each, each) for each in reasons)
