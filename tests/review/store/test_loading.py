import pytest
from sqlalchemy import text

from review.store import queries
from review.store.events import (
    Decided,
    Event,
    LoadCompleted,
    LoadReread,
    LoadRetracted,
    LoadStarted,
    Merged,
)
from review.store.ledger import Ledger
from screening.problems import WinnowError, warning
from screening.records import Fields, SourceKind, Stage, Verdict
from tests.review.store.histories import a_record, load


def started(source: str = "medline", sha256: str = "abc") -> LoadStarted:
    return LoadStarted(
        source=source,
        source_name="MEDLINE",
        source_kind=SourceKind.DATABASE,
        name="medline.nbib",
        sha256=sha256,
        size=9,
        format="nbib",
    )


def begin(ledger: Ledger, event: Event) -> int:
    with ledger.write("anna", "cli") as writer:
        return writer.append(event)


def add(ledger: Ledger, number: int, first: int, last: int) -> None:
    with ledger.write("anna", "cli") as writer:
        writer.add_records(number, [a_record(n) for n in range(first, last + 1)])


def test_a_load_is_visible_only_when_it_is_complete(any_ledger: Ledger) -> None:
    number = begin(any_ledger, started())
    add(any_ledger, number, 1, 3)
    with any_ledger.read() as conn:
        assert queries.references(conn) == []
        assert queries.source_rows(conn) == []
        assert queries.record_at(conn, "medline.nbib", 1) is None
    begin(any_ledger, LoadCompleted(load=number, start_tags=3, records=3))
    with any_ledger.read() as conn:
        assert [line.key for line in queries.references(conn)] == ["r1", "r2", "r3"]
        assert queries.record_at(conn, "medline.nbib", 2) == "r2"
        assert queries.loaded_files(conn) == ["medline.nbib"]


@pytest.mark.postgres
def test_after_a_large_load_postgresql_knows_how_large_its_tables_are(postgres_url: str) -> None:
    """Without, it goes through all references for every verdict until it looks by itself."""
    with Ledger.open(postgres_url, create=True) as ledger:
        number = begin(ledger, started())
        add(ledger, number, 1, 1_000)
        begin(ledger, LoadCompleted(load=number, start_tags=1_000, records=1_000))
        seen = text("SELECT reltuples FROM pg_class WHERE relname = 'screening_state'")
        with ledger.read() as conn:
            assert conn.execute(seen).scalar_one() == 1_000


def test_an_interrupted_load_says_where_it_goes_on(any_ledger: Ledger) -> None:
    number = begin(any_ledger, started())
    add(any_ledger, number, 1, 3)
    with any_ledger.write("anna", "cli") as writer:
        writer.add_file_piece(number, 0, b"first")
    with any_ledger.read() as conn:
        (unfinished,) = queries.unfinished_loads(conn)
        assert unfinished == queries.load_of(conn, "medline", "abc")
    assert (unfinished.id, unfinished.stored_records, unfinished.stored_pieces) == (number, 3, 1)
    add(any_ledger, number, 4, 5)
    begin(any_ledger, LoadCompleted(load=number, start_tags=5, records=5))
    with any_ledger.read() as conn:
        assert queries.unfinished_loads(conn) == []
        assert queries.count_references(conn) == 5


def test_a_load_keeps_its_accounting(any_ledger: Ledger) -> None:
    number = begin(any_ledger, started())
    add(any_ledger, number, 1, 2)
    problem = warning("medline.nbib, line 9", "One entry has no end; it was read to the next.")
    completed = LoadCompleted(
        load=number,
        provider="PubMed",
        encoding="utf-8",
        start_tags=3,
        records=2,
        problems=(problem,),
        field_counts={"title": 2},
    )
    begin(any_ledger, completed)
    with any_ledger.read() as conn:
        (kept,) = queries.loads(conn)
    assert (kept.provider, kept.encoding, kept.start_tags, kept.records) == (
        "PubMed",
        "utf-8",
        3,
        2,
    )
    assert (kept.problems, kept.field_counts) == ((problem,), {"title": 2})
    assert kept.state == "complete"


def test_a_load_is_not_completed_with_fewer_records_than_it_claims(ledger: Ledger) -> None:
    number = begin(ledger, started())
    add(ledger, number, 1, 2)
    with pytest.raises(WinnowError, match="with 3 records, but the ledger holds 2"):
        begin(ledger, LoadCompleted(load=number, start_tags=3, records=3))


def test_a_complete_load_takes_no_more_records(ledger: Ledger) -> None:
    number = load(ledger)
    with pytest.raises(WinnowError, match="takes no more records: it is complete"):
        add(ledger, number, 9, 9)
    with pytest.raises(WinnowError, match="it is unknown"):
        add(ledger, 99, 1, 1)


def test_the_same_bytes_for_the_same_source_are_loaded_once(ledger: Ledger) -> None:
    first = begin(ledger, started())
    with pytest.raises(WinnowError, match=f"already loaded for this source .load {first}"):
        begin(ledger, started())
    assert begin(ledger, started(source="embase")) == first + 1


def test_a_retracted_file_can_be_loaded_again(any_ledger: Ledger) -> None:
    first = load(any_ledger, records=2, sha256="same")
    begin(any_ledger, LoadRetracted(load=first, reason="wrong source"))
    with pytest.raises(WinnowError, match="taken back already"):
        begin(any_ledger, LoadRetracted(load=first, reason="again"))
    with any_ledger.read() as conn:
        assert queries.load_of(conn, "medline", "same") is None
    second = load(any_ledger, records=2, sha256="same")
    with any_ledger.read() as conn:
        assert [one.state for one in queries.loads(conn)] == ["retracted", "complete"]
        assert [line.key for line in queries.references(conn)] == ["r3", "r4"]
        assert queries.load_of(conn, "medline", "same").id == second


def test_an_unfinished_load_can_be_retracted(ledger: Ledger) -> None:
    number = begin(ledger, started())
    add(ledger, number, 1, 2)
    begin(ledger, LoadRetracted(load=number, reason="the wrong file"))
    with ledger.read() as conn:
        assert queries.unfinished_loads(conn) == []
    assert ledger.rebuild() == []


def test_nothing_is_decided_on_a_record_that_is_not_visible(ledger: Ledger) -> None:
    number = begin(ledger, started())
    add(ledger, number, 1, 1)
    decided = Decided(reference="r1", stage=Stage.TITLE_ABSTRACT, verdict=Verdict.INCLUDE)
    with pytest.raises(WinnowError, match="no reference r1"):
        begin(ledger, decided)


def test_a_better_reading_changes_fields_and_neither_raw_text_nor_decisions(
    any_ledger: Ledger,
) -> None:
    number = load(any_ledger, records=2)
    decided = Decided(reference="r2", stage=Stage.TITLE_ABSTRACT, verdict=Verdict.INCLUDE)
    begin(any_ledger, decided)
    with any_ledger.write("anna", "cli") as writer:
        reread = writer.append(LoadReread(load=number, reader_version="0.2"))
        writer.add_readings(reread, {"r2": Fields(title="Read better", year=1999)})
    with any_ledger.read() as conn:
        line = queries.reference(conn, "r2")
        (verbatim,) = queries.verbatim_records(conn, "r2")
        assert dict(queries.visible_records(conn))["r2"].title == "Read better"
        assert queries.count_references(conn, queries.ReferenceFilter(text="better")) == 1
        assert queries.count_references(conn, queries.ReferenceFilter(year_to=1999)) == 1
    assert line.reference.fields == verbatim.reread == Fields(title="Read better", year=1999)
    assert line.standing.title_abstract == "include"
    assert verbatim.record == a_record(2)
    assert any_ledger.rebuild() == []


def test_counts_per_source_before_and_after_merging(ledger: Ledger) -> None:
    load(ledger, records=3)
    load(ledger, records=2, source="embase")
    begin(ledger, Merged(records=("r1", "r2"), method="automatic", reason="same"))
    begin(ledger, Merged(records=("r3", "r4"), method="automatic", reason="same"))
    with ledger.read() as conn:
        counts = queries.source_counts(conn)
    told = [(one.source, one.records, one.references, one.alone) for one in counts]
    assert told == [("medline", 3, 2, 1), ("embase", 2, 2, 1)]
