import pytest

from synthesis.cosmin import VERSION, Rating, rate
from synthesis.measures import Measure, Property
from synthesis.tables.measures import Measures
from synthesis.tables.properties import properties_table

STRUCTURE = Property.from_values(
    {
        "measure": "m",
        "number": 9,
        "property": "structural validity",
        "statistic": "CFI",
        "value": 0.97,
    }
)


def _property(**values: object) -> Property:
    return Property.from_values({"measure": "m", "number": 1, **values})


def test_alpha_is_never_rated_alone() -> None:
    alpha = _property(property="internal consistency", statistic="Cronbach's alpha", value=0.91)
    assert rate(alpha, []).rating is Rating.INDETERMINATE
    assert "alpha alone" in rate(alpha, [alpha]).because
    assert rate(alpha, [STRUCTURE]).rating is Rating.SUFFICIENT


def test_alpha_needs_structure_of_its_own_scale_that_is_itself_sufficient() -> None:
    alpha = _property(property="internal consistency", value=0.91, subscale="mood")
    for change, rating in (
        ({"value": 0.94}, Rating.INDETERMINATE),
        ({"value": None, "printed": "one factor"}, Rating.INDETERMINATE),
        ({"unresolved": True}, Rating.INDETERMINATE),
        ({"subscale": "sleep"}, Rating.INDETERMINATE),
        ({"subscale": "mood"}, Rating.SUFFICIENT),
    ):
        assert rate(alpha, [STRUCTURE.model_copy(update=change)]).rating is rating


@pytest.mark.parametrize(
    ("statistic", "value", "rating"),
    [
        ("CFI", 0.96, Rating.SUFFICIENT),
        ("CFI", 0.95, Rating.INSUFFICIENT),
        ("RMSEA", 0.05, Rating.SUFFICIENT),
        ("RMSEA", 0.06, Rating.INSUFFICIENT),
        ("SRMR", 0.079, Rating.SUFFICIENT),
        ("factor loadings", 0.8, Rating.INDETERMINATE),
    ],
)
def test_structural_validity_is_rated_by_the_fit_of_its_factor_analysis(
    statistic: str, value: float, rating: Rating
) -> None:
    fit = _property(property="structural validity", statistic=statistic, value=value)
    assert rate(fit, []).rating is rating


@pytest.mark.parametrize(
    ("value", "rating"),
    [
        ({"value": 0.70}, Rating.SUFFICIENT),
        ({"value": 0.69}, Rating.INSUFFICIENT),
        ({"low": 0.65, "high": 0.9}, Rating.INSUFFICIENT),
        ({"value": 0.7, "operator": ">"}, Rating.SUFFICIENT),
        ({"value": 0.9, "operator": "<"}, Rating.INDETERMINATE),
        ({"value": 0.7, "operator": "<"}, Rating.INSUFFICIENT),
        ({"value": 0.6, "operator": ">"}, Rating.INDETERMINATE),
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


def test_ratings_are_a_table_that_names_the_version_of_the_criteria() -> None:
    measures = [
        Measure(id="m", name="Mood Scale", group="child"),
        Measure(id="first", name="Sleep Scale", group="parent"),
    ]
    alpha = {"property": "internal consistency", "statistic": "Cronbach's alpha", "value": 0.91}
    properties = [_property(**alpha), _property(**{**alpha, "measure": "first"}), STRUCTURE]
    groups = {"parent": "Parent", "child": "Child"}
    table = properties_table(Measures(groups=groups, measures=measures, properties=properties))
    assert [(row.cells[0].text, row.cells[2].text) for row in table.rows] == [
        ("Sleep Scale", "indeterminate"),
        ("Mood Scale", "sufficient"),
        ("Mood Scale", "sufficient"),
    ]
    assert VERSION in " ".join(table.general_notes)
