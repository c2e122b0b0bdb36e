from typing import Any

import pytest

from review.store import queries
from review.store.events import (
    Adjudicated,
    Assigned,
    Decided,
    DecisionWithdrawn,
    Event,
    Linked,
    Named,
    ProtocolAdopted,
    Ranked,
    Removed,
    Resumed,
    Retrieved,
    StoppedEarly,
)
from review.store.ledger import Ledger
from screening.flow.counting import StateRow, StudyRow
from screening.records import SourceKind, Stage, Verdict
from tests.review.store.histories import load

ABSTRACT, FULL_TEXT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
INCLUDE, EXCLUDE, UNSURE = Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.UNSURE


def append(ledger: Ledger, actor: str, *events: Event) -> None:
    with ledger.write(actor, "web") as writer:
        for event in events:
            writer.append(event)


def adopt(ledger: Ledger, **screening: Any) -> None:
    adopted = ProtocolAdopted(text=str(screening), sha256=str(screening), screening=screening)
    append(ledger, "anna", adopted)


def decided(key: str, verdict: Verdict = INCLUDE, stage: Stage = ABSTRACT, **more: Any) -> Decided:
    reasons = ("population",) if verdict is EXCLUDE else ()
    return Decided(reference=key, stage=stage, verdict=verdict, **{"reasons": reasons, **more})


def queue(ledger: Ledger, reviewer: str, stage: Stage = ABSTRACT, **how: Any) -> list[str]:
    with ledger.read() as conn:
        found = queries.queue(conn, stage, reviewer, **{"limit": 99, **how})
        if set(how) <= {"text"}:
            assert queries.count_queue(conn, stage, reviewer, **how) == len(found)
    return found


def standing(ledger: Ledger, key: str) -> queries.Standing:
    with ledger.read() as conn:
        line = queries.reference(conn, key)
    assert line is not None
    return line.standing


def test_nobody_is_given_what_they_voted_on_or_what_has_all_its_votes(any_ledger: Ledger) -> None:
    load(any_ledger, records=3)
    adopt(any_ledger, title_abstract={"policy": "dual"})
    append(any_ledger, "anna", decided("r1"), decided("r2", EXCLUDE))
    append(any_ledger, "ben", decided("r2"))
    assert set(queue(any_ledger, "anna")) == {"r3"}
    assert set(queue(any_ledger, "ben")) == {"r1", "r3"}
    assert set(queue(any_ledger, "Anna")) == {"r1", "r3"}  # another person than anna


def test_the_random_order_is_fixed_by_the_seed_and_can_begin_anywhere(ledger: Ledger) -> None:
    load(ledger, records=20)
    adopt(ledger, seed=1)
    order = queue(ledger, "anna")
    assert order == queue(ledger, "ben")
    assert order != sorted(order, key=lambda key: int(key[1:]))
    begun = queue(ledger, "anna", start=2**30)
    assert begun != order
    turn = order.index(begun[0])
    assert begun == order[turn:] + order[:turn]
    adopt(ledger, seed=2)
    assert queue(ledger, "anna") != order


@pytest.mark.parametrize("order", ["random", "year", "source", "title", "ranked"])
def test_every_order_gives_the_same_references_once(any_ledger: Ledger, order: str) -> None:
    load(any_ledger, records=5)
    load(any_ledger, records=3, source="embase")
    append(any_ledger, "anna", decided("r4"), decided("r7"))
    found = queue(any_ledger, "anna", order=order)
    assert sorted(found) == ["r1", "r2", "r3", "r5", "r6", "r8"]
    assert queue(any_ledger, "anna", order=order, limit=2) == found[:2]
    assert queue(any_ledger, "anna", order=order, skip=found[:1], limit=2) == found[1:3]


def test_a_ranked_order_is_followed_and_what_it_does_not_know_comes_after(ledger: Ledger) -> None:
    load(ledger, records=5)
    ranked = Ranked(stage=ABSTRACT, model="svm", seed=1, labels=9, order=("r4", "r2", "r1"))
    append(ledger, "anna", ranked, decided("r2"))
    found = queue(ledger, "anna", order="ranked")
    assert found[:2] == ["r4", "r1"]
    assert set(found[2:]) == {"r3", "r5"}
    own = Ranked(stage=ABSTRACT, reviewer="ben", model="svm", seed=1, labels=9, order=("r5", "r1"))
    append(ledger, "anna", own)
    assert queue(ledger, "ben", order="ranked")[:2] == ["r5", "r1"]
    with ledger.read() as conn:
        assert queries.ranked_order(conn, ABSTRACT) == ranked


def test_whoever_has_a_share_is_given_that_alone_until_it_is_lifted(any_ledger: Ledger) -> None:
    load(any_ledger, records=4)
    share = Assigned(reviewer="anna", stage=ABSTRACT, references=("r2", "r3"))
    append(any_ledger, "ben", share)
    assert set(queue(any_ledger, "anna")) == {"r2", "r3"}
    assert set(queue(any_ledger, "ben")) == {"r1", "r2", "r3", "r4"}
    with any_ledger.read() as conn:
        assert queries.progress(conn, ABSTRACT) == [queries.Progress("anna", 0, 2, 2)]
    append(any_ledger, "ben", share.model_copy(update={"references": ()}))
    assert len(queue(any_ledger, "anna")) == 4


def test_a_queue_goes_on_where_its_reader_was_and_comes_round_to_what_waits_again(
    any_ledger: Ledger,
) -> None:
    load(any_ledger, records=6)
    order = queue(any_ledger, "anna")
    append(any_ledger, "anna", *(decided(key) for key in order[:3]))
    assert queue(any_ledger, "anna", after=order[2]) == order[3:]
    append(any_ledger, "anna", DecisionWithdrawn(reference=order[0], stage=ABSTRACT))
    assert queue(any_ledger, "anna", after=order[2]) == [*order[3:], order[0]]


def test_a_queue_is_narrowed_by_every_word_looked_for(any_ledger: Ledger) -> None:
    load(any_ledger, records=12)
    assert queue(any_ledger, "anna", text="MULLER trial 11") == ["r11"]
    assert queue(any_ledger, "anna", text="100%") == []


def test_a_withdrawn_verdict_puts_the_reference_back_into_the_queue(ledger: Ledger) -> None:
    load(ledger, records=1)
    append(ledger, "anna", decided("r1"), DecisionWithdrawn(reference="r1", stage=ABSTRACT))
    assert queue(ledger, "anna") == ["r1"]


def test_what_was_removed_or_found_by_other_methods_is_not_screened_at_title_abstract(
    any_ledger: Ledger,
) -> None:
    load(any_ledger, records=2)
    load(any_ledger, records=1, source="lists", kind=SourceKind.CITATION_SEARCHING)
    append(any_ledger, "anna", Removed(references=("r1",), how="other", reason="no abstract"))
    assert queue(any_ledger, "anna") == ["r2"]
    assert standing(any_ledger, "r3").retrieval == "pending"


def test_a_report_is_screened_at_full_text_once_it_is_retrieved(any_ledger: Ledger) -> None:
    load(any_ledger, records=3)
    append(any_ledger, "anna", *(decided(f"r{n}") for n in (1, 2, 3)))
    assert queue(any_ledger, "anna", FULL_TEXT) == []
    append(
        any_ledger,
        "anna",
        Retrieved(reference="r1", outcome="retrieved", file_sha256="abc", file_name="a.pdf"),
        Retrieved(reference="r2", outcome="not_retrieved", reason="no library has it"),
    )
    assert queue(any_ledger, "anna", FULL_TEXT) == ["r1"]
    with any_ledger.read() as conn:
        assert queries.state_counts(conn, Stage.RETRIEVAL) == {
            "not_retrieved": 1,
            "pending": 1,
            "retrieved": 1,
        }
        assert [line.key for line in queries.sought_reports(conn)] == ["r1", "r2", "r3"]
        attached = queries.full_text_of(conn, "r1")
        assert attached is not None
        assert queries.retrievals(conn)["r1"] == attached.event


def test_whoever_decided_on_a_full_text_had_it(ledger: Ledger) -> None:
    load(ledger, records=1)
    append(ledger, "anna", decided("r1"), decided("r1", stage=FULL_TEXT))
    assert (standing(ledger, "r1").retrieval, standing(ledger, "r1").full_text) == (
        "retrieved",
        "include",
    )


def test_the_reasons_of_an_exclusion_stand_in_the_order_of_the_protocol(ledger: Ledger) -> None:
    load(ledger, records=1)
    adopt(ledger, full_text={"reasons": ["population", "outcome"]})
    excluded = decided("r1", EXCLUDE, FULL_TEXT, reasons=("outcome", "population"))
    append(ledger, "anna", decided("r1"), excluded)
    assert standing(ledger, "r1").reasons == ("population", "outcome")
    with ledger.read() as conn:
        assert [line.key for line in queries.excluded_reports(conn)] == ["r1"]
        ((row,), _) = queries.flow_rows(queries.flow_groups(conn))
    assert row == StateRow(
        lane="dbr",
        n=1,
        title_abstract="include",
        retrieval="retrieved",
        full_text="exclude",
        reason="population",
    )


def test_an_amended_policy_settles_anew_what_was_voted_before(ledger: Ledger) -> None:
    load(ledger, records=1)
    append(ledger, "anna", decided("r1"))
    assert standing(ledger, "r1").title_abstract == "include"
    adopt(ledger, title_abstract={"policy": "dual"})
    assert standing(ledger, "r1").title_abstract == "awaiting_second"
    with ledger.read() as conn:
        assert queries.waiting_for_second(conn, ABSTRACT) == ["r1"]


def test_an_early_stop_leaves_unscreened_what_was_loaded_and_keeps_second_votes_waiting(
    any_ledger: Ledger,
) -> None:
    load(any_ledger, records=3)
    adopt(any_ledger, title_abstract={"policy": "dual"})
    append(any_ledger, "anna", decided("r1"), StoppedEarly(reason="95 % recall at 95 %"))
    load(any_ledger, records=1, source="update")
    with any_ledger.read() as conn:
        assert queries.state_counts(conn, ABSTRACT) == {
            "awaiting_second": 1,
            "pending": 1,
            "unscreened": 2,
        }
    assert set(queue(any_ledger, "ben")) == {"r1", "r4"}
    append(any_ledger, "anna", Resumed(reason="the authors asked"))
    assert len(queue(any_ledger, "ben")) == 4


def test_conflicts_are_open_until_someone_adjudicates(any_ledger: Ledger) -> None:
    load(any_ledger, records=2)
    adopt(any_ledger, title_abstract={"policy": "dual then adjudicated"})
    append(any_ledger, "anna", decided("r1"), decided("r2"))
    append(any_ledger, "ben", decided("r1", EXCLUDE), decided("r2"))
    with any_ledger.read() as conn:
        assert queries.conflicts(conn, ABSTRACT) == ["r1"]
    settled = Adjudicated(reference="r1", stage=ABSTRACT, verdict=EXCLUDE, note="wrong age")
    append(any_ledger, "cleo", settled)
    with any_ledger.read() as conn:
        assert queries.conflicts(conn, ABSTRACT) == []
        assert [vote.reviewer for vote in queries.adjudications(conn, ABSTRACT)] == ["cleo"]
        assert len(queries.votes(conn, ABSTRACT)) == 4


def test_agreement_is_computed_from_votes_before_anyone_could_know_another_s(
    ledger: Ledger,
) -> None:
    load(ledger, records=1)
    adopt(ledger, title_abstract={"policy": "dual"})
    append(ledger, "anna", decided("r1", UNSURE), decided("r1"))
    append(ledger, "ben", decided("r1", EXCLUDE))
    append(ledger, "anna", decided("r1", EXCLUDE))  # talked into it
    with ledger.read() as conn:
        independent = queries.independent_votes(conn, ABSTRACT)
        now = queries.votes(conn, ABSTRACT)
    assert {vote.reviewer: vote.verdict for vote in independent} == {
        "anna": INCLUDE,
        "ben": EXCLUDE,
    }
    assert {vote.verdict for vote in now} == {EXCLUDE}


def test_included_reports_have_permanent_names_and_studies(any_ledger: Ledger) -> None:
    load(any_ledger, records=3)
    append(any_ledger, "anna", *(decided(f"r{n}") for n in (1, 2, 3)))
    append(any_ledger, "anna", *(decided(f"r{n}", stage=FULL_TEXT) for n in (1, 2, 3)))
    append(
        any_ledger,
        "anna",
        Named(reference="r1", report_key="lieberman2005"),
        Named(reference="r2", report_key="lieberman2006"),
        Linked(study="preschoolers", reports=("r1", "r2"), reason="the same trial"),
    )
    with any_ledger.read() as conn:
        assert queries.study_row(conn) == StudyRow(studies=2, reports=3)
        assert queries.report_keys(conn) == {"r1": "lieberman2005", "r2": "lieberman2006"}
        keys = ("lieberman2005", "lieberman2005a", "lieberman2006")
        assert queries.given_report_keys(conn, keys) == {"lieberman2005", "lieberman2006"}
        assert queries.reference_by_report_key(conn, "lieberman2006") == "r2"
        assert queries.reference_by_report_key(conn, "nobody1999") is None
        assert queries.study_of(conn) == {"r1": "preschoolers", "r2": "preschoolers"}
        assert [line.key for line in queries.included_reports(conn)] == ["r1", "r2", "r3"]
        about = [said.event.kind for said in queries.events_of(conn, "preschoolers")]
    assert about == ["linked"]
