import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import review.store
from review.store import projection_tables, queries, tables
from review.store.events import PersonAdded
from review.store.ledger import Ledger
from review.store.opening import HEAD, KNOWN, engine_for, write_connection
from screening.problems import WinnowError
from tests.review.store.histories import load


def test_a_new_ledger_has_exactly_the_tables_the_classes_declare(any_ledger: Ledger) -> None:
    assert tables.EVENT.metadata is projection_tables.STATE.metadata
    with any_ledger.read() as conn:
        differences = compare_metadata(MigrationContext.configure(conn), tables.METADATA)
    assert differences == []


def test_the_version_opened_without_alembic_is_its_newest_migration() -> None:
    config = Config()
    migrations = Path(review.store.__file__).parent / "migrations"
    config.set_main_option("script_location", str(migrations))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert script.get_current_head() == HEAD
    assert tuple(one.revision for one in script.walk_revisions())[::-1] == KNOWN


def test_a_ledger_of_the_first_version_is_opened_with_everything_in_it(tmp_path: Path) -> None:
    config = Config()
    migrations = Path(review.store.__file__).parent / "migrations"
    config.set_main_option("script_location", str(migrations))
    config.set_main_option("path_separator", "os")
    place = tmp_path / "review.db"
    with write_connection(engine_for(place, create=True, patience=1)) as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, "0001")
    before = sqlite3.connect(place)
    before.execute(
        "INSERT INTO event VALUES (1, 'person_added', '2026-01-01T00:00:00.000000Z', 'anna', 'cli',"
        """ NULL, NULL, '{"name":"anna","roles":["reviewer"]}')"""
    )
    before.commit()
    before.close()
    with Ledger.open(place) as opened, opened.read() as conn:
        said = [one.event for one in queries.events_since(conn)]
        assert said == [PersonAdded(name="anna", roles=("reviewer",))]
        assert compare_metadata(MigrationContext.configure(conn), tables.METADATA) == []


def test_opening_the_store_imports_nothing_heavy(tmp_path: Path) -> None:
    Ledger.open(tmp_path / "review.db", create=True).close()
    program = (
        "import sys; from review.store.ledger import Ledger; "
        f"Ledger.open({str(tmp_path / 'review.db')!r}).close(); "
        "print(*{'alembic', 'pandas', 'numpy', 'scipy', 'sklearn', 'plotly', 'fastapi', 'psycopg'}"
        " & set(sys.modules))"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert found.stdout.split() == []


def test_a_missing_ledger_is_not_made_by_looking_for_it(tmp_path: Path) -> None:
    with pytest.raises(WinnowError, match="no ledger here yet"):
        Ledger.open(tmp_path / "review.db")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(WinnowError, match="folder for the ledger does not exist"):
        Ledger.open(tmp_path / "nowhere" / "review.db", create=True)


def test_a_file_that_is_no_database_is_told_as_such_and_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "review.db"
    place.write_text("Reviewer,Decision\n" * 200)
    with pytest.raises(WinnowError, match="not a Winnow ledger"):
        Ledger.open(place, create=True)
    assert place.read_text().startswith("Reviewer")


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "places.sqlite"
    with sqlite3.connect(place) as other:
        other.execute("CREATE TABLE bookmarks (id INTEGER)")
    other.close()
    with pytest.raises(WinnowError, match=r'another program .*"bookmarks"'):
        Ledger.open(place, create=True)


def test_a_ledger_of_a_newer_version_is_not_touched(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.write("x", "cli") as writer:
        writer.connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    ledger.close()
    with pytest.raises(WinnowError, match="newer version of Winnow"):
        Ledger.open(tmp_path / "review.db")


def test_a_locked_ledger_is_told_after_the_patience_given(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger)
    ledger.close()
    other = sqlite3.connect(tmp_path / "review.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with (
        Ledger.open(tmp_path / "review.db", patience=0.05) as opened,
        pytest.raises(WinnowError, match="Another program is writing"),
        opened.write("anna", "cli"),
    ):
        pass
    other.close()


def test_a_ledger_that_may_not_be_written_says_so(ledger: Ledger) -> None:
    with (  # noqa: PT012 - the pragma holds for this one connection
        pytest.raises(WinnowError, match="may not be written to"),
        ledger.write("anna", "cli") as writer,
    ):
        writer.connection.execute(text("PRAGMA query_only = ON"))
        writer.append(PersonAdded(name="anna", roles=("reviewer",)))


def test_other_kinds_of_database_are_refused_by_name() -> None:
    with pytest.raises(WinnowError, match='"mysql" is not a database'):
        Ledger.open("mysql://host/review")


def test_an_interrupted_first_opening_leaves_a_file_that_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "review.db"
    with monkeypatch.context() as patched:
        broken = "review.store.append_only._sqlite_guards"
        patched.setattr(broken, lambda *_: ["THIS IS NOT SQL"])
        with pytest.raises(WinnowError, match="does not answer"):
            Ledger.open(place, create=True)
    with Ledger.open(place, create=True) as opened:
        load(opened)
        assert opened.rebuild() == []


@pytest.mark.postgres
def test_postgresql_is_migrated_by_its_owner_alone(postgres_url: str) -> None:
    with pytest.raises(WinnowError, match="Have its owner run"):
        Ledger.open(postgres_url)
    Ledger.open(postgres_url, create=True).close()
    with Ledger.open(postgres_url) as ledger:
        load(ledger)


@pytest.mark.postgres
def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(WinnowError, match="does not answer") as told:
        Ledger.open("postgresql://anna:secret@127.0.0.1:1/review")
    assert "secret" not in str(told.value)
