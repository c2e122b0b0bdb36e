"""The state of references, recomputed whenever something is said of their records."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from review.store.asking import ask, foresee
from review.store.checking import RECORDS
from review.store.events import Event, slot
from review.store.pieces import delete_where, listed, pieces, put_rows, rows_where
from review.store.projection_tables import (
    LOAD,
    MEMBER,
    REFERENCE,
    STANDING,
    STATE,
)
from review.store.projections.states import FACT_KINDS, Facts, state_of
from review.store.said import read_event
from review.store.tables import EVENT
from screening.decisions import ScreeningSection
from screening.records import Stage

IN_ORDER = (
    select(MEMBER, LOAD.c.source, REFERENCE.c.year)
    .join(LOAD, LOAD.c.id == MEMBER.c.load)
    .join(REFERENCE, REFERENCE.c.id == MEMBER.c.reference)
    .order_by(MEMBER.c.record)
)
# By their slots, of which each is one row: PostgreSQL does not know beforehand how rare a kind is.
_HOLDS = (
    select(EVENT.c.id, STANDING.c.kind, EVENT.c.payload)
    .join(STANDING, STANDING.c.event == EVENT.c.id)
    .where(
        or_(
            STANDING.c.slot == slot("protocol"),
            STANDING.c.slot == slot("stop", Stage.TITLE_ABSTRACT),
        )
    )
)
_SAID = select(EVENT.c.id, EVENT.c.kind, EVENT.c.actor, EVENT.c.payload, STANDING.c.record).join(
    STANDING, STANDING.c.event == EVENT.c.id
)


def restate_records(connection: Connection, records: Iterable[int]) -> None:
    """Recompute the state of the references that these records belong to."""
    rows = rows_where(connection, RECORDS, MEMBER.c.record, records)
    restate(connection, {row.reference for row in rows})


def restate_all(connection: Connection) -> None:
    """Recompute the state of every reference, as when the policy changes."""
    restate(connection, connection.execute(select(REFERENCE.c.id)).scalars().all())


def restate(connection: Connection, references: Iterable[int]) -> None:
    """Recompute the state of these references."""
    for piece in pieces(sorted(references)):
        members = list(rows_where(connection, IN_ORDER, MEMBER.c.reference, piece))
        records = [row.record for row in members]
        foresee(connection, [(_HOLDS, {}), *listed(_SAID, STANDING.c.record, records)])
        screening, stopped = _in_force(connection)
        there = [state_of(one, screening, stopped) for one in _facts(connection, members)]
        gone = set(piece).difference(row["reference"] for row in there)
        delete_where(connection, STATE.c.reference, gone)
        put_rows(connection, STATE, there)


def _in_force(connection: Connection) -> tuple[ScreeningSection, int | None]:
    """Return what settles verdicts: the screening section, and the event of a stop that stands."""
    standing = {row.kind: row for row in ask(connection, _HOLDS, {})}
    protocol, stop = standing.get("protocol_adopted"), standing.get("stopped_early")
    return _section(protocol.payload if protocol else None), stop.id if stop else None


def section_of(connection: Connection, protocol: int | None) -> ScreeningSection:
    """Return the screening section of a protocol version by its event; the default for none."""
    return _section(
        connection.execute(select(EVENT.c.payload).where(EVENT.c.id == protocol)).scalar()
    )


@lru_cache(maxsize=4)
def _section(payload: str | None) -> ScreeningSection:
    """Return the screening section in a protocol's event: read once, for it never changes."""
    return ScreeningSection.model_validate(json.loads(payload)["screening"] if payload else {})


def _facts(connection: Connection, members: Sequence[Row[Any]]) -> list[Facts]:
    said = _said(connection, {row.record: row.reference for row in members})
    records: dict[int, list[tuple[int, str, int, bool]]] = defaultdict(list)
    first: dict[int, Row[Any]] = {}
    for row in members:
        records[row.reference].append((row.record, row.lane, row.completed, row.late))
        first.setdefault(row.reference, row)
    return [
        Facts(first[reference].source, first[reference].year, own, said.get(reference, ()))
        for reference, own in records.items()
    ]


def _said(
    connection: Connection, reference_of: Mapping[int, int]
) -> dict[int, list[tuple[int, str, Event]]]:
    """Return what stands about the records, by reference and in the order it was said."""
    found: dict[int, list[tuple[int, str, Event]]] = defaultdict(list)
    for row in rows_where(connection, _SAID, STANDING.c.record, reference_of):
        if row.kind in FACT_KINDS:
            event = read_event(row.kind, row.payload)
            found[reference_of[row.record]].append((row.id, row.actor, event))
    for said in found.values():
        said.sort(key=lambda one: one[0])
    return found
