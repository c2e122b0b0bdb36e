import random
from math import isfinite

import pandas as pd
import pingouin
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.estimate import coefficient
from appraisal.icc_form import IccForm
from appraisal.reliability import icc
from tests.appraisal.worked import TOTALS

# Shrout and Fleiss (1979), table 2: six targets, four judges.
SHROUT_FLEISS = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]


@pytest.mark.parametrize(
    ("form", "published"),
    [
        (IccForm.ONE_WAY_SINGLE, 0.166),
        (IccForm.AGREEMENT_SINGLE, 0.290),
        (IccForm.CONSISTENCY_SINGLE, 0.715),
        (IccForm.ONE_WAY_AVERAGE, 0.443),
        (IccForm.AGREEMENT_AVERAGE, 0.620),
        (IccForm.CONSISTENCY_AVERAGE, 0.909),
    ],
)
def test_the_six_forms_are_those_of_shrout_and_fleiss(form: IccForm, published: float) -> None:
    value = icc(SHROUT_FLEISS, form).value
    assert value is not None
    assert round(value, 3) == published


@pytest.mark.parametrize(
    ("form", "low", "high"),
    [
        (IccForm.ONE_WAY_SINGLE, -0.133, 0.723),
        (IccForm.AGREEMENT_SINGLE, 0.019, 0.761),
        (IccForm.CONSISTENCY_SINGLE, 0.342, 0.946),
    ],
)
def test_the_intervals_are_those_of_shrout_and_fleiss(
    form: IccForm, low: float, high: float
) -> None:
    found = icc(SHROUT_FLEISS, form)
    assert found.low is not None
    assert found.high is not None
    assert (round(found.low, 3), round(found.high, 3)) == (low, high)


@pytest.mark.filterwarnings("ignore")  # the oracle warns about its own use of pandas
@pytest.mark.parametrize("seed", range(12))
def test_every_form_equals_pingouins_on_a_random_table(seed: int) -> None:
    draw = random.Random(seed)
    n, k = draw.randint(4, 20), draw.randint(2, 5)
    level = [draw.randint(5, 35) for _ in range(n)]
    table = [[score + draw.randint(-6, 6) for _ in range(k)] for score in level]
    long = pd.DataFrame(
        [(unit, rater, score) for unit, row in enumerate(table) for rater, score in enumerate(row)],
        columns=["unit", "rater", "score"],
    )
    oracle = pingouin.intraclass_corr(long, targets="unit", raters="rater", ratings="score")
    for form in IccForm:
        row = oracle[oracle["Type"] == str(form)].iloc[0]
        found = icc(table, form)
        assert found.value == pytest.approx(row["ICC"], abs=1e-9)
        assert found.low == pytest.approx(row["CI95"][0], abs=0.0051)
        assert found.high == pytest.approx(row["CI95"][1], abs=0.0051)


def test_a_rater_four_points_higher_is_consistent_but_does_not_agree() -> None:
    table = [[points, points + 4] for points in TOTALS]
    consistency, agreement = icc(table, IccForm.CONSISTENCY_SINGLE), icc(table)
    assert consistency.value == 1
    assert consistency.low is None
    assert agreement.value is not None
    assert coefficient(agreement.value) == ".74"


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ([], "two units"),
        ([[3, 4]], "two units"),
        ([[3], [4]], "two raters"),
        ([[3, 3], [3, 3], [3, 3]], "every score is the same"),
        ([[1, 5], [5, 1]], "units do not differ"),
        ([[2, 4], [2, 4], [2, 4]], "units do not differ"),
    ],
)
@pytest.mark.parametrize("form", list(IccForm))
def test_a_table_without_an_answer_says_so(
    table: list[list[int]], reason: str, form: IccForm
) -> None:
    found = icc(table, form)
    assert found.value is None
    assert reason in found.reason
    assert found.text.startswith("not estimable (")


@given(
    st.integers(2, 4).flatmap(
        lambda k: st.lists(
            st.lists(st.integers(0, 5), min_size=k, max_size=k), min_size=2, max_size=8
        )
    ),
    st.sampled_from(list(IccForm)),
)
def test_no_table_gives_nan_or_a_number_beyond_one(table: list[list[int]], form: IccForm) -> None:
    found = icc(table, form)
    if found.value is None:
        assert found.reason
    else:
        assert -1 <= found.value <= 1
    if found.low is not None and found.high is not None and found.value is not None:
        assert isfinite(found.low)
        assert found.low <= found.value + 1e-9
        assert found.value <= found.high + 1e-9


def test_a_coefficient_is_named_in_full() -> None:
    assert icc(SHROUT_FLEISS).name == (
        "ICC(A,1), two-way random effects, absolute agreement, single rater"
    )
    assert icc(SHROUT_FLEISS).text == ".29, 95% CI [.02, .76]"


def test_a_row_without_a_rater_is_refused() -> None:
    with pytest.raises(ValueError, match="every rater"):
        icc([[1, 2], [1]])


@pytest.mark.parametrize(
    ("value", "text"), [(0.741, ".74"), (-0.133, "-.13"), (1.0, "1.00"), (-0.001, ".00")]
)
def test_a_coefficient_is_printed_without_its_leading_nought(value: float, text: str) -> None:
    assert coefficient(value) == text
