import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import delete, text, update

from review.store import queries
from review.store.events import Decided, Merged
from review.store.ledger import Ledger
from review.store.projection_tables import PROJECTIONS, STATE
from screening.flow.counting import check, count
from screening.problems import Severity
from screening.records import Stage, Verdict
from tests.review.store.histories import histories, load, play

QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@pytest.fixture
def empty_ledger(ledger: Ledger, tmp_path: Path) -> Path:
    """A ledger without events, to be copied for each example."""
    ledger.close()
    return tmp_path / "review.db"


@settings(max_examples=60, deadline=None, suppress_health_check=QUIET)
@given(history=histories)
def test_what_grew_event_by_event_is_what_a_rebuild_computes(
    empty_ledger: Path, history: list[tuple[str, int, int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "review.db"
        shutil.copy(empty_ledger, place)
        with Ledger.open(place) as ledger:
            play(ledger, history)
            assert ledger.rebuild() == []
            assert_the_identities_of_prisma_hold(ledger)


def assert_the_identities_of_prisma_hold(ledger: Ledger) -> None:
    with ledger.read() as conn:
        sources = queries.source_rows(conn)
        states, merges = queries.flow_rows(queries.flow_groups(conn))
        flow = count(sources, states, merges, queries.study_row(conn), {})
        assert sum(row.records for row in sources) == queries.record_count(conn)
    surplus = sum(row.n for row in merges)
    assert sum(row.n for row in states) + surplus == sum(row.records for row in sources)
    assert [found for found in check(flow) if found.severity is Severity.ERROR] == []


@pytest.mark.postgres
def test_on_postgresql_too_a_rebuild_computes_what_grew(postgres_url: str) -> None:
    with Ledger.open(postgres_url, create=True) as ledger:

        @settings(max_examples=8, deadline=None, suppress_health_check=QUIET)
        @given(histories)
        def grows_and_is_rebuilt(history: list[tuple[str, int, int, int]]) -> None:
            play(ledger, history)  # on top of what the examples before have written
            assert ledger.rebuild() == []

        grows_and_is_rebuilt()


def test_a_rebuild_tells_every_difference_and_changes_nothing_unless_asked(ledger: Ledger) -> None:
    load(ledger, records=3)
    with ledger.write("anna", "web") as writer:
        writer.append(Decided(reference="r1", stage=Stage.TITLE_ABSTRACT, verdict=Verdict.INCLUDE))
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


def test_every_table_that_is_not_the_ledger_is_rebuilt(ledger: Ledger) -> None:
    with ledger.read() as conn:
        names = conn.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
        ours = set(names) - {"alembic_version"}
    assert ours - {table.name for table in PROJECTIONS} == {
        "event",
        "export_file",
        "record",
        "record_reading",
    }


def test_merging_in_one_portion_is_merging_one_by_one(tmp_path: Path) -> None:
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
                states.append(
                    (queries.groups(conn), queries.flow_rows(queries.flow_groups(conn))[1])
                )
    assert states[0] == states[1]
    assert states[0][0] == [("r1", "r2", "r3", "r4"), ("r5", "r6")]
