import pytest
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError

from review.store import queries
from review.store.append_only import UNIQUE_KEYS
from review.store.events import Decided, LoadReread
from review.store.ledger import Ledger
from review.store.tables import METADATA
from screening.records import Fields, Stage, Verdict
from tests.review.store.histories import load

COLUMNS = {
    "event": "(id, kind, at, actor, door, payload) VALUES (1, 'x', 'x', 'x', 'x', 'x')",
    "export_file": "(load, position, data) VALUES (1, 0, 'x')",
    "record": (
        "(id, load, position, source_file, format, fields, raw) VALUES (1, 1, 1, 'x', 'x', '{}', 'x')"
    ),
    "record_reading": "(reread, record, fields) VALUES (3, 1, 'x')",
}


@pytest.fixture
def filled(any_ledger: Ledger) -> Ledger:
    """A ledger with a row in every one of its tables."""
    return fill(any_ledger)


@pytest.fixture
def filled_file(ledger: Ledger) -> Ledger:
    """The same on SQLite alone."""
    return fill(ledger)


def fill(ledger: Ledger) -> Ledger:
    loaded = load(ledger, records=2)
    with ledger.write("anna", "cli") as writer:
        reread = writer.append(LoadReread(load=loaded, reader_version="2"))
        writer.add_readings(reread, {"r1": Fields(title="Read again")})
    return ledger


@pytest.mark.parametrize("table", UNIQUE_KEYS)
@pytest.mark.parametrize("change", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_no_row_of_the_ledger_ever_changes_or_goes(filled: Ledger, table: str, change: str) -> None:
    column = UNIQUE_KEYS[table][0][0]
    with filled.read() as conn:
        before = count(conn, table)
    assert before
    with pytest.raises(DBAPIError, match="append-only"), filled.write("x", "cli") as writer:
        writer.connection.execute(text(change.format(table, column)))
    with filled.read() as conn:
        assert count(conn, table) == before


def count(conn: Connection, table: str) -> int:
    counted = select(func.count()).select_from(METADATA.tables[table])
    return conn.execute(counted).scalar_one()


@pytest.mark.parametrize("table", UNIQUE_KEYS)
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
def test_nothing_is_replaced_by_inserting_over_it(
    filled_file: Ledger, table: str, verb: str
) -> None:
    insert = f"{verb} INTO {table} {COLUMNS[table]}"
    with pytest.raises(DBAPIError, match="append-only"), filled_file.write("x", "cli") as writer:
        writer.connection.execute(text(insert))


def test_nothing_is_replaced_through_what_it_supersedes(ledger: Ledger) -> None:
    load(ledger)
    with ledger.write("anna", "web") as writer:
        for verdict in (Verdict.INCLUDE, Verdict.EXCLUDE):
            decided = Decided(reference="r1", stage=Stage.TITLE_ABSTRACT, verdict=verdict)
            last = writer.append(decided)
    insert = (
        "INSERT OR REPLACE INTO event (id, kind, at, actor, door, payload, supersedes) "
        "VALUES (99, 'decided', 'x', 'x', 'x', 'x', :superseded)"
    )
    with pytest.raises(DBAPIError, match="append-only"), ledger.write("x", "cli") as writer:
        writer.connection.execute(text(insert), {"superseded": last - 1})
    with ledger.read() as conn:
        assert queries.event(conn, last) is not None


def test_nothing_is_changed_by_an_upsert(filled: Ledger) -> None:
    insert = " ".join(
        ("INSERT INTO event", COLUMNS["event"], "ON CONFLICT (id) DO UPDATE SET actor = 'mallory'")
    )
    with pytest.raises(DBAPIError, match="append-only"), filled.write("x", "cli") as writer:
        writer.connection.execute(text(insert))


def test_a_row_that_points_nowhere_is_refused(any_ledger: Ledger) -> None:
    orphan = "INSERT INTO export_file (load, position, data) VALUES (999, 0, 'x')"
    with (
        pytest.raises(DBAPIError, match=r"(?i)foreign key"),
        any_ledger.write("x", "cli") as writer,
    ):
        writer.connection.execute(text(orphan))


@pytest.mark.postgres
@pytest.mark.parametrize("table", UNIQUE_KEYS)
def test_postgresql_does_not_truncate_the_ledger_either(postgres_url: str, table: str) -> None:
    with (
        Ledger.open(postgres_url, create=True) as ledger,
        pytest.raises(DBAPIError, match="append-only"),
        ledger.write("x", "cli") as writer,
    ):
        writer.connection.execute(text(f"TRUNCATE {table} CASCADE"))
