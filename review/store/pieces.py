"""Large sets are asked for and written in pieces, so that statements and memory stay small."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, Table, insert
from sqlalchemy.sql.elements import ColumnElement

AT_ONCE = 5_000
"""Rows per statement: enough to be fast, and within what SQLite and PostgreSQL take."""

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
    """Yield the rows of a statement for which `column` is one of the values, however many."""
    for piece in pieces(values):
        yield from connection.execute(statement.where(column.in_(piece)))


def insert_rows(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows through Core, in pieces."""
    for piece in pieces(rows):
        connection.execute(insert(table), piece)
