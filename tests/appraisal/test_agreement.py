import random
from statistics import fmean, stdev

import pytest

from appraisal.agreement import agreement
from appraisal.bland_altman import bland_altman
from appraisal.instrument import Instrument
from appraisal.scores import Appraisal
from tests.appraisal.worked import SCORES, appraisal, worked_appraisals


def _second_rater(ccat: Instrument, seed: int) -> list[Appraisal]:
    """Return a simulated second rater, near the published scores."""
    draw = random.Random(seed)
    return [
        appraisal(
            ccat,
            unit,
            tuple(min(5, max(0, score + draw.choice([-1, 0, 0, 0, 1]))) for score in scores),
            "simulated second",
        )
        for unit, scores in SCORES.items()
    ]


def test_two_raters_get_an_icc_for_the_total_and_kappas_for_every_category(
    ccat: Instrument,
) -> None:
    found = agreement(ccat, [*worked_appraisals(ccat), *_second_rater(ccat, 4)])
    assert [row.label for row in found.rows] == [c.label for c in ccat.categories] + ["Total"]
    assert found.units == tuple(SCORES)
    total = found.rows[-1].icc
    assert total is not None
    assert total.value is not None
    assert 0.5 < total.value <= 1
    (both,) = found.rows[-1].pairs
    assert both.icc == total
    assert both.kappa is None
    for row in found.rows[:-1]:
        assert len(row.pairs) == 1
        assert row.pairs[0].closeness.units == 16
        assert row.pairs[0].closeness.within_one == 16
    assert len(found.bland_altman) == 1


def test_units_one_rater_has_not_completed_are_left_out_by_name(ccat: Instrument) -> None:
    second = _second_rater(ccat, 4)
    second[0] = second[0].model_copy(update={"complete": False})
    found = agreement(ccat, [*worked_appraisals(ccat), *second[:-1]])
    assert found.left_out == ("armstrong2015", "weiner2009")
    assert len(found.units) == 14


def test_names_without_an_order_get_no_icc_and_an_unweighted_kappa(checklist: Instrument) -> None:
    answers = [("yes", "no", "yes", "unclear", "no", "yes", "yes", "no"), ("no",) * 8]
    made = [
        appraisal(checklist, unit, given, rater)
        for rater in ("anna", "ben")
        for unit, given in zip("xy", answers, strict=True)
    ]
    found = agreement(checklist, made)
    assert all(row.icc is None for row in found.rows)
    unweighted = found.rows[0].pairs[0].kappa
    assert unweighted is not None
    assert "unweighted" in unweighted.name
    assert found.rows[0].pairs[0].closeness.text == "2 of 2 the same"
    assert found.rows[-1].label != "Total"
    assert found.bland_altman == ()


def test_one_rater_alone_has_no_agreement_to_estimate(ccat: Instrument) -> None:
    found = agreement(ccat, worked_appraisals(ccat))
    assert all(row.icc is not None and row.icc.value is None for row in found.rows)
    assert agreement(ccat, []).units == ()


def test_bland_altman_gives_bias_and_limits_in_points() -> None:
    first, second = [20, 24, 30, 18], [18, 25, 27, 18]
    found = bland_altman(list("abcd"), first, second)
    apart = [2, -1, 3, 0]
    assert found.bias == fmean(apart)
    assert found.limits is not None
    assert found.limits[1] == pytest.approx(fmean(apart) + 1.96 * stdev(apart))
    assert found.points[0] == ("a", 19.0, 2)
    assert found.lower_interval is not None
    assert found.lower_interval[0] < found.limits[0] < found.lower_interval[1]


def test_limits_of_agreement_need_two_units() -> None:
    assert bland_altman(["a"], [3], [5]).limits is None
    with pytest.raises(ValueError, match="no unit"):
        bland_altman([], [], [])


def test_bias_and_limits_are_told_in_a_sentence_and_never_as_nan() -> None:
    told = bland_altman(list("abcd"), [20, 24, 30, 18], [18, 25, 27, 18]).text
    assert told.startswith("Mean difference 1.00 (95% CI \N{MINUS SIGN}1.91 to 3.91), n = 4")
    assert "limits of agreement \N{MINUS SIGN}2.58" in told
    assert "need two units" in bland_altman(["a"], [3], [5]).text
    assert "equally far apart" in bland_altman(list("ab"), [3, 4], [1, 2]).text


def test_raters_who_share_the_units_in_pairs_are_compared_pair_by_pair(ccat: Instrument) -> None:
    made = [
        appraisal(ccat, unit, SCORES[unit], rater)
        for unit, pair in (
            ("bain2014", ("anna", "ben")),
            ("toth2002", ("anna", "ben")),
            ("lavi2015", ("anna", "cleo")),
        )
        for rater in pair
    ]
    found = agreement(ccat, made)
    compared = {(p.first, p.second): p.closeness.units for p in found.rows[0].pairs}
    assert compared == {("anna", "ben"): 2, ("anna", "cleo"): 1, ("ben", "cleo"): 0}
    assert found.units == ()
    assert found.rows[-1].icc is not None
    assert found.rows[-1].icc.value is None
    assert [pair[:2] for pair in found.bland_altman] == [("anna", "ben"), ("anna", "cleo")]
    totals = {(p.first, p.second): p for p in found.rows[-1].pairs}
    assert totals["anna", "ben"].closeness.text == "2 of 2 the same, 2 of 2 within one"
    first = totals["anna", "ben"].icc
    assert first is not None
    assert first.value == 1
    assert totals["anna", "cleo"].icc is not None
    assert totals["anna", "cleo"].icc.value is None
