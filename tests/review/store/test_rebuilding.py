import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import delete, text, update

from review.store import queries
from review.store.events import Decided, Merged
from review.store.ledger import Ledger
from review.store.projection_tables import PROJECTIONS, STATE
from screening.flow import check, count
from screening.problems import Severity
from screening.records import Stage, Verdict
from tests.review.store.histories import histories, load, play


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories)
def test_what_grew_event_by_event_is_what_a_rebuild_computes(history):
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "review.db", create=True) as ledger,
    ):
        play(ledger, history)
        assert ledger.rebuild() == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories)
def test_the_counts_of_any_history_obey_the_identities_of_prisma(history):
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "review.db", create=True) as ledger,
    ):
        play(ledger, history)
        with ledger.read() as conn:
            flow = count(
                queries.source_rows(conn),
                queries.state_rows(conn),
                queries.merge_rows(conn),
                queries.study_row(conn),
                {},
            )
            assert sum(row.records for row in queries.source_rows(conn)) == queries.record_count(
                conn
            )
    assert [found for found in check(flow) if found.severity is Severity.ERROR] == []


@pytest.mark.postgres
def test_on_postgresql_too_a_rebuild_computes_what_grew(postgres_url):
    with Ledger.open(postgres_url, create=True) as ledger:

        @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(histories)
        def grows_and_is_rebuilt(history):
            play(ledger, history)  # on top of what the examples before have written
            assert ledger.rebuild() == []

        grows_and_is_rebuilt()


def test_a_rebuild_tells_every_difference_and_changes_nothing_unless_asked(ledger):
    load(ledger, records=3)
    with ledger.write("anna", "web") as writer:
        writer.append(
            Decided(reference="r1", stage=Stage.TITLE_ABSTRACT, verdict=Verdict.INCLUDE)
        )
        writer.connection.execute(
            update(STATE).where(STATE.c.reference == 1).values(title_abstract="exclude")
        )
        writer.connection.execute(delete(STATE).where(STATE.c.reference == 2))
    told = [str(difference) for difference in ledger.rebuild()]
    assert told == [
        "screening_state 1: title_abstract is 'exclude' and should be 'include'",
        "screening_state 2 is missing",
    ]
    assert len(ledger.rebuild(repair=True)) == 2
    assert ledger.rebuild() == []


def test_every_table_that_is_not_the_ledger_is_rebuilt(ledger):
    with ledger.read() as conn:
        names = conn.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
        ours = set(names) - {"alembic_version"}
    assert ours - {table.name for table in PROJECTIONS} == {
        "event",
        "export_file",
        "record",
        "record_reading",
    }


def test_merging_in_one_portion_is_merging_one_by_one(tmp_path):
    merges = [
        Merged(records=pair, method="automatic", reason="same")
        for pair in (("r1", "r2"), ("r3", "r4"), ("r2", "r3"), ("r5", "r6"))
    ]
    states = []
    for name, together in (("one.db", False), ("many.db", True)):
        with Ledger.open(tmp_path / name, create=True) as ledger:
            load(ledger, records=6)
            with ledger.write("anna", "cli") as writer:
                for key in ("r1", "r3", "r4"):
                    writer.append(
                        Decided(reference=key, stage=Stage.TITLE_ABSTRACT, verdict=Verdict.INCLUDE)
                    )
                if together:
                    writer.append_many(merges)
                else:
                    for merge in merges:
                        writer.append(merge)
            with ledger.read() as conn:
                states.append((queries.groups(conn), queries.merge_rows(conn)))
    assert states[0] == states[1]
    assert states[0][0] == [("r1", "r2", "r3", "r4"), ("r5", "r6")]
