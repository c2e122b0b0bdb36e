"""Large sets are asked for and written in pieces, so that statements and memory stay small."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from itertools import islice
from typing import Any, Literal, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Delete,
    Insert,
    Row,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    text,
)
from sqlalchemy.sql.elements import ColumnElement

from review.store.asking import Question, Statement, ask, tell

_MANY = 1_000
AT_ONCE = 5_000
"""Rows per statement: enough to be fast, and within what SQLite and PostgreSQL take."""

_FEW = 3
_MANY = 100

_Listing = int | Literal["many", "packed"]

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
        listing = _listing(connection, piece)
        yield from _execute(connection, _rows_listed(statement, column, listing), piece, listing)


def listed(
    statement: Select[Any], column: ColumnElement[Any], values: Iterable[Any]
) -> list[Question]:
    """Return what `rows_where` asks, to be foreseen; nothing for none, nor for more than a few."""
    few = list(values)
    if not 0 < len(few) <= _FEW:
        return []
    return [(_rows_listed(statement, column, len(few)), _numbered(few))]


def delete_where(connection: Connection, column: Column[Any], values: Iterable[Any]) -> None:
    """Delete the rows of a column's table for which it is one of the values, however many."""
    for piece in pieces(values):
        listing = _listing(connection, piece)
        _execute(connection, _deletion(column, listing), piece, listing)


def insert_rows(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert whole rows through the driver, in pieces."""
    for piece in pieces(rows):
        tell(connection, _insertion(table), piece)


def put_rows(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert whole rows as `insert_rows` does; where there is one of the same key, it is replaced.

    What an index holds and a new row does not change is not written again.
    """
    for piece in pieces(rows):
        tell(connection, _replacement(table, connection.dialect.name), piece)


def look_again(connection: Connection, number: int, *tables: Table) -> None:
    """Let PostgreSQL look at tables to which so many rows were added, where they are many.

    It plans by what it last saw of a table, looks again by itself after a minute at best, and read all
    references for every verdict until then. SQLite plans by its indexes.
    """
    if number >= _MANY and connection.dialect.name == "postgresql":
        for table in tables:
            connection.execute(text(f"ANALYZE {table.name}"))


@lru_cache(maxsize=64)
def _insertion(table: Table) -> Insert:
    return insert(table)


@lru_cache(maxsize=64)
def _replacement(table: Table, database: str) -> Insert:
    # Only the one that is spoken: either takes as long to import as the rest of the store.
    new = import_module(f"sqlalchemy.dialects.{database}").insert(table)
    others = {
        column.name: new.excluded[column.name] for column in table.columns if not column.primary_key
    }
    put: Insert = new.on_conflict_do_update(index_elements=[*table.primary_key], set_=others)
    return put


@lru_cache(maxsize=256)
def _rows_listed(
    statement: Select[Any], column: ColumnElement[Any], listing: _Listing
) -> Select[Any]:
    return statement.where(_one_of(column, listing))


@lru_cache(maxsize=64)
def _deletion(column: Column[Any], listing: _Listing) -> Delete:
    return delete(column.table).where(_one_of(column, listing))


def _one_of(column: ColumnElement[Any], listing: _Listing) -> ColumnElement[bool]:
    match listing:
        case "packed":
            each = func.json_each(bindparam("listed")).table_valued("value")
            return column.in_(select(each.c.value))
        case "many":
            return column.in_(bindparam("listed", expanding=True))
        case number:
            return or_(*(column == bindparam(f"listed{n}") for n in range(number)))


def _listing(connection: Connection, values: list[Any]) -> _Listing:
    """Return how values are passed.

    A few, as with each decision, have a parameter each: a list is written into the statement anew
    every time. SQLite gets one parameter instead of thousands: three times as fast.
    """
    if len(values) <= _FEW:
        return len(values)
    return "packed" if connection.dialect.name == "sqlite" and len(values) >= _MANY else "many"


def _execute(
    connection: Connection, statement: Statement, values: list[Any], listing: _Listing
) -> Iterable[Any]:
    match listing:
        case "packed":
            return connection.execute(statement, {"listed": json.dumps(values)})
        case "many":
            return connection.execute(statement, {"listed": values})
        case _:
            return ask(connection, statement, _numbered(values))


def _numbered(values: list[Any]) -> dict[str, Any]:
    return {f"listed{n}": each for n, each in enumerate(values)}
