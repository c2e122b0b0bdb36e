"""PostgreSQL spoken to through libpq: statements prepared once, and several of them in one go.

A decision takes some twenty small statements. A cursor of psycopg works longer on each than the
database does, and every answer is waited for, which wakes two processes. Here what is written waits
until something is asked or the transaction ends, what will be asked can be asked beforehand, and all
that is due goes out together (libpq's pipeline).
"""

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg import DataError, Error, OperationalError
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.waiting import READY_R, WAIT_R, WAIT_RW
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.pq.abc import PGconn, PGresult

DIALECT = PGDialect_asyncpg()  # type: ignore[no-untyped-call]
"""How statements are written for libpq: with numbered parameters, each with its type."""

_AT_ONCE = 1_000  # statements that may wait: a long load is not kept in memory
_MOST = 500  # statements that one connection prepares
_DONE = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK)


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement in PostgreSQL's words with its parameters, and the tables it reads or writes."""

    text: str
    values: tuple[Any, ...] = ()
    tables: frozenset[str] = frozenset()
    row: Callable[[Sequence[Any]], Any] = tuple


class Wire:
    """One connection to PostgreSQL. It raises DBAPIError, as SQLAlchemy does.

    Whoever lets psycopg speak on the same connection calls `finish` before.
    """

    def __init__(self, connection: "Connection[Any]") -> None:
        self._connection = connection
        self._pg: PGconn = connection.pgconn
        self._reading = Transformer(connection)
        self._names: dict[str, bytes] = {}
        self._waiting: list[tuple[Saying, list[bytes | None]]] = []
        self._foreseen: dict[tuple[str, tuple[Any, ...]], tuple[Saying, list[Any]]] = {}

    def tell(self, saying: Saying) -> None:
        """Let a statement that answers nothing go out with what is asked next, or when all ends."""
        self._waiting.append((saying, _as_sent(saying)))
        if saying.tables and self._foreseen:
            self._foreseen = {
                key: known
                for key, known in self._foreseen.items()
                if not known[0].tables & saying.tables
            }
        if len(self._waiting) >= _AT_ONCE:
            self._send()

    def foresee(self, questions: Iterable[Saying]) -> None:
        """Ask in one go what will be asked in this transaction.

        An answer is forgotten as soon as one of its tables is written to.
        """
        asked = list(questions)
        for saying, answer in zip(asked, self._send(*asked), strict=True):
            self._foreseen[saying.text, saying.values] = (saying, self._rows(saying, answer))

    def ask(self, saying: Saying) -> list[Any]:
        """Return the rows that a statement is answered with."""
        known = self._foreseen.get((saying.text, saying.values))
        return known[1] if known else self._rows(saying, *self._send(saying))

    def finish(self) -> None:
        """Send what waits. What was foreseen is forgotten, for psycopg may be told to change it."""
        self._foreseen.clear()
        if self._waiting:
            self._send()

    def commit(self) -> None:
        """Send what waits and end the transaction, in one go.

        Raises DBAPIError where PostgreSQL gave it up, because something in it was refused before.
        """
        self._foreseen.clear()
        (answer,) = self._send(_COMMIT)
        if answer.command_status != b"COMMIT":
            fault = OperationalError("the transaction was given up, and nothing was kept of it")
            raise DBAPIError.instance(_COMMIT.text, (), fault, Error) from fault

    def forget(self) -> None:
        """Leave unsaid what waits, because the transaction is given up."""
        self._foreseen.clear()
        self._waiting.clear()

    def _rows(self, saying: Saying, answer: "PGresult") -> list[Any]:
        self._reading.set_pgresult(answer)
        return self._reading.load_rows(0, answer.ntuples, saying.row)

    def _send(self, *questions: Saying) -> "list[PGresult]":
        """Send what waits and then some questions, and return what is answered to these."""
        due = [*self._waiting, *((each, _as_sent(each)) for each in questions)]
        self._waiting.clear()
        try:
            if len(due) == 1 and (name := self._names.get(due[0][0].text)):
                values: Any = due[0][1]  # None is a value that psycopg knows and does not declare
                answers = [self._pg.exec_prepared(name, values)]
            else:
                answers = self._in_one_go(due)
            if wrong := next((each for each in answers if each.status not in _DONE), None):
                raise error_from_result(wrong, self._connection.info.encoding)
        except Error as fault:
            about = due[-1][0]
            raise DBAPIError.instance(about.text, about.values, fault, Error) from fault
        return answers[len(due) - len(questions) :]

    def _in_one_go(self, due: "Sequence[tuple[Saying, list[bytes | None]]]") -> "list[PGresult]":
        self._pg.enter_pipeline_mode()
        try:
            return self._connection.wait(self._talk(due))
        finally:
            with suppress(Error):  # a connection that is lost says so by what is raised already
                self._pg.exit_pipeline_mode()

    def _talk(
        self, due: "Sequence[tuple[Saying, list[bytes | None]]]"
    ) -> "Generator[Any, Any, list[PGresult]]":
        """Send statements, then read all answers; psycopg waits wherever this yields."""
        new: dict[str, bytes] = {}
        steps: list[str] = []  # what is prepared, and for a question nothing
        for saying, values in due:
            name = self._names.get(saying.text) or new.get(saying.text)
            if name is None and len(self._names) + len(new) < _MOST:
                name = new[saying.text] = b"winnow_%d" % (len(self._names) + len(new))
                self._pg.send_prepare(name, saying.text.encode())
                steps.append(saying.text)
            if name is None:
                self._pg.send_query_params(saying.text.encode(), values)
            else:
                self._pg.send_query_prepared(name, values)
            steps.append("")
        self._pg.pipeline_sync()
        while self._pg.flush():
            if (yield WAIT_RW) & READY_R:
                self._pg.consume_input()
        answers: list[PGresult] = []
        for text in steps:
            answer = yield from self._answer()
            if text and answer.status == ExecStatus.COMMAND_OK:
                self._names[text] = new[text]
            else:
                answers.append(answer)
            yield from self._answered()
        yield from self._answer()  # that all is in step again
        return answers

    def _answer(self) -> "Generator[Any, Any, PGresult]":
        yield from self._arrived()
        answer = self._pg.get_result()
        if answer is None:
            raise OperationalError(self._pg.get_error_message())
        return answer

    def _answered(self) -> Generator[Any, Any, None]:
        """Go past the end of what one statement was answered."""
        yield from self._arrived()
        while self._pg.get_result() is not None:
            yield from self._arrived()

    def _arrived(self) -> Generator[Any, Any, None]:
        while self._pg.is_busy():
            yield WAIT_R
            self._pg.consume_input()


_COMMIT = Saying("COMMIT")


def _as_sent(saying: Saying) -> list[bytes | None]:
    return [None if value is None else _text(value) for value in saying.values]


def _text(value: object) -> bytes:
    """Return a value as PostgreSQL reads it. Raises DBAPIError for a text it cannot hold."""
    match value:
        case str():
            sent = value.encode()
            if b"\0" in sent:  # libpq would end the text there
                fault = DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
                raise DBAPIError.instance(None, None, fault, Error) from fault
            return sent
        case int():  # true and false are 1 and 0, which PostgreSQL reads as such
            return b"%d" % value
        case bytes():
            return b"\\x" + value.hex().encode()
        case _:
            message = f"no statement has a parameter of type {type(value).__name__}"
            raise TypeError(message)
