"""Recomputing every projection from the ledger, and telling what differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, delete, except_, select

from review.store.pieces import AT_ONCE
from review.store.projection_tables import PROJECTIONS
from review.store.projections.fold import fold
from review.store.said import Said, as_said
from review.store.tables import EVENT


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of a projection that is not what the ledger says.

    `stored` is None where the row was missing, `recomputed` where it should not be there.
    """

    table: str
    key: tuple[Any, ...]
    stored: dict[str, Any] | None
    recomputed: dict[str, Any] | None

    def __str__(self) -> str:
        row = f"{self.table} {', '.join(map(str, self.key))}"
        if self.stored is None:
            return f"{row} is missing"
        if self.recomputed is None:
            return f"{row} should not be there"
        changes = (
            f"{name} is {self.stored[name]!r} and should be {value!r}"
            for name, value in self.recomputed.items()
            if self.stored[name] != value
        )
        return f"{row}: {'; '.join(changes)}"


def rebuild(connection: Connection) -> list[Difference]:
    """Recompute every projection in place and return what was different before."""
    before = [_set_aside(connection, table) for table in PROJECTIONS]
    for portion in _portions(connection):
        fold(connection, portion)
    differences = [
        found
        for then, now in zip(before, PROJECTIONS, strict=True)
        for found in _differences(connection, then, now)
    ]
    for table in before:
        table.drop(connection)
    return differences


def _set_aside(connection: Connection, table: Table) -> Table:
    """Move the rows of a projection to a temporary table and return that."""
    columns = [Column(column.name, column.type) for column in table.columns]
    before = Table(f"before_{table.name}", MetaData(), *columns, prefixes=["TEMPORARY"])
    before.create(connection)
    names = [column.name for column in columns]
    connection.execute(before.insert().from_select(names, select(table)))
    connection.execute(delete(table))
    return before


def _portions(connection: Connection) -> Iterator[list[Said]]:
    last = 0
    while rows := connection.execute(
        select(EVENT).where(EVENT.c.id > last).order_by(EVENT.c.id).limit(AT_ONCE)
    ).all():
        yield list(as_said(rows))
        last = rows[-1].id


def _differences(connection: Connection, then: Table, now: Table) -> Iterator[Difference]:
    names = [column.name for column in now.primary_key.columns]
    stored, recomputed = (
        {
            tuple(row[name] for name in names): dict(row)
            for row in connection.execute(except_(select(one), select(other))).mappings()
        }
        for one, other in ((then, now), (now, then))
    )
    for key in sorted({*stored, *recomputed}):
        yield Difference(now.name, key, stored.get(key), recomputed.get(key))
