"""Home: the funnel so far, what waits, and how far everyone has come."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from review.pipeline.project import Project
from review.pipeline.run import Voice, run
from review.pipeline.screening.pilot import reviewers, waiting_in_round
from review.pipeline.screening.workload import hours_before
from review.pipeline.status import TO_DEDUPLICATE, Status, counted_words, status
from review.store import queries
from review.web.in_force import protocol_on_disk
from review.web.serving import CHECKED, AProject, AViewer, Viewer, has_role, render, server_of
from review.web.voting import STAGES, WORDS
from screening.diagram.content import numbers
from screening.diagram.options import DiagramOptions
from screening.records import Stage

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Step:
    """One count of the funnel: its id (for the list behind it), its words, its number, never zero."""

    id: str
    words: str
    number: int
    part: bool


@dataclass(frozen=True, slots=True)
class Task:
    """Work that waits: how much of what, and the page for it ("" where there is none).

    `time` is what it takes the viewer at their own pace, "" where that is not known yet.
    """

    number: int
    words: str
    address: str
    time: str = ""


@dataclass(frozen=True, slots=True)
class HomePage:
    """The review at a glance. Of others' work it shows totals and never what was decided."""

    provisional: bool
    mine: tuple[Task, ...]
    waiting: tuple[Task, ...]
    steps: tuple[Step, ...]
    progress: dict[str, tuple[queries.Progress, ...]]
    stages: dict[str, str]
    begun: bool
    amended: bool


@router.get("/")
def home(request: Request, viewer: AViewer, project: AProject) -> Response:
    """Show the start page."""
    now = server_of(request).remembered.of(project, status)
    steps = tuple(
        Step(item.id, item.words, item.n, item.is_part)
        for item in numbers(now.flow, DiagramOptions())
        if item.n
    )
    page = HomePage(
        now.flow.provisional,
        (*_before_screening(viewer, now), *_mine(project, viewer, now.progress)),
        tuple(
            Task(each.number, counted_words(each.number, each.what), _address(each.verb))
            for each in now.waiting
        ),
        steps,
        now.progress,
        WORDS,
        any(now.progress.values()),
        protocol_on_disk(project).text != project.text,
    )
    return render(request, "home.html", page, viewer=viewer)


@router.post("/run", dependencies=[CHECKED])
def run_all(viewer: AViewer, project: AProject) -> Response:
    """Do everything that needs no person: load, deduplicate, take in sheets, write the results."""
    has_role(viewer, "owner")
    tell = viewer.session.tell
    ran = run(project, viewer.name, project.directory / "out", Voice(tell, lambda *_: None))
    tell(f"{len(ran.files)} files of results are in the folder out.")
    return RedirectResponse("/", 303)


def _before_screening(viewer: Viewer, now: Status) -> tuple[Task, ...]:
    """Return the look for duplicates, which comes first: else one publication is screened twice."""
    unlooked = next((each.number for each in now.waiting if each.what == TO_DEDUPLICATE), 0)
    if not unlooked or not viewer.may("reviewer"):
        return ()
    words = counted_words(unlooked, "records to look through for duplicates first")
    return (Task(unlooked, words, "/duplicates"),)


def _mine(
    project: Project, viewer: Viewer, progress: Mapping[str, tuple[queries.Progress, ...]]
) -> tuple[Task, ...]:
    """Return what waits for the viewer alone."""
    tasks = [
        Task(
            waiting := len(waiting_in_round(project, stage, viewer.name)),
            counted_words(waiting, "references of the pilot round"),
            f"/screen/{stage}?order=pilot",
        )
        for stage in STAGES.values()
        if viewer.name in reviewers(project, stage)
    ]
    with project.ledger.read() as conn:
        for stage, words in (
            (Stage.TITLE_ABSTRACT, "references to screen by title and abstract"),
            (Stage.FULL_TEXT, "reports to assess in full text"),
        ):
            named = project.protocol.screening.plan(stage).reviewers
            if viewer.may("reviewer") and (not named or viewer.name in named):
                known = (each for each in progress.get(stage, ()) if each.reviewer == viewer.name)
                own = next(known, None)
                number = own.waiting if own else queries.count_queue(conn, stage, viewer.name)
                begun = own is not None and own.done > 0
                hours = hours_before(conn, stage, viewer.name, number) if begun else None
                time = "" if hours is None else time_words(hours)
                own_words = counted_words(number, words)
                tasks.append(Task(number, own_words, f"/screen/{stage}", time))
    return tuple(task for task in tasks if task.number)


def time_words(hours: float) -> str:
    """Return a time as a person says it, no finer than it can be known."""
    minutes = round(hours * 60)
    if minutes < 90:
        return f"about {minutes} minutes" if minutes > 1 else "about a minute"
    return f"about {hours:.1f} hours".replace(".0 ", " ")


def _address(verb: str) -> str:
    """Return the page on which a verb's work is done."""
    return next((page for words, page in _PAGES.items() if verb.startswith(words)), "")


_PAGES = {
    "load": "/load",
    "dedupe": "/duplicates",
    "screen --conflicts": "/conflicts",
    "screen --stage title_abstract": "/screen/title_abstract",
    "screen --stage full_text": "/screen/full_text",
    "retrieve": "/retrieve",
    "appraise": "/appraise",
}
