"""Statements that every decision needs: written out once for each database, then given to it as text.

SQLAlchemy looks each statement up by all of its parts, and prepares the reading of its columns, each
time it is executed. A decision takes some twenty small statements, and that was half its work.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import CompoundSelect, Connection, Delete, Dialect, Insert, Select, Table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import visitors

if TYPE_CHECKING:
    from review.store.wire import Saying, Wire

Statement = Select[Any] | CompoundSelect[Any] | Delete
Question = tuple[Select[Any] | CompoundSelect[Any], Mapping[str, Any]]
"""A statement that is made once, and its values."""

WIRE = "wire"
"""Where a connection to PostgreSQL keeps what speaks to it, in the `info` of SQLAlchemy's."""


def ask(connection: Connection, statement: Statement, values: Mapping[str, Any]) -> list[Any]:
    """Execute a statement that is made once, and return its rows, whose columns can be had by name.

    Rows come as the database sends them: SQLite's truths are 0 and 1. Lists cannot be among the
    values. Raises DBAPIError, as SQLAlchemy does. On PostgreSQL a deletion may wait for what is asked
    next, and then it is that which raises.
    """
    wire = _wire(connection)
    written = _written(statement, connection.dialect)
    if wire is not None:
        saying = written.saying(values)
        if written.row is not None:
            return wire.ask(saying)
        wire.tell(saying)
        return []
    rows = _execute(connection, written.text, [written.in_order(values)])
    return [] if written.row is None else [*map(written.row, rows)]


def foresee(connection: Connection, questions: Iterable[Question]) -> None:
    """Ask PostgreSQL in one go what will be asked in this transaction, one by one.

    It is a hint: an answer that something may have changed meanwhile is asked for again, and one that
    nobody asks for is lost. SQLite is in this very process and needs none.
    """
    wire = _wire(connection)
    if wire is not None:
        wire.foresee(
            _written(statement, connection.dialect).saying(values)
            for statement, values in questions
        )


def tell(connection: Connection, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
    """Execute an insertion that is made once, for each of the rows.

    Raises DBAPIError, as SQLAlchemy does; on PostgreSQL it may wait for what is asked next, and then
    it is that which raises.
    """
    wire = _wire(connection)
    written = _written(statement, connection.dialect)
    if wire is None:
        _execute(connection, written.text, [written.in_order(row) for row in rows])
        return
    for row in rows:
        wire.tell(written.saying(row))


def _wire(connection: Connection) -> "Wire | None":
    return connection.connection.info.get(WIRE)


def _execute(connection: Connection, text: str, parameters: Sequence[Any]) -> list[Any]:
    """Give SQLite a statement in its own words, once for each of the parameters."""
    dialect = connection.dialect
    assert dialect.loaded_dbapi is not None  # noqa: S101 - there is a connection, so there is a driver
    cursor = connection.connection.cursor()
    try:
        if len(parameters) == 1:
            cursor.execute(text, parameters[0])
        else:
            cursor.executemany(text, parameters)
        return list(cursor.fetchall())
    except dialect.loaded_dbapi.Error as fault:
        told = DBAPIError.instance(
            text, parameters, fault, dialect.loaded_dbapi.Error, dialect=dialect
        )
        raise told from fault
    finally:
        cursor.close()


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement's text, the order of its parameters, those it fixes, its tables and its rows."""

    text: str
    order: tuple[str, ...]
    fixed: Mapping[str, Any]
    tables: frozenset[str]
    row: Callable[[Sequence[Any]], Any] | None

    def in_order(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the parameters as the statement numbers them."""
        given = {**self.fixed, **values} if self.fixed else values
        return tuple(map(given.__getitem__, self.order))

    def saying(self, values: Mapping[str, Any]) -> "Saying":
        """Return the statement with these values, as it is told to PostgreSQL."""
        from review.store.wire import Saying  # noqa: PLC0415 - psycopg is there where it is needed

        return Saying(self.text, self.in_order(values), self.tables, self.row or tuple)


@lru_cache(maxsize=512)
def _written(statement: Statement | Insert, dialect: Dialect) -> _Written:
    if dialect.name == "postgresql":
        from review.store.wire import DIALECT  # noqa: PLC0415 - likewise

        dialect = DIALECT
    compiled = statement.compile(dialect=dialect)
    order = tuple(getattr(compiled, "positiontup", None) or ())
    row = None
    if isinstance(statement, Select | CompoundSelect):
        names = [getattr(column, "name", "") for column in statement.selected_columns]
        row = _named(names)
    tables = frozenset(part.name for part in visitors.iterate(statement) if isinstance(part, Table))
    # An insertion is given whole rows: what it would fix is nothing but a None for each column.
    fixed = {} if isinstance(statement, Insert) else compiled.params
    return _Written(str(compiled), order, fixed, tables, row)


def _named(columns: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    """Return what makes a row that can be read by column; a column without a name by its place."""
    make: Any = namedtuple  # noqa: PYI024 - the columns are known when the statement is
    row: Callable[[Sequence[Any]], Any] = make("Row", columns, rename=True)._make
    return row
