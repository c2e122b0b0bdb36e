import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from appraisal.estimate import coefficient
from appraisal.kappa import Weights, closeness, kappa

LEVELS = (0, 1, 2, 3, 4, 5)


def test_a_skewed_category_has_a_low_kappa_beside_near_perfect_agreement() -> None:
    first = [5] * 12 + [4, 4, 5]
    second = [5] * 12 + [4, 5, 4]
    found = kappa(first, second, LEVELS)
    assert found.value is not None
    assert coefficient(found.value) == ".42"
    assert closeness(first, second, LEVELS).text == "13 of 15 the same, 15 of 15 within one"


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(
    ("weights", "theirs"),
    [(Weights.NONE, None), (Weights.LINEAR, "linear"), (Weights.QUADRATIC, "quadratic")],
)
def test_kappa_and_its_interval_equal_those_of_statsmodels(
    seed: int, weights: Weights, theirs: str | None
) -> None:
    draw = random.Random(seed)
    first = [draw.choice(LEVELS) for _ in range(25)]
    second = [min(5, max(0, score + draw.choice([-2, -1, 0, 0, 1]))) for score in first]
    table = np.zeros((6, 6))
    for a, b in zip(first, second, strict=True):
        table[a, b] += 1
    oracle = cohens_kappa(table, wt=theirs)
    found = kappa(first, second, LEVELS, weights)
    assert found.value == pytest.approx(oracle.kappa, abs=1e-12)
    assert found.low == pytest.approx(oracle.kappa_low, abs=1e-9)
    assert found.high == pytest.approx(min(1, oracle.kappa_upp), abs=1e-9)


def test_levels_that_nobody_used_count_in_the_weights() -> None:
    first, second = [3, 3, 4, 4, 5], [3, 4, 4, 5, 5]
    linear = kappa(first, second, LEVELS, Weights.LINEAR).value
    unweighted = kappa(first, second, LEVELS, Weights.NONE).value
    fewer = kappa(first, second, (3, 4, 5), Weights.NONE).value
    assert unweighted == fewer
    assert linear != unweighted


@pytest.mark.parametrize("scores", [([3, 3, 3], [3, 3, 3]), ([3, 3, 3], [4, 4, 4]), ([3], [3])])
def test_kappa_without_variation_is_not_estimable_and_counts_still_are(
    scores: tuple[list[int], list[int]],
) -> None:
    found = kappa(*scores, LEVELS)
    assert found.value is None
    assert found.text.startswith("not estimable")
    assert closeness(*scores, LEVELS).units == len(scores[0])


@given(st.lists(st.tuples(st.sampled_from(LEVELS), st.sampled_from(LEVELS)), max_size=12))
def test_kappa_lies_between_its_bounds_for_any_table(pairs: list[tuple[int, int]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    for weights in Weights:
        found = kappa(first, second, LEVELS, weights)
        if found.value is not None:
            assert -1 <= found.value <= 1
            assert found.low is not None
            assert found.high is not None
            assert -1 <= found.low <= found.value <= found.high <= 1


def test_a_score_that_is_no_level_is_refused() -> None:
    with pytest.raises(ValueError, match="6 is not a level"):
        kappa([6, 1], [1, 1], LEVELS)
