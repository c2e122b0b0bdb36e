import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.grid import CellValue, Grid
from synthesis.extraction import AgreedExtracted, Arm, Extracted
from synthesis.fields import ExtractionSection, Field, FieldType
from synthesis.findings import Finding, Indicator
from synthesis.measures import Measure, Property
from synthesis.row import Row
from synthesis.sheet_templates import sheet_to_fill, waiting_rows
from synthesis.sheets import (
    SHEETS,
    Known,
    columns,
    read_sheet,
    read_workbook,
    row_type_of,
    sheet_grid,
)
from synthesis.worksheets import GradeJudgement, SwimItem
from tests.synthesis import rows
from tests.synthesis.rows import any_row

SECTION = ExtractionSection(
    fields=(
        Field(id="design", label="Design", type=FieldType.CHOICE, choices=("RCT", "pre-post")),
        Field(id="n", label="Sample", type=FieldType.NUMBER, units=("dyads",)),
    )
)
KNOWN = Known(
    {
        "report": ["bain2014", "toth2002"],
        "domain": ["stress"],
        "measure": [],
        "theme": [],
        "group": ["parent"],
    },
    SECTION,
)


def _messages(
    row_type: type[Row], *rows: tuple[CellValue, ...], header: tuple[str, ...]
) -> list[str]:
    read = read_sheet(Grid(row_type.label, (header, *rows), "all.xlsx"), row_type, KNOWN)
    assert read.rows == ()
    return [str(problem) for problem in read.problems]


@pytest.mark.parametrize("row_type", list(SHEETS.values()), ids=str)
def test_every_sheet_has_a_heading_and_a_description_for_every_column(row_type: type[Row]) -> None:
    assert len({column.title for column in columns(row_type)}) == len(row_type.model_fields)
    assert all(info.title and info.description for info in row_type.model_fields.values())
    assert set(row_type.identity) <= set(row_type.model_fields)
    assert set(row_type.refers) <= set(row_type.model_fields)
    assert len(row_type.label) <= 31


@given(any_row())
def test_a_row_is_stored_and_read_back_the_same(row: Row) -> None:
    assert type(row).from_values(row.to_values()) == row


@given(any_row())
def test_a_row_goes_out_and_comes_in_and_goes_out_the_same(row: Row) -> None:
    grid = sheet_grid(type(row), [row])
    read = read_sheet(grid, type(row), Known())
    assert read.problems == ()
    assert read.rows == (row,)
    assert sheet_grid(type(row), read.rows) == grid


@given(rows.words, rows.words, rows.words, rows.words)
def test_two_rows_share_a_key_only_where_they_are_the_same_row(
    first: str, second: str, third: str, fourth: str
) -> None:
    one, other = Arm(report=first, arm=second, name="x"), Arm(report=third, arm=fourth, name="y")
    assert (one.key == other.key) is ((first, second) == (third, fourth))


def test_a_slash_in_a_name_does_not_make_two_rows_one() -> None:
    keys = {
        Arm(report=a, arm=b, name="x").key for a, b in (("a/b", "c"), ("a", "b/c"), ("a%2Fb", "c"))
    }
    assert len(keys) == 3


def test_a_sheet_is_known_by_its_name_or_a_files_name() -> None:
    assert row_type_of(Grid("Findings", ())) is Finding
    assert row_type_of(Grid("", (), "data/findings.csv")) is Finding
    assert row_type_of(Grid("", (), r"C:\data\Measure properties.csv")) is Property
    assert row_type_of(Grid("Sheet1", (), "review.xlsx")) is None


def test_every_mistake_is_named_by_its_cell() -> None:
    header = ("Report", "No.", "Domain", "Direction", "p", "n")
    said = _messages(
        Finding,
        ("bain2014", 1.5, "stress", "bettr", "= .02", 3),
        ("bain2041", 2, "stres", "better", "", 3),
        ("toth2002", 3, "stress", "better", ".000", -3),
        ("toth2002", 4, "stress", "better", ".000", None),
        header=header,
    )
    cells = [text.split(": ")[1] for text in said]
    assert cells == [
        f"all.xlsx, sheet Findings, cell {cell}" for cell in ("B2", "D2", "A3", "C3", "F4", "E5")
    ]
    assert "Did you mean bain2014?" in said[2]


@pytest.mark.parametrize("number", ["nan", "inf", 1e999])
def test_what_is_no_finite_number_is_refused(number: CellValue) -> None:
    header = ("Report", "Id", "Indicator", "Percent")
    said = _messages(Indicator, ("bain2014", "i", "x", number), header=header)
    assert "cell D2" in said[0]


def test_a_row_entered_twice_is_refused() -> None:
    header = ("Report", "No.", "Domain", "Direction")
    row = ("bain2014", 1, "stress", "better")
    said = _messages(Finding, row, row, header=header)
    assert "This repeats all.xlsx, sheet Findings, row 2" in said[0]


def test_an_extracted_value_is_checked_against_its_field() -> None:
    header = ("Report", "Field", "Status", "Value")
    said = _messages(
        Extracted,
        ("bain2014", "design", "reported", "cohort"),
        ("bain2014", "desing", "reported", "RCT"),
        ("bain2014", "n", "not reported", "22"),
        ("toth2002", "n", "reported", ""),
        header=header,
    )
    assert "cell D2: Cohort is not one of RCT, pre-post" in said[0]
    assert "Did you mean design?" in said[1]
    assert "although the status is not reported" in said[2]
    assert "a reported value is empty" in said[3].casefold()


def test_a_field_not_yet_looked_for_is_no_row_and_no_mistake() -> None:
    waiting = waiting_rows(SECTION, ["bain2014", "toth2002"], ["stress"])
    done = [Extracted(report="bain2014", field="n", value="22 dyads")]
    grid = sheet_to_fill(Extracted, done, waiting[Extracted])
    assert len(grid.rows) == 1 + 4
    read = read_sheet(grid, Extracted, KNOWN)
    assert read.problems == ()
    assert read.rows == tuple(done)


def test_worksheets_wait_for_every_item_and_domain() -> None:
    waiting = waiting_rows(SECTION, [], ["stress", "mood"], ["t1"])
    assert len(waiting[SwimItem]) == 9
    half = [GradeJudgement(domain="mood", start="high", certainty="high")]
    grid = sheet_to_fill(GradeJudgement, half, waiting[GradeJudgement])
    assert [row[0] for row in grid.rows] == ["Domain", "mood", "stress"]
    for row_type, lines in waiting.items():
        empty = sheet_to_fill(row_type, (), lines)
        assert read_sheet(empty, row_type, Known()).rows == ()


def test_measures_of_the_same_workbook_are_known_to_its_properties() -> None:
    measure = Measure(id="bsi", name="Brief Symptom Inventory", group="parent")
    value = Property.from_values(
        {"measure": "bsi", "number": 1, "property": "internal consistency", "value": 0.8}
    )
    both = [sheet_grid(Property, [value]), sheet_grid(Measure, [measure])]
    assert read_workbook(both, KNOWN).rows == (measure, value)
    alone = read_workbook(both[:1], KNOWN)
    assert alone.rows == ()
    assert "bsi is not a known measure" in alone.problems[0].message


def test_one_wrong_sheet_keeps_the_whole_workbook_out() -> None:
    right = sheet_grid(Measure, [Measure(id="bsi", name="BSI", group="parent")])
    read = read_workbook([right, Grid("Notes", (("x",),), "all.xlsx")], KNOWN)
    assert read.rows == ()
    assert "No sheet is known by this name" in read.problems[0].message


def test_agreed_extraction_has_a_sheet_of_its_own() -> None:
    assert SHEETS["extraction_agreed"] is AgreedExtracted
    assert row_type_of(Grid("Agreed extraction", ())) is AgreedExtracted


@settings(max_examples=60)
@given(st.integers(0, 10**6))
def test_a_damaged_sheet_yields_rows_or_problems_and_never_both_wrong(seed: int) -> None:
    draw = random.Random(seed)
    row = Finding(report="bain2014", number=1, domain="stress", direction="better")
    rows = [list(line) for line in sheet_grid(Finding, [row]).rows]
    junk: list[CellValue] = [None, "", "?", -1, 1e99, True, float("inf"), "=1+1", "better", "\x00"]
    for _ in range(draw.randint(1, 5)):
        line = draw.choice(rows)
        line[draw.randrange(len(line))] = draw.choice(junk)
    read = read_sheet(Grid("Findings", tuple(tuple(line) for line in rows)), Finding, KNOWN)
    has_errors = any(problem.severity == "error" for problem in read.problems)
    assert not (read.rows and has_errors)
