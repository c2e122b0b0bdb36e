"""Statements that every decision needs: written out once for each database, then given to it as text.

SQLAlchemy looks each statement up by all of its parts, and prepares the reading of its columns, each
time it is executed. A decision takes some twenty small statements, and that was half its work.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Delete, Dialect, Select
from sqlalchemy.exc import DBAPIError

Statement = Select[Any] | CompoundSelect[Any] | Delete


def ask(connection: Connection, statement: Statement, values: Mapping[str, Any]) -> list[Any]:
    """Execute a statement that is made once, and return its rows, whose columns can be had by name.

    Rows come as the database sends them: SQLite's truths are 0 and 1. Lists cannot be among the
    values. Raises DBAPIError, as SQLAlchemy does.
    """
    written = _written(statement, connection.dialect)
    given = {**written.fixed, **values}
    in_order = given if written.order is None else tuple(map(given.__getitem__, written.order))
    if written.row is None:
        send(connection, written.text, [in_order])
        return []
    return [*map(written.row, send(connection, written.text, [in_order], asks=True))]


def send(
    connection: Connection, text: str, parameters: Sequence[Any], *, asks: bool = False
) -> list[Any]:
    """Give the database a statement in its own words, once for each of the parameters.

    Returns the rows of one that `asks` for some: to see that from what came back, psycopg describes
    every column anew. Raises DBAPIError, as SQLAlchemy does.
    """
    dialect = connection.dialect
    assert dialect.loaded_dbapi is not None  # noqa: S101 - there is a connection, so there is a driver
    cursor = connection.connection.cursor()
    try:
        if len(parameters) == 1:
            cursor.execute(text, parameters[0])
        else:
            cursor.executemany(text, parameters)
        return list(cursor.fetchall()) if asks else []
    except dialect.loaded_dbapi.Error as fault:
        told = DBAPIError.instance(
            text, parameters, fault, dialect.loaded_dbapi.Error, dialect=dialect
        )
        raise told from fault
    finally:
        cursor.close()


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement's text, the order of its parameters if that counts, those it fixes, and its rows."""

    text: str
    order: tuple[str, ...] | None
    fixed: Mapping[str, Any]
    row: Callable[[Sequence[Any]], Any] | None


@lru_cache(maxsize=512)
def _written(statement: Statement, dialect: Dialect) -> _Written:
    compiled = statement.compile(dialect=dialect)
    order = getattr(compiled, "positiontup", None)
    row = None
    if isinstance(statement, Select | CompoundSelect):
        names = [getattr(column, "name", "") for column in statement.selected_columns]
        row = _named(names)
    return _Written(
        str(compiled), tuple(order) if order is not None else None, compiled.params, row
    )


def _named(columns: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    """Return what makes a row that can be read by column; a column without a name by its place."""
    make: Any = namedtuple  # noqa: PYI024 - the columns are known when the statement is
    row: Callable[[Sequence[Any]], Any] = make("Row", columns, rename=True)._make
    return row
