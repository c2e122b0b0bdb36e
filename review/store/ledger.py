"""The ledger: opened, read, written to, and rebuilt from itself."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

from sqlalchemy import Connection, Engine

from review.store.asking import foresee
from review.store.opening import (
    bring_up_to_date,
    engine_for,
    read_connection,
    told,
    write_connection,
)

if TYPE_CHECKING:
    from review.store.asking import Question
    from review.store.projections.rebuilding import Difference
    from review.store.writing import Writer

Door = Literal["cli", "web", "file"]
"""The way an event came in: the command line, the pages, or a file someone filled in."""


def _now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """An append-only ledger on SQLite or PostgreSQL, with the projections kept beside it.

    Threads may share one; writers wait for each other.
    """

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = _now) -> None:
        self._engine = engine
        self._clock = clock
        self._turn = threading.Lock()

    @classmethod
    def open(
        cls,
        place: str | Path,
        *,
        create: bool = False,
        patience: float = 30.0,
        clock: Callable[[], datetime] = _now,
    ) -> Self:
        """Open the ledger at a file path or a database URL, migrated to this version.

        `create` makes it where there is none, and on PostgreSQL migrates it. `patience` is how many
        seconds a writer waits for another. Raises WinnowError when the ledger is missing, locked, no
        database, of another program, of a newer version, or (PostgreSQL) not migrated.
        """
        engine = engine_for(place, create=create, patience=patience)
        try:
            bring_up_to_date(engine, create=create)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, clock)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection for `review.store.queries`; it sees one unchanging state."""
        with told(self._engine), read_connection(self._engine) as connection:
            yield connection

    @contextmanager
    def write(
        self, actor: str, door: Door, foreseen: "Iterable[Question]" = ()
    ) -> "Iterator[Writer]":
        """Yield a writer; what it is given is kept all together, or not at all on an exception.

        `foreseen` is what will be asked, where that is known: PostgreSQL then answers it in one go.
        Raises WinnowError when another program holds the ledger for longer than `patience`.
        """
        from review.store.writing import Writer  # noqa: PLC0415 - who only reads need not wait for it

        with self._turn, told(self._engine), write_connection(self._engine) as connection:
            foresee(connection, foreseen)
            yield Writer(connection, actor, door, self._clock)

    def rebuild(self, *, repair: bool = False) -> "list[Difference]":
        """Recompute every projection from the ledger and return what differs from the stored one.

        Nothing is changed unless `repair` is asked for.
        """
        from review.store.projections.rebuilding import rebuild  # noqa: PLC0415 - likewise

        with self._turn, told(self._engine), write_connection(self._engine) as connection:
            differences = rebuild(connection)
            if not repair:
                connection.rollback()
        return differences
