"""PostgreSQL is spoken to directly: what is said is kept together or not at all, and nothing is missed."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy import Connection, create_engine, insert, make_url, select, text
from sqlalchemy.exc import DBAPIError

from review.store import queries
from review.store.asking import WIRE, ask, foresee, tell
from review.store.events import Decided
from review.store.ledger import Ledger
from review.store.opening import engine_for, write_connection
from review.store.projection_tables import SUBJECT_EVENT
from review.store.tables import EVENT
from screening.problems import WinnowError
from screening.records import Stage, Verdict
from tests.review.store.histories import load

pytestmark = pytest.mark.postgres
SAID = insert(SUBJECT_EVENT)
HEARD = select(SUBJECT_EVENT.c.subject, SUBJECT_EVENT.c.event)
DECIDED = Decided(reference="r1", stage=Stage.TITLE_ABSTRACT, verdict=Verdict.INCLUDE)


@pytest.fixture
def place(postgres_url: str) -> str:
    with Ledger.open(postgres_url, create=True):
        return postgres_url


@pytest.fixture
def writing(place: str) -> Iterator[Connection]:
    engine = engine_for(place, create=False, patience=1)
    with write_connection(engine) as connection:
        yield connection
    engine.dispose()


def say(connection: Connection, subject: str, event: int) -> None:
    tell(connection, SAID, [{"subject": subject, "event": event}])


def test_what_was_told_is_there_for_the_next_question(writing: Connection) -> None:
    say(writing, "a", 1)
    assert ask(writing, HEARD, {}) == [("a", 1)]


def test_what_was_told_is_there_where_sqlalchemy_asks_next(writing: Connection) -> None:
    say(writing, "a", 1)
    assert writing.execute(HEARD).all() == [("a", 1)]


def test_what_was_told_last_is_kept_with_the_commit(place: str) -> None:
    engine = engine_for(place, create=False, patience=1)
    with write_connection(engine) as connection:
        say(connection, "a", 1)
    with write_connection(engine) as connection:
        assert ask(connection, HEARD, {}) == [("a", 1)]
    engine.dispose()


def test_nothing_of_a_transaction_is_kept_that_was_given_up(place: str) -> None:
    engine = engine_for(place, create=False, patience=1)
    with suppress(RuntimeError), write_connection(engine) as connection:
        say(connection, "a", 1)
        ask(connection, HEARD, {})
        say(connection, "b", 2)
        raise RuntimeError
    with write_connection(engine) as connection:
        assert ask(connection, HEARD, {}) == []
    engine.dispose()


def test_what_the_database_refuses_is_told_with_the_commit_at_the_latest(place: str) -> None:
    engine = engine_for(place, create=False, patience=1)
    twice = {"subject": "a", "event": 1}
    with pytest.raises(DBAPIError, match="duplicate key"), write_connection(engine) as connection:
        tell(connection, SAID, [twice, twice])
    with write_connection(engine) as connection:
        assert ask(connection, HEARD, {}) == []
        say(connection, "a", 1)
        assert ask(connection, HEARD, {}) == [("a", 1)]
    engine.dispose()


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


def test_a_foreseen_answer_is_forgotten_with_its_transaction(place: str) -> None:
    with Ledger.open(place) as one, Ledger.open(place) as other:
        with one.read() as connection:
            foresee(connection, [(HEARD, {})])
        engine = engine_for(place, create=False, patience=1)
        with write_connection(engine) as connection:
            say(connection, "a", 1)
        engine.dispose()
        for ledger in (one, other):
            with ledger.read() as connection:
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
    for number in range(600):
        statement = select(SUBJECT_EVENT.c.event.label(f"n{number}"))
        assert ask(writing, statement, {}) == [(1,)]


def test_after_connections_were_cut_one_is_told_and_the_next_goes_on(place: str) -> None:
    with Ledger.open(place) as ledger:
        load(ledger)
        with ledger.read(), ledger.read(), ledger.read() as connection:
            queries.people(connection)
        cut(place)
        with pytest.raises(WinnowError, match="does not answer"), ledger.write("anna", "web"):
            pass
        with ledger.write("anna", "web") as writer:
            writer.append(DECIDED)
        with ledger.read() as one, ledger.read() as other:
            assert queries.votes(one, Stage.TITLE_ABSTRACT) == queries.votes(
                other, Stage.TITLE_ABSTRACT
            )


def cut(place: str) -> None:
    """End every other connection to the database, as a server does that is started anew."""
    url = make_url(place).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid != pg_backend_pid()"
            )
        )
    engine.dispose()


def test_every_connection_speaks_for_itself(place: str) -> None:
    with Ledger.open(place) as ledger, ledger.read() as one, ledger.read() as other:
        assert one.info[WIRE] is not other.info[WIRE]
