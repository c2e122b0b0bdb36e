import pytest

from synthesis.cosmin import VERSION, Rating, rate
from synthesis.measures import Property

STRUCTURE = Property.from_values(
    {"measure": "m", "number": 9, "property": "structural validity", "printed": "one factor"}
)


def _property(**values: object) -> Property:
    return Property.from_values({"measure": "m", "number": 1, **values})


def test_alpha_is_never_rated_alone() -> None:
    alpha = _property(property="internal consistency", statistic="Cronbach's alpha", value=0.91)
    assert rate(alpha, []).rating is Rating.INDETERMINATE
    assert "alpha alone" in rate(alpha, [alpha]).because
    assert rate(alpha, [STRUCTURE]).rating is Rating.SUFFICIENT


@pytest.mark.parametrize(
    ("value", "rating"),
    [
        ({"value": 0.70}, Rating.SUFFICIENT),
        ({"value": 0.69}, Rating.INSUFFICIENT),
        ({"low": 0.65, "high": 0.9}, Rating.INSUFFICIENT),
        ({"value": 0.7, "operator": ">"}, Rating.SUFFICIENT),
        ({"value": 0.9, "operator": "<"}, Rating.INDETERMINATE),
        ({"printed": "good"}, Rating.INDETERMINATE),
        ({"value": 0.9, "unresolved": True}, Rating.INDETERMINATE),
    ],
)
def test_reliability_needs_an_icc_or_kappa_of_seventy(
    value: dict[str, object], rating: Rating
) -> None:
    found = rate(
        _property(property="inter-rater reliability", statistic="Cohen's kappa", **value), []
    )
    assert found.rating is rating
    assert found.version == VERSION


def test_a_correlation_is_not_held_to_the_threshold_for_icc() -> None:
    found = rate(_property(property="test-retest reliability", statistic="r", value=0.9), [])
    assert found.rating is Rating.INDETERMINATE


def test_a_property_without_a_threshold_is_not_rated() -> None:
    found = rate(_property(property="face validity", value=0.9), [])
    assert found.rating is Rating.INDETERMINATE
