"""Protocol: review.toml as it is in force, what differs in the file now, and how it changed."""

import difflib
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from review.pipeline.adopt import PRESENTATION, adopt_protocol, changed_sections
from review.pipeline.project import PROTOCOL_FILE, Project
from review.store import queries
from review.web.in_force import protocol_on_disk
from review.web.serving import CHECKED, AProject, AViewer, has_role, render, server_of
from screening.criteria import Criterion
from screening.problems import Problem, WinnowError
from screening.sources import Source

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the protocol: when it came into force, by whom, and why."""

    at: str
    actor: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProtocolPage:
    """The protocol in force, and how review.toml differs from it.

    `changed` names the sections that differ; `needs_reason` says that screening has begun and a
    difference is one of substance. `problems` are mistakes in the file as it is now.
    """

    question: str
    aims: tuple[str, ...]
    sources: tuple[Source, ...]
    criteria: tuple[Criterion, ...]
    text: str
    changed: tuple[str, ...]
    difference: str
    needs_reason: bool
    problems: tuple[Problem, ...]
    versions: tuple[Version, ...]
    file: str
    may_edit: bool


@router.get("/protocol")
def protocol(request: Request, viewer: AViewer, project: AProject) -> Response:
    """Show the protocol."""
    disk = protocol_on_disk(project)
    with project.ledger.read() as conn:
        versions = queries.protocol_versions(conn)
        begun = queries.screening_has_begun(conn)
    differs = not disk.problems and disk.text != project.text
    changed = changed_sections(project.text, disk.text) if differs else ()
    page = ProtocolPage(
        question=project.protocol.review.question,
        aims=project.protocol.review.aims,
        sources=project.protocol.sources,
        criteria=project.protocol.criteria,
        text=project.text,
        changed=changed or (("remarks only",) if differs else ()),
        difference="\n".join(
            difflib.unified_diff(
                project.text.splitlines(),
                disk.text.splitlines(),
                "in force",
                "file now",
                lineterm="",
            )
        )
        if differs
        else "",
        needs_reason=begun and any(name not in PRESENTATION for name in changed),
        problems=disk.problems,
        versions=tuple(
            Version(each.at[:16].replace("T", " "), each.actor, each.reason) for each in versions
        ),
        file=str(project.path(PROTOCOL_FILE)),
        may_edit=server_of(request).local and viewer.may("owner"),
    )
    return render(request, "protocol.html", page, viewer=viewer)


@router.post("/protocol", dependencies=[CHECKED])
def adopt(
    viewer: AViewer,
    project: AProject,
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Bring review.toml as it is now into force."""
    has_role(viewer, "owner")
    disk = protocol_on_disk(project)
    if disk.protocol is None:
        raise WinnowError(disk.problems)
    candidate = Project(project.directory, disk.text, disk.protocol, project.ledger, project.door)
    adopt_protocol(candidate, viewer.name, reason.strip())
    viewer.session.tell("The protocol is in force as it stands in review.toml now.")
    return RedirectResponse("/protocol", 303)
