"""The state of references, recomputed whenever something is said of their records."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from review.store.events import Event
from review.store.pieces import delete_where, insert_rows, pieces, rows_where
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


def restate_records(connection: Connection, records: Iterable[int]) -> None:
    """Recompute the state of the references that these records belong to."""
    rows = rows_where(connection, select(MEMBER.c.reference), MEMBER.c.record, records)
    restate(connection, {row.reference for row in rows})


def restate_all(connection: Connection) -> None:
    """Recompute the state of every reference, as when the policy changes."""
    restate(connection, connection.execute(select(REFERENCE.c.id)).scalars().all())


def restate(connection: Connection, references: Iterable[int]) -> None:
    """Recompute the state of these references."""
    screening = screening_section(connection)
    stopped = connection.execute(
        select(STANDING.c.event).where(STANDING.c.kind == "stopped_early")
    ).scalar()
    sources = {row.id: row.source for row in connection.execute(select(LOAD.c.id, LOAD.c.source))}
    for piece in pieces(sorted(references)):
        facts = _facts(connection, piece, sources)
        delete_where(connection, STATE.c.reference, piece)
        rows = (state_of(one, screening, stopped) for one in facts)
        insert_rows(connection, STATE, rows)


def screening_section(connection: Connection) -> ScreeningSection:
    """Return the screening section of the protocol in force; the default before there is one."""
    standing = select(STANDING.c.event).where(STANDING.c.kind == "protocol_adopted")
    return section_of(connection, connection.execute(standing).scalar())


def section_of(connection: Connection, protocol: int | None) -> ScreeningSection:
    """Return the screening section of a protocol version by its event; the default for none."""
    text = connection.execute(select(EVENT.c.payload).where(EVENT.c.id == protocol)).scalar()
    return ScreeningSection.model_validate(json.loads(text)["screening"] if text else {})


def _facts(
    connection: Connection, references: Sequence[int], sources: Mapping[int, str]
) -> list[Facts]:
    in_order = select(MEMBER).order_by(MEMBER.c.record)
    members = list(rows_where(connection, in_order, MEMBER.c.reference, references))
    dated = select(REFERENCE.c.id, REFERENCE.c.year)
    years = {row.id: row.year for row in rows_where(connection, dated, REFERENCE.c.id, references)}
    said = _said(connection, {row.record: row.reference for row in members})
    records: dict[int, list[tuple[int, str, int, bool]]] = defaultdict(list)
    source: dict[int, str] = {}
    for row in members:
        records[row.reference].append((row.record, row.lane, row.completed, row.late))
        source.setdefault(row.reference, sources[row.load])
    return [
        Facts(source[reference], years[reference], own, said.get(reference, ()))
        for reference, own in records.items()
    ]


def _said(
    connection: Connection, reference_of: Mapping[int, int]
) -> dict[int, list[tuple[int, str, Event]]]:
    """Return what stands about the records, by reference and in the order it was said."""
    statement = select(
        EVENT.c.id, EVENT.c.kind, EVENT.c.actor, EVENT.c.payload, STANDING.c.record
    ).join(STANDING, STANDING.c.event == EVENT.c.id)
    found: dict[int, list[tuple[int, str, Event]]] = defaultdict(list)
    for row in rows_where(connection, statement, STANDING.c.record, reference_of):
        if row.kind in FACT_KINDS:
            event = read_event(row.kind, row.payload)
            found[reference_of[row.record]].append((row.id, row.actor, event))
    for said in found.values():
        said.sort(key=lambda one: one[0])
    return found
