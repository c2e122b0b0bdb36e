import pytest

from screening.problems import Problem
from synthesis.checks import (
    check_arms,
    check_findings,
    check_grades,
    check_indicators,
    check_results,
)
from synthesis.extraction import Arm
from synthesis.findings import Finding, Indicator
from synthesis.measure_checks import check_measures, without_properties
from synthesis.measures import Measure, Property, Use
from synthesis.results import ArmResult
from synthesis.section import Domain, MeasuresSection
from synthesis.worksheets import Certainty, GradeJudgement

DOMAINS = {"stress": Domain(label="Parenting stress")}
GROUPS = MeasuresSection(groups={"parent": "Parent focused measures"})


def _finding(**more: object) -> Finding:
    values: dict[str, object] = {
        "report": "bain2014",
        "number": 1,
        "domain": "stress",
        "direction": "better",
    }
    return Finding.from_values(values | more)


def _check(*findings: Finding, arms: tuple[Arm, ...] = ()) -> list[Problem]:
    return check_findings(findings, ["bain2014"], DOMAINS, arms)


@pytest.mark.parametrize(
    ("significance", "p", "sentence"),
    [
        ("significant", "= .06", "called significant"),
        ("significant", "ns", "called significant"),
        ("not significant", "< .01", "called not significant"),
        ("significant", ".000", "no test gives"),
    ],
)
def test_a_word_that_its_p_contradicts_is_an_error(
    significance: str, p: str, sentence: str
) -> None:
    (problem,) = _check(_finding(significance=significance, p=p))
    assert problem.severity == "error"
    assert sentence in problem.message


@pytest.mark.parametrize(
    ("significance", "p"), [("significant", "< .05"), ("not significant", "= .24")]
)
def test_a_word_that_its_p_bears_out_is_no_problem(significance: str, p: str) -> None:
    assert _check(_finding(significance=significance, p=p)) == []


def test_not_significant_does_not_pass_for_no_difference() -> None:
    values = {"direction": "no difference", "significance": "not significant", "p": "= .4"}
    (problem,) = _check(_finding(**values))
    assert "not the same as no difference" in problem.message
    assert _check(_finding(**values, basis="significance")) == []


def test_findings_outside_the_review_and_reports_without_findings_are_named() -> None:
    problems = _check(_finding(report="toth2002", domain="mood"))
    assert [problem.subject for problem in problems] == ["toth2002", "mood", "bain2014"]


def test_parts_that_exceed_their_sum_are_named() -> None:
    arms = (
        Arm(report="bain2014", arm="pip", name="PIP", randomised=22, analysed=16),
        Arm(report="bain2014", arm="wait", name="Wait", role="comparator", analysed=6),
    )
    said = [p.message for p in _check(_finding(n=23, n_intervention=24), arms=arms)]
    assert said == [
        "24 in the intervention out of 23 in all cannot be.",
        "23 analysed, but the arms of bain2014 add up to 22.",
    ]
    assert _check(_finding(n=22, n_intervention=16), arms=arms) == []
    assert check_arms(arms) == []
    assert len(check_arms([Arm(report="r", arm="a", name="A", randomised=5, analysed=6)])) == 1


@pytest.mark.parametrize(
    ("count", "of", "percent", "right"),
    [
        (77, 102, 75, None),
        (77, 102, 75.5, None),
        (89, 114, 78, None),
        (267, 695, 27, "38%"),
        (1, 8, 12.5, None),
        (1, 8, 13, None),
        (13, 20, 65, None),
        (1, 3, 33.4, "33.3%"),
        (4, 4, 100, None),
    ],
)
def test_a_percent_is_checked_to_the_decimals_it_is_printed_with(
    count: int, of: int, percent: float, right: str | None
) -> None:
    share = Indicator(report="r", id="i", name="x", count=count, of=of, percent=percent)
    problems = check_indicators([share])
    assert len(problems) == (right is not None)
    assert right is None or right in problems[0].message


def test_more_than_all_cannot_be() -> None:
    (problem,) = check_indicators([Indicator(report="r", id="i", name="x", count=5, of=4)])
    assert "cannot be" in problem.message


def _result(**more: object) -> ArmResult:
    values: dict[str, object] = {"report": "r", "domain": "stress", "outcome": "o", "arm": "pip"}
    return ArmResult.from_values(values | {"n": 20} | more)


def test_one_result_is_chosen_among_several_and_the_rule_is_named() -> None:
    one, other = _result(measure="psi"), _result(measure="bsi")
    assert check_results([one]) == []
    assert "2 of 2 results are chosen" in check_results([one, other])[0].message
    unchosen = other.model_copy(update={"chosen": False})
    assert "by which rule" in check_results([one, unchosen])[0].message
    named = one.model_copy(update={"why_chosen": "the most used measure"})
    assert check_results([named, unchosen]) == []
    assert "0 of 1" in check_results([unchosen])[0].message


def test_more_events_than_participants_cannot_be() -> None:
    assert "cannot be" in check_results([_result(events=21)])[0].message


@pytest.mark.parametrize(
    ("levels", "counted"),
    [
        ({"start": "high"}, Certainty.HIGH),
        ({"start": "high", "risk_of_bias": 1, "imprecision": 1}, Certainty.LOW),
        ({"start": "low", "imprecision": 2, "inconsistency": 2}, Certainty.VERY_LOW),
        ({"start": "low", "large_effect": 2}, Certainty.HIGH),
        ({"start": "high", "large_effect": 2}, Certainty.HIGH),
    ],
)
def test_certainty_is_counted_in_levels_and_chosen_by_the_author(
    levels: dict[str, object], counted: Certainty
) -> None:
    judged = GradeJudgement.from_values(
        {"domain": "stress", "certainty": "moderate", "explanation": "x", **levels}
    )
    assert judged.counted is counted
    assert len(check_grades([judged])) == 1


def _measure(name: str, **more: str) -> Measure:
    return Measure(id=name, name=name, group=more.pop("group", "parent"), **more)


def _property(**more: object) -> Property:
    values: dict[str, object] = {"measure": "a", "number": 1, "property": "internal consistency"}
    return Property.from_values(values | {"value": 0.8} | more)


def _measure_problems(
    measures: list[Measure], properties: list[Property], reports: tuple[str, ...] = ("r",)
) -> list[str]:
    uses = [Use(measure=measure.id, report="r") for measure in measures]
    return [p.message for p in check_measures(measures, properties, uses, reports, GROUPS)]


def test_a_source_cannot_be_cited_in_an_older_one() -> None:
    impossible = _property(source="Pederson et al., 2014", cited_via="Cramer et al., 1990")
    assert "cannot be cited" in _measure_problems([_measure("a")], [impossible])[0]
    possible = _property(source="Radloff, 1977", cited_via="Fonagy et al., 2016")
    assert _measure_problems([_measure("a")], [possible]) == []


def test_one_abbreviation_for_two_instruments_is_named_but_not_for_a_variant() -> None:
    two = [_measure("a", abbreviation="SCL"), _measure("b", abbreviation="scl")]
    assert "SCL stands for a and b" in _measure_problems(two, [])[0]
    variants = [two[0], _measure("b", abbreviation="SCL", variant_of="a")]
    assert _measure_problems(variants, []) == []


def test_a_report_without_a_measure_and_a_measure_without_a_report_are_named() -> None:
    assert _measure_problems([_measure("a")], [], ("r", "s")) == [
        "s is included but has no measure."
    ]
    unused = check_measures([_measure("a")], [], [], [], GROUPS)
    assert "No report is entered as using a" in unused[0].message


def test_names_that_lead_nowhere_are_named() -> None:
    problems = check_measures(
        [_measure("a", group="child", variant_of="z")],
        [_property(measure="q", unresolved=True)],
        [Use(measure="w", report="toth2002")],
        [],
        GROUPS,
    )
    said = "\n".join(problem.message for problem in problems)
    for part in ("child is no group", "variant of z", "q is no measure", "w is no measure"):
        assert part in said
    assert "toth2002 is not an included report" in said
    assert "stays as printed" in said


def test_a_measure_whose_property_is_only_not_reported_has_none() -> None:
    told = _property()
    untold = Property.from_values(
        {"measure": "b", "number": 1, "property": "face validity", "status": "not reported"}
    )
    measures = [_measure("a"), _measure("b"), _measure("c")]
    found = without_properties(measures, [told, untold])
    assert [measure.id for measure in found] == ["b", "c"]
