"""PostgreSQL is spoken to directly: what is said is kept together or not at all, and nothing is missed."""

from collections.abc import Iterator
from contextlib import suppress

import psycopg
import pytest
from sqlalchemy import Connection, Engine, create_engine, delete, insert, make_url, select, text
from sqlalchemy.exc import DBAPIError

from review.store import queries
from review.store.asking import WIRE, ask, foresee, tell
from review.store.ledger import Ledger
from review.store.opening import engine_for, read_connection, write_connection
from review.store.projection_tables import SUBJECT_EVENT
from review.store.tables import EVENT, METADATA
from screening.problems import WinnowError

pytestmark = pytest.mark.postgres
SAID = insert(SUBJECT_EVENT)
HEARD = select(SUBJECT_EVENT.c.subject, SUBJECT_EVENT.c.event)


@pytest.fixture(scope="module")
def kept(postgres_server: str) -> Iterator[Engine]:
    """Return an engine of a database with two tables of the ledger and nothing else."""
    url = make_url(postgres_server)
    direct = create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with direct.connect() as connection:
        connection.execute(text("CREATE DATABASE of_the_wire"))
    place = url.set(database="of_the_wire").render_as_string(hide_password=False)
    engine = engine_for(place, create=False, patience=1)
    with write_connection(engine) as connection:
        METADATA.create_all(connection, [EVENT, SUBJECT_EVENT])
    yield engine
    engine.dispose()
    with direct.connect() as connection:
        connection.execute(text("DROP DATABASE of_the_wire"))
    direct.dispose()


@pytest.fixture
def engine(kept: Engine) -> Iterator[Engine]:
    yield kept
    with write_connection(kept) as connection:
        connection.execute(delete(SUBJECT_EVENT))


@pytest.fixture
def writing(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(writes=True) as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()


def say(connection: Connection, subject: str, event: int) -> None:
    tell(connection, SAID, [{"subject": subject, "event": event}])


def test_what_was_told_is_there_for_the_next_question(writing: Connection) -> None:
    say(writing, "a", 1)
    assert ask(writing, HEARD, {}) == [("a", 1)]


def test_what_was_told_is_there_where_sqlalchemy_asks_next(writing: Connection) -> None:
    say(writing, "a", 1)
    assert writing.execute(HEARD).all() == [("a", 1)]


def test_what_was_told_last_is_kept_with_the_commit(engine: Engine) -> None:
    with write_connection(engine) as connection:
        say(connection, "a", 1)
    with write_connection(engine) as connection:
        assert ask(connection, HEARD, {}) == [("a", 1)]


def test_nothing_of_a_transaction_is_kept_that_was_given_up(engine: Engine) -> None:
    with suppress(RuntimeError), write_connection(engine) as connection:
        say(connection, "a", 1)
        ask(connection, HEARD, {})
        say(connection, "b", 2)
        raise RuntimeError
    with write_connection(engine) as connection:
        assert ask(connection, HEARD, {}) == []


def test_what_the_database_refuses_is_told_with_the_commit_at_the_latest(engine: Engine) -> None:
    twice = {"subject": "a", "event": 1}
    with pytest.raises(DBAPIError, match="duplicate key"), write_connection(engine) as connection:
        tell(connection, SAID, [twice, twice])
    with write_connection(engine) as connection:
        assert ask(connection, HEARD, {}) == []
        say(connection, "a", 1)
        assert ask(connection, HEARD, {}) == [("a", 1)]


def test_a_commit_is_not_believed_where_something_was_refused_before(engine: Engine) -> None:
    """PostgreSQL answers such a COMMIT as if all were well, and keeps nothing."""

    def write_on_after_a_refusal() -> None:
        with write_connection(engine) as connection:
            say(connection, "a", 1)
            say(connection, "a", 1)
            with suppress(DBAPIError):
                ask(connection, HEARD, {})

    with pytest.raises(DBAPIError, match="nothing was kept"):
        write_on_after_a_refusal()


def test_a_foreseen_answer_is_asked_for_again_once_its_table_was_written_to(
    writing: Connection,
) -> None:
    foresee(writing, [(HEARD, {})])
    assert ask(writing, HEARD, {}) == []
    say(writing, "a", 1)
    assert ask(writing, HEARD, {}) == [("a", 1)]
    foresee(writing, [(HEARD, {})])
    writing.execute(SAID, {"subject": "b", "event": 2})
    assert ask(writing, HEARD, {}) == [("a", 1), ("b", 2)]


def test_a_foreseen_answer_is_forgotten_with_its_transaction(engine: Engine) -> None:
    with read_connection(engine) as connection:
        foresee(connection, [(HEARD, {})])
    with write_connection(engine) as other:
        say(other, "a", 1)
    with read_connection(engine) as connection:
        assert ask(connection, HEARD, {}) == [("a", 1)]


@pytest.mark.parametrize("value", ["", "naïve 🙂", "' \\ % $1 \r\n\t", "x" * 3_000_000])
def test_a_text_comes_back_as_it_was_said(writing: Connection, value: str) -> None:
    row = {"at": "", "actor": "", "door": "web", "kind": "none", "protocol": None}
    tell(writing, insert(EVENT), [{**row, "id": 1, "supersedes": None, "payload": value}])
    wanted = select(EVENT.c.payload, EVENT.c.supersedes)
    assert ask(writing, wanted, {}) == [(value, None)]


def test_a_text_that_postgresql_cannot_hold_is_refused_whole(writing: Connection) -> None:
    with pytest.raises(DBAPIError, match="NUL"):
        say(writing, "a\x00b", 1)
    assert ask(writing, HEARD, {}) == []


def test_many_rows_are_told_in_their_order(writing: Connection) -> None:
    rows = [{"subject": f"s{number:05}", "event": number} for number in range(3_500)]
    tell(writing, SAID, rows)
    heard = select(SUBJECT_EVENT.c.event).order_by(SUBJECT_EVENT.c.subject)
    assert [row.event for row in ask(writing, heard, {})] == list(range(3_500))


def test_more_statements_than_are_prepared_are_answered_too(writing: Connection) -> None:
    say(writing, "a", 1)
    for number in range(505):
        statement = select(SUBJECT_EVENT.c.event.label(f"n{number}"))
        assert ask(writing, statement, {}) == [(1,)]


def test_after_connections_were_cut_one_is_told_and_the_next_goes_on(postgres_url: str) -> None:
    with Ledger.open(postgres_url, create=True) as ledger:
        with ledger.read() as one, ledger.read() as other:
            assert queries.people(one) == queries.people(other) == []
            assert one.info[WIRE] is not other.info[WIRE]
        cut(postgres_url)
        with pytest.raises(WinnowError, match="does not answer"), ledger.read() as conn:
            queries.last_event(conn)
        with ledger.read() as one, ledger.read() as other:
            assert queries.last_event(one) == queries.last_event(other) == 0


def cut(place: str) -> None:
    """End every other connection to the database, as a server does that is started anew."""
    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid != pg_backend_pid()"
        )
