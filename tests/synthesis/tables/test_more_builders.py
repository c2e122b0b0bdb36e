"""Computed results, worksheets, quotes, overlap and reasons: each table proves its rule."""

import pytest

from screening.agreement import Unsure, agreement, agreement_on_reasons
from screening.identification.overlap import overlap
from screening.records import Stage, Verdict
from synthesis.combined_p import CAUTION
from synthesis.directions import DirectionGrid, direction_grid
from synthesis.effects import computed_effects
from synthesis.extraction import Arm, Role
from synthesis.findings import Direction, Finding
from synthesis.results import ArmResult
from synthesis.section import Domain
from synthesis.tables.agreement import ReviewerPair, reviewer_agreement_table
from synthesis.tables.effects import combined_p_table, effects_table
from synthesis.tables.overlap import combinations_table, overlap_table
from synthesis.tables.quotes import quotes_table
from synthesis.tables.reasons import ReasonPair, reasons_table
from synthesis.tables.table import Table
from synthesis.tables.worksheets import grade_table, missing_results_table, popay_table
from synthesis.themes import Quote, Theme
from synthesis.worksheets import (
    Certainty,
    GradeJudgement,
    MissingResults,
    PopayElement,
    PopayNote,
)

LABELS = {"a": "Adams, 2001", "b": "Brown, 2002", "c": "Cole, 2003", "d": "Dee, 2004"}
SLEEP = {"sleep": Domain(label="Sleep")}


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.body]


def arms(report: str) -> list[Arm]:
    return [
        Arm(report=report, arm="cpp", name="Treated", role=Role.INTERVENTION),
        Arm(report=report, arm="tau", name="Usual care", role=Role.COMPARATOR),
    ]


def result(arm: str, **numbers: float) -> ArmResult:
    return ArmResult.model_validate(
        {"report": "a", "domain": "sleep", "outcome": "Waking", "arm": arm, **numbers}
    )


def test_an_effect_says_how_it_was_computed_and_leads_to_what_was_entered() -> None:
    # Borenstein et al. (2009, ch. 4): g 0.5924 with variance 0.0411, so 0.1950 to 0.9898.
    entered = [result("cpp", n=50, mean=103, sd=5.5), result("tau", n=50, mean=100, sd=4.5)]
    effects, problems = computed_effects(entered, arms("a"))
    assert problems == []
    table = effects_table(effects, LABELS, SLEEP, {})
    (row,) = table.body
    assert row.cells[-2].text == "SMD 0.59 [0.19, 0.99]"
    assert row.cells[-2].source == "entry/results/a/Waking//cpp/"
    assert row.cells[6].text == "tau: M 100, SD 4.5, n 50"
    assert table.columns[-1].id == "formula"  # a column, so that a CSV file has it too
    assert "Hedges' g" in row.cells[-1].text
    assert dict(table.abbreviations)["SMD"] == "standardised mean difference"
    assert "OR" not in dict(table.abbreviations)


def test_events_are_shown_out_of_how_many() -> None:
    entered = [result("cpp", n=100, events=5), result("tau", n=100, events=10)]
    effects, _ = computed_effects(entered, arms("a"))
    (row,) = effects_table(effects, LABELS, SLEEP, {}).body
    assert row.cells[5].text == "cpp: 5 of 100"
    assert row.cells[-2].text.startswith("OR 0.47")
    assert row.cells[-1].text == "Odds ratio"


def grid(*ps: str) -> DirectionGrid:
    findings = [
        Finding(report=report, number=1, domain="sleep", direction=Direction.BETTER, p=p)
        for report, p in zip(LABELS, ps, strict=False)
    ]
    return direction_grid(SLEEP, findings, list(LABELS), {key: key for key in LABELS})


def test_p_values_are_combined_with_their_caution_and_with_who_is_left_out() -> None:
    table = combined_p_table(grid("= .05", "= .05", "< .01", "= .10"))
    assert texts(table) == [["Sleep", "3", "1", "20.75, df 6", ".002"]]
    assert table.general_notes == (CAUTION,)
    assert "Sleep: 1 left out, because only a bound is reported (< .01)." in [
        text for _, text in table.marked_notes()
    ]


def test_one_p_value_is_not_combined_with_anything() -> None:
    assert combined_p_table(grid("= .05", "< .01")).rows == ()


def test_every_quote_stands_under_its_theme_in_reading_order() -> None:
    themes = [
        Theme(id="t2", name="Time"),
        Theme(id="t1", name="Trust"),
        Theme(id="t3", name="In the team", parent="t2"),
    ]
    quotes = [
        Quote(theme="t1", report="a", place="p. 3", text="They stayed."),
        Quote(theme="t3", report="b", place="p. 9"),
        Quote(theme="lost", report="b", place="p. 1"),
    ]
    table = quotes_table(quotes, themes, LABELS)
    assert [row[0] for row in texts(table)] == ["In the team", "Trust", "lost"]
    assert len(table.body) == len(quotes)


def test_a_certainty_that_differs_from_its_levels_shows_both() -> None:
    chosen = GradeJudgement(
        domain="sleep", start="high", imprecision=1, certainty=Certainty.LOW, explanation="Small."
    )
    (row,) = texts(grade_table([chosen], SLEEP))
    assert "low (levels: moderate)" in row
    assert "\N{MINUS SIGN}1" in row


def test_worksheets_are_shown_as_they_were_filled_in() -> None:
    note = PopayNote(element=PopayElement.ROBUSTNESS, question="What if?", answer="Little.")
    assert texts(popay_table([note], SLEEP)) == [["Robustness", "What if?", "", "Little."]]
    judged = MissingResults(domain="sleep", known="Two trials", judgement="high")
    assert texts(missing_results_table([judged], SLEEP)) == [
        ["Sleep", "", "Two trials", "", "high", ""]
    ]


def test_the_combinations_of_sources_part_the_references() -> None:
    found = overlap([["m", "s"], ["m"], ["m", "m"], ["s"]])
    names = {"m": "MEDLINE", "s": "Scopus"}
    assert texts(overlap_table(found, names)) == [
        ["MEDLINE", "4", "3", "75.0", "2"],
        ["Scopus", "2", "2", "50.0", "1"],
    ]
    shared = texts(combinations_table(found, names))
    assert sum(int(row[-1]) for row in shared) == found.references == 4
    assert ["MEDLINE and Scopus", "2", "1"] in shared


@pytest.mark.parametrize(
    ("first", "second", "specific"), [("design", "design", "1.00"), ("design", "language", ".00")]
)
def test_reasons_are_compared_one_by_one_and_unused_ones_left_out(
    first: str, second: str, specific: str
) -> None:
    given = [(frozenset({first}), frozenset({second}))]
    found = agreement_on_reasons(given, ["design", "language", "population"])
    table = reasons_table([ReasonPair("anna", "ben", found)], {"design": "Design"})
    assert texts(table)[0][:2] == ["anna, ben", "Design"]
    assert texts(table)[0][6] == specific
    assert "population" not in [row.key for row in table.body]


def test_an_unsure_vote_is_shown_as_a_verdict_of_its_own_only_where_there_is_one() -> None:
    sure = [(Verdict.INCLUDE, Verdict.INCLUDE), (Verdict.EXCLUDE, Verdict.EXCLUDE)]

    def shown(votes: list[tuple[Verdict, Verdict]]) -> str:
        pair = ReviewerPair(
            stage=Stage.TITLE_ABSTRACT,
            first="anna",
            second="ben",
            statistics=agreement(votes),
            three_way=agreement(votes, unsure=Unsure.CATEGORY),
        )
        return reviewer_agreement_table([pair]).body[0].cells[-1].text

    assert shown(sure) == ""
    assert shown([*sure, (Verdict.UNSURE, Verdict.INCLUDE)]) == ".50"
