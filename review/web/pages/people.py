"""People: who takes part, what they may do, and which references are theirs to screen."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from review.pipeline.people import ROLES, set_person
from review.pipeline.project import Project
from review.pipeline.screening.workload import assign, lift_shares, screeners, share_out
from review.store import queries
from review.store.events.base import DecisionStage
from review.web.passwords import SHORTEST, hashed
from review.web.serving import CHECKED, AProject, AViewer, has_role, render, server_of
from screening.problems import WinnowError, error
from screening.records import Stage

router = APIRouter()
StageName = Literal["title_abstract", "full_text"]
_STAGES: dict[StageName, DecisionStage] = {
    "title_abstract": Stage.TITLE_ABSTRACT,
    "full_text": Stage.FULL_TEXT,
}


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone in the review. `joined` is False for names that only review.toml has."""

    name: str
    roles: tuple[str, ...]
    active: bool
    signs_in: bool
    joined: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Everyone, and how far they are: totals alone, never what was decided."""

    people: tuple[Participant, ...]
    roles: tuple[str, ...]
    progress: dict[StageName, tuple[queries.Progress, ...]]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person, to be changed."""

    person: Participant
    roles: tuple[str, ...]
    shortest: int


@dataclass(frozen=True, slots=True)
class SharesPage:
    """What sharing out would do, before it is done. `counts` gives references by reviewer."""

    stage: StageName
    names: tuple[str, ...]
    weights: dict[str, str]
    core: str
    seed: int
    counts: dict[str, int]


@router.get("/people")
def people(request: Request, viewer: AViewer, project: AProject) -> Response:
    """Show everyone."""
    with project.ledger.read() as conn:
        groups = queries.flow_groups(conn)
        progress = {name: tuple(queries.progress(conn, at, groups)) for name, at in _STAGES.items()}
    page = PeoplePage(_everyone(project), ROLES, progress)
    return render(request, "people.html", page, viewer=viewer)


@router.get("/people/person")
def person(request: Request, viewer: AViewer, project: AProject, name: str) -> Response:
    """Show one person."""
    has_role(viewer, "owner")
    page = PersonPage(_participant(project, name), ROLES, SHORTEST)
    return render(request, "person.html", page, viewer=viewer)


@router.post("/people/person", dependencies=[CHECKED])
def change(  # noqa: PLR0913, PLR0917 - what a form has
    request: Request,
    viewer: AViewer,
    project: AProject,
    name: Annotated[str, Form()],
    roles: Annotated[list[str] | None, Form()] = None,
    password: Annotated[str, Form()] = "",
    active: Annotated[bool, Form()] = False,  # noqa: FBT002 - a form field
) -> Response:
    """Let someone join, or change who is in the review."""
    has_role(viewer, "owner")
    if password and not SHORTEST <= len(password) <= 1000:
        raise WinnowError(error(name, f"a password has at least {SHORTEST} characters."))
    set_person(
        project,
        viewer.name,
        name.strip(),
        tuple(roles or ()),
        active=active,
        password_hash=hashed(password) if password else None,
    )
    if (password or not active) and name.strip() != viewer.name:
        server_of(request).sessions.end_all_of(name.strip())
    viewer.session.tell(f"{name.strip()} is in the review as you said.")
    return RedirectResponse("/people", 303)


@router.get("/people/shares/{stage}")
def shares(request: Request, viewer: AViewer, project: AProject, stage: StageName) -> Response:
    """Show the form that shares references out."""
    has_role(viewer, "owner")
    return render(request, "shares.html", _shares(project, stage), viewer=viewer)


@router.post("/people/shares/{stage}", dependencies=[CHECKED])
def share(  # noqa: PLR0913, PLR0917 - what a form has
    request: Request,
    viewer: AViewer,
    project: AProject,
    stage: StageName,
    name: Annotated[list[str] | None, Form()] = None,
    weight: Annotated[list[str] | None, Form()] = None,
    core: Annotated[str, Form()] = "",
    seed: Annotated[int, Form(ge=0, lt=2**31)] = 1,
    do: Annotated[Literal["show", "share", "lift"], Form()] = "show",
) -> Response:
    """Show what sharing out would do, do it, or lift all shares again."""
    has_role(viewer, "owner")
    names, weights = name or [], weight or []
    typed = dict(zip(names, weights, strict=False))
    if do == "lift":
        lift_shares(project, viewer.name, _STAGES[stage])
        viewer.session.tell("All shares are lifted: everyone is given whatever waits.")
        return RedirectResponse("/people", 303)
    wanted = {each: _weight(text) for each, text in typed.items() if text.strip()}
    if do == "share":
        assign(project, viewer.name, _STAGES[stage], wanted, core=core or None, seed=seed)
        viewer.session.tell("The references are shared out. Lifting the shares undoes it.")
        return RedirectResponse("/people", 303)
    found = share_out(project, _STAGES[stage], wanted, core=core or None, seed=seed)
    counts = {each: len(own) for each, own in found.items()}
    page = _shares(project, stage, typed, core, seed, counts)
    return render(request, "shares.html", page, viewer=viewer)


def _shares(  # noqa: PLR0913, PLR0917 - what a form has
    project: Project,
    stage: StageName,
    weights: dict[str, str] | None = None,
    core: str = "",
    seed: int = 1,
    counts: dict[str, int] | None = None,
) -> SharesPage:
    names = screeners(project, _STAGES[stage])
    typed = weights or {}
    filled = {each: typed.get(each, "" if typed else "1") for each in names}
    return SharesPage(stage, names, filled, core, seed, counts or {})


def _weight(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < 1e6:
        raise WinnowError(
            error("", f'"{text}" is no weight: write a number above zero, such as 1.')
        )
    return value


def _participant(project: Project, name: str) -> Participant:
    found = next((each for each in _everyone(project) if each.name == name), None)
    if found is None:
        raise HTTPException(404)
    return found


def _everyone(project: Project) -> tuple[Participant, ...]:
    with project.ledger.read() as conn:
        joined = [
            Participant(each.name, each.roles, each.active, bool(each.password_hash), joined=True)
            for each in queries.people(conn)
        ]
    names = {each.name for each in joined}
    named = [
        Participant(name, ("reviewer",), active=True, signs_in=False, joined=False)
        for name in project.protocol.review.reviewers
        if name not in names
    ]
    return (*joined, *named)
