"""The rules the review runs by, as they were adopted and amended."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from review.store.events import ProtocolAdopted
from review.store.projection_tables import STANDING
from review.store.tables import EVENT


@dataclass(frozen=True, slots=True)
class ProtocolVersion:
    """A version of review.toml: the event that adopted it, its text, and why it was amended."""

    id: int
    at: str
    actor: str
    text: str
    sha256: str
    reason: str


def protocol_versions(conn: Connection) -> list[ProtocolVersion]:
    """Return every version in the order of adoption; those after the first are amendments."""
    rows = conn.execute(
        select(EVENT).where(EVENT.c.kind == "protocol_adopted").order_by(EVENT.c.id)
    )
    return [_version(row.id, row.at, row.actor, row.payload) for row in rows]


def current_protocol(conn: Connection) -> ProtocolVersion | None:
    """Return the version in force, or None before there is one."""
    row = conn.execute(
        select(EVENT)
        .join(STANDING, STANDING.c.event == EVENT.c.id)
        .where(STANDING.c.kind == "protocol_adopted")
    ).first()
    return None if row is None else _version(row.id, row.at, row.actor, row.payload)


def screening_has_begun(conn: Connection) -> bool:
    """Return whether any verdict was ever given, taken back or not."""
    found = conn.execute(select(EVENT.c.id).where(EVENT.c.kind == "decided").limit(1))
    return found.first() is not None


def _version(identifier: int, at: str, actor: str, payload: str) -> ProtocolVersion:
    adopted = ProtocolAdopted.model_validate_json(payload)
    return ProtocolVersion(identifier, at, actor, adopted.text, adopted.sha256, adopted.reason)
