"""What was loaded, with its accounting, and the records as they stood in their files."""

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, Select, func, select

from review.store import fields_text
from review.store.events import record_id, record_key
from review.store.pieces import rows_where
from review.store.projection_tables import LOAD, MEMBER
from review.store.tables import EVENT, EXPORT_FILE, READING, RECORD
from screening.problems import Problem, Severity
from screening.records import Fields, Record, SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One file read for one source.

    `state` is loading, complete or retracted. `start_tags` counts the file's entries independently
    of the reader, `records` what it kept. `stored_records` and `stored_pieces` are what the ledger
    holds so far: where an interrupted load goes on.
    """

    id: int
    at: str
    actor: str
    source: str
    source_name: str
    source_kind: SourceKind
    name: str
    sha256: str
    size: int
    format: str
    state: str
    provider: str | None
    encoding: str
    start_tags: int
    records: int
    problems: tuple[Problem, ...]
    field_counts: dict[str, int]
    reader_version: str
    stored_records: int
    stored_pieces: int


@dataclass(frozen=True, slots=True)
class SourceCount:
    """What one source brought: `records` before merging, and after it.

    `references` are those it has any part in, `alone` those no other source found.
    """

    source: str
    name: str
    kind: SourceKind
    records: int
    references: int
    alone: int


@dataclass(frozen=True, slots=True)
class VerbatimRecord:
    """A record with its key, its load and source, and what a better reader found later, if any."""

    key: str
    load: int
    source: str
    record: Record
    reread: Fields | None = None


def loads(conn: Connection) -> list[Load]:
    """Return every load in the order they were begun, retracted ones too."""
    return [_load(row) for row in conn.execute(_loads().order_by(LOAD.c.id))]


def load_of(conn: Connection, source: str, sha256: str) -> Load | None:
    """Return the load of these bytes for this source, complete or interrupted, or None."""
    wanted = _loads().where(
        LOAD.c.source == source, LOAD.c.sha256 == sha256, LOAD.c.state != "retracted"
    )
    row = conn.execute(wanted).first()
    return None if row is None else _load(row)


def unfinished_loads(conn: Connection) -> list[Load]:
    """Return the loads that were interrupted and can go on."""
    return [_load(row) for row in conn.execute(_loads().where(LOAD.c.state == "loading"))]


def _loads() -> "Select[*tuple[object, ...]]":
    records = select(func.count()).where(RECORD.c.load == LOAD.c.id).scalar_subquery()
    stored = select(func.count()).where(EXPORT_FILE.c.load == LOAD.c.id).scalar_subquery()
    return select(
        LOAD, EVENT.c.at, EVENT.c.actor, records.label("stored"), stored.label("stored_pieces")
    ).join(EVENT, EVENT.c.id == LOAD.c.id)


def _load(row: "Row[*tuple[object, ...]]") -> Load:
    return Load(
        id=row.id,
        at=row.at,
        actor=row.actor,
        source=row.source,
        source_name=row.source_name,
        source_kind=SourceKind(row.source_kind),
        name=row.name,
        sha256=row.sha256,
        size=row.size,
        format=row.format,
        state=row.state,
        provider=row.provider,
        encoding=row.encoding,
        start_tags=row.start_tags,
        records=row.records,
        problems=tuple(
            Problem(Severity(one["severity"]), one["where"], one["message"], one["subject"])
            for one in json.loads(row.problems)
        ),
        field_counts=json.loads(row.field_counts),
        reader_version=row.reader_version,
        stored_records=row.stored,
        stored_pieces=row.stored_pieces,
    )


def loaded_files(conn: Connection) -> list[str]:
    """Return the names of the files whose records are in the review."""
    named = select(LOAD.c.name).where(LOAD.c.state == "complete").order_by(LOAD.c.id)
    return list(dict.fromkeys(conn.execute(named).scalars()))


def source_counts(conn: Connection) -> list[SourceCount]:
    """Return what each source brought before and after merging, in order of loading."""
    seen = (
        select(
            LOAD.c.source,
            MEMBER.c.reference,
            func.count().label("n"),
        )
        .join(LOAD, LOAD.c.id == MEMBER.c.load)
        .group_by(LOAD.c.source, MEMBER.c.reference)
        .subquery()
    )
    sources = (
        select(seen.c.reference, func.count().label("sources"))
        .group_by(seen.c.reference)
        .subquery()
    )
    counts = {
        row.source: row
        for row in conn.execute(
            select(
                seen.c.source,
                func.sum(seen.c.n).label("records"),
                func.count().label("kept"),
                func.count().filter(sources.c.sources == 1).label("alone"),
            )
            .join(sources, sources.c.reference == seen.c.reference)
            .group_by(seen.c.source)
        )
    }
    complete = select(LOAD).where(LOAD.c.state == "complete").order_by(LOAD.c.id)
    named = {row.source: row for row in reversed(conn.execute(complete).all())}
    order = dict.fromkeys(row.source for row in conn.execute(complete))
    return [
        SourceCount(
            source,
            named[source].source_name or source,
            SourceKind(named[source].source_kind),
            int(counts[source].records) if source in counts else 0,
            counts[source].kept if source in counts else 0,
            counts[source].alone if source in counts else 0,
        )
        for source in order
    ]


def file_bytes(conn: Connection, load: int) -> Iterator[bytes]:
    """Yield the verbatim bytes of a load's file, piece by piece."""
    parts = (
        select(EXPORT_FILE.c.data)
        .where(EXPORT_FILE.c.load == load)
        .order_by(EXPORT_FILE.c.position)
    )
    for data in conn.execute(parts).scalars():
        yield zlib.decompress(data)


def record_at(conn: Connection, file: str, position: int) -> str | None:
    """Return the key of the visible record at a position (from 1) of a loaded file, or None.

    Where two loads have a file of that name, the earlier one's record is meant.
    """
    found = conn.execute(
        select(RECORD.c.id)
        .join(MEMBER, MEMBER.c.record == RECORD.c.id)
        .join(LOAD, LOAD.c.id == RECORD.c.load)
        .where(LOAD.c.name == file, RECORD.c.position == position)
        .order_by(RECORD.c.id)
    ).scalar()
    return None if found is None else record_key(found)


def records_of_load(conn: Connection, load: int) -> Iterator[VerbatimRecord]:
    """Yield the records of a load in file order, visible or not."""
    rows = conn.execute(_verbatim().where(RECORD.c.load == load).order_by(RECORD.c.position))
    yield from _verbatim_records(conn, rows.all())


def verbatim_records(conn: Connection, reference: str) -> list[VerbatimRecord]:
    """Return the records behind a reference, in ledger order, as they stood in their files."""
    own = select(MEMBER.c.reference).where(MEMBER.c.record == record_id(reference))
    rows = conn.execute(
        _verbatim()
        .join(MEMBER, MEMBER.c.record == RECORD.c.id)
        .where(MEMBER.c.reference == own.scalar_subquery())
        .order_by(RECORD.c.id)
    )
    return list(_verbatim_records(conn, rows.all()))


def _verbatim() -> "Select[*tuple[object, ...]]":
    return select(RECORD, LOAD.c.source).join(LOAD, LOAD.c.id == RECORD.c.load)


def _verbatim_records(
    conn: Connection, rows: "Sequence[Row[*tuple[object, ...]]]"
) -> Iterator[VerbatimRecord]:
    latest = select(READING.c.record, READING.c.fields).order_by(READING.c.reread)
    reread = {
        row.record: fields_text.decode(row.fields)
        for row in rows_where(conn, latest, READING.c.record, [row.id for row in rows])
    }
    for row in rows:
        record = Record(
            source_file=row.source_file,
            position=row.position,
            format=row.format,
            provider=row.provider,
            fields=fields_text.decode(row.fields),
            raw=row.raw.decode("utf-8", "surrogatepass"),
            line=row.line,
        )
        yield VerbatimRecord(record_key(row.id), row.load, row.source, record, reread.get(row.id))
