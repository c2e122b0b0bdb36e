"""The ledger itself: what was said, of what, since when."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, func, select

from review.store.events import record_id, record_key
from review.store.pieces import AT_ONCE, rows_where
from review.store.projection_tables import MEMBER, STANDING, SUBJECT_EVENT
from review.store.said import Said, as_said
from review.store.tables import EVENT, RECORD

STANDING_IN = select(STANDING.c.slot, STANDING.c.event)


def event(conn: Connection, identifier: int) -> Said | None:
    """Return one event by its id, or None."""
    rows = conn.execute(select(EVENT).where(EVENT.c.id == identifier))
    return next(as_said(rows), None)


def last_event(conn: Connection) -> int:
    """Return the id of the latest event: what a page compares to know that nothing changed."""
    return conn.execute(select(func.max(EVENT.c.id))).scalar() or 0


def standing_events(conn: Connection, slots: Sequence[str]) -> dict[str, int]:
    """Return the event that has the last word in each of these slots, for those that are taken."""
    return {row.slot: row.event for row in rows_where(conn, STANDING_IN, STANDING.c.slot, slots)}


def events_since(
    conn: Connection,
    after: int = 0,
    *,
    kinds: Sequence[str] = (),
    actor: str | None = None,
    limit: int | None = None,
) -> Iterator[Said]:
    """Yield events with ids above `after` in their order, of some kinds or of all."""
    wanted = select(EVENT).order_by(EVENT.c.id).limit(min(limit or AT_ONCE, AT_ONCE))
    if kinds:
        wanted = wanted.where(EVENT.c.kind.in_(kinds))
    if actor is not None:
        wanted = wanted.where(EVENT.c.actor == actor)
    left = limit
    while rows := conn.execute(wanted.where(EVENT.c.id > after)).all():
        yield from as_said(rows[:left])
        after = rows[-1].id
        if left is not None:
            left -= len(rows)
            if left <= 0:
                return


def events_of(conn: Connection, subject: str) -> list[Said]:
    """Return every event that speaks of a subject, in order.

    A subject is a record or report key, a unit, a study, a source, a person. A record stands for its
    reference: what was said of any of its records is told, and how each came into the ledger.
    A load is asked for as "load 12".
    """
    subjects = [subject]
    loads: set[int] = set()
    if subject[:1] == "r" and subject[1:].isdecimal():
        own = select(MEMBER.c.reference).where(MEMBER.c.record == record_id(subject))
        members = select(MEMBER.c.record).where(MEMBER.c.reference == own.scalar_subquery())
        records = {record_id(subject), *conn.execute(members).scalars()}
        subjects = [record_key(record) for record in sorted(records)]
        brought = rows_where(conn, select(RECORD.c.load), RECORD.c.id, records)
        loads = {row.load for row in brought}
        subjects += [f"load {load}" for load in sorted(loads)]
    spoken = rows_where(conn, select(SUBJECT_EVENT.c.event), SUBJECT_EVENT.c.subject, subjects)
    ids = loads | {row.event for row in spoken}
    rows = rows_where(conn, select(EVENT), EVENT.c.id, ids)
    return sorted(as_said(rows), key=lambda said: said.id)
