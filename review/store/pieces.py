"""Large sets are asked for and written in pieces, so that statements and memory stay small."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Delete,
    Dialect,
    Row,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.sql.elements import ColumnElement

AT_ONCE = 5_000
"""Rows per statement: enough to be fast, and within what SQLite and PostgreSQL take."""

_MANY = 100

Item = TypeVar("Item")


def pieces(items: Iterable[Item], size: int = AT_ONCE) -> Iterator[list[Item]]:
    """Yield the items in lists of at most `size`."""
    rest = iter(items)
    while piece := list(islice(rest, size)):
        yield piece


def rows_where(
    connection: Connection,
    statement: Select[Any],
    column: ColumnElement[Any],
    values: Iterable[Any],
) -> Iterator[Row[Any]]:
    """Yield the rows of a statement for which `column` is one of the values, however many.

    Other conditions are better tested on the rows: SQLite may take them for the narrower ones and
    search by them. A statement that is made once, and not for every call, is also put together once.
    """
    for piece in pieces(values):
        packed = _packed(connection, piece)
        yield from connection.execute(
            _rows_listed(statement, column, packed=packed), _list(piece, packed=packed)
        )


def delete_where(connection: Connection, column: Column[Any], values: Iterable[Any]) -> None:
    """Delete the rows of a column's table for which it is one of the values, however many."""
    for piece in pieces(values):
        packed = _packed(connection, piece)
        connection.execute(_deletion(column, packed=packed), _list(piece, packed=packed))


def insert_rows(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert whole rows through the driver, in pieces."""
    statement = _insertion(table, connection.dialect)
    names = table.columns.keys()
    in_order = connection.dialect.positional
    for piece in pieces(rows):
        values = [tuple(map(row.__getitem__, names)) if in_order else row for row in piece]
        connection.exec_driver_sql(statement, values)


@lru_cache(maxsize=256)
def _insertion(table: Table, dialect: Dialect) -> str:
    return str(insert(table).compile(dialect=dialect))


@lru_cache(maxsize=256)
def _rows_listed(
    statement: Select[Any], column: ColumnElement[Any], *, packed: bool
) -> Select[Any]:
    return statement.where(_one_of(column, packed=packed))


@lru_cache(maxsize=64)
def _deletion(column: Column[Any], *, packed: bool) -> Delete:
    return delete(column.table).where(_one_of(column, packed=packed))


def _one_of(column: ColumnElement[Any], *, packed: bool) -> ColumnElement[bool]:
    if not packed:
        return column.in_(bindparam("listed", expanding=True))
    return column.in_(select(func.json_each(bindparam("listed")).table_valued("value").c.value))


def _packed(connection: Connection, values: list[Any]) -> bool:
    """Return whether SQLite gets one parameter instead of thousands: three times as fast."""
    return connection.dialect.name == "sqlite" and len(values) >= _MANY


def _list(values: list[Any], *, packed: bool) -> dict[str, Any]:
    return {"listed": json.dumps(values) if packed else values}
