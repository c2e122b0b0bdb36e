import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from screening.agreement import (
    Unsure,
    ac1,
    agreement,
    agreement_on_reasons,
    alpha,
    kappa,
    kappa_interval,
    observed,
    pabak,
)
from screening.records import Verdict

IN, OUT, UNSURE = Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.UNSURE
Pairs = list[tuple[Verdict, Verdict]]
counts = st.integers(0, 60)
tables = st.integers(2, 4).flatmap(
    lambda k: st.lists(st.lists(counts, min_size=k, max_size=k), min_size=k, max_size=k)
)
pairs = st.lists(st.tuples(st.sampled_from(Verdict), st.sampled_from(Verdict)), max_size=40)


def estimable(table: list[list[int]]) -> bool:
    shares = np.array(table)
    return bool(shares.sum()) and bool(
        np.outer(shares.sum(1), shares.sum(0)).trace() < shares.sum() ** 2
    )


@given(tables)
def test_kappa_and_its_interval_are_those_of_statsmodels(table: list[list[int]]) -> None:
    assume(estimable(table))
    with np.errstate(all="ignore"):  # its z value divides by zero where all is chance
        oracle = cohens_kappa(np.array(table))
    assert kappa(table) == pytest.approx(oracle.kappa, abs=1e-9)
    low, high = kappa_interval(table)
    reach = 1.959963984540054 * np.sqrt(max(oracle.var_kappa, 0))
    assert low == pytest.approx(max(-1, oracle.kappa - reach), abs=1e-6)
    assert high == pytest.approx(min(1, oracle.kappa + reach), abs=1e-6)


@given(st.lists(st.lists(st.sampled_from([1, 2, 3, None]), min_size=3, max_size=3), min_size=1))
def test_alpha_is_that_of_krippendorff_for_any_number_of_reviewers(
    units: list[list[int | None]],
) -> None:
    counting = [[vote for vote in unit if vote is not None] for unit in units]
    assume(len({vote for votes in counting if len(votes) > 1 for vote in votes}) > 1)
    data = np.array([[np.nan if v is None else float(v) for v in unit] for unit in units]).T
    oracle = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    assert alpha(units) == pytest.approx(oracle, abs=1e-9)


def test_alpha_reproduces_the_published_binary_and_four_observer_examples() -> None:
    # Krippendorff (2011), Computing Krippendorff's alpha-reliability: examples A and C.
    binary = list(zip([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0], strict=True))
    assert alpha(binary) == pytest.approx(0.095, abs=5e-4)
    rows = ("123321412***", "123322412 5*3", "*3332342251*", "123324412 51*")
    observers = [row.replace(" ", "") for row in rows]
    units = [
        [None if vote == "*" else vote for vote in unit] for unit in zip(*observers, strict=True)
    ]
    assert alpha(units) == pytest.approx(0.743, abs=5e-4)


def test_ac1_reproduces_a_published_table_on_which_kappa_is_negative() -> None:
    # Gwet (2002), 125 subjects: 94.4 % agreement, kappa -.02, AC1 .94.
    table = [[118, 5], [2, 0]]
    assert observed(table) == pytest.approx(0.944)
    assert kappa(table) == pytest.approx(-0.0234, abs=1e-4)
    assert ac1(table) == pytest.approx(0.9408, abs=1e-4)


def test_a_skewed_table_shows_why_the_statistics_belong_together() -> None:
    table = [[4, 3], [2, 191]]
    assert observed(table) == pytest.approx(0.975)
    assert kappa(table) == pytest.approx(0.60, abs=0.005)
    assert pabak(table) == pytest.approx(0.95)
    assert ac1(table) == pytest.approx(0.97, abs=0.005)


def test_nothing_is_estimated_without_a_reference_in_common() -> None:
    found = agreement([])
    assert found.references == 0
    assert found.table == ((0, 0), (0, 0))
    statistics = (found.agreed, found.prevalence, found.kappa, found.interval, found.pabak)
    assert statistics == (None,) * 5
    assert (found.ac1, found.alpha) == (None, None)


@pytest.mark.parametrize("number", [1, 30])
def test_kappa_and_alpha_are_not_estimable_where_both_exclude_everything(number: int) -> None:
    found = agreement([(OUT, OUT)] * number)
    assert (found.agreed, found.pabak, found.ac1) == (1, 1, 1)
    assert (found.kappa, found.interval, found.alpha) == (None, None, None)


def test_one_reviewer_who_excludes_everything_agrees_only_by_chance() -> None:
    found = agreement([(OUT, OUT)] * 8 + [(OUT, IN)] * 2)
    assert found.agreed == pytest.approx(0.8)
    assert found.prevalence == pytest.approx(0.1)
    assert found.kappa == pytest.approx(0)
    assert found.table == ((0, 0), (2, 8))


def test_one_reference_on_which_they_differ_is_no_agreement() -> None:
    found = agreement([(IN, OUT)])
    assert (found.agreed, found.kappa, found.pabak, found.alpha) == (0, 0, -1, 0)


def test_unsure_counts_as_include_unless_told_otherwise() -> None:
    votes = [(UNSURE, IN), (UNSURE, OUT), (UNSURE, UNSURE), (OUT, OUT)]
    assert agreement(votes).table == ((2, 1), (0, 1))
    assert agreement(votes, unsure=Unsure.EXCLUDE).table == ((0, 0), (1, 3))
    three_way = agreement(votes, unsure=Unsure.CATEGORY)
    assert three_way.categories == ("include", "exclude", "unsure")
    assert three_way.table == ((0, 0, 0), (0, 1, 0), (1, 1, 1))
    left_out = agreement(votes, unsure=Unsure.MISSING)
    assert (left_out.references, left_out.table) == (1, ((0, 0), (0, 1)))


@given(pairs, st.sampled_from(Unsure))
def test_agreement_does_not_depend_on_who_is_named_first(votes: Pairs, unsure: Unsure) -> None:
    one = agreement(votes, unsure=unsure)
    other = agreement([(b, a) for a, b in votes], unsure=unsure)
    assert one.kappa == pytest.approx(other.kappa)
    assert one.alpha == pytest.approx(other.alpha)
    assert one.ac1 == pytest.approx(other.ac1)
    assert one.table == tuple(zip(*other.table, strict=True))


@given(pairs)
def test_no_statistic_leaves_its_range(votes: Pairs) -> None:
    found = agreement(votes)
    for value in (found.kappa, found.pabak, found.ac1, found.alpha):
        assert value is None or -1 - 1e-9 <= value <= 1 + 1e-9
    if found.interval is not None:
        assert found.interval[0] <= found.kappa + 1e-9
        assert found.kappa <= found.interval[1] + 1e-9


def test_reasons_are_compared_one_by_one_over_common_exclusions() -> None:
    population, design = frozenset({"population"}), frozenset({"design"})
    given_reasons = [(population, population), (population, design), (population | design, design)]
    found = agreement_on_reasons(given_reasons, ["population", "design", "language"])
    assert [(r.both, r.first_only, r.second_only, r.neither) for r in found] == [
        (1, 2, 0, 0),
        (1, 0, 1, 1),
        (0, 0, 0, 3),
    ]
    assert [r.specific for r in found] == [pytest.approx(0.5), pytest.approx(2 / 3), None]
    assert found[2].kappa is None
