"""What one appraisal is about is the instrument's to say: a report, a study or a result."""

import json
from pathlib import Path

import pytest

from appraisal.instrument import Instrument, read_instrument
from review import resources
from review.pipeline.appraisal.appraised_units import (
    LabelledReport,
    appraised_units,
    reports_of_units,
)
from review.pipeline.flow.flow import current_flow
from review.pipeline.project import open_project
from synthesis.findings import Direction, Finding
from synthesis.results import ArmResult
from tests.review.one_report import OneReport, one_report
from tests.review.running import winnow

REPORTS = [
    LabelledReport("bain2014", "Bain, 2014", "bain2014"),
    LabelledReport("toth2002", "Toth, 2002", "toth"),
    LabelledReport("toth2006", "Toth, 2006", "toth"),
]
SLEEP = '[domains]\nsleep = { label = "Sleep" }\n'


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    name = "bias-domains-1.0"
    return read_instrument(resources.instruments()[name], f"{name}.toml")


def about(instrument: Instrument, unit: str) -> Instrument:
    return instrument.model_copy(update={"unit": unit})


def test_reports_of_one_study_are_one_unit_of_an_instrument_about_studies(
    instrument: Instrument,
) -> None:
    studies = about(instrument, "study")
    units = appraised_units(studies, REPORTS)
    assert units == {"bain2014": "Bain, 2014", "toth": "Toth, 2002; Toth, 2006"}
    assert reports_of_units(studies, REPORTS, ["toth"]) == {"toth2002", "toth2006"}


def test_a_result_is_one_outcome_on_one_measure_at_one_time(instrument: Instrument) -> None:
    finding = Finding(
        report="bain2014", number=1, domain="sleep", outcome="Waking/night",
        measure="ESS", time_point="3 months", direction=Direction.BETTER,
    )  # fmt: skip
    arms = [
        ArmResult(
            report="bain2014", domain="sleep", outcome="Waking/night", measure="ESS", arm=arm,
            time_point="3 months", n=20,
        )
        for arm in ("treated", "usual")
    ]  # fmt: skip
    units = appraised_units(instrument, REPORTS, [finding, *arms])
    assert units == {
        "bain2014/Waking%2Fnight/ESS/3 months": "Bain, 2014: Waking/night (ESS), 3 months"
    }
    assert reports_of_units(instrument, REPORTS, units) == {"bain2014"}


def test_a_finding_without_an_outcome_is_about_its_domain(instrument: Instrument) -> None:
    finding = Finding(report="toth2002", number=1, domain="sleep", direction=Direction.WORSE)
    assert appraised_units(instrument, REPORTS, [finding]) == {
        "toth2002/sleep//": "Toth, 2002: sleep"
    }


def test_results_of_reports_that_are_not_included_are_no_units(instrument: Instrument) -> None:
    finding = Finding(report="left2001", number=1, domain="sleep", direction=Direction.WORSE)
    assert appraised_units(instrument, REPORTS, [finding]) == {}


@pytest.fixture
def by_result(tmp_path: Path) -> OneReport:
    more = SLEEP + '[appraisal]\ninstrument = "bias-domains-1.0"\n[flow]\nappraisal = true\n'
    review = one_report(tmp_path / "review", more)
    review.enter(
        "findings",
        {
            "report": "writer2000",
            "number": 1,
            "domain": "sleep",
            "outcome": "Waking",
            "direction": "better",
        },
        {
            "report": "writer2000",
            "number": 2,
            "domain": "sleep",
            "outcome": "Settling",
            "direction": "worse",
        },
    )
    return review


def test_results_are_appraised_from_a_sheet_shown_and_counted_as_their_report(
    by_result: OneReport,
) -> None:
    sheet = by_result.folder / "scores.csv"
    by_result.run("appraise", "--export", sheet)
    header, *lines = sheet.read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == [
        "writer2000/Settling//",
        "writer2000/Waking//",
    ]
    categories = list(json.loads(by_result.run("appraise", "--json"))[0]["scores"])
    level = "low"
    row = {"unit": "writer2000/Waking//", "rater": "anna", **dict.fromkeys(categories, level)}
    sheet.write_text(
        ",".join([*row, "complete"]) + "\n" + ",".join([*row.values(), "yes"]) + "\n",
        encoding="utf-8",
    )
    assert header
    by_result.run("appraise", "--import", sheet)
    assert "Waking" in by_result.run("appraise")
    with open_project(by_result.folder) as project:
        assert current_flow(project).appraised == 1
    found = by_result.found()
    assert any("nobody has appraised it yet" in message for message in found)
    ran = winnow("run", "--as", "anna", "--project", by_result.folder)
    assert "Traceback" not in ran.err
    table = (by_result.folder / "out" / "tables" / "bias-domains.csv").read_text(
        encoding="utf-8-sig"
    )
    assert table.splitlines()[2].startswith('"Writer, 2000: Waking"')


def test_what_is_no_result_is_refused_with_a_sentence(by_result: OneReport) -> None:
    ran = winnow("appraise", "writer2000", "--as", "anna", "--project", by_result.folder)
    assert ran.status == 1
    assert "this is no result of the included reports" in ran.err
