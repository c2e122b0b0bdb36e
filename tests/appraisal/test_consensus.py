from hypothesis import given
from hypothesis import strategies as st

from appraisal.checks import check, check_exclude_below, check_section, check_standing_consensus
from appraisal.consensus import Standing, agree, differences, is_stale, settle, standing, visible
from appraisal.instrument import Instrument
from appraisal.scores import Appraisal, Basis, Consensus
from appraisal.section import AppraisalSection, Calibration
from tests.appraisal.worked import appraisal

ONES, TWOS = (1,) * 8, (2,) * 8
CHOSEN = dict.fromkeys(
    (
        "preliminaries",
        "introduction",
        "design",
        "sampling",
        "data-collection",
        "ethical-matters",
        "results",
        "discussion",
    ),
    2,
)


def _pair(ccat: Instrument, *, complete: bool = True) -> dict[int, Appraisal]:
    return {
        7: appraisal(ccat, "x", ONES, "anna"),
        9: appraisal(ccat, "x", TWOS, "ben", complete=complete),
    }


def test_a_rater_is_blind_to_the_other_until_both_are_done(ccat: Instrument) -> None:
    anna = appraisal(ccat, "x", ONES, "anna")
    draft = appraisal(ccat, "x", TWOS, "ben", complete=False)
    done = appraisal(ccat, "x", TWOS, "ben")
    assert visible("anna", 2, [anna, draft]) == (anna,)
    assert visible("ben", 2, [anna, draft]) == (draft,)
    assert visible("carl", 2, [anna, draft]) == ()
    assert visible("anna", 2, [anna, done]) == (anna, done)


@given(st.lists(st.integers(0, 5), min_size=8, max_size=8))
def test_what_an_open_rater_gave_changes_nothing_that_another_sees(
    ccat: Instrument, scores: list[int]
) -> None:
    anna = appraisal(ccat, "x", ONES, "anna")
    draft = appraisal(ccat, "x", tuple(scores), "ben", complete=False)
    assert visible("anna", 2, [anna, draft]) == (anna,)


def test_a_rater_who_reopens_is_blind_again(ccat: Instrument) -> None:
    anna = appraisal(ccat, "x", ONES, "anna", complete=False)
    others = [appraisal(ccat, "x", TWOS, name) for name in ("ben", "carl")]
    assert visible("anna", 2, [anna, *others]) == (anna,)


def test_consensus_is_locked_until_every_rater_is_done(ccat: Instrument) -> None:
    reached, problems = agree(ccat, _pair(ccat, complete=False), CHOSEN, raters=2)
    assert reached is None
    assert "1 of 2 raters" in problems[0].message


def test_a_consensus_is_chosen_and_keeps_the_appraisals_it_rests_on(ccat: Instrument) -> None:
    reached, problems = agree(ccat, _pair(ccat), CHOSEN | {"design": 5}, raters=2)
    assert not problems
    assert reached is not None
    assert reached.scores["design"] == 5
    assert reached.appraisals == (7, 9)


def test_a_mean_of_raters_is_no_consensus(ccat: Instrument) -> None:
    reached, problems = agree(ccat, _pair(ccat), CHOSEN | {"design": "1.5"}, raters=2)
    assert reached is None
    assert "1.5 is not a score" in problems[0].message


def test_every_category_needs_an_agreed_score(ccat: Instrument) -> None:
    chosen = {name: score for name, score in CHOSEN.items() if name != "design"}
    reached, problems = agree(ccat, _pair(ccat), chosen, raters=2)
    assert reached is None
    assert [problem.subject for problem in problems] == ["design"]


def test_reopening_makes_a_consensus_stale(ccat: Instrument) -> None:
    reached, _ = agree(ccat, _pair(ccat), CHOSEN, raters=2)
    assert reached is not None
    assert not is_stale(reached, [7, 9, 12])
    assert is_stale(reached, [7, 12])


def test_nothing_counts_while_raters_have_not_agreed(ccat: Instrument) -> None:
    both = [appraisal(ccat, "x", ONES, "anna"), appraisal(ccat, "x", TWOS, "ben")]
    open_ = settle(ccat, "x", both, raters=2)
    assert open_.basis is Basis.NOT_SETTLED
    assert open_.total is None
    assert set(open_.scores.values()) == {None}
    reached, _ = agree(ccat, {1: both[0], 2: both[1]}, CHOSEN, raters=2)
    settled = settle(ccat, "x", both, reached, raters=2)
    assert (settled.basis, settled.total) == (Basis.CONSENSUS, 16)


def test_a_draft_does_not_count(ccat: Instrument) -> None:
    draft = appraisal(ccat, "x", ONES, complete=False)
    assert settle(ccat, "x", [draft]).total is None


def test_a_unit_stands_where_its_raters_stand(ccat: Instrument) -> None:
    anna, ben = appraisal(ccat, "x", ONES, "anna"), appraisal(ccat, "x", TWOS, "ben")
    draft = appraisal(ccat, "x", ONES, "anna", complete=False)
    agreed = Consensus(unit="x", instrument="ccat", instrument_version="1.4", scores=CHOSEN)
    assert standing(1, []) is Standing.NOT_STARTED
    assert standing(1, [draft]) is Standing.IN_PROGRESS
    assert standing(1, [anna]) is Standing.DONE
    assert standing(2, [anna]) is Standing.AWAITING_RATERS
    assert standing(2, [anna, ben]) is Standing.TO_BE_AGREED
    assert standing(2, [anna, ben], agreed) is Standing.DONE
    assert standing(2, [draft, ben], agreed) is Standing.IN_PROGRESS


def test_a_difference_is_counted_in_levels(bias_domains: Instrument) -> None:
    first = appraisal(bias_domains, "x", ("low",) * 6, "anna")
    second = appraisal(bias_domains, "x", ("high", "low", "some", "low", "low", "low"), "ben")
    found = differences(bias_domains, [first, second])
    assert [each.spread for each in found] == [2, 0, 1, 0, 0, 0]
    assert [each.agree for each in found] == [False, True, False, True, True, True]


def test_check_names_what_is_appraised_but_not_included(ccat: Instrument) -> None:
    problems = check(ccat, AppraisalSection(), ["y"], [appraisal(ccat, "x", ONES)])
    assert {(problem.subject, str(problem.severity)) for problem in problems} == {
        ("x", "error"),
        ("y", "warning"),
    }


def test_check_is_silent_on_complete_appraisals(ccat: Instrument) -> None:
    assert check(ccat, AppraisalSection(), ["x"], [appraisal(ccat, "x", ONES)]) == []


def test_check_names_missing_and_impossible_scores_and_other_versions(ccat: Instrument) -> None:
    short = appraisal(ccat, "x", (1, 1, 1, 1, 1, 1, 1, None))
    wild = appraisal(ccat, "y", (9, 1, 1, 1, 1, 1, 1, 1))
    old = appraisal(ccat, "z", ONES).model_copy(update={"instrument_version": "1.3"})
    other = appraisal(ccat, "w", ONES).model_copy(update={"instrument": "rob2"})
    problems = check(ccat, AppraisalSection(), list("xyzw"), [short, wild, old, other])
    said = "\n".join(problem.message for problem in problems)
    assert "Discussion has no score" in said
    assert "9 is not a score" in said
    assert "version 1.3" in said
    assert "made with rob2" in said


def test_check_names_a_consensus_on_appraisals_that_changed_since(ccat: Instrument) -> None:
    both = _pair(ccat)
    reached, _ = agree(ccat, both, CHOSEN, raters=2)
    assert reached is not None
    assert check(ccat, AppraisalSection(raters=2), ["x"], list(both.values()), [reached]) == []
    assert check_standing_consensus([reached], [7, 9]) == []
    (stale,) = check_standing_consensus([reached], [7, 11])
    assert "changed since" in stale.message


def test_a_section_asks_only_for_what_its_instrument_and_review_can_give(
    ccat: Instrument, checklist: Instrument
) -> None:
    banded = AppraisalSection(bands={"low": 0, "high": 50})
    assert check_section(ccat, banded, []) == []
    assert "no total" in check_section(checklist, banded, [])[0].message
    round_one = Calibration(units=("bain2014",), notes={"desing": "x", "sampling-method": "y"})
    said = [
        problem.message
        for problem in check_section(ccat, AppraisalSection(calibration=round_one), [])
    ]
    assert "Did you mean design?" in said[0]
    assert "bain2014 is named for calibration" in said[1]


def test_a_score_excludes_nothing_by_itself_but_the_protocols_threshold_is_checked(
    ccat: Instrument,
) -> None:
    rows = [settle(ccat, "x", [appraisal(ccat, "x", ONES)]), settle(ccat, "y", [])]
    assert check_exclude_below(AppraisalSection(), rows) == []
    assert check_exclude_below(AppraisalSection(exclude_below=20), rows) == []
    (problem,) = check_exclude_below(AppraisalSection(exclude_below=21), rows)
    assert problem.subject == "x"
    assert "reaches 20%" in problem.message
