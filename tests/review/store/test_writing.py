import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from review.store import fields_text, queries
from review.store.events import (
    Adjudicated,
    AdjudicationWithdrawn,
    Appraised,
    Decided,
    DecisionWithdrawn,
    Entered,
    EntryWithdrawn,
    Event,
    LoadCompleted,
    LoadStarted,
    Named,
    PersonAdded,
    PersonChanged,
    ProtocolAdopted,
    Removed,
    Restored,
)
from review.store.events.kinds import KINDS
from review.store.ledger import Ledger
from screening.problems import WinnowError
from screening.records import Fields, Stage, Verdict
from tests.review.store.histories import a_record, load

ABSTRACT, FULL_TEXT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


def decided(
    key: str = "r1", verdict: Verdict = Verdict.INCLUDE, stage: Stage = ABSTRACT, **more: Any
) -> Decided:
    return Decided(reference=key, stage=stage, verdict=verdict, **more)


def append(ledger: Ledger, actor: str, *events: Event) -> list[int]:
    with ledger.write(actor, "web") as writer:
        return [writer.append(event) for event in events]


def test_every_event_says_who_when_through_which_door_and_under_which_protocol(
    tmp_path: Path,
) -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, 600, tzinfo=UTC)
    place = tmp_path / "review.db"
    with Ledger.open(place, create=True, clock=lambda: moment) as ledger:
        adopted, joined = append(
            ledger,
            "anna",
            ProtocolAdopted(text="[review]", sha256="abc"),
            PersonAdded(name="ben", roles=("reviewer",)),
        )
        with ledger.read() as conn:
            said = queries.event(conn, joined)
    assert (said.actor, said.door, said.protocol) == ("anna", "web", adopted)
    assert said.at == "2026-01-02T03:04:05.000600Z"
    assert said.event == PersonAdded(name="ben", roles=("reviewer",))


def test_the_ledger_s_order_is_the_order_of_ids_whatever_the_clock_says(tmp_path: Path) -> None:
    moments = [datetime(2026, 1, 1, tzinfo=UTC) - timedelta(days=n) for n in range(9)]
    clock = iter(moments).__next__
    with Ledger.open(tmp_path / "review.db", create=True, clock=clock) as ledger:
        for name in ("anna", "ben"):
            append(ledger, "x", PersonAdded(name=name, roles=()))
        with ledger.read() as conn:
            names = [said.event.name for said in queries.events_since(conn)]
    assert names == ["anna", "ben"]


def test_a_change_of_mind_is_a_new_row_that_names_what_it_supersedes(any_ledger: Ledger) -> None:
    load(any_ledger)
    first, second = append(any_ledger, "anna", decided(), decided(verdict=Verdict.EXCLUDE))
    with any_ledger.read() as conn:
        assert queries.event(conn, second).supersedes == first
        assert queries.event(conn, first).event == decided()
        assert [vote.id for vote in queries.votes(conn, ABSTRACT)] == [second]


def test_someone_who_answers_what_has_changed_meanwhile_overwrites_nothing(ledger: Ledger) -> None:
    load(ledger)
    scores = Appraised(
        unit="lieberman2005",
        instrument="ccat",
        instrument_version="1.4",
        scores={"introduction": 4},
        complete=False,
    )
    seen, newer = append(ledger, "anna", scores, scores.model_copy(update={"complete": True}))
    with (
        pytest.raises(WinnowError, match=f"answers event {seen}, but event {newer} stands"),
        ledger.write("anna", "web") as writer,
    ):
        writer.append(scores, supersedes=seen)
    with ledger.write("anna", "web") as writer:
        writer.append(scores, supersedes=newer)


def test_a_verdict_withdrawn_counts_no_more_and_stays_in_the_ledger(any_ledger: Ledger) -> None:
    load(any_ledger)
    gave, took = append(
        any_ledger, "anna", decided(), DecisionWithdrawn(reference="r1", stage=ABSTRACT)
    )
    with any_ledger.read() as conn:
        assert queries.votes(conn, ABSTRACT) == []
        assert queries.reference(conn, "r1").standing.title_abstract == "pending"
        assert [said.id for said in queries.events_of(conn, "r1")][-2:] == [gave, took]
    again = append(any_ledger, "anna", decided(verdict=Verdict.EXCLUDE))[0]
    with any_ledger.read() as conn:
        assert queries.event(conn, again).supersedes == took


def test_nobody_takes_back_another_s_word(ledger: Ledger) -> None:
    load(ledger)
    (vote,) = append(ledger, "anna", decided())
    (entry,) = append(ledger, "anna", Entered(sheet="measure", key="bdi", values={}))
    for event, supersedes in (
        (DecisionWithdrawn(reference="r1", stage=ABSTRACT), vote),
        (EntryWithdrawn(sheet="measure", key="bdi"), entry),
    ):
        with (
            pytest.raises(WinnowError, match="word of anna; only they"),
            ledger.write("ben", "web") as writer,
        ):
            writer.append(event, supersedes=supersedes)


def test_what_is_taken_back_twice_is_refused_the_second_time(ledger: Ledger) -> None:
    load(ledger)
    withdrawn = DecisionWithdrawn(reference="r1", stage=ABSTRACT)
    append(ledger, "anna", decided(), withdrawn)
    with pytest.raises(WinnowError, match=r"no .decided. to take back"):
        append(ledger, "anna", withdrawn)
    adjudicated = Adjudicated(reference="r1", stage=ABSTRACT, verdict=Verdict.EXCLUDE)
    undone = AdjudicationWithdrawn(reference="r1", stage=ABSTRACT)
    append(ledger, "cleo", adjudicated, undone)
    with pytest.raises(WinnowError, match="take back"):
        append(ledger, "cleo", undone)


def test_what_was_removed_before_screening_comes_back_one_by_one(any_ledger: Ledger) -> None:
    load(any_ledger, records=3)
    append(
        any_ledger,
        "anna",
        Removed(references=("r1", "r2", "r3"), how="automation", tool="filter", reason="language"),
        Restored(references=("r1",)),
        Restored(references=("r2",)),
    )
    with any_ledger.read() as conn:
        removed = [line.standing.removed for line in queries.references(conn)]
    assert removed == ["", "", "automation"]


def test_an_exception_leaves_nothing_of_the_transaction(any_ledger: Ledger) -> None:
    load(any_ledger)
    with any_ledger.read() as conn:
        before = queries.last_event(conn)
    with pytest.raises(WinnowError, match="no reference r99"):
        append(any_ledger, "anna", decided(), decided("r2"), decided("r99"))
    with any_ledger.read() as conn:
        assert queries.last_event(conn) == before
        assert queries.votes(conn, ABSTRACT) == []
    assert any_ledger.rebuild() == []


def test_every_unknown_reference_is_told_at_once(ledger: Ledger) -> None:
    load(ledger, records=1)
    with pytest.raises(WinnowError) as told, ledger.write("a", "cli") as writer:
        writer.append_many([decided(f"r{n}") for n in (1, 7, 8)])
    assert [problem.subject for problem in told.value.problems] == ["r7", "r8"]


def test_a_report_key_is_given_once_and_for_ever(ledger: Ledger) -> None:
    load(ledger)
    append(ledger, "anna", Named(reference="r1", report_key="lieberman2005"))
    with pytest.raises(WinnowError, match="lieberman2005 is given already"):
        append(ledger, "anna", Named(reference="r2", report_key="lieberman2005"))


def test_people_join_once_and_change_after(ledger: Ledger) -> None:
    append(ledger, "anna", PersonAdded(name="ben", roles=("reviewer",)))
    with pytest.raises(WinnowError, match="ben is in the review already"):
        append(ledger, "anna", PersonAdded(name="ben", roles=()))
    append(ledger, "anna", PersonChanged(name="ben", roles=("appraiser",), active=False))
    with ledger.read() as conn:
        assert queries.person(conn, "ben") == queries.Person("ben", ("appraiser",), False, "")  # noqa: FBT003 - a value


def test_an_inactive_reviewer_keeps_every_decision(ledger: Ledger) -> None:
    load(ledger)
    append(ledger, "ben", decided())
    append(ledger, "anna", PersonChanged(name="ben", roles=("reviewer",), active=False))
    with ledger.read() as conn:
        assert [vote.reviewer for vote in queries.votes(conn, ABSTRACT)] == ["ben"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "maybe"},
        {"stage": Stage.RETRIEVAL},
        {"reference": "lieberman2005"},
        {"reference": "r0"},
        {"verdict": Verdict.EXCLUDE, "stage": FULL_TEXT},
        {"surprise": True},
    ],
)
def test_an_event_that_makes_no_sense_is_never_made(wrong: dict[str, Any]) -> None:
    good = {"reference": "r1", "stage": ABSTRACT, "verdict": Verdict.INCLUDE}
    with pytest.raises(ValidationError):
        Decided.model_validate(good | wrong)


def test_every_kind_of_event_has_its_own_word() -> None:
    assert all(KINDS[kind].model_fields["kind"].default == kind for kind in KINDS)
    assert len(set(KINDS.values())) == len(KINDS)


texts = st.text(st.characters(exclude_categories=())) | st.just("nul \x00 and half \ud800")


@given(
    st.builds(
        Fields,
        title=st.none() | texts,
        authors=st.tuples(texts, texts),
        year=st.none() | st.integers(1, 3000),
        abstract=st.none() | texts,
    )
)
def test_fields_come_back_as_they_were_read(fields: Fields) -> None:
    kept = fields_text.decode(fields_text.encode(fields))
    empty_is_none = {name: getattr(fields, name) or None for name in ("title", "year", "abstract")}
    assert {name: getattr(kept, name) for name in empty_is_none} == empty_is_none
    assert kept.authors == fields.authors
    fields_text.search_text(fields).encode()  # whatever it holds, it can be stored


def test_text_no_database_likes_is_kept_verbatim(any_ledger: Ledger) -> None:
    nasty = "TY  - JOUR\x00\ud800 caf\xe9"
    record = a_record(1, title=nasty)
    with any_ledger.write("anna", "cli") as writer:
        started = writer.append(
            LoadStarted(
                source="m", source_kind="database", name="a", sha256="a", size=1, format="ris"
            )
        )
        writer.add_records(started, [record])
        writer.add_file_piece(started, 0, nasty.encode("utf-8", "surrogatepass"))
        writer.append(LoadCompleted(load=started, start_tags=1, records=1))
    with any_ledger.read() as conn:
        assert queries.verbatim_records(conn, "r1")[0].record == record
        assert queries.count_references(conn, queries.ReferenceFilter(text="CAFE")) == 1
        assert zlib.crc32(b"".join(queries.file_bytes(conn, started))) == zlib.crc32(
            nasty.encode("utf-8", "surrogatepass")
        )
