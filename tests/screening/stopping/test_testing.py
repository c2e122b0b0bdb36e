import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.stopping.heuristics import irrelevant_in_a_row, safe
from screening.stopping.testing import p_value, stopping

histories = st.lists(st.booleans(), max_size=40)
recalls = st.sampled_from(["0.5", "0.7", "0.8", "0.9", "0.95"])


def exact(labels: list[bool], total: int, recall: Fraction) -> Fraction:
    """Sum the hypergeometric probabilities over every earlier moment, in exact fractions."""
    found = sum(labels)
    if not found:
        return Fraction(1)
    lowest = Fraction(1)
    for moment in range(len(labels) + 1):
        before = sum(labels[:moment])
        required = math.floor(found / recall) + 1 - before
        waiting, drawn = total - moment, len(labels) - moment
        if required > waiting:
            return Fraction(0)
        ways = sum(
            math.comb(required, hits) * math.comb(waiting - required, drawn - hits)
            for hits in range(min(found - before, drawn) + 1)
        )
        lowest = min(lowest, Fraction(ways, math.comb(waiting, drawn)))
    return lowest


@settings(deadline=None)
@given(histories, st.integers(0, 60), recalls)
def test_the_p_value_is_the_exact_lowest_over_all_earlier_moments(
    labels: list[bool], unseen: int, recall: str
) -> None:
    total = len(labels) + unseen
    expected = float(exact(labels, total, Fraction(recall)))
    assert p_value(labels, total, float(recall)) == pytest.approx(expected, abs=1e-9)


def test_the_p_value_agrees_with_a_sum_done_by_hand() -> None:
    # Ten references, five screened, one relevant, found first. For a recall of 50 % to be missed
    # three must be relevant, two of them among the nine after the first; the chance that none of
    # the four screened since was one of them is C(5,2)/C(9,2) = 10/36.
    assert p_value([True] + [False] * 4, 10, 0.5) == pytest.approx(10 / 36)


def test_nothing_can_be_said_while_nothing_relevant_is_found() -> None:
    assert p_value([False] * 99, 100) == 1
    assert p_value([], 100) == 1
    assert p_value([], 0) == 1


def test_the_recall_is_certain_once_everything_is_screened() -> None:
    assert p_value([True, False, False], 3) == 0


@given(histories.filter(any), st.integers(1, 60))
@settings(deadline=None)
def test_another_irrelevant_reference_never_raises_the_p_value(
    labels: list[bool], unseen: int
) -> None:
    total = len(labels) + unseen
    assert p_value([*labels, False], total) <= p_value(labels, total) + 1e-12


@given(histories, st.integers(0, 60))
@settings(deadline=None)
def test_a_higher_recall_is_never_surer_on_the_frontier(labels: list[bool], unseen: int) -> None:
    frontier = stopping(labels, len(labels) + unseen, points=3).frontier
    values = [point.p_value for point in frontier]
    assert all(low <= high + 1e-12 for low, high in pairwise(values))


def test_the_display_ends_at_the_present_and_says_whether_the_rule_is_reached() -> None:
    labels = [True] * 10 + [False] * 300
    found = stopping(labels, 400)
    assert (found.curve[0].screened, found.curve[-1].screened) == (0, 310)
    assert found.curve[-1].p_value == found.p_value
    assert found.found == found.curve[-1].found == 10
    assert found.reached is (found.p_value < 0.05)
    early = stopping(labels[:30], 400)
    assert not early.reached
    assert early.sure_recall is None or early.sure_recall < 0.95


def test_a_stop_that_is_reached_is_on_the_frontier() -> None:
    found = stopping([True] * 20 + [False] * 500, 530)
    assert found.reached
    assert found.sure_recall >= 0.95


@pytest.mark.parametrize(
    ("labels", "total", "recall"), [([True, False], 1, 0.95), ([True], 5, 1.0), ([True], 5, 0)]
)
def test_impossible_questions_are_refused(labels: list[bool], total: int, recall: float) -> None:
    with pytest.raises(ValueError, match=r"cannot be|references cannot"):
        p_value(labels, total, recall)


def test_a_run_of_irrelevant_references_is_counted_from_the_last_relevant_one() -> None:
    assert irrelevant_in_a_row([True, False, False], 2).met
    assert irrelevant_in_a_row([False, True], 1).value == 0
    assert irrelevant_in_a_row([False] * 3, 50).value == 3


def test_every_heuristic_says_that_it_promises_nothing() -> None:
    conditions = safe([True] + [False] * 60, 400, known_found=1, known=1, relevant_share=0.05)
    assert [condition.id for condition in conditions] == [
        "safe-known",
        "safe-tenth",
        "safe-twice",
        "in-a-row",
    ]
    assert [condition.threshold for condition in conditions] == [1, 40, 40, 50]
    assert all(condition.met for condition in conditions)
    assert all("promises no recall" in condition.caution for condition in conditions)


def test_without_a_random_sample_the_safe_condition_that_needs_it_is_left_out() -> None:
    conditions = safe([False], 400, known_found=0, known=0, relevant_share=None)
    assert "safe-twice" not in {condition.id for condition in conditions}
