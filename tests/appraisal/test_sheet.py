from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.instrument import Instrument
from appraisal.scores import Appraisal, Consensus, Mark
from appraisal.sheet import appraisal_grids, score_columns
from appraisal.sheet_reading import read_appraisals, read_scores
from screening.grid import CellValue, Grid, column_letters
from tests.appraisal.worked import SCORES, appraisal, worked_appraisals

UNITS = {unit: f"{unit[:-4].title()}, {unit[-4:]}" for unit in SCORES}


def _with(grid: Grid, cells: dict[tuple[int, int], CellValue]) -> Grid:
    rows = [list(row) for row in grid.rows]
    for (row, column), value in cells.items():
        rows[row][column] = value
    return replace(grid, rows=tuple(tuple(row) for row in rows), file="scores.xlsx")


def _said(ccat: Instrument, cells: dict[tuple[int, int], CellValue]) -> list[str]:
    (grid, *_) = appraisal_grids(ccat, UNITS, worked_appraisals(ccat))
    read = read_scores(_with(grid, cells), ccat, UNITS)
    assert read.rows == ()
    return [str(problem) for problem in read.problems]


def test_what_goes_out_comes_in_and_goes_out_the_same(ccat: Instrument) -> None:
    made = [
        each.model_copy(
            update={
                "notes": {"design": "no control"},
                "pages": {"results": "12"},
                "marks": {"title-aims": Mark.PRESENT},
            }
        )
        for each in worked_appraisals(ccat)
    ]
    out = appraisal_grids(ccat, UNITS, made)
    read = read_appraisals(out, ccat, UNITS)
    assert read.problems == ()
    assert read.rows == tuple(made)
    assert appraisal_grids(ccat, UNITS, made) == out


def test_agreed_scores_stand_in_rows_of_their_own(ccat: Instrument) -> None:
    scores = {category.id: 3 for category in ccat.categories}
    agreed = Consensus(unit="bain2014", instrument="ccat", instrument_version="1.4", scores=scores)
    made = [appraisal(ccat, "bain2014", (2,) * 8, "anna")]
    read = read_appraisals(appraisal_grids(ccat, UNITS, made, [agreed]), ccat, UNITS)
    assert read.rows == (made[0], agreed)


def test_the_empty_template_says_nothing(ccat: Instrument) -> None:
    read = read_appraisals(appraisal_grids(ccat, UNITS), ccat, UNITS)
    assert (read.rows, read.problems) == ((), ())


def test_a_wrong_score_is_named_by_its_cell_with_what_the_instrument_takes(
    ccat: Instrument,
) -> None:
    assert _said(ccat, {(6, 3): 6}) == [
        "error: scores.xlsx, sheet CCAT, cell D7: 6 is not a score; the CCAT takes whole numbers 0 to 5."
    ]


def test_half_a_score_is_refused(ccat: Instrument) -> None:
    assert "2.5 is not a score" in _said(ccat, {(1, 4): 2.5})[0]


def test_every_mistake_is_named_at_once_and_nothing_is_taken(ccat: Instrument) -> None:
    said = _said(ccat, {(1, 3): 9, (2, 0): "bain2015", (3, 5): None, (4, 11): "perhaps"})
    assert len(said) == 4
    assert "Did you mean bain2014?" in said[1]
    assert "cell F4" in said[2]
    assert "marked complete" in said[2]


def test_a_date_in_place_of_a_score_is_recognised(ccat: Instrument) -> None:
    said = _said(ccat, {(1, 3): datetime(2022, 3, 1, tzinfo=UTC)})
    assert "turned this into the date" in said[0]


def test_a_unit_twice_for_one_rater_is_refused(ccat: Instrument) -> None:
    said = _said(ccat, {(2, 0): "armstrong2015"})
    assert "This repeats scores.xlsx, sheet CCAT, row 2" in said[0]


def test_an_unknown_heading_and_a_missing_one_are_named(ccat: Instrument) -> None:
    said = _said(ccat, {(0, 3): "Preliminary"})
    assert "The column Preliminary is not known here. Did you mean Preliminaries?" in said[0]
    assert "Preliminaries is missing" in said[1]


def test_nothing_outside_the_columns_is_lost_silently(ccat: Instrument) -> None:
    (grid, *_) = appraisal_grids(ccat, UNITS, worked_appraisals(ccat))
    wide = replace(grid, rows=(grid.rows[0], (*grid.rows[1], "stray")))
    read = read_scores(wide, ccat, UNITS)
    assert read.rows == ()
    assert "without a heading" in read.problems[0].message


def test_a_total_that_does_not_match_its_scores_is_named(ccat: Instrument) -> None:
    columns = score_columns(ccat)
    header = (*(column.title for column in columns[:12]), "Total", "Percent")
    row = ("bain2014", "", "first", 3, 4, 3, 2, 3, 4, 3, 4, "yes", 27, "65%")
    read = read_scores(Grid("CCAT", (header, row)), ccat, UNITS)
    assert [problem.message for problem in read.problems] == [
        "The total is written as 27, but the scores give 26."
    ]


@pytest.mark.parametrize("percent", ["53", "53%", 0.53, 0.525, 52.5])
def test_a_percent_may_be_written_in_any_way_that_is_right(
    ccat: Instrument, percent: CellValue
) -> None:
    columns = score_columns(ccat)
    header = (*(column.title for column in columns[:12]), "Percent")
    row = ("hagan2017", "", "first", *SCORES["hagan2017"], "yes", percent)
    assert read_scores(Grid("CCAT", (header, row)), ccat, UNITS).problems == ()
    wrong = (*row[:-1], "5/0")
    assert read_scores(Grid("CCAT", (header, wrong)), ccat, UNITS).rows == ()


def test_rows_without_a_rater_belong_to_who_brings_the_sheet(ccat: Instrument) -> None:
    (grid, *_) = appraisal_grids(ccat, UNITS, worked_appraisals(ccat, ""))
    assert read_scores(grid, ccat, UNITS).rows == ()
    read = read_scores(grid, ccat, UNITS, rater="anna")
    assert {row.rater for row in read.rows if isinstance(row, Appraisal)} == {"anna"}


def test_another_instrument_has_columns_of_its_own(checklist: Instrument) -> None:
    made = [
        appraisal(
            checklist,
            unit,
            ("yes", "no", "unclear", "not-applicable", None, None, "no", "no"),
            complete=False,
        )
        for unit in UNITS
    ]
    grids = appraisal_grids(checklist, UNITS, made)
    assert len(grids) == 1
    assert grids[0].choices[3] == ("yes", "no", "unclear", "not-applicable")
    assert read_appraisals(grids, checklist, UNITS).rows == tuple(made)


def test_what_was_agreed_in_calibration_stands_beside_category_item_and_points(
    ccat: Instrument, checklist: Instrument
) -> None:
    category, item = ccat.categories[0], ccat.categories[0].items[0]
    agreed = {category.id: "Approval alone earns 2.", item.id: "The title counts too."}
    scores, marks = appraisal_grids(ccat, UNITS, scoring_notes=agreed)
    (said,) = scores.notes.values()
    assert scores.rows[0][next(iter(scores.notes))] == category.label
    assert said == f"Approval alone earns 2.\n{item.label}: The title counts too."
    place = marks.rows[0].index("Agreed in calibration")
    beside = {row[3]: row[place] for row in marks.rows[1:] if row[2] == category.label}
    assert beside[item.label] == "Approval alone earns 2. The title counts too."
    assert set(beside.values()) - {beside[item.label]} == {"Approval alone earns 2."}
    read = read_appraisals((scores, marks), ccat, UNITS)
    assert read.problems == ()
    assert not appraisal_grids(checklist, UNITS)[0].notes


def test_an_unknown_mark_or_descriptor_is_named(ccat: Instrument) -> None:
    scores, marks = appraisal_grids(ccat, {"bain2014": "Bain, 2014"})
    wrong = _with(
        marks, {(1, 1): "anna", (1, 6): "maybe", (2, 1): "anna", (2, 4): "titel", (2, 6): "absent"}
    )
    read = read_appraisals([scores, wrong], ccat, UNITS)
    said = "\n".join(str(problem) for problem in read.problems)
    assert "maybe is not a mark" in said
    assert "titel is not a descriptor" in said


@given(st.integers(0, 20000))
def test_columns_are_lettered_as_spreadsheets_do(position: int) -> None:
    number = 0
    for letter in column_letters(position):
        number = number * 26 + ord(letter) - ord("A") + 1
    assert number == position + 1


def test_a_number_in_the_place_of_the_rater_is_named_by_its_cell_unless_one_is_called_so(
    ccat: Instrument,
) -> None:
    header = ("unit", "rater", *(category.id for category in ccat.categories))
    grid = Grid("CCAT", (header, ("bain2014", "3.5", *["3"] * 8)))
    read = read_scores(grid, ccat, UNITS)
    assert [problem.where for problem in read.problems] == [grid.place(1, 1)]
    assert read_scores(grid, ccat, UNITS, raters=["3.5"]).problems == ()
    initials = Grid("CCAT", (header, ("bain2014", "R2", *["3"] * 8)))
    assert read_scores(initials, ccat, UNITS).problems == ()
