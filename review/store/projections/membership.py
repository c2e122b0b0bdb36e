"""Which records are visible, which reference each belongs to, and what that reference says."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from review.store import fields_text
from review.store.events import record_key
from review.store.pieces import delete_where, insert_rows, pieces, rows_where
from review.store.projection_tables import BOND, MEMBER, REFERENCE, STATE
from review.store.projections.grouping import groups
from review.store.projections.screening import restate
from review.store.tables import READING, RECORD
from screening.identification.composing import compose

_COMPOSED_AT_ONCE = 1_000  # references held in memory with all their text


def show(connection: Connection, load: int, lane: str, completed: int) -> None:
    """Make the records of a completed load visible, each as a reference of its own."""
    ids = select(RECORD.c.id).where(RECORD.c.load == load).order_by(RECORD.c.id)
    for piece in pieces(connection.execute(ids).scalars().all()):
        rows = (
            {
                "record": record,
                "load": load,
                "lane": lane,
                "completed": completed,
                "reference": record,
                "late": False,
            }
            for record in piece
        )
        insert_rows(connection, MEMBER, rows)
        _write_references(connection, [[record] for record in piece])


def hide(connection: Connection, load: int) -> None:
    """Take the records of a retracted load out of the review; merges with them dissolve."""
    gone = connection.execute(select(MEMBER.c.record).where(MEMBER.c.load == load)).scalars().all()
    near = _closure(connection, gone)
    delete_where(connection, BOND.c.record, gone)
    delete_where(connection, MEMBER.c.record, gone)
    _forget_references(connection, gone)
    _regroup(connection, near)


def regroup(connection: Connection, records: Iterable[int]) -> None:
    """Bring the references of these records, and of all bound to them, in line with the bonds."""
    _regroup(connection, _closure(connection, records))


def recompose(connection: Connection, records: Iterable[int]) -> None:
    """Compose the references of these records anew, as after a better reading."""
    references = rows_where(connection, select(MEMBER.c.reference), MEMBER.c.record, records)
    wanted = {row.reference for row in references}
    members: dict[int, list[int]] = defaultdict(list)
    for row in rows_where(
        connection, select(MEMBER.c.record, MEMBER.c.reference), MEMBER.c.reference, wanted
    ):
        members[row.reference].append(row.record)
    _write_references(connection, [sorted(own) for own in members.values()])


def _closure(connection: Connection, records: Iterable[int]) -> set[int]:
    """Return the records and all that share a reference or a bond with them, directly or not."""
    known: set[int] = set()
    new = set(records)
    while new:
        known |= new
        references = {
            row.reference
            for row in rows_where(connection, select(MEMBER.c.reference), MEMBER.c.record, new)
        }
        bonds = {
            row.bond for row in rows_where(connection, select(BOND.c.bond), BOND.c.record, new)
        }
        beside = rows_where(connection, select(MEMBER.c.record), MEMBER.c.reference, references)
        bound = rows_where(connection, select(BOND.c.record), BOND.c.bond, bonds)
        new = {row.record for row in (*beside, *bound)} - known
    return known


def _regroup(connection: Connection, records: Iterable[int]) -> None:
    before = {
        row.record: row.reference
        for row in rows_where(
            connection, select(MEMBER.c.record, MEMBER.c.reference), MEMBER.c.record, records
        )
    }
    bonds: dict[str, list[int]] = defaultdict(list)
    for row in rows_where(connection, select(BOND.c.bond, BOND.c.record), BOND.c.record, before):
        bonds[row.bond].append(row.record)
    now = groups(before, bonds.values())
    moved = [
        {"of": record, "to": own[0]} for own in now for record in own if before[record] != own[0]
    ]
    for piece in pieces(moved):
        connection.execute(
            update(MEMBER)
            .where(MEMBER.c.record == bindparam("of"))
            .values(reference=bindparam("to")),
            piece,
        )
    gone = set(before.values()) - {own[0] for own in now}
    _forget_references(connection, gone)
    _write_references(connection, now)


def _forget_references(connection: Connection, references: Iterable[int]) -> None:
    gone = list(references)
    delete_where(connection, REFERENCE.c.id, gone)
    delete_where(connection, STATE.c.reference, gone)


def _write_references(connection: Connection, members: Sequence[Sequence[int]]) -> None:
    """Compose and store the references of these groups of records, and restate them."""
    for some in pieces(members, _COMPOSED_AT_ONCE):
        texts = _texts(connection, [record for own in some for record in own])
        delete_where(connection, REFERENCE.c.id, [own[0] for own in some])
        insert_rows(connection, REFERENCE, [_row(own, texts) for own in some])
    restate(connection, [own[0] for own in members])


def _texts(connection: Connection, records: Sequence[int]) -> Mapping[int, str]:
    """Return the stored fields of records, as their latest reading has them."""
    first = rows_where(connection, select(RECORD.c.id, RECORD.c.fields), RECORD.c.id, records)
    texts = {row.id: row.fields for row in first}
    readings = select(READING.c.record, READING.c.fields).order_by(READING.c.reread)
    for row in rows_where(connection, readings, READING.c.record, records):
        texts[row.record] = row.fields
    return texts


def _row(records: Sequence[int], texts: Mapping[int, str]) -> dict[str, Any]:
    if len(records) == 1:  # as most are: nothing is to be chosen, and nothing to be encoded anew
        text = texts[records[0]]
        fields, origins = fields_text.decode(text), "[]"
    else:
        keyed = [(record_key(record), fields_text.decode(texts[record])) for record in records]
        reference = compose(keyed)
        fields, origins = reference.fields, json.dumps(reference.origins)
        text = fields_text.encode(fields)
    return {
        "id": records[0],
        "title": fields_text.storable(fields.title),
        "title_sort": fields_text.sort_key(fields.title),
        "authors": fields_text.storable("; ".join(fields.authors)),
        "year": fields.year,
        "journal": fields_text.storable(fields.journal),
        "doi": fields_text.storable(fields.doi),
        "fields": text,
        "origins": origins,
        "search": fields_text.search_text(fields),
    }
