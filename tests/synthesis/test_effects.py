import pytest

from synthesis.effects import computed_effects, hedges_g, mean_difference, odds_ratio, risk_ratio
from synthesis.extraction import Arm, Role
from synthesis.results import ArmResult


def test_hedges_g_is_that_of_borensteins_worked_example() -> None:
    # Borenstein et al. (2009), chapter 4: 103 (5.5) against 100 (4.5), 50 in each arm.
    found = hedges_g((50, 103, 5.5), (50, 100, 4.5))
    assert found is not None
    assert round(found.estimate, 4) == 0.5924
    assert round(found.error**2, 4) == 0.0411
    assert "Hedges' g" in found.formula


def test_the_mean_difference_is_that_of_borensteins_worked_example() -> None:
    found = mean_difference((50, 103, 5.5), (50, 100, 4.5))
    assert found is not None
    assert (found.estimate, round(found.error, 4)) == (3, 1.005)


def test_ratios_are_those_of_borensteins_worked_example() -> None:
    # Chapter 5: 5 of 100 against 10 of 100.
    odds, risk = odds_ratio((5, 100), (10, 100)), risk_ratio((5, 100), (10, 100))
    assert odds is not None
    assert risk is not None
    assert (round(odds.estimate, 4), round(odds.error**2, 4)) == (0.4737, 0.3216)
    assert (round(risk.estimate, 4), round(risk.error**2, 4)) == (0.5, 0.28)
    assert odds.low < odds.estimate < odds.high


def test_an_empty_cell_gets_one_half_and_the_formula_says_so() -> None:
    found = odds_ratio((0, 20), (4, 20))
    assert found is not None
    assert "one half added" in found.formula


@pytest.mark.parametrize(
    ("first", "second"),
    [((0, 20), (0, 20)), ((20, 20), (20, 20)), ((3, 2), (1, 5)), ((0, 0), (1, 2))],
)
def test_arms_that_say_nothing_give_no_ratio(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    assert odds_ratio(first, second) is None
    assert risk_ratio(first, second) is None


@pytest.mark.parametrize(
    ("first", "second"), [((1, 3.0, 1.0), (20, 3.0, 1.0)), ((9, 3.0, 0.0), (9, 4.0, 0.0))]
)
def test_arms_without_spread_give_no_standardised_difference(
    first: tuple[int, float, float], second: tuple[int, float, float]
) -> None:
    assert hedges_g(first, second) is None


ARMS = [
    Arm(report="r", arm="cpp", name="CPP"),
    Arm(report="r", arm="wait", name="Waiting list", role=Role.COMPARATOR),
    Arm(report="r", arm="usual", name="Usual care", role=Role.COMPARATOR),
]


def _result(arm: str, mean: float, **more: object) -> ArmResult:
    values = {
        "report": "r",
        "domain": "d",
        "outcome": "o",
        "arm": arm,
        "n": 30,
        "mean": mean,
        "sd": 5.0,
    }
    return ArmResult.from_values(values | more)


def test_where_lower_is_better_a_fall_is_an_effect_for_the_better() -> None:
    lower = {"higher_is_better": False}
    (found,), problems = computed_effects(
        [_result("cpp", 10, **lower), _result("wait", 14, **lower)], ARMS
    )
    assert found.effect.estimate > 0
    assert "sign turned" in found.effect.formula
    assert problems == []


def test_comparisons_that_share_an_arm_are_not_independent() -> None:
    found, problems = computed_effects(
        [_result("cpp", 10), _result("wait", 14), _result("usual", 12)], ARMS
    )
    assert len(found) == 2
    assert "not independent" in problems[0].message


def test_only_the_chosen_result_counts_and_a_lost_arm_is_named() -> None:
    other = _result("cpp", 99, measure="m2", chosen=False)
    found, problems = computed_effects([_result("cpp", 10), other, _result("nobody", 14)], ARMS)
    assert found == []
    assert "not on the sheet of arms" in problems[0].message


def test_what_cannot_be_computed_is_named() -> None:
    found, problems = computed_effects([_result("cpp", 10, sd=None), _result("wait", 14)], ARMS)
    assert found == []
    assert "No effect can be computed" in problems[0].message
