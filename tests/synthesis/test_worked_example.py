"""The files under data/ read as a user's would be, against the numbers the review published."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from appraisal.agreement import agreement
from appraisal.checks import check
from appraisal.instrument import Instrument, read_instrument
from appraisal.scores import Appraisal
from appraisal.section import AppraisalSection
from appraisal.sheet_reading import read_appraisals
from synthesis.checks import check_findings, check_indicators
from synthesis.directions import direction_grid, votes
from synthesis.fields import ExtractionSection
from synthesis.findings import Direction, Finding, Indicator
from synthesis.measure_checks import check_measures, without_properties
from synthesis.measures import Measure, Property, Use
from synthesis.row import Row
from synthesis.section import Domain, MeasuresSection
from synthesis.sheets import Known, read_workbook
from synthesis.themes import Participant, Presence, Quote, Theme, by_participant
from synthesis.themes import check as check_themes
from synthesis.writers.spreadsheet import read_spreadsheet
from tests.appraisal.worked import SCORES

ROOT = Path(__file__).parents[2]
BETTER, NONE, MIXED, WORSE = (
    Direction.BETTER,
    Direction.NO_DIFFERENCE,
    Direction.MIXED,
    Direction.WORSE,
)
TRIAL = dict.fromkeys(("lieberman2005", "lieberman2006", "ghoshippen2011"), "lieberman2005")
# How many reports point which way in each domain, as the review's text and tables state it.
PUBLISHED = {
    "child-development": {BETTER: 3, NONE: 2},
    "infant-regulation": {BETTER: 4, MIXED: 1},
    "child-trauma": {BETTER: 4},
    "child-representations": {BETTER: 1},
    "parental-mental-health": {BETTER: 10, WORSE: 1},
    "parenting-stress": {BETTER: 1, NONE: 1, MIXED: 1},
    "self-efficacy": {BETTER: 2, NONE: 1},
    "personality": {NONE: 1},
    "child-rearing-attitudes": {BETTER: 1},
    "parental-representations": {BETTER: 4},
    "reflective-functioning": {NONE: 4},
    "interaction": {BETTER: 1, NONE: 3, MIXED: 2},
    "infant-attachment": {NONE: 2},
}


def _protocol(path: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / path).read_text(encoding="utf-8"))


def _appraisals(path: str, slug: str, units: list[str]) -> tuple[Instrument, list[Appraisal]]:
    text = (ROOT / "appraisal" / "instruments" / f"{slug}.toml").read_text(encoding="utf-8")
    instrument = read_instrument(text, slug)
    grids = read_spreadsheet((ROOT / path).read_bytes(), path).rows
    read = read_appraisals(grids, instrument, dict.fromkeys(units, ""))
    assert read.problems == ()
    return instrument, [row for row in read.rows if isinstance(row, Appraisal)]


def _rows(names: list[str], known: Known) -> tuple[Row, ...]:
    grids = [
        grid for name in names for grid in read_spreadsheet((ROOT / name).read_bytes(), name).rows
    ]
    read = read_workbook(grids, known)
    assert read.problems == ()
    return read.rows


@pytest.fixture(scope="module")
def rows() -> tuple[Row, ...]:
    protocol = _protocol("review.toml")
    known = Known(
        {
            "report": list(SCORES),
            "domain": list(protocol["domains"]),
            "measure": [],
            "group": list(protocol["measures"]["groups"]),
        },
        ExtractionSection.model_validate(protocol["extraction"]),
    )
    return _rows(
        [f"data/{Path(name).name}" for name in protocol["inputs"]["sheets"].values()], known
    )


@pytest.fixture(scope="module")
def domains() -> dict[str, Domain]:
    return {key: Domain(**each) for key, each in _protocol("review.toml")["domains"].items()}


def test_the_scores_are_those_printed_and_nothing_is_open() -> None:
    instrument, made = _appraisals("data/appraisals.csv", "ccat-1.4", list(SCORES))
    assert {each.unit: tuple(each.scores.values()) for each in made} == SCORES
    section = AppraisalSection.model_validate(_protocol("review.toml")["appraisal"])
    assert check(instrument, section, list(SCORES), made) == []


def test_a_simulated_second_rater_gets_agreement_from_end_to_end() -> None:
    instrument, first = _appraisals("data/appraisals.csv", "ccat-1.4", list(SCORES))
    _, second = _appraisals("data/simulated_rater.csv", "ccat-1.4", list(SCORES))
    assert all("simulated" in each.rater for each in second)
    found = agreement(instrument, [*first, *second])
    assert found.units == tuple(SCORES)
    assert found.rows[-1].icc is not None
    assert found.rows[-1].icc.value is not None


def test_there_are_18_14_and_18_measures_and_nine_have_no_properties(
    rows: tuple[Row, ...],
) -> None:
    measures = [row for row in rows if isinstance(row, Measure)]
    properties = [row for row in rows if isinstance(row, Property)]
    assert Counter(measure.group for measure in measures) == {
        "parent": 18,
        "infant": 14,
        "parent_infant": 18,
    }
    assert [measure.id for measure in without_properties(measures, properties)] == [
        "P05",
        "I07",
        "I08",
        "I13",
        "D03",
        "D04",
        "D05",
        "D11",
        "D17",
    ]


def test_the_sources_impossible_citation_is_left_out_and_would_be_found(
    rows: tuple[Row, ...],
) -> None:
    measures = [row for row in rows if isinstance(row, Measure)]
    uses = [row for row in rows if isinstance(row, Use)]
    section = MeasuresSection.model_validate(_protocol("review.toml")["measures"])
    kept = [row for row in rows if isinstance(row, Property)]
    as_printed = [
        each.model_copy(update={"cited_via": "Cramer et al., 1990"})
        if "2014" in each.source and each.measure == "D06"
        else each
        for each in kept
    ]
    errors = [
        [
            p
            for p in check_measures(measures, rated, uses, list(SCORES), section)
            if p.severity == "error"
        ]
        for rated in (kept, as_printed)
    ]
    assert errors[0] == []
    assert [problem.subject for problem in errors[1]] == ["D06"]
    assert "older" in errors[1][0].message


def test_the_direction_grid_is_that_of_the_review(
    rows: tuple[Row, ...], domains: dict[str, Domain]
) -> None:
    findings = [row for row in rows if isinstance(row, Finding)]
    grid = direction_grid(domains, findings, list(SCORES))
    found = {
        domain: {way: n for way, n in votes(grid, domain).counts.items() if n} for domain in domains
    }
    assert found == PUBLISHED


def test_the_reviews_grid_is_by_significance_and_gets_no_sign_test(
    rows: tuple[Row, ...], domains: dict[str, Domain]
) -> None:
    findings = [row for row in rows if isinstance(row, Finding)]
    by_study = direction_grid(domains, findings, list(SCORES), TRIAL)
    mental = votes(by_study, "parental-mental-health")
    assert (mental.counts[BETTER], mental.counts[WORSE], mental.unit) == (8, 1, "study")
    assert mental.test is None
    assert len(by_study.columns) == 14


def test_the_findings_hold_together(rows: tuple[Row, ...], domains: dict[str, Domain]) -> None:
    findings = [row for row in rows if isinstance(row, Finding)]
    problems = check_findings(findings, list(SCORES), domains)
    assert [problem for problem in problems if problem.severity == "error"] == []


def test_the_second_example_runs_through_appraisal_extraction_and_themes() -> None:
    protocol = _protocol("data/second/review.toml")
    with (ROOT / "data/second/full_text.csv").open(encoding="utf-8-sig") as stream:
        reports = [line.split(",")[2] for line in stream.read().splitlines()[1:]]
    instrument, made = _appraisals(
        "data/second/appraisals.csv", protocol["appraisal"]["instrument"], reports
    )
    assert instrument.maximum is None
    assert [each.unit for each in made] == reports
    assert all("illustrative" in " ".join(each.notes.values()) for each in made)
    known = Known(
        {"report": reports, "theme": []},
        ExtractionSection.model_validate(protocol["extraction"]),
    )
    names = [f"data/second/{name}" for name in protocol["inputs"]["sheets"].values()]
    rows = _rows(names, known)
    themes = [row for row in rows if isinstance(row, Theme)]
    people = [row for row in rows if isinstance(row, Participant)]
    ticks = [row for row in rows if isinstance(row, Presence)]
    quotes = [row for row in rows if isinstance(row, Quote)]
    problems = check_themes(themes, ticks, quotes, people)
    assert [problem for problem in problems if problem.severity == "error"] == []
    grid = by_participant(themes, ticks, quotes, people)
    assert grid.shown_in("S1-1a") == 5
    indicators = [row for row in rows if isinstance(row, Indicator)]
    assert indicators
    said = [problem.message for problem in check_indicators(indicators)]
    assert len(said) <= 1
