"""Log: everything that was ever said in the review, the latest first, as far as it may be shown."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import Connection

from review.store import queries
from review.store.said import Said
from review.web.paging import Paging, page_of
from review.web.serving import AProject, AViewer, render
from review.web.telling import details, is_open_vote

router = APIRouter()
PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `about` names up to three of its subjects, `hidden` says that it is a blinded vote."""

    id: int
    at: str
    actor: str
    door: str
    kind: str
    about: tuple[str, ...]
    more: int
    details: str
    hidden: bool
    supersedes: int | None


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the ledger."""

    entries: tuple[Entry, ...]
    paging: Paging


@router.get("/log")
def log(request: Request, viewer: AViewer, project: AProject, page: int = 1) -> Response:
    """Show a page of the ledger, the latest first."""
    number = page_of(page)
    with project.ledger.read() as conn:
        total = queries.last_event(conn)
        last = total - (number - 1) * PER_PAGE
        first = max(0, last - PER_PAGE)
        wanted = last - first
        found = list(queries.events_since(conn, first, limit=wanted)) if wanted > 0 else []
        entries = tuple(_entry(conn, said, viewer.name) for said in reversed(found))
    context = LogPage(entries, Paging("/log", number, PER_PAGE, total))
    return render(request, "log.html", context, viewer=viewer)


def _entry(conn: Connection, said: Said, viewer: str) -> Entry:
    event = said.event
    about = event.record_keys() or event.subjects()
    line = queries.reference(conn, about[0]) if event.kind == "decided" and about else None
    hidden = said.actor != viewer and is_open_vote(event, line)
    return Entry(
        id=said.id,
        at=said.at[:19].replace("T", " "),
        actor=said.actor,
        door=said.door,
        kind=event.kind.replace("_", " "),
        about=tuple(about[:3]),
        more=max(0, len(about) - 3),
        details="" if hidden else details(event),
        hidden=hidden,
        supersedes=said.supersedes,
    )
