"""The worked example's tables carry the published facts."""

import csv
import io

import pytest

from appraisal.scores import percent_half_up
from synthesis.tables.arranging import arrange, section_for
from synthesis.tables.catalogue import build
from synthesis.tables.measures import names_by_report
from synthesis.tables.section import TableSection
from synthesis.tables.table import Table
from synthesis.writers import csv as csv_writer
from tests.synthesis import worked_example


@pytest.fixture(scope="module")
def tables() -> dict[str, Table]:
    built, _ = build(worked_example.table_inputs(), worked_example.sections())
    return {table.id: table for table in built}


def test_every_cell_of_the_score_table_is_that_of_the_appraisals(tables: dict[str, Table]) -> None:
    written = csv.DictReader(io.StringIO(csv_writer.write(tables["ccat"]).decode()))
    filled = {line["Label"]: line for line in worked_example.lines("appraisals.csv")}
    categories = [category.label for category in worked_example.instrument().categories]
    compared = 0
    for row in written:
        scores = [int(filled[row["study"]][label]) for label in categories]
        total = sum(scores)
        assert list(row.values())[1:] == [*map(str, scores), str(total), row["percent"]]
        assert int(row["percent"]) == (total * 100 + 20) // 40 == percent_half_up(total, 40)
        compared += len(scores) + 2
    assert compared == 16 * 10


def test_the_score_table_sums_up_raw_totals_and_not_rounded_percents(
    tables: dict[str, Table],
) -> None:
    note = tables["ccat"].general_note()
    assert "from 17 to 34" in note
    assert "mean of 24.75 (61.9%)" in note
    assert "median of 25" in note


def test_measure_tables_have_eighteen_fourteen_and_eighteen_rows(tables: dict[str, Table]) -> None:
    rows = [
        len(tables[f"measures_{group}"].body) for group in ("parent", "infant", "parent_infant")
    ]
    assert rows == [18, 14, 18]


def test_nine_measures_have_no_property(tables: dict[str, Table]) -> None:
    bare = [
        row.key
        for group in ("parent", "infant", "parent_infant")
        for row in tables[f"measures_{group}"].body
        if row.cells[2].text.startswith("None reported")
    ]
    assert sorted(bare) == ["D03", "D04", "D05", "D11", "D17", "I07", "I08", "I13", "P05"]


def test_every_measure_names_the_reports_that_used_it(tables: dict[str, Table]) -> None:
    uses = {use.measure for use in worked_example.table_inputs().uses}
    for group in ("parent", "infant", "parent_infant"):
        for row in tables[f"measures_{group}"].body:
            assert (row.key in uses) == (row.cells[3].text != "\N{EM DASH}")
    assert names_by_report(worked_example.table_inputs().all_measures())["bain2014"]


def test_the_extraction_table_has_the_six_published_columns_and_a_key_to_abbreviations(
    tables: dict[str, Table],
) -> None:
    table = tables["extraction"]
    assert [column.label for column in table.columns] == [
        "Author & year",
        "Country & Setting",
        "Aims",
        "Findings & conclusions",
        "CCAT Score",
        "%",
    ]
    assert len(table.body) == 16
    assert ("CCAT", "Crowe Critical Appraisal Tool") in table.abbreviations


def test_the_criteria_table_has_four_rows_and_its_exception_as_a_footnote(
    tables: dict[str, Table],
) -> None:
    table = tables["criteria"]
    assert len(table.body) == 4
    marked = [row.key for row in table.body for cell in row.cells if cell.note_ids]
    assert marked == ["population"]
    ((letter, text),) = table.marked_notes()
    assert letter == "a"
    assert "Hagan et al., 2017" in text
    assert "49.14 months" in text


def test_all_excluded_reports_are_listed_with_a_reason(tables: dict[str, Table]) -> None:
    table = tables["excluded"]
    reasons = [row.cells[1].text for row in table.body]
    assert len(reasons) == 15
    assert all(reasons)


def test_reports_of_one_study_share_a_row_where_the_unit_is_the_study() -> None:
    sections = {**worked_example.sections(), "ccat": TableSection(unit="study")}
    built, _ = build(worked_example.table_inputs(), sections)
    table = next(table for table in built if table.id == "ccat")
    assert len(table.body) == 14
    trial = next(row for row in table.body if row.key == "lieberman2005")
    assert trial.cells[0].text.count("\n") == 2
    assert "Lieberman et al., 2005: 27" in trial.cells[-2].text
    assert "Reports of one study share a row." in table.general_note()


def test_the_direction_grid_has_no_sign_test_where_directions_come_from_significance(
    tables: dict[str, Table],
) -> None:
    table = tables["votes"]
    places = [place for place, column in enumerate(table.columns) if column.id == "p"]
    tested = {row.key for row in table.body for place in places if row.cells[place].text}
    significance = {
        finding.domain
        for finding in worked_example.table_inputs().findings
        if finding.basis == "significance"
    }
    assert significance
    assert not tested & significance


def test_a_table_asks_for_a_field_that_does_not_exist() -> None:
    section = TableSection(columns=("label", "contry"), sort="nothing")
    built, problems = build(
        worked_example.table_inputs(), {**worked_example.sections(), "extraction": section}
    )
    messages = [str(problem) for problem in problems if "extraction" in problem.where]
    assert (
        'error: review.toml, [tables.extraction]: The table has no column "contry".' in messages[0]
    )
    assert 'Did you mean "country"?' in messages[0]
    assert '"nothing"' in messages[1]
    table = next(table for table in built if table.id == "extraction")
    assert [column.id for column in table.columns] == ["label"]


def test_a_section_for_a_table_that_does_not_exist_is_named_with_a_suggestion() -> None:
    _, problems = build(worked_example.table_inputs(), {"excludd": TableSection()})
    assert 'There is no table "excludd". Did you mean "excluded"?' in problems[0].message


def test_the_tables_of_all_measure_groups_can_share_a_section() -> None:
    shared = TableSection(columns=("measure", "studies"))
    built, problems = build(worked_example.table_inputs(), {"measures": shared})
    assert not problems
    assert all(len(t.columns) == 2 for t in built if t.id.startswith("measures_"))
    assert section_for("measures_parent", {"measures": shared}) is shared


def test_arranging_a_table_twice_changes_nothing_more(tables: dict[str, Table]) -> None:
    table = tables["ccat"]
    section = TableSection(sort="-total")
    once, _ = arrange(table, section)
    assert arrange(once, section)[0] == once
    totals = [int(row.cells[-2].text) for row in once.body]
    assert totals == sorted(totals, reverse=True)
