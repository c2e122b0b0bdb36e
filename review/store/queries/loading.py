"""What was loaded, with its accounting, and the records as they stood in their files."""

import json
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

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
    complete = conn.execute(
        select(LOAD).where(LOAD.c.state == "complete").order_by(LOAD.c.id)
    ).all()
    source_of = {row.id: row.source for row in complete}
    records: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for loads_of, references, records_of in _found_by(conn):
        sources = {source_of[load] for load in loads_of}
        kept.update(dict.fromkeys(sources, references))
        if len(sources) == 1:
            alone.update(dict.fromkeys(sources, references))
        for load, n in zip(loads_of, records_of, strict=True):
            records[source_of[load]] += n
    first: dict[str, Row[Any]] = {}
    for row in complete:
        first.setdefault(row.source, row)
    return [
        SourceCount(
            source,
            row.source_name or source,
            SourceKind(row.source_kind),
            records[source],
            kept[source],
            alone[source],
        )
        for source, row in first.items()
    ]


def _found_by(conn: Connection) -> Iterator[tuple[list[int], int, list[int]]]:
    """Yield (loads, references, records of each load) for references found by the same loads."""
    by_reference = (
        select(
            MEMBER.c.reference,
            func.min(MEMBER.c.load).label("first"),
            func.max(MEMBER.c.load).label("last"),
            func.count().label("n"),
        )
        .group_by(MEMBER.c.reference)
        .subquery()
    )
    within_one = (
        select(by_reference.c.first, func.count().label("kept"), func.sum(by_reference.c.n))
        .where(by_reference.c.first == by_reference.c.last)
        .group_by(by_reference.c.first)
    )
    for load, references, records in conn.execute(within_one):
        yield [load], references, [int(records)]
    across = select(by_reference.c.reference).where(by_reference.c.first != by_reference.c.last)
    counted = (
        select(MEMBER.c.reference, MEMBER.c.load, func.count().label("n"))
        .where(MEMBER.c.reference.in_(across))
        .group_by(MEMBER.c.reference, MEMBER.c.load)
        .order_by(MEMBER.c.reference)
    )
    for _, rows in groupby(conn.execute(counted), key=lambda row: row.reference):
        own = list(rows)
        yield [row.load for row in own], 1, [row.n for row in own]


def sources_of_references(conn: Connection) -> Iterator[list[str]]:
    """Yield for each reference the source of every record behind it, in ledger order."""
    rows = conn.execute(
        select(MEMBER.c.reference, LOAD.c.source)
        .join(LOAD, LOAD.c.id == MEMBER.c.load)
        .order_by(MEMBER.c.reference, MEMBER.c.record)
    )
    for _, own in groupby(rows, key=itemgetter(0)):
        yield [source for _, source in own]


def file_bytes(conn: Connection, load: int) -> Iterator[bytes]:
    """Yield the verbatim bytes of a load's file, piece by piece."""
    parts = (
        select(EXPORT_FILE.c.data)
        .where(EXPORT_FILE.c.load == load)
        .order_by(EXPORT_FILE.c.position)
    )
    for data in conn.execute(parts).scalars():
        yield zlib.decompress(data)


def records_at(conn: Connection, file: str) -> dict[int, str]:
    """Return the keys of the visible records of a loaded file by their positions (from 1).

    Where two loads have a file of that name, the earlier one's records are meant.
    """
    rows = conn.execute(
        select(RECORD.c.position, RECORD.c.id)
        .join(MEMBER, MEMBER.c.record == RECORD.c.id)
        .join(LOAD, LOAD.c.id == RECORD.c.load)
        .where(LOAD.c.name == file)
        .order_by(RECORD.c.id.desc())
    )
    return {row.position: record_key(row.id) for row in rows}


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
