"""The loads, as each of their events leaves them."""

import json

from sqlalchemy import Connection, insert, select, update

from review.store.events import LoadCompleted, LoadReread, LoadRetracted, LoadStarted
from review.store.pieces import look_again
from review.store.projection_tables import LOAD, MEMBER, REFERENCE, STATE
from review.store.projections.membership import hide, recompose, show
from review.store.tables import READING, RECORD
from screening.records import SourceKind


def start(connection: Connection, identifier: int, event: LoadStarted) -> None:
    """Note a load that begins."""
    row = event.model_dump(mode="json", exclude={"kind"})
    connection.execute(insert(LOAD), [{"id": identifier, "state": "loading", **row}])


def complete(connection: Connection, identifier: int, event: LoadCompleted) -> None:
    """Close a load and make its records visible."""
    _change(
        connection,
        event.load,
        state="complete",
        completed=identifier,
        provider=event.provider,
        encoding=event.encoding,
        start_tags=event.start_tags,
        records=event.records,
        problems=json.dumps([problem.as_json() for problem in event.problems]),
        field_counts=json.dumps(event.field_counts),
    )
    kind = select(LOAD.c.source_kind).where(LOAD.c.id == event.load)
    lane = SourceKind(connection.execute(kind).scalar_one()).lane
    show(connection, event.load, lane, identifier)
    look_again(connection, event.records, RECORD, READING, MEMBER, REFERENCE, STATE)


def retract(connection: Connection, event: LoadRetracted) -> None:
    """Take a load out of the review."""
    _change(connection, event.load, state="retracted")
    hide(connection, event.load)


def reread(connection: Connection, event: LoadReread) -> None:
    """Compose a load's references from its latest readings."""
    _change(connection, event.load, reader_version=event.reader_version)
    records = select(MEMBER.c.record).where(MEMBER.c.load == event.load)
    recompose(connection, connection.execute(records).scalars().all())


def _change(connection: Connection, load: int, **values: object) -> None:
    connection.execute(update(LOAD).where(LOAD.c.id == load).values(**values))
