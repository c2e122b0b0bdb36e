"""One place counts: the rows of a ledger become a flow whose identities hold."""

from hypothesis import given

from screening.flow.counting import (
    MergeRow,
    Previous,
    SourceRow,
    StateRow,
    StudyRow,
    Template,
    check,
    count,
)
from screening.problems import Severity
from screening.records import SourceKind
from tests.screening.flow.flow_strategies import REASONS, Review, reviews

SOURCES = [
    SourceRow(source="a", name="MEDLINE", kind=SourceKind.DATABASE, records=70),
    SourceRow(source="b", name="Scopus", kind=SourceKind.DATABASE, records=30),
]
NONE = StudyRow(studies=0, reports=0)


def in_dbr(n: int, **state: object) -> StateRow:
    return StateRow(lane="dbr", n=n, **state)


@given(reviews())
def test_the_identities_hold_for_whatever_a_ledger_holds(review: Review) -> None:
    errors = [finding for finding in check(review.flow()) if finding.severity is Severity.ERROR]
    assert errors == []


@given(reviews())
def test_every_record_is_counted_once(review: Review) -> None:
    flow = review.flow()
    ends = (
        flow.duplicates,
        flow.automation,
        flow.other_removed,
        flow.unscreened,
        flow.records_excluded,
        flow.late_duplicates,
        flow.dbr_not_retrieved,
        flow.dbr_excluded,
        flow.other_not_sought,
        flow.other_not_retrieved,
        flow.other_excluded,
        flow.awaiting_classification,
        flow.ongoing,
        flow.reports,
        flow.pending.total,
    )
    assert sum(n or 0 for n in ends) == sum(row.records for row in review.sources)


@given(reviews())
def test_reasons_add_up_to_the_reports_excluded(review: Review) -> None:
    flow = review.flow()
    assert sum(n for _, n in flow.dbr_excluded_reasons) == flow.dbr_excluded
    assert sum(n for _, n in flow.other_excluded_reasons) == (flow.other_excluded or 0)


@given(reviews())
def test_a_flow_is_provisional_exactly_while_something_is_open(review: Review) -> None:
    flow = review.flow()
    assert flow.provisional == bool(flow.still_open())


def test_a_reference_without_a_decision_is_pending_and_not_screened() -> None:
    flow = count(SOURCES, [in_dbr(100, title_abstract="pending")], [], NONE, {})
    assert (flow.screened, flow.pending.title_abstract, flow.provisional) == (0, 100, True)


def test_a_conflict_waits_and_is_told_apart() -> None:
    flow = count(SOURCES, [in_dbr(100, title_abstract="conflict")], [], NONE, {})
    assert (flow.pending.title_abstract, flow.pending.conflicts) == (100, 100)


def test_references_left_unscreened_are_never_called_screened() -> None:
    states = [in_dbr(60, title_abstract="exclude"), in_dbr(40, title_abstract="unscreened")]
    flow = count(SOURCES, states, [], NONE, {})
    assert (flow.screened, flow.unscreened) == (60, 40)


def test_a_late_duplicate_was_screened_and_sought_before_it_was_known() -> None:
    kept = in_dbr(98, title_abstract="include", retrieval="retrieved", full_text="include")
    late = MergeRow(lane="dbr", late=True, n=2)
    flow = count(SOURCES, [kept], [late], StudyRow(studies=98, reports=98), {})
    assert (flow.duplicates, flow.screened, flow.dbr_sought) == (0, 100, 100)
    assert (flow.late_duplicates, flow.dbr_assessed) == (2, 98)


def test_pending_retrieval_is_not_called_not_retrieved() -> None:
    states = [in_dbr(100, title_abstract="include", retrieval="pending")]
    flow = count(SOURCES, states, [], NONE, {})
    assert (flow.dbr_sought, flow.dbr_not_retrieved, flow.dbr_assessed) == (100, 0, 0)
    assert flow.pending.retrieval == 100


def test_reasons_stand_in_protocol_order_without_empty_ones() -> None:
    read = {"title_abstract": "include", "retrieval": "retrieved", "full_text": "exclude"}
    states = [
        in_dbr(1, **read, reason="outcome"),
        in_dbr(2, **read, reason="population"),
        in_dbr(3, **read, reason="gone"),
        in_dbr(4, **read),
        in_dbr(90, title_abstract="exclude"),
    ]
    flow = count(SOURCES, states, [], NONE, REASONS)
    assert flow.dbr_excluded_reasons == (
        ("Wrong population", 2),
        ("No outcome", 1),
        ("gone", 3),
        ("No reason given", 4),
    )


def test_ongoing_studies_are_neither_included_nor_excluded() -> None:
    states = [
        in_dbr(
            100,
            title_abstract="include",
            retrieval="retrieved",
            full_text="include",
            category="ongoing",
        )
    ]
    flow = count(SOURCES, states, [], NONE, {})
    assert (flow.ongoing, flow.dbr_excluded, flow.reports) == (100, 0, 0)
    assert check(flow)[0].rule == "I15"


@given(reviews())
def test_open_categories_are_told_for_each_lane(review: Review) -> None:
    flow = review.flow()
    assert (flow.dbr_ongoing or 0) + (flow.other_ongoing or 0) == flow.ongoing
    left = (flow.dbr_assessed or 0) - (flow.dbr_excluded or 0)
    assert left >= (flow.dbr_ongoing or 0) + (flow.dbr_awaiting_classification or 0)


def test_the_authors_may_declare_what_they_publish_with() -> None:
    states = [in_dbr(100, title_abstract="unscreened")]
    flow = count(SOURCES, states, [], NONE, {}, final_despite=["unscreened"])
    assert not flow.provisional
    assert flow.unscreened == 100


def test_other_methods_enter_at_retrieval_and_their_duplicates_are_named() -> None:
    letters = SourceRow(
        source="c", name="Reference lists", kind=SourceKind.CITATION_SEARCHING, records=5
    )
    states = [
        in_dbr(100, title_abstract="exclude"),
        StateRow(
            lane="other", n=3, title_abstract="pending", retrieval="retrieved", full_text="include"
        ),
    ]
    flow = count(
        [*SOURCES, letters],
        states,
        [MergeRow(lane="other", late=False, n=2)],
        StudyRow(studies=3, reports=3),
        {},
    )
    assert (flow.citations, flow.other_not_sought, flow.other_sought) == (5, 2, 3)
    assert flow.template is Template.NEW_V2
    assert check(flow) == []


def test_a_previous_review_selects_the_updated_template_and_adds_totals() -> None:
    read = in_dbr(100, title_abstract="include", retrieval="retrieved", full_text="include")
    flow = count(
        SOURCES, [read], [], StudyRow(studies=90, reports=100), {}, Previous(studies=8, reports=9)
    )
    assert flow.template is Template.UPDATED_V1
    assert (flow.total_studies, flow.total_reports) == (98, 109)


def test_two_searches_of_one_database_keep_their_own_lines() -> None:
    twice = [
        SourceRow(source="a", name="MEDLINE", kind=SourceKind.DATABASE, records=70),
        SourceRow(source="a-2", name="MEDLINE", kind=SourceKind.DATABASE, records=30),
    ]
    flow = count(twice, [in_dbr(100, title_abstract="exclude")], [], NONE, {})
    assert flow.database_specific == {"MEDLINE (a)": 70, "MEDLINE (a-2)": 30}
