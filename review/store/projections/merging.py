"""Merging and splitting, one event after the other, with lateness settled as each is said."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product

from sqlalchemy import Connection, delete, func, select, update

from review.store.events import Merged, Split, record_id
from review.store.pieces import insert_rows, pieces, rows_where
from review.store.projection_tables import APART, BOND, MEMBER, STATE
from review.store.projections.membership import regroup
from screening.decisions import State

_LOOKED_AHEAD = 500  # merges considered at once; bounds the cost of many on one reference


def merge(connection: Connection, said: Sequence[tuple[int, Merged]]) -> None:
    """Merge the records of each event.

    Events that touch different references are merged together; one that touches a reference an
    earlier one has just changed waits for it, because whether a duplicate is late depends on where
    its reference stands at that moment.
    """
    done = 0
    while done < len(said):
        waiting = said[done : done + _LOOKED_AHEAD]
        keys = (key for _, event in waiting for key in event.records)
        reference_of = _references(connection, {record_id(key) for key in keys})
        touched: set[int] = set()
        together = 0
        for _, event in waiting:
            own = {reference_of[record_id(key)] for key in event.records}
            if own & touched:
                break
            touched |= own
            together += 1
        _merge_apart_from_each_other(connection, waiting[:together], reference_of)
        done += together


def split(connection: Connection, identifier: int, event: Split) -> None:
    """Let records leave what they were merged with, and keep them apart from it."""
    leaving = {record_id(key) for key in event.records}
    references = set(_references(connection, leaving).values())
    members = _members(connection, references)
    rows = rows_where(
        connection, select(BOND.c.bond, BOND.c.record), BOND.c.record, sorted(leaving)
    )
    cut = [(row.bond, row.record) for row in rows]
    for bond, record in cut:
        connection.execute(delete(BOND).where(BOND.c.bond == bond, BOND.c.record == record))
    bonds = [{"bond": f"{bond}/{identifier}", "record": record} for bond, record in cut]
    apart: list[tuple[int, int]] = []
    cleared = set(leaving)
    for reference, own in members.items():
        together = [record for record in own if record in leaving]
        rest = [record for record in own if record not in leaving]
        bonds += [{"bond": f"{identifier}/{reference}", "record": record} for record in together]
        apart += product(together, rest)
        if len(rest) == 1:
            cleared.update(rest)
    insert_rows(connection, BOND, bonds)
    _mark(connection, cleared, late=False)
    keep_apart(connection, apart, identifier)
    regroup(connection, [record for own in members.values() for record in own])


def keep_apart(connection: Connection, pairs: Iterable[tuple[int, int]], event: int) -> None:
    """Keep pairs of records apart, on the word of an event."""
    rows = [{"a": min(pair), "b": max(pair), "event": event} for pair in pairs]
    for row in rows:
        connection.execute(delete(APART).where(APART.c.a == row["a"], APART.c.b == row["b"]))
    insert_rows(connection, APART, rows)


def _merge_apart_from_each_other(
    connection: Connection, said: Sequence[tuple[int, Merged]], reference_of: dict[int, int]
) -> None:
    references = [{reference_of[record_id(k)] for k in event.records} for _, event in said]
    sought = _sought(connection, set().union(*references))
    # Of references that were all sought, one goes on; the others were one report too many.
    late = [reference for own in references for reference in sorted(own & sought)[1:]]
    _mark_first_records(connection, late)
    bonds = (
        {"bond": str(identifier), "record": record_id(key)}
        for identifier, event in said
        for key in dict.fromkeys(event.records)
    )
    insert_rows(connection, BOND, bonds)
    regroup(connection, [record_id(key) for _, event in said for key in event.records])
    by_person = [
        min(own)
        for own, (_, event) in zip(references, said, strict=True)
        if event.method == "person"
    ]
    _no_longer_apart(connection, by_person)


def _sought(connection: Connection, references: Iterable[int]) -> set[int]:
    statement = select(STATE.c.reference, STATE.c.lane, STATE.c.removed, STATE.c.title_abstract)
    return {
        row.reference
        for row in rows_where(connection, statement, STATE.c.reference, references)
        if row.lane == "dbr" and not row.removed and row.title_abstract == State.INCLUDE
    }


def _mark_first_records(connection: Connection, references: Iterable[int]) -> None:
    for piece in pieces(references):
        first = (
            select(func.min(MEMBER.c.record))
            .where(MEMBER.c.reference.in_(piece), MEMBER.c.lane == "dbr")
            .group_by(MEMBER.c.reference)
        )
        _mark(connection, connection.execute(first).scalars().all(), late=True)


def _mark(connection: Connection, records: Iterable[int], *, late: bool) -> None:
    for piece in pieces(records):
        connection.execute(update(MEMBER).where(MEMBER.c.record.in_(piece)).values(late=late))


def _no_longer_apart(connection: Connection, references: Sequence[int]) -> None:
    """Forget that records were kept apart once a person has merged them."""
    for own in _members(connection, references).values():
        for piece in pieces(own):
            pairs = connection.execute(
                select(APART.c.a, APART.c.b).where(APART.c.a.in_(piece))
            ).all()
            for a, b in pairs:
                if b in own:
                    connection.execute(delete(APART).where(APART.c.a == a, APART.c.b == b))


def _references(connection: Connection, records: Iterable[int]) -> dict[int, int]:
    statement = select(MEMBER.c.record, MEMBER.c.reference)
    return {
        row.record: row.reference
        for row in rows_where(connection, statement, MEMBER.c.record, records)
    }


def _members(connection: Connection, references: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    statement = select(MEMBER.c.record, MEMBER.c.reference).order_by(MEMBER.c.record)
    for row in rows_where(connection, statement, MEMBER.c.reference, references):
        found[row.reference].append(row.record)
    return found
