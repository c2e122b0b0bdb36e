"""Who takes part in the review."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from review.store.events import PersonAdded, PersonChanged, slot
from review.store.projection_tables import STANDING
from review.store.said import as_said
from review.store.tables import EVENT


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in the review; `password_hash` is empty where they do not sign in."""

    name: str
    roles: tuple[str, ...]
    active: bool
    password_hash: str


def people(conn: Connection) -> list[Person]:
    """Return everyone who ever joined, by name."""
    return sorted(_people(conn, None), key=lambda person: person.name)


def person(conn: Connection, name: str) -> Person | None:
    """Return the person of that name, or None."""
    return next(iter(_people(conn, name)), None)


def _people(conn: Connection, name: str | None) -> list[Person]:
    statement = (
        select(EVENT)
        .join(STANDING, STANDING.c.event == EVENT.c.id)
        .where(STANDING.c.kind.in_(("person_added", "person_changed")))
    )
    if name is not None:
        statement = statement.where(STANDING.c.slot == slot("person", name))
    return [
        Person(
            said.event.name,
            said.event.roles,
            said.event.active if isinstance(said.event, PersonChanged) else True,
            said.event.password_hash,
        )
        for said in as_said(conn.execute(statement))
        if isinstance(said.event, PersonAdded | PersonChanged)
    ]
