"""What was merged, what waits for a person, and what is kept apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from review.store.events import DedupeCompleted, Merged, PairQueued, record_id, record_key
from review.store.pieces import rows_where
from review.store.projection_tables import APART, BOND, LOAD, MEMBER, STANDING
from review.store.said import Said, as_said
from review.store.tables import EVENT


@dataclass(frozen=True, slots=True)
class QueuedPair:
    """Two records that may be one publication: `event` queued them."""

    event: int
    a: str
    b: str
    score: float
    reason: str
    evidence: dict[str, Any]


def groups(conn: Connection) -> list[tuple[str, ...]]:
    """Return the record keys of every reference with two or more records, in ledger order."""
    many = (
        select(MEMBER.c.reference)
        .group_by(MEMBER.c.reference)
        .having(func.count() > 1)
        .scalar_subquery()
    )
    rows = conn.execute(
        select(MEMBER.c.reference, MEMBER.c.record)
        .where(MEMBER.c.reference.in_(many))
        .order_by(MEMBER.c.reference, MEMBER.c.record)
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.reference, []).append(record_key(row.record))
    return [tuple(keys) for keys in found.values()]


def kept_apart(conn: Connection) -> list[tuple[str, str]]:
    """Return the pairs of records that a person keeps apart, by saying so or by splitting them."""
    rows = conn.execute(select(APART.c.a, APART.c.b).order_by(APART.c.a, APART.c.b))
    return [(record_key(row.a), record_key(row.b)) for row in rows]


def queued_pairs(conn: Connection) -> list[QueuedPair]:
    """Return the pairs that wait for a person, the most likely duplicates first.

    A pair waits no longer once it is settled, merged some other way, or one of it has left.
    """
    return sorted(_queued(conn), key=lambda pair: (-pair.score, pair.event))


def _queued(conn: Connection) -> Iterator[QueuedPair]:
    rows = conn.execute(
        select(EVENT)
        .join(STANDING, STANDING.c.event == EVENT.c.id)
        .where(STANDING.c.kind == "pair_queued")
        .order_by(EVENT.c.id)
    )
    waiting = [(said.id, said.event) for said in as_said(rows.all())]
    pairs = [(of, event) for of, event in waiting if isinstance(event, PairQueued)]
    records = {record_id(key) for _, event in pairs for key in event.record_keys()}
    members = select(MEMBER.c.record, MEMBER.c.reference)
    reference_of = {
        record_key(row.record): row.reference
        for row in rows_where(conn, members, MEMBER.c.record, records)
    }
    apart = set(kept_apart(conn))
    for of, pair in pairs:
        a, b = sorted(pair.record_keys(), key=record_id)
        first, second = reference_of.get(a), reference_of.get(b)
        if None not in (first, second) and first != second and (a, b) not in apart:
            yield QueuedPair(of, pair.a, pair.b, pair.score, pair.reason, pair.evidence)


def last_dedupe(conn: Connection) -> DedupeCompleted | None:
    """Return the last completed run of the matching rules, or None."""
    row = conn.execute(
        select(EVENT)
        .join(STANDING, STANDING.c.event == EVENT.c.id)
        .where(STANDING.c.kind == "dedupe_completed")
    ).all()
    for said in as_said(row):
        if isinstance(said.event, DedupeCompleted):
            return said.event
    return None


def records_since_dedupe(conn: Connection) -> int:
    """Return how many records were loaded that the matching rules have not looked at yet."""
    last = select(func.max(STANDING.c.event)).where(STANDING.c.kind == "dedupe_completed")
    found = conn.execute(
        select(func.sum(LOAD.c.records)).where(
            LOAD.c.state == "complete",
            LOAD.c.completed > func.coalesce(last.scalar_subquery(), 0),
        )
    )
    return int(found.scalar_one() or 0)


def merges_of(conn: Connection, reference: str) -> list[Said]:
    """Return the merges that hold a reference's records together, each with its reason."""
    own = select(MEMBER.c.reference).where(MEMBER.c.record == record_id(reference))
    members = select(MEMBER.c.record).where(MEMBER.c.reference == own.scalar_subquery())
    joining = (
        select(BOND.c.bond)
        .where(BOND.c.record.in_(members))
        .group_by(BOND.c.bond)
        .having(func.count() > 1)
    )
    ids = {int(bond.split("/")[0]) for bond in conn.execute(joining).scalars()}
    rows = conn.execute(select(EVENT).where(EVENT.c.id.in_(ids)).order_by(EVENT.c.id))
    return [said for said in as_said(rows) if isinstance(said.event, Merged)]
