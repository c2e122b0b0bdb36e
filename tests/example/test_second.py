"""The second example review runs through another instrument, extraction, indicators and themes."""

from typing import Any

import pytest

from appraisal.instrument import read_instrument
from appraisal.sheet_reading import read_scores
from review.protocol import read_protocol
from screening.identification.readers import read
from screening.problems import has_errors
from synthesis import sheets, themes
from synthesis.row import Row
from synthesis.writers.sheet_csv import read_csv
from tests.example.make import DATA

SECOND = DATA / "second"
PROTOCOL = read_protocol((SECOND / "review.toml").read_text(encoding="utf-8"))
REPORTS = ("staffordshireuniversitynd", "collyer2021", "lynch2024", "partnershipforchangend")


@pytest.fixture(scope="module")
def entered() -> dict[str, list[Any]]:
    known = sheets.Known(ids={"report": REPORTS, "theme": []}, section=PROTOCOL.extraction)
    names = [name for files in PROTOCOL.inputs.sheets.values() for name in files]
    result = sheets.read_workbook(
        [read_csv((SECOND / name).read_bytes(), name) for name in names], known
    )
    assert result.problems == ()
    found: dict[str, list[Any]] = {name: [] for name in PROTOCOL.inputs.sheets}
    for row in result.rows:
        assert isinstance(row, Row)
        found[row.sheet].append(row)
    return found


def test_the_four_reports_are_read_from_their_export() -> None:
    name = "collected_reports.ris"
    reading = read((SECOND / "exports" / name).read_bytes(), name)
    assert [record.fields.year for record in reading.records] == [None, 2021, 2024, None]
    assert reading.problems == []


def test_every_answer_is_one_of_the_instrument_and_says_it_is_illustrative() -> None:
    path = DATA.parent / f"appraisal/instruments/{PROTOCOL.appraisal.instrument}.toml"
    instrument = read_instrument(path.read_text(encoding="utf-8"), path.name)
    grid = read_csv((SECOND / "appraisals.csv").read_bytes(), "appraisals.csv")
    result = read_scores(grid, instrument, {key: key for key in REPORTS})
    assert result.problems == ()
    assert [appraisal.unit for appraisal in result.rows] == list(REPORTS)
    assert all("illustrative" in note for a in result.rows for note in a.notes.values())
    assert instrument.maximum is None


def test_themes_fit_together_and_no_words_of_participants_are_given(
    entered: dict[str, list[Any]],
) -> None:
    found = themes.check(
        entered["themes"], entered["presence"], entered["quotes"], entered["participants"]
    )
    assert not has_errors(found)
    assert all(not quote.text for quote in entered["quotes"])


def test_a_theme_shows_with_as_many_social_workers_as_the_report_says(
    entered: dict[str, list[Any]],
) -> None:
    grid = themes.by_participant(
        entered["themes"], entered["presence"], entered["quotes"], entered["participants"]
    )
    shown = {theme: grid.shown_in(f"S1-{theme}") for theme in ("1a", "2a", "2b", "3a", "3c")}
    assert shown == {"1a": 5, "2a": 6, "2b": 4, "3a": 4, "3c": 3}
