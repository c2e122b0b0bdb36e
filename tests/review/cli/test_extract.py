"""Extraction by two people in spreadsheets: blind to each other, then agreed, and every value traceable."""

from pathlib import Path

import pytest

from review.pipeline.project import open_project
from review.pipeline.synthesis.extract import all_values, rows
from review.pipeline.synthesis.gather import table_inputs
from synthesis.double_extraction import Standing
from synthesis.extraction import Arm
from synthesis.tables.catalogue import build
from synthesis.tables.wording import NOT_YET
from tests.review.running import PROTOCOL, Ran, small_review, winnow

TWO = (
    PROTOCOL.replace('reviewers = ["anna"]', 'reviewers = ["anna", "ben"]')
    + """
[extraction]
extractors = 2

[[extraction.fields]]
id = "country"
label = "Country"

[[extraction.fields]]
id = "funding"
label = "Funding"
"""
)
SINGLE = '[screening.full_text]\npolicy = "single"'


@pytest.fixture
def review(tmp_path: Path) -> Path:
    folder = small_review(tmp_path / "review", TWO.replace("[screening.full_text]", SINGLE))
    anna = ("--as", "anna", "--project", folder)
    winnow("load", *anna)
    for stage in ("title_abstract", "full_text"):
        winnow("screen", "--reference", "r1", "--verdict", "include", "--stage", stage, *anna)
        winnow("retrieve", "r1", "--retrieved", *anna)
    return folder


def extract(review: Path, person: str, *arguments: object) -> Ran:
    return winnow("extract", *arguments, "--as", person, "--project", review)


def test_an_extractors_sheet_shows_nothing_of_the_other_where_two_extract(
    review: Path, tmp_path: Path
) -> None:
    extract(review, "anna", "writer2000", "country", "Chile", "--page", "3")
    out = tmp_path / "extraction.csv"
    extract(review, "ben", "--sheet", "extraction", "--export", out)
    assert "Chile" not in out.read_text(encoding="utf-8")
    assert "0 new rows" in extract(review, "ben", "--import", out).out
    extract(review, "anna", "--sheet", "extraction", "--export", out)
    assert "Chile" in out.read_text(encoding="utf-8")


def test_what_extractors_gave_differently_is_said_with_both_values_once_both_have_given_it(
    review: Path,
) -> None:
    extract(review, "anna", "writer2000", "country", "Chile")
    assert "Chile" not in winnow("check", "--project", review).err
    extract(review, "ben", "writer2000", "country", "--not-reported")
    said = winnow("check", "--project", review)
    assert "anna: Chile; ben: not reported" in said.out + said.err


def test_the_long_table_names_who_extracted_a_value_and_what_was_agreed(
    review: Path, tmp_path: Path
) -> None:
    for person, country in (("anna", "Chile"), ("ben", "Peru")):
        extract(review, person, "writer2000", "country", country)
        extract(review, person, "writer2000", "funding", "--not-reported")
    agreed = tmp_path / "extraction_agreed.csv"
    agreed.write_text(
        "Report,Field,Status,Value,Page,Quote\nwriter2000,country,reported,Peru,4,in Lima\n",
        encoding="utf-8",
    )
    assert "1 new rows" in extract(review, "anna", "--import", agreed).out
    with open_project(review) as project:
        assert {value.standing for value in all_values(project)} == {Standing.STANDS}
        tables, _ = build(table_inputs(project), {})
    (long,) = (table for table in tables if table.id == "extraction_long")
    places = {column.id: place for place, column in enumerate(long.columns)}
    shown = [
        [row.cells[places[name]].text for name in ("value", "page", "quote", "by")]
        for row in long.body
    ]
    assert shown == [
        ["Peru", "4", "in Lima", "anna, ben; agreed"],
        ["Not reported", "", "", "anna, ben"],
    ]


def test_arms_are_shown_with_how_many_were_randomised_and_analysed(
    review: Path, tmp_path: Path
) -> None:
    arms = tmp_path / "arms.csv"
    arms.write_text(
        "Report,Arm,Name,Role,Randomised,Analysed,Unit\n"
        "writer2000,cpp,Therapy,intervention,40,35,dyads\n"
        "writer2000,tau,Usual care,comparator,,31,dyads\n",
        encoding="utf-8",
    )
    extract(review, "anna", "--import", arms)
    with open_project(review) as project:
        tables, _ = build(table_inputs(project), {})
    (table,) = (table for table in tables if table.id == "arms")
    assert [[cell.text for cell in row.cells] for row in table.body] == [
        ["Writer, 2000", "Therapy (cpp)", "intervention", "40", "35", "dyads"],
        ["Writer, 2000", "Usual care (tau)", "comparator", NOT_YET, "31", "dyads"],
    ]


def test_a_row_of_a_shared_sheet_stands_once_and_only_who_entered_it_changes_it(
    review: Path, tmp_path: Path
) -> None:
    arms = tmp_path / "arms.csv"
    head = "Report,Arm,Name,Role,Randomised\nwriter2000,cpp,"
    arms.write_text(head + "Therapy,intervention,40\n", encoding="utf-8")
    assert "1 new rows" in extract(review, "anna", "--import", arms).out
    assert "0 new rows" in extract(review, "ben", "--import", arms).out
    arms.write_text(head + "Therapy,intervention,41\n", encoding="utf-8")
    refused = extract(review, "ben", "--import", arms)
    assert refused.status == 1
    assert "anna has entered this row" in refused.err
    assert "1 new rows" in extract(review, "anna", "--import", arms).out
    with open_project(review) as project:
        assert [arm.randomised for arm in rows(project, Arm)] == [41]


def test_a_run_by_another_person_does_not_make_them_an_extractor_and_takes_back_no_change(
    review: Path,
) -> None:
    protocol = review / "review.toml"
    text = protocol.read_text(encoding="utf-8")
    protocol.write_text(f'{text}\n[inputs.sheets]\nextraction = "values.csv"\n', encoding="utf-8")
    (review / "values.csv").write_text(
        "Report,Field,Value\nwriter2000,country,Chile\nwriter2000,funding,None\n", encoding="utf-8"
    )
    run = ("run", "--project", review, "--amend", "values in a file", "--as")
    assert "2 new rows" in winnow(*run, "anna").out
    extract(review, "anna", "writer2000", "country", "Peru")
    assert "0 new rows" in winnow(*run, "ben").out
    again = winnow(*run, "anna")
    assert "0 new rows" in again.out
    assert "writer2000/country" in again.err
    with open_project(review) as project:
        stands = {value.field: value for value in all_values(project)}
    assert {value.standing for value in stands.values()} == {Standing.AWAITING_SECOND}
    assert stands["country"].rows["anna"].value == "Peru"
