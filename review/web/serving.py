"""What one running server knows: its review, who may come in, and how pages are rendered."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import Connection

from review import resources
from review.pipeline.adopt import adopt_protocol
from review.pipeline.project import Project
from review.pipeline.screening.ranking_process import RankingDesk
from review.store import queries
from review.store.events import slot
from review.store.queries import Person
from review.web.in_force import in_force
from review.web.kept import kept
from review.web.reading import marked
from review.web.remembered import Remembered
from review.web.sessions import COOKIE, Attempts, Session, Sessions
from screening.problems import WinnowError, error

_DECIDE_AT_ONCE = 2  # one writes while another's next page is made; more would only wait for these


@dataclass(slots=True)
class Server:
    """The state behind all pages. A local server has a one-time `token`, a team's has accounts.

    `ranking` learns orders in a process of its own; `close` ends it and lets go of the review. Whoever
    decides waits for one of the `turns`, in the order of arrival.
    """

    project: Project
    sessions: Sessions
    local: bool
    ranking: RankingDesk
    close: Callable[[], None]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    attempts: Attempts = field(default_factory=Attempts)
    remembered: Remembered = field(default_factory=Remembered)
    turns: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_DECIDE_AT_ONCE))
    pages: Environment = field(init=False)
    _version: int = 0
    _people: dict[int, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        folder: Path = resources.path("templates/web")
        self.pages = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # or every page asks the disk whether each of its parts has changed
        )
        self.pages.globals.update(kept=kept, marked=marked)
        self.pages.filters["count_of"] = "{:,}".format
        with self.project.ledger.read() as conn:
            self.follow(conn)

    @property
    def begun(self) -> bool:
        """Return whether a protocol is in force: once there is one, there always is."""
        return self._version > 0

    def begin(self, actor: str) -> None:
        """Bring the protocol into force where nothing was done in this review before."""
        with self.project.ledger.read() as conn:
            self.follow(conn)
        if not self.begun:
            adopt_protocol(self.project, actor)

    def follow(self, conn: Connection, name: str = "") -> Person | None:
        """Take up the protocol version in force now, and return the person of a name as they are now.

        Events never change, so what one of them said is read once.
        """
        places = (slot("protocol"), slot("person", name))
        version, person = map(queries.standing_events(conn, places).get, places)
        if version and version != self._version:
            self.project = in_force(self.project, conn)
            self._version = version
        if person and person not in self._people:
            found = queries.person(conn, name)
            if found is None:
                return None
            self._people[person] = found
        return self._people[person] if person else None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at a page, and what they may do."""

    name: str
    roles: tuple[str, ...]
    session: Session

    def may(self, role: str) -> bool:
        """Return whether the viewer has a role; an owner has all of them."""
        return role in self.roles or "owner" in self.roles


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody: the review as it is in force now, and who they are."""

    project: Project
    viewer: Viewer


class SignInNeeded(Exception):  # noqa: N818 - a way to the sign-in page, not an error
    """Nobody is signed in: the visitor is led to the page where one signs in."""


class Refused(WinnowError):  # noqa: N818 - an answer to a visitor, told as a sentence
    """Someone asked for what they may not do."""


ALL_ROLES = ("reviewer", "appraiser", "author", "owner")


def server_of(request: Request) -> Server:
    """Return the server a request came to."""
    server: Server = request.app.state.server
    return server


def session_of(request: Request) -> Session:
    """Return the visitor's session; raises SignInNeeded where there is none."""
    session = server_of(request).sessions.find(request.cookies.get(COOKIE))
    if session is None:
        raise SignInNeeded
    return session


def visit_of(request: Request) -> Visit:
    """Return who is signed in and what they may see now; raises SignInNeeded where nobody is."""
    server = server_of(request)
    with server.project.ledger.read() as conn:
        return admitted(server, session_of(request), conn)


def admitted(server: Server, session: Session, conn: Connection) -> Visit:
    """Return what `visit_of` does, within what is being read or written."""
    if session.person is None:
        raise SignInNeeded
    person = server.follow(conn, session.person)
    if person is None and server.local:
        return Visit(server.project, Viewer(session.person, ALL_ROLES, session))
    if person is None or not person.active:
        server.sessions.end(session.key)
        raise SignInNeeded
    roles = ALL_ROLES if server.local else person.roles
    return Visit(server.project, Viewer(person.name, roles, session))


# Only `visit_of` looks into the ledger and so takes a thread; these wait for nothing.


async def viewer_of(visit: Annotated[Visit, Depends(visit_of)]) -> Viewer:
    """Return who is signed in."""
    return visit.viewer


async def project_of(visit: Annotated[Visit, Depends(visit_of)]) -> Project:
    """Return the review that is served, under the protocol in force now."""
    return visit.project


async def checked(request: Request, csrf: Annotated[str, Form()] = "") -> None:
    """Refuse a form that was not filled in on one of our pages in this session."""
    session = session_of(request)
    check_token(session, csrf)
    server = server_of(request)
    if session.person and not server.begun:
        await run_in_threadpool(server.begin, session.person)


def check_token(session: Session, csrf: str) -> None:
    """Raise Refused for a form that does not carry the secret of the session."""
    if not secrets.compare_digest(csrf.encode(), session.csrf.encode()):
        raise Refused(
            error("", "this form is out of date. Go back, reload the page and send it again.")
        )


def has_role(viewer: Viewer, role: str) -> None:
    """Raise Refused where the viewer does not have a role."""
    if not viewer.may(role):
        raise Refused(error("", f"only a person with the role {role} may do this; ask the owner."))


AProject = Annotated[Project, Depends(project_of)]
AViewer = Annotated[Viewer, Depends(viewer_of)]
CHECKED = Depends(checked)


def render(
    request: Request,
    template: str,
    context: object,
    *,
    viewer: Viewer | None = None,
    status: int = 200,
) -> HTMLResponse:
    """Return a page: the fields of its context class, and the frame every page stands in.

    The same address serves the whole page and, where the script asks with `X-Fragment`, its main part.
    """
    server = server_of(request)
    text = server.pages.get_template(template).render(
        page=context,
        viewer=viewer,
        said=viewer.session.take_said() if viewer else (),
        csrf=viewer.session.csrf if viewer else "",
        review_title=server.project.protocol.review.title,
        path=request.url.path,
        frame="fragment.html" if request.headers.get("X-Fragment") else "base.html",
    )
    return HTMLResponse(text, status_code=status)
