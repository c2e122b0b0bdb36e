"""Opening a database: which one, how it is spoken to, and sentences for what can go wrong."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from review.store.asking import WIRE
from screening.problems import WinnowError, error

HEAD = "0003"
"""The migration this version of Winnow works with; a test compares it with the migrations."""

KNOWN = ("0001", "0002", "0003")
"""Every migration there has been, oldest first."""

_KEPT_OPEN = 16
"""Connections that are kept: opening one costs more than a decision. More are opened where needed."""

_POOL: Mapping[str, Any] = {"pool_size": _KEPT_OPEN, "max_overflow": -1, "pool_use_lifo": True}

_WRITER_LOCK = 0x57696E6E6F77  # "Winnow": one advisory lock serialises all writers on PostgreSQL


def engine_for(place: str | Path, *, create: bool, patience: float) -> Engine:
    """Return an engine for a file path or a database URL.

    `patience` is how many seconds a writer waits for another before giving up. Raises WinnowError
    where there is no file and none may be created.
    """
    if isinstance(place, str) and "://" in place and not place.startswith("sqlite:"):
        return _postgresql(place, patience)
    path = Path(place.removeprefix("sqlite:///") if isinstance(place, str) else place)
    if not create and not path.is_file():
        raise _misuse(
            path, "There is no ledger here yet. Begin a review with `winnow init`, or name it."
        )
    if not path.parent.is_dir():
        raise _misuse(path, "The folder for the ledger does not exist. Make it first.")
    return _sqlite(path, patience)


def _sqlite(path: Path, patience: float) -> Engine:
    engine = create_engine(
        f"sqlite:///{path.resolve()}",
        connect_args={"timeout": patience, "cached_statements": 512},
        **_POOL,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        # Python's own transactions begin late and end at DDL; ours are explicit.
        connection.isolation_level = None
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",  # a verdict that was acknowledged survives a power cut
            "foreign_keys = ON",
            "recursive_triggers = ON",
            "cache_size = -8000",  # of each connection, and a server has many
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(place: str, patience: float) -> Engine:
    url = make_url(place)
    if url.get_backend_name() != "postgresql":
        raise _misuse(
            url.render_as_string(),
            f'"{url.get_backend_name()}" is not a database Winnow can use. '
            "Name a file (SQLite) or a postgresql:// address.",
        )
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            # psycopg drops all statements that are prepared, ours too, at times when it has some.
            connect_args={"prepare_threshold": None},
            **_POOL,
        )
    except ModuleNotFoundError:
        raise _misuse(
            url.render_as_string(),
            "PostgreSQL needs an extra part: install winnow-review[postgres].",
        ) from None

    _speak_directly(engine, patience)
    return engine


def _speak_directly(engine: Engine, patience: float) -> None:
    """Let transactions begin and end on the wires of connections, and SQLAlchemy speak in between."""
    from review.store.wire import Saying, Wire  # noqa: PLC0415 - psycopg is there where it is needed

    reading = Saying("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    writing = (
        Saying("BEGIN"),
        # In one statement: those who decide at once on a team's server wait for each other here.
        Saying(
            f"SELECT set_config('lock_timeout', '{round(patience * 1000)}', true), "
            f"pg_advisory_xact_lock({_WRITER_LOCK})"
        ),
    )

    @event.listens_for(engine, "connect")
    def connected(connection: Any, record: ConnectionPoolEntry) -> None:  # noqa: ANN401 - psycopg's
        record.info[WIRE] = Wire(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        for saying in writing if options.get("writes") else [reading] * bool(options.get("reads")):
            connection.info[WIRE].tell(saying)

    @event.listens_for(engine, "before_cursor_execute")
    def before(connection: Connection, *_: object) -> None:
        connection.info[WIRE].finish()

    @event.listens_for(engine, "commit")
    def commit(connection: Connection) -> None:
        connection.info[WIRE].commit()

    @event.listens_for(engine, "rollback")
    def rollback(connection: Connection) -> None:
        if not connection.invalidated:  # or asking for its wire would open a new one
            connection.info[WIRE].forget()


def bring_up_to_date(engine: Engine, *, create: bool) -> None:
    """Migrate the database where that is due and allowed.

    SQLite is migrated on opening; PostgreSQL only with `create`, by a role that may. Raises
    WinnowError for a database of a newer version, of another program, or not migrated.
    """
    with told(engine), engine.connect() as connection:
        version = _version(connection)
        if version == HEAD:
            return
        _refuse_unknown(connection, version)
    if engine.dialect.name != "sqlite" and not create:
        raise _misuse(
            name_of(engine),
            "The database is not set up for this version of Winnow. "
            "Have its owner run `winnow init` with the same address once.",
        )
    from review.store.migrating import migrate  # noqa: PLC0415 - alembic only when it is due

    with told(engine), write_connection(engine) as connection:
        if _version(connection) != HEAD:  # another process may have been first
            migrate(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar_one_or_none()
    return found


def _refuse_unknown(connection: Connection, version: str | None) -> None:
    place = name_of(connection.engine)
    if version is not None and version not in KNOWN:
        raise _misuse(
            place,
            "The ledger was written by a newer version of Winnow. Install that version: "
            "pip install --upgrade winnow-review.",
        )
    if version is None and (tables := inspect(connection).get_table_names()):
        raise _misuse(
            place,
            f'This is the database of another program (it has a table "{min(tables)}"). '
            "Name another file or database for the review.",
        )


@contextmanager
def write_connection(engine: Engine) -> Iterator[Connection]:
    """Yield a connection in a transaction that no other writer shares."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def read_connection(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that sees one state of the ledger, whatever is written meanwhile."""
    with engine.connect().execution_options(reads=True) as connection, connection.begin():
        yield connection


def name_of(engine: Engine) -> str:
    """Return the database's name as a person knows it: the file, or the address without password."""
    if engine.dialect.name == "sqlite":
        return Path(engine.url.database or "").name
    return engine.url.render_as_string()


@contextmanager
def told(engine: Engine) -> Iterator[None]:
    """Turn what a database complains of into a sentence with a remedy."""
    try:
        yield
    except DBAPIError as problem:
        if isinstance(problem, OperationalError):
            engine.dispose()  # whatever is amiss, no connection that was kept is relied on
        if sentence := _sentence(problem):
            raise _misuse(name_of(engine), sentence) from problem
        raise


_COMPLAINTS = {
    "locked": "Another program is writing to the ledger. Wait until it has finished, or close it.",
    "lock timeout": "Someone else is writing to the ledger. Wait a moment and try again.",
    "not a database": "This file is not a Winnow ledger. Name another, or restore it from a copy.",
    "malformed": "The file is damaged. Restore it from a copy.",
    "readonly": "The ledger may not be written to. Change the file's permissions.",
    "read-only": "The ledger may not be written to. Ask its owner for the right to.",
    "unable to open": "The file cannot be opened. Check its folder and its permissions.",
    "disk is full": "The disk is full; nothing of this step was written. Make room and try again.",
    "permission denied": "The database refuses this. Ask its owner for the right to.",
}


def _sentence(problem: DBAPIError) -> str | None:
    said = str(problem.orig).lower()
    known = next((answer for words, answer in _COMPLAINTS.items() if words in said), None)
    if known is None and isinstance(problem, OperationalError):
        return f"The database does not answer: {str(problem.orig).strip()}. Check its address."
    return known


def _misuse(where: Any, message: str) -> WinnowError:  # noqa: ANN401 - anything with a name
    return WinnowError(error(str(where), message))
