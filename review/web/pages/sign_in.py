"""Coming in and going out: by the one-time token on one's own machine, by password on a team's."""

import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from review.store import queries
from review.web.passwords import matches
from review.web.serving import (
    CHECKED,
    AViewer,
    Refused,
    Server,
    render,
    server_of,
    session_of,
)
from review.web.sessions import COOKIE, Session
from screening.problems import error

router = APIRouter()


@dataclass(frozen=True, slots=True)
class SignInPage:
    """Who may be chosen on a local server (`people`), or a form for name and password."""

    local: bool
    entered: bool
    people: tuple[str, ...]
    csrf: str
    problem: str


@router.get("/enter")
def enter(request: Request, token: str = "") -> Response:
    """Open the door once with the token that the server printed when it started."""
    server = server_of(request)
    if (
        not server.local
        or not server.token
        or not secrets.compare_digest(token.encode(), server.token.encode())
    ):
        raise Refused(
            error("", "this address was used before, or is not whole. Start winnow serve again.")
        )
    server.token = ""
    people = _people(server)
    session = server.sessions.begin(people[0] if len(people) == 1 else None)
    return _with_cookie(server, session, "/" if session.person else "/sign-in")


@router.get("/sign-in")
def sign_in(request: Request) -> Response:
    """Ask who is there."""
    return _page(request)


@router.post("/sign-in")
def signed_in(
    request: Request,
    name: Annotated[str, Form()],
    password: Annotated[str, Form()] = "",
    csrf: Annotated[str, Form()] = "",
) -> Response:
    """Let a person in whose password is right, or who has opened the local door."""
    server = server_of(request)
    if server.local:
        session = session_of(request)
        if not secrets.compare_digest(csrf.encode(), session.csrf.encode()):
            raise Refused(error("", "this form is out of date. Reload the page and send it again."))
        if name not in _people(server):
            return _page(request, problem=f'"{name}" takes no part in this review.')
        server.sessions.end(session.key)
        return _with_cookie(server, server.sessions.begin(name), "/")
    address = request.client.host if request.client else ""
    if server.attempts.too_many(name, address):
        return _page(request, problem="Too many failed attempts. Wait five minutes.", status=429)
    with server.project.ledger.read() as conn:
        person = queries.person(conn, name)
    right = matches(password, person.password_hash if person else "")
    if not right or person is None or not person.active:
        server.attempts.failed(name, address)
        return _page(request, problem="Name and password do not go together.", status=403)
    return _with_cookie(server, server.sessions.begin(person.name), "/")


@router.post("/sign-out", dependencies=[CHECKED])
def sign_out(request: Request, viewer: AViewer) -> Response:
    """End the session; on one's own machine somebody else may come in by the same browser."""
    server = server_of(request)
    server.sessions.end(viewer.session.key)
    if server.local:  # this browser came in by the token, which opens the door only once
        return _with_cookie(server, server.sessions.begin(None), "/sign-in")
    response = RedirectResponse("/sign-in", status_code=303)
    response.delete_cookie(COOKIE)
    return response


def _people(server: Server) -> tuple[str, ...]:
    with server.project.ledger.read() as conn:
        joined = {person.name: person.active for person in queries.people(conn)}
    named = [name for name in server.project.protocol.review.reviewers if joined.get(name, True)]
    return tuple(dict.fromkeys([*named, *(name for name, active in joined.items() if active)]))


def _page(request: Request, *, problem: str = "", status: int = 200) -> Response:
    server = server_of(request)
    session = server.sessions.find(request.cookies.get(COOKIE))
    context = SignInPage(
        local=server.local,
        entered=session is not None,
        people=_people(server) if server.local and session else (),
        csrf=session.csrf if session else "",
        problem=problem,
    )
    return render(request, "sign_in.html", context, status=status)


def _with_cookie(server: Server, session: Session, to: str) -> Response:
    response = RedirectResponse(to, status_code=303)
    response.set_cookie(
        COOKIE, session.key, httponly=True, samesite="strict", secure=not server.local, path="/"
    )
    return response
