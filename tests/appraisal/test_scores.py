from fractions import Fraction

import pytest
from pydantic import ValidationError

from appraisal.instrument import Instrument
from appraisal.profile import half_up, profile
from appraisal.scores import percent_half_up, total, unit_scores, unscored
from appraisal.section import AppraisalSection
from tests.appraisal.worked import PERCENTS, SCORES, TOTALS, appraisal, worked_appraisals


def test_percents_are_half_up_for_every_total_of_the_ccat() -> None:
    for points in range(41):
        exact = Fraction(points * 100, 40)
        assert percent_half_up(points, 40) == (exact + Fraction(1, 2)).__floor__()
        assert percent_half_up(points, 40) == (points * 100 + 20) // 40


def test_floating_point_would_get_a_percent_wrong() -> None:
    assert round(23 / 40 * 100) == 57
    assert percent_half_up(23, 40) == 58


def test_the_worked_examples_totals_and_percents_are_those_printed(ccat: Instrument) -> None:
    rows = [unit_scores(ccat, each.unit, each.scores) for each in worked_appraisals(ccat)]
    assert tuple(row.total for row in rows) == TOTALS
    assert tuple(row.percent for row in rows) == PERCENTS


def test_a_missing_score_leaves_the_total_unknown_and_is_named(ccat: Instrument) -> None:
    made = appraisal(ccat, "x", (3, 3, 3, None, 3, 3, 3, 3))
    row = unit_scores(ccat, "x", made.scores)
    assert (row.total, row.percent) == (None, None)
    assert unscored(ccat, made.scores) == ("sampling",)


def test_an_instrument_without_numbers_has_scores_but_no_total(checklist: Instrument) -> None:
    made = appraisal(checklist, "x", ("yes", "no", "yes", "unclear", "no", "yes", "yes", "yes"))
    assert total(checklist, made.scores) is None


def test_the_worked_examples_profile_is_reproduced(ccat: Instrument) -> None:
    rows = [unit_scores(ccat, each.unit, each.scores) for each in worked_appraisals(ccat)]
    summed = profile(ccat, rows)
    assert summed.total is not None
    assert summed.mean_percent is not None
    assert summed.total.mean == Fraction(99, 4)
    assert half_up(summed.mean_percent, 1) == "61.9"
    assert summed.total.median == 25
    assert (summed.total.lowest, summed.total.highest) == (17, 34)
    assert summed.total.lowest_units == ("weiner2009",)
    assert summed.total.highest_units == ("georg2021",)
    means = {each.id: each.summary.mean for each in summed.categories if each.summary}
    assert max(means, key=lambda name: means[name]) == "introduction"
    assert min(means, key=lambda name: means[name]) == "ethical-matters"
    assert means["introduction"] == Fraction(35, 8)
    assert means["ethical-matters"] == Fraction(9, 4)


def test_every_unit_is_counted_once_in_each_categorys_distribution(ccat: Instrument) -> None:
    rows = [unit_scores(ccat, each.unit, each.scores) for each in worked_appraisals(ccat)]
    for category in profile(ccat, rows).categories:
        assert sum(count for _, count in category.levels) + category.unscored == len(SCORES)


def test_units_without_a_total_are_left_out_of_the_mean_by_name(ccat: Instrument) -> None:
    rows = [
        unit_scores(ccat, "whole", appraisal(ccat, "whole", (1,) * 8).scores),
        unit_scores(ccat, "part", {}),
    ]
    summed = profile(ccat, rows)
    assert summed.left_out == ("part",)
    assert summed.total is not None
    assert summed.total.n == 1


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Fraction(61875, 1000), 1, "61.9"),
        (Fraction(5, 1000), 2, "0.01"),
        (Fraction(-5, 1000), 2, "-0.01"),
        (Fraction(-4, 1000), 2, "0.00"),
        (Fraction(5, 2), 0, "3"),
    ],
)
def test_halves_are_rounded_away_from_nought(value: Fraction, decimals: int, text: str) -> None:
    assert half_up(value, decimals) == text


def test_there_are_no_bands_unless_the_authors_define_them() -> None:
    assert AppraisalSection().band(90) is None
    bands = AppraisalSection(bands={"low": 0, "moderate": 50, "high": 75})
    assert [bands.band(percent) for percent in (0, 49, 50, 75)] == [
        "low",
        "low",
        "moderate",
        "high",
    ]


@pytest.mark.parametrize("bands", [{"low": 10}, {"a": 0, "b": 0}, {"a": 0, "b": 101}])
def test_bands_leave_no_total_without_a_band(bands: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        AppraisalSection(bands=bands)
