"""The identities of PRISMA 2020 on published flows, and on flows that were bent on purpose."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.flow.counting import Counts, Flow, check, derive
from screening.problems import Severity
from tests.screening.flow.flow_strategies import Review, reviews

# The example of item 16a in Page et al. 2021 (doi:10.1136/bmj.n71).
ITEM_16A = {"databases": 1333, "screened": 1092, "dbr_assessed": 34, "reports": 6}
# Flows printed in published reviews.
WITH_ONE_REASON = {
    "databases": 162,
    "registers": 0,
    "duplicates": 23,
    "screened": 139,
    "records_excluded": 25,
    "dbr_sought": 114,
    "dbr_not_retrieved": 4,
    "dbr_assessed": 110,
    "dbr_excluded_reasons": (("abstract content", 88),),
    "studies": 22,
    "reports": 22,
}
WITHOUT_REASONS = {
    "databases": 700,
    "duplicates": 167,
    "screened": 533,
    "records_excluded": 398,
    "dbr_sought": 135,
    "dbr_not_retrieved": 0,
    "dbr_assessed": 135,
    "dbr_excluded": 93,
    "reports": 42,
}
FEWER_ASSESSED = {
    "database_specific": {"PubMed": 6408, "CINAHL": 977},
    "duplicates": 927,
    "screened": 6458,
    "records_excluded": 6303,
    "dbr_sought": 155,
    "dbr_not_retrieved": 0,
    "dbr_assessed": 101,
}
MORE_INCLUDED = {
    "databases": 384,
    "duplicates": 68,
    "screened": 316,
    "records_excluded": 211,
    "dbr_sought": 105,
    "dbr_not_retrieved": 0,
    "dbr_assessed": 105,
    "dbr_excluded_reasons": (("not stated", 64),),
    "reports": 47,
}
WORKED_EXAMPLE_AS_PRINTED = {
    "databases": 1744,
    "duplicates": 671,
    "screened": 1070,
    "records_excluded": 1042,
    "dbr_sought": 28,
    "dbr_assessed": 28,
    "citations": 3,
    "other_sought": 3,
    "other_assessed": 3,
    "reports": 16,
}


def flow_of(given: dict[str, Any], **changes: Any) -> Flow:
    return derive(Counts(**{**given, **changes}))


def told(flow: Flow) -> list[tuple[str, int | None]]:
    return [(finding.rule, finding.gap) for finding in check(flow)]


@pytest.mark.parametrize("given_counts", [ITEM_16A, WITH_ONE_REASON])
def test_consistent_published_flows_pass_in_silence(given_counts: dict[str, Any]) -> None:
    assert check(flow_of(given_counts)) == []


def test_what_the_identities_determine_is_derived() -> None:
    flow = flow_of(ITEM_16A)
    assert (flow.duplicates, flow.records_excluded, flow.dbr_excluded) == (241, 1058, 28)
    assert set(flow.derived) >= {"duplicates", "records_excluded", "dbr_excluded"}


def test_what_the_identities_leave_open_stays_unknown_and_never_zero() -> None:
    flow = flow_of(ITEM_16A)
    unknown = ("registers", "automation", "other_removed", "dbr_not_retrieved", "late_duplicates")
    assert [getattr(flow, name) for name in unknown] == [None] * len(unknown)
    assert flow.studies is None


def test_excluded_reports_without_reasons_are_a_warning_alone() -> None:
    (finding,) = check(flow_of(WITHOUT_REASONS))
    assert (finding.rule, finding.severity) == ("I4", Severity.WARNING)


def test_reports_that_vanish_before_assessment_are_a_gap() -> None:
    flow = flow_of(FEWER_ASSESSED)
    assert flow.databases == 7385
    assert told(flow) == [("I3", -54)]
    assert check(flow_of(FEWER_ASSESSED, late_duplicates=54)) == []


def test_more_included_than_left_over_is_a_gap_that_other_methods_may_close() -> None:
    assert told(flow_of(MORE_INCLUDED)) == [("I5", 6)]
    closed = flow_of(MORE_INCLUDED, citations=6, other_sought=6, other_assessed=6)
    assert check(closed) == []
    assert closed.other_excluded == 0


def test_the_worked_example_as_printed_has_a_gap_of_minus_three_and_four_readings() -> None:
    (finding,) = check(flow_of(WORKED_EXAMPLE_AS_PRINTED))
    assert (finding.rule, finding.severity, finding.gap) == ("I1", Severity.ERROR, -3)
    inside, duplicates, removed, slip = finding.readings
    assert "citation searching" in inside
    assert "1744" in inside
    assert "674 duplicates" in duplicates
    assert "3 records were removed before screening for another reason" in removed
    assert "went through screening" in slip
    assert "1073" in slip


def test_readings_agree_with_a_number_of_one() -> None:
    (finding,) = check(flow_of({"dbr_sought": 5, "dbr_not_retrieved": 0, "dbr_assessed": 4}))
    assert finding.readings[:2] == (
        "1 report proved a duplicate after being sought: name the number as late_duplicates.",
        "1 report was not retrieved rather than 0.",
    )


def test_each_reading_of_the_worked_example_closes_its_gap() -> None:
    for change in ({"databases": 1741}, {"duplicates": 674}, {"other_removed": 3}):
        assert check(flow_of(WORKED_EXAMPLE_AS_PRINTED, **change)) == []


def test_late_duplicates_may_have_left_before_reports_were_sought() -> None:
    earlier = {**FEWER_ASSESSED, "dbr_sought": 101, "late_duplicates": 54}
    assert check(flow_of(earlier)) == []


@pytest.mark.parametrize(
    ("bent", "expected"),
    [
        ({"databases": 9, "database_specific": {"A": 4, "B": 4}}, ("I1a", 1)),
        ({"registers": 9, "register_specific": {"A": 4, "B": 6}}, ("I1a", -1)),
        (
            {
                "records_excluded": 9,
                "records_excluded_by_human": 4,
                "records_excluded_by_automation": 4,
            },
            ("I2a", 1),
        ),
        ({"screened": 10, "records_excluded": 4, "dbr_sought": 7}, ("I2", 1)),
        ({"dbr_excluded": 9, "dbr_excluded_reasons": (("A", 10),)}, ("I4", -1)),
        ({"studies": 3, "reports": 2}, ("I6", 1)),
        ({"citations": 3, "other_sought": 5}, ("I7", 2)),
        ({"other_sought": 5, "other_not_retrieved": 1, "other_assessed": 5}, ("I8", 1)),
        ({"other_excluded": 9, "other_excluded_reasons": (("A", 8),)}, ("I9", 1)),
        ({"previous_reports": 5, "reports": 5, "total_reports": 11}, ("I10", 1)),
        ({"studies": 5, "total_studies_ma": 6}, ("I11", 1)),
        ({"dbr_assessed": 5, "dbr_excluded": 6, "reports": 1}, ("I5", 1)),
    ],
)
def test_each_identity_names_itself_and_its_gap(
    bent: dict[str, Any], expected: tuple[str, int]
) -> None:
    found = {(f.rule, f.gap) for f in check(flow_of(bent)) if f.severity is Severity.ERROR}
    assert expected in found


def test_fewer_total_studies_than_the_sum_is_a_warning_with_its_one_reading() -> None:
    (finding,) = check(flow_of({"previous_studies": 5, "studies": 4, "total_studies": 8}))
    assert (finding.rule, finding.severity, finding.gap) == ("I10s", Severity.WARNING, -1)
    assert "previous version" in finding.readings[0]


def test_records_of_other_methods_that_were_not_sought_need_a_name() -> None:
    left_out = {"websites": 9, "other_sought": 5}
    (finding,) = check(flow_of(left_out))
    assert (finding.rule, finding.severity, finding.gap) == ("I7", Severity.WARNING, -4)
    assert check(flow_of(left_out, other_not_sought=4)) == []


def test_studies_without_reports_and_reports_without_studies_are_errors() -> None:
    assert [f.rule for f in check(flow_of({"studies": 0, "reports": 3}))] == ["I6"]
    assert [f.rule for f in check(flow_of({"studies": 3, "reports": 0}))] == ["I6"]


def test_a_count_that_would_have_to_be_negative_is_an_error_and_stays_unknown() -> None:
    flow = flow_of({"databases": 10, "screened": 20})
    assert flow.duplicates is None
    assert told(flow) == [("I1", 10)]


@pytest.mark.parametrize(
    ("stated_counts", "expected"),
    [
        ({"databases": 10, "dbr_assessed": 20}, [("I2", 10)]),
        ({"registers": 10, "dbr_sought": 20}, [("I2", 10)]),
        ({"screened": 10, "dbr_not_retrieved": 1, "dbr_assessed": 20}, [("I2", 11)]),
        ({"screened": 10, "reports": 20}, [("I5", 10)]),
        ({"databases": 10, "dbr_excluded_reasons": (("age", 4),), "reports": 7}, [("I2", 1)]),
        ({"websites": 9, "reports": 20}, []),
        ({"databases": 10, "websites": 9, "reports": 20}, [("I5", 1)]),
        (
            {"other_assessed": 9, "other_excluded_reasons": (("age", 4),), "reports": 3},
            [("I5", -2)],
        ),
        ({"other_assessed": 9, "other_excluded_reasons": (("age", 4),), "reports": 8}, []),
    ],
)
def test_what_is_known_is_compared_across_what_is_not(
    stated_counts: dict[str, Any], expected: list[tuple[str, int]]
) -> None:
    assert told(flow_of(stated_counts)) == expected


def test_messages_name_the_counts_in_words_and_never_by_an_inner_name() -> None:
    (finding,) = check(flow_of({"dbr_excluded": 3, "dbr_excluded_reasons": (("age", 2),)}))
    assert finding.message == (
        '"Reports excluded" is 3, but the other counts give 2 (the sum of the reasons): a gap of +1.'
    )


def test_a_total_below_the_previous_review_is_not_read_as_new_reports_of_its_studies() -> None:
    (finding,) = check(flow_of({"previous_studies": 5, "total_studies": 3}))
    assert (finding.rule, finding.gap) == ("I10s", -2)
    assert "2 studies of the previous version were left out" in finding.readings[0]


def test_open_categories_make_a_stated_flow_provisional() -> None:
    flow = flow_of({"dbr_assessed": 10, "ongoing": 2, "reports": 8, "dbr_excluded": 0})
    assert flow.provisional
    assert [finding.rule for finding in check(flow)] == ["I15"]


STATED = (
    "databases",
    "duplicates",
    "screened",
    "records_excluded",
    "dbr_sought",
    "dbr_not_retrieved",
    "dbr_assessed",
    "reports",
)


def stated(review: Review) -> dict[str, Any]:
    """Return a finished review's flow as its authors would print it."""
    flow = review.flow()
    return {name: getattr(flow, name) for name in Counts.model_fields}


@given(reviews(settled=True), st.sampled_from(STATED))
def test_any_one_count_left_out_is_derived_again(review: Review, name: str) -> None:
    counts = {**stated(review), "database_specific": {}}
    again = derive(Counts(**{**counts, name: None}))
    assert getattr(again, name) == counts[name]
    assert name in again.derived


@given(reviews(settled=True), st.sampled_from(STATED), st.integers(1, 1000))
def test_any_one_count_that_is_wrong_is_noticed_with_its_gap(
    review: Review, name: str, slip: int
) -> None:
    counts = {**stated(review), "database_specific": {}}
    wrong = Flow(**{**counts, name: counts[name] + slip}, template=review.flow().template)
    gaps = {f.gap for f in check(wrong) if f.severity is Severity.ERROR}
    assert gaps & {slip, -slip}


@given(reviews(settled=True))
def test_deriving_never_changes_what_was_stated(review: Review) -> None:
    counts = stated(review)
    flow = derive(Counts(**counts))
    assert {name: getattr(flow, name) for name in counts} == counts
    assert flow.derived == ()


@given(
    st.dictionaries(st.sampled_from([*STATED, "registers", "other_removed"]), st.integers(0, 99))
)
def test_whatever_is_stated_is_audited_without_fault(counts: dict[str, int]) -> None:
    flow = derive(Counts(**counts))
    for finding in check(flow):
        assert finding.message.endswith((".", "."))
        assert all(reading.endswith(".") for reading in finding.readings)
        assert finding.as_json()["rule"] == finding.as_problem().subject
