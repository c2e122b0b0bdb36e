from typing import Any

import pytest

from review.store import queries
from review.store.events import (
    Decided,
    DecisionWithdrawn,
    Event,
    KeptApart,
    LoadRetracted,
    Merged,
    PairQueued,
    Removed,
    Retrieved,
    Split,
)
from review.store.ledger import Ledger
from review.store.projections.grouping import groups
from screening.flow.counting import MergeRow
from screening.problems import WinnowError
from screening.records import SourceKind, Stage, Verdict
from tests.review.store.histories import load

ABSTRACT = Stage.TITLE_ABSTRACT


def merged(*keys: str, method: Any = "person") -> Merged:
    return Merged(records=keys, method=method, reason="same DOI and title")


def decided(key: str, verdict: Verdict = Verdict.INCLUDE) -> Decided:
    return Decided(reference=key, stage=ABSTRACT, verdict=verdict)


def append(ledger: Ledger, *events: Event, actor: str = "anna") -> None:
    with ledger.write(actor, "web") as writer:
        for event in events:
            writer.append(event)


def merge_rows(ledger: Ledger) -> list[MergeRow]:
    with ledger.read() as conn:
        return queries.flow_rows(queries.flow_groups(conn))[1]


def all_groups(ledger: Ledger) -> list[tuple[str, ...]]:
    with ledger.read() as conn:
        return queries.groups(conn)


def test_groups_join_wherever_bonds_share_a_record() -> None:
    assert groups(range(1, 8), [(1, 3), (5, 6), (3, 6)]) == [[1, 3, 5, 6], [2], [4], [7]]


def test_a_record_that_left_joins_nothing() -> None:
    assert groups([1, 3], [(1, 2), (2, 3)]) == [[1], [3]]
    assert groups([1, 3], [(1, 2, 3)]) == [[1, 3]]


def test_a_reference_keeps_the_key_of_its_earliest_record(any_ledger: Ledger) -> None:
    load(any_ledger, records=3)
    append(any_ledger, merged("r3", "r2"), merged("r3", "r1"))
    with any_ledger.read() as conn:
        assert [line.key for line in queries.references(conn)] == ["r1"]
        assert queries.reference(conn, "r3").reference.record_keys == ("r1", "r2", "r3")
        assert [said.event.reason for said in queries.merges_of(conn, "r2")] == [
            "same DOI and title",
            "same DOI and title",
        ]


def test_the_fields_of_a_merged_reference_say_which_record_they_came_from(ledger: Ledger) -> None:
    load(ledger, records=2)
    append(ledger, merged("r1", "r2"))
    with ledger.read() as conn:
        origins = dict(queries.reference(conn, "r1").reference.origins)
    assert set(origins.values()) <= {"r1", "r2"}
    assert "title" in origins


def test_a_decision_follows_its_record_into_the_merged_reference(any_ledger: Ledger) -> None:
    load(any_ledger, records=2)
    append(any_ledger, decided("r2", Verdict.EXCLUDE), merged("r1", "r2"))
    with any_ledger.read() as conn:
        assert queries.reference(conn, "r1").standing.title_abstract == "exclude"
        assert [vote.record for vote in queries.votes(conn, ABSTRACT)] == ["r2"]
        assert queries.queue(conn, ABSTRACT, "anna") == []
    append(any_ledger, Split(records=("r2",), reason="a reply"))
    with any_ledger.read() as conn:
        states = [line.standing.title_abstract for line in queries.references(conn)]
    assert states == ["pending", "exclude"]


def test_of_two_verdicts_of_one_reviewer_the_later_counts_once_merged(ledger: Ledger) -> None:
    load(ledger, records=2)
    append(ledger, decided("r2", Verdict.EXCLUDE), decided("r1"), merged("r1", "r2"))
    with ledger.read() as conn:
        (vote,) = queries.votes(conn, ABSTRACT)
    assert vote.verdict is Verdict.INCLUDE


def test_a_verdict_given_on_a_merged_record_can_be_taken_back_on_its_reference(
    ledger: Ledger,
) -> None:
    load(ledger, records=2)
    withdrawn = DecisionWithdrawn(reference="r1", stage=ABSTRACT)
    append(ledger, decided("r2"), merged("r1", "r2"), withdrawn)
    with ledger.read() as conn:
        assert queries.votes(conn, ABSTRACT) == []


def test_a_duplicate_found_before_full_text_is_sought_is_a_duplicate(any_ledger: Ledger) -> None:
    load(any_ledger, records=4)
    append(any_ledger, merged("r1", "r2", "r3"), decided("r1"), merged("r1", "r4"))
    assert merge_rows(any_ledger) == [MergeRow(lane="dbr", late=False, n=3)]


def test_a_duplicate_of_what_was_sought_found_when_both_were_is_late(any_ledger: Ledger) -> None:
    load(any_ledger, records=3)
    append(any_ledger, merged("r2", "r3"), decided("r1"), decided("r3"), merged("r1", "r3"))
    assert merge_rows(any_ledger) == [
        MergeRow(lane="dbr", late=False, n=1),
        MergeRow(lane="dbr", late=True, n=1),
    ]


def test_lateness_is_settled_when_the_merge_is_said_and_later_verdicts_do_not_change_it(
    ledger: Ledger,
) -> None:
    load(ledger, records=4)
    append(ledger, merged("r1", "r2"), decided("r1"), decided("r3"), decided("r4"))
    append(ledger, merged("r3", "r4"), decided("r3", Verdict.EXCLUDE))
    assert merge_rows(ledger) == [
        MergeRow(lane="dbr", late=False, n=1),
        MergeRow(lane="dbr", late=True, n=1),
    ]


def test_a_late_duplicate_split_off_is_late_no_more(ledger: Ledger) -> None:
    load(ledger, records=2)
    append(ledger, decided("r1"), decided("r2"), merged("r1", "r2"))
    append(ledger, Split(records=("r2",), reason="part II"))
    assert merge_rows(ledger) == []
    append(ledger, decided("r2", Verdict.EXCLUDE), merged("r1", "r2"))
    assert merge_rows(ledger) == [MergeRow(lane="dbr", late=False, n=1)]


def test_what_is_found_in_both_lanes_counts_in_the_database_lane(any_ledger: Ledger) -> None:
    load(any_ledger, records=2)
    load(any_ledger, records=2, source="lists", kind=SourceKind.CITATION_SEARCHING)
    with any_ledger.read() as conn:
        lanes = [line.standing.lane for line in queries.references(conn)]
    assert lanes == ["dbr", "dbr", "other", "other"]
    append(any_ledger, merged("r2", "r3"))
    with any_ledger.read() as conn:
        assert queries.reference(conn, "r3").standing.lane == "dbr"
        assert queries.reference(conn, "r4").standing.retrieval == "pending"
    assert merge_rows(any_ledger) == [MergeRow(lane="other", late=False, n=1)]


def test_retracting_a_load_dissolves_its_merges_and_keeps_the_others(any_ledger: Ledger) -> None:
    first = load(any_ledger, records=2)
    second = load(any_ledger, records=3, source="embase")
    append(any_ledger, merged("r1", "r3"), merged("r2", "r4", "r5"), decided("r1"))
    append(any_ledger, LoadRetracted(load=first, reason="wrong search"))
    assert all_groups(any_ledger) == [("r4", "r5")]
    with any_ledger.read() as conn:
        assert [line.key for line in queries.references(conn)] == ["r3", "r4"]
        assert [row.records for row in queries.source_rows(conn)] == [3]
        assert queries.votes(conn, ABSTRACT) == []
    append(any_ledger, LoadRetracted(load=second, reason="wrong too"))
    with any_ledger.read() as conn:
        assert queries.references(conn) == []


def test_records_joined_only_through_a_retracted_one_part_again(ledger: Ledger) -> None:
    load(ledger, records=1)
    bridge = load(ledger, records=1, source="embase")
    load(ledger, records=1, source="scopus")
    append(ledger, merged("r1", "r2"), merged("r2", "r3"))
    assert all_groups(ledger) == [("r1", "r2", "r3")]
    append(ledger, LoadRetracted(load=bridge, reason="wrong"))
    assert all_groups(ledger) == []


def test_records_split_off_stay_together_and_are_kept_apart_from_the_rest(
    any_ledger: Ledger,
) -> None:
    load(any_ledger, records=4)
    append(any_ledger, merged("r1", "r3"), merged("r1", "r4"), merged("r1", "r2"))
    append(any_ledger, Split(records=("r3", "r4"), reason="the 2006 follow-up"))
    assert all_groups(any_ledger) == [("r1", "r2"), ("r3", "r4")]
    with any_ledger.read() as conn:
        assert queries.kept_apart(conn) == [
            ("r1", "r3"),
            ("r1", "r4"),
            ("r2", "r3"),
            ("r2", "r4"),
        ]


def test_no_rule_merges_what_a_person_keeps_apart_but_a_person_may(ledger: Ledger) -> None:
    load(ledger, records=2)
    append(ledger, KeptApart(a="r1", b="r2", reason="a reply"))
    with pytest.raises(WinnowError, match="r1 and r2 are kept apart by a person"):
        append(ledger, merged("r1", "r2", method="automatic"))
    append(ledger, merged("r1", "r2", method="person"))
    assert all_groups(ledger) == [("r1", "r2")]
    with ledger.read() as conn:
        assert queries.kept_apart(conn) == []


def test_a_queued_pair_waits_until_it_is_settled_either_way(any_ledger: Ledger) -> None:
    load(any_ledger, records=6)
    pairs = [("r1", "r2", 0.7), ("r3", "r4", 0.9), ("r5", "r6", 0.8)]
    append(any_ledger, *(PairQueued(a=a, b=b, score=s, reason="similar") for a, b, s in pairs))
    with any_ledger.read() as conn:
        waiting = queries.queued_pairs(conn)
    assert [(pair.a, pair.b) for pair in waiting] == [("r3", "r4"), ("r5", "r6"), ("r1", "r2")]
    append(any_ledger, merged("r3", "r4"), KeptApart(a="r6", b="r5", reason="part I and II"))
    with any_ledger.read() as conn:
        assert [(pair.a, pair.b) for pair in queries.queued_pairs(conn)] == [("r1", "r2")]


def test_a_pair_a_person_settled_is_not_queued_again(ledger: Ledger) -> None:
    load(ledger, records=2)
    append(ledger, KeptApart(a="r2", b="r1", reason="an erratum"))
    with pytest.raises(WinnowError, match="KeptApart"):
        append(ledger, PairQueued(a="r1", b="r2", score=0.8, reason="similar"))


def test_of_removals_and_retrievals_on_merged_records_the_latest_counts(ledger: Ledger) -> None:
    load(ledger, records=2)
    append(
        ledger,
        decided("r1"),
        decided("r2"),
        Retrieved(reference="r1", outcome="not_retrieved"),
        Retrieved(reference="r2", outcome="retrieved"),
        merged("r1", "r2"),
    )
    with ledger.read() as conn:
        assert queries.reference(conn, "r1").standing.retrieval == "retrieved"
    append(ledger, Removed(references=("r1",), how="other", reason="retracted"))
    with ledger.read() as conn:
        assert queries.reference(conn, "r2").standing.removed == "other"
