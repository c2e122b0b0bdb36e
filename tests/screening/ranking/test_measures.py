from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.ranking.measures import loss, recall_at, work_saved

orders = st.lists(st.booleans(), min_size=1, max_size=60).filter(any)


def test_the_measures_of_an_order_worked_by_hand() -> None:
    # Twenty texts, relevant ones at places 1, 2, 4 and 10.
    labels = [place in (1, 2, 4, 10) for place in range(1, 21)]
    assert work_saved(labels) == pytest.approx(1 - 10 / 20 - 0.05)
    assert work_saved(labels, Fraction(3, 4)) == pytest.approx(1 - 4 / 20 - 0.25)
    assert recall_at(labels) == pytest.approx(2 / 4)
    assert loss(labels) == pytest.approx((17 - 10) / (4 * 16))


def test_twenty_relevant_texts_may_miss_one_at_95_percent() -> None:
    labels = [True] * 19 + [False] * 80 + [True]
    assert work_saved(labels) == pytest.approx(1 - 19 / 100 - 0.05)


@given(orders)
def test_loss_is_the_area_between_the_recall_curves(labels: list[bool]) -> None:
    best, worst = sorted(labels, reverse=True), sorted(labels)

    def area(order: list[bool]) -> int:
        return sum(sum(order[:place]) for place in range(1, len(order) + 1))

    expected = 0.0 if all(labels) else (area(best) - area(labels)) / (area(best) - area(worst))
    assert loss(labels) == pytest.approx(expected)
    assert (loss(best), recall_at(labels, Fraction(1))) == (0, 1)


@pytest.mark.parametrize("measure", [work_saved, recall_at, loss])
def test_an_order_without_anything_relevant_cannot_be_measured(
    measure: Callable[[list[bool]], float],
) -> None:
    with pytest.raises(ValueError, match="at least one text is relevant"):
        measure([False, False])
