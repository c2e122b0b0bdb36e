"""Studies stand in groups by whatever was extracted of them; what nobody looked for stands apart."""

import pytest
from pydantic import ValidationError

from appraisal.instrument import Instrument, read_instrument
from appraisal.scores import UnitScores, unit_scores
from review import resources
from synthesis.directions import direction_grid
from synthesis.extraction import Extracted
from synthesis.fields import Field
from synthesis.findings import Direction, Finding
from synthesis.grouping import grouped_by_appraisal, grouped_by_field
from synthesis.section import Domain, Grouping, SynthesisSection
from synthesis.tables.groups import groups_table

STUDIES = {"a1": "trial", "a2": "trial", "b": "b", "c": "c", "d": "d"}
DESIGN = Field(id="design", label="Design", type="choice", choices=("Trial", "Cohort", "Pilot"))
SITES = Field(id="sites", label="Sites", type="choices", choices=("Home", "Clinic"))
SAMPLE = Field(id="sample", label="Sample", type="number", units=("dyads", "mothers"))


def _value(report: str, field: str, value: str, arm: str = "") -> Extracted:
    return Extracted(report=report, field=field, value=value, arm=arm)


def instrument(name: str) -> Instrument:
    return read_instrument(resources.instruments()[name], f"{name}.toml")


def test_groups_follow_the_choices_and_what_is_missing_comes_last() -> None:
    grouped = grouped_by_field(
        DESIGN,
        (),
        [
            _value("b", "design", "pilot"),
            _value("a2", "design", "Trial"),
            Extracted(report="c", field="design", status="not reported"),
        ],
        STUDIES,
    )
    assert grouped.groups == ("Trial", "Pilot", "Not reported", "Not yet extracted")
    assert grouped.of["c"] == ("Not reported",)
    assert grouped.of["d"] == ("Not yet extracted",)


def test_reports_of_one_study_that_differ_are_one_study_in_the_group_of_both() -> None:
    told = [_value("a2", "design", "Cohort"), _value("a1", "design", "Trial")]
    grouped = grouped_by_field(DESIGN, (), told, STUDIES)
    assert grouped.of["trial"] == ("Trial; Cohort",)
    assert grouped.members("Trial; Cohort", ["b", "trial"]) == ("trial",)


def test_a_study_of_several_choices_stands_in_each_and_the_table_says_so() -> None:
    grouped = grouped_by_field(SITES, (), [_value("b", "sites", "clinic; home")], STUDIES)
    assert grouped.of["b"] == ("Home", "Clinic")
    assert "stands in each" in " ".join(grouped.notes)


def test_numbers_are_grouped_where_the_authors_say_whatever_they_count() -> None:
    told = [
        _value("a1", "sample", "49 dyads"),
        _value("b", "sample", "50 dyads"),
        _value("c", "sample", "1,200 mothers"),
    ]
    grouped = grouped_by_field(SAMPLE, (50, 300), told, STUDIES)
    assert grouped.groups == ("Under 50", "50 to under 300", "300 or more", "Not yet extracted")
    assert [grouped.of[study] for study in ("trial", "b", "c")] == [
        ("Under 50",), ("50 to under 300",), ("300 or more",)
    ]  # fmt: skip
    assert "dyads, mothers" in grouped.notes[0]


def test_a_value_that_an_amended_field_no_longer_takes_is_a_group_of_its_own() -> None:
    grouped = grouped_by_field(DESIGN, (), [_value("b", "design", "case series")], STUDIES)
    assert grouped.of["b"] == ("Case series",)


def _scored(ccat: Instrument, points: int) -> UnitScores:
    return unit_scores(ccat, "x", {each.id: points for each in ccat.categories})


def test_the_median_total_parts_the_studies_and_one_without_a_total_stands_apart() -> None:
    ccat = instrument("ccat-1.4")
    scores = {"trial": _scored(ccat, 3), "b": _scored(ccat, 4), "c": _scored(ccat, 5)}
    grouped = grouped_by_appraisal(ccat, STUDIES.values(), scores)
    assert grouped.groups == ("At or above the median", "Below the median", "Not settled")
    assert [grouped.of[s][0] for s in ("trial", "b", "d")] == [
        "Below the median", "At or above the median", "Not settled"
    ]  # fmt: skip
    assert "median total of the studies is 32" in grouped.notes[0]
    assert grouped_by_appraisal(ccat, ["b"], {}).of == {"b": ("Not settled",)}


def test_an_instrument_without_a_total_groups_by_its_overall_judgement() -> None:
    bias = instrument("bias-domains-1.0").model_copy(update={"unit": "study"})
    overall = next(each for each in bias.categories if each.overall)
    levels = bias.scale_of(overall.id).levels
    scores = {"b": unit_scores(bias, "b", {overall.id: levels[-1].value})}
    grouped = grouped_by_appraisal(bias, ["b", "c"], scores)
    assert grouped.of == {"b": (levels[-1].label,), "c": ("Not settled",)}
    checklist = instrument("checklist-1.0")
    assert "neither a total" in grouped_by_appraisal(checklist, ["b"], {}).notes[0]


def test_the_table_names_the_studies_of_each_group_and_counts_a_study_once() -> None:
    domains = {"sleep": Domain(label="Sleep", group="child")}
    findings = [
        Finding(report=report, number=1, domain="sleep", direction=direction)
        for report, direction in (
            ("a1", Direction.BETTER),
            ("a2", Direction.BETTER),
            ("b", Direction.WORSE),
            ("d", Direction.BETTER),
        )
    ]
    told = [_value(report, "design", "Trial") for report in ("a1", "a2", "b")]
    grouped = grouped_by_field(DESIGN, (), told, STUDIES)
    grid = direction_grid(domains, findings, list(STUDIES), STUDIES)
    table = groups_table(grid, grouped, {"trial": "Ames, 2001", "b": "Bo, 2002", "d": "Di, 2004"})
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts == [
        ["Child"],
        ["Sleep", "Trial", "2", "Ames, 2001", "", "", "Bo, 2002", ""],
        ["Sleep", "Not yet extracted", "1", "Di, 2004", "", "", "", ""],
    ]
    with pytest.raises(ValueError, match="by study"):
        groups_table(direction_grid(domains, findings, list(STUDIES)), grouped, {})


@pytest.mark.parametrize(
    ("grouping", "words"),
    [
        (Grouping(field="desing"), "no field"),
        (Grouping(field="sample"), "numbers need their groups"),
        (Grouping(field="design", at=(5,)), "at has no meaning"),
        (Grouping(field="p"), "make no groups"),
        (Grouping(field="design"), ""),
        (Grouping(field="sample", at=(50,)), ""),
        (Grouping(field="appraisal"), ""),
    ],
)
def test_a_grouping_that_cannot_be_made_is_told_in_a_sentence(
    grouping: Grouping, words: str
) -> None:
    p = Field(id="p", label="p", type="p_value")
    mistake = grouping.mistake({each.id: each for each in (DESIGN, SAMPLE, p)})
    assert words in mistake
    assert bool(words) == bool(mistake)


def test_groups_begin_in_rising_order_and_each_field_is_named_once() -> None:
    with pytest.raises(ValidationError, match="run upwards"):
        Grouping(field="sample", at=(300, 50))
    with pytest.raises(ValidationError, match="twice"):
        SynthesisSection.model_validate({"group_by": ["design", {"field": "design"}]})
