import io
import random
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.grid import Grid
from screening.problems import WinnowError
from synthesis.findings import Finding
from synthesis.sheets import Known, read_workbook, sheet_grid
from synthesis.writers.sheet_csv import read_csv, write_csv
from synthesis.writers.sheet_xlsx import read_xlsx, write_xlsx
from synthesis.writers.spreadsheet import read_spreadsheet

FINDINGS = [
    Finding(
        report="bain2014",
        number=number,
        domain="stress",
        direction="better",
        p="= .02",
        n=22,
        text='=1+1; "quoted", in\ntwo lines, 3-6 years',
    )
    for number in range(1, 4)
]


def test_a_workbook_comes_back_as_it_went_out_and_is_the_same_bytes_again() -> None:
    out = write_xlsx([sheet_grid(Finding, FINDINGS)])
    grids, problems = read_xlsx(out, "all.xlsx")
    read = read_workbook(grids, Known())
    assert problems == ()
    assert read.problems == ()
    assert read.rows == tuple(FINDINGS)
    assert write_xlsx([sheet_grid(Finding, read.rows)]) == out


def test_a_csv_file_comes_back_as_it_went_out() -> None:
    out = write_csv(sheet_grid(Finding, FINDINGS))
    read = read_workbook([read_csv(out, "findings.csv")], Known())
    assert read.rows == tuple(FINDINGS)
    assert write_csv(sheet_grid(Finding, read.rows)) == out


def test_text_that_looks_like_a_formula_stays_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([sheet_grid(Finding, FINDINGS)])))
    cells = [cell for row in book["Findings"].iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(str(cell.value).startswith("=1+1") for cell in cells)


@given(st.text(st.sampled_from("'=+-@1.a \t"), max_size=6))
def test_csv_gives_back_every_text_and_holds_no_formula(text: str) -> None:
    out = write_csv(Grid("", (("Id", "Text"), ("x", text))))
    assert read_csv(out, "x.csv").cell(1, 1) == text.strip()
    written = out.decode("utf-8-sig").splitlines()[1].removeprefix("x,").strip('"')
    assert not written.startswith(("=a", "=@", "+a", "-a", "@"))


def test_choices_are_offered_as_lists() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([sheet_grid(Finding)])))
    rules = book["Findings"].data_validations.dataValidation
    assert any("no difference" in str(rule.formula1) for rule in rules)


@pytest.mark.parametrize("separator", [";", "\t", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_is_read_as_spreadsheets_of_many_countries_write_it(
    separator: str, encoding: str
) -> None:
    text = (
        separator.join(["Id", "Measure"]) + "\r\n" + separator.join(["x", "Mattheß"]) + "\r\n\r\n"
    )
    grid = read_csv(text.encode(encoding), "measures.csv")
    assert grid.rows == (("Id", "Measure"), ("x", "Mattheß"))


def test_what_is_no_spreadsheet_is_refused_with_a_remedy() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.txt", "x")
    for data in (b"PK\x03\x04broken", archive.getvalue(), b"\xd0\xcf\x11\xe0old", b"\x00\x01\x02"):
        with pytest.raises(WinnowError, match="save"):
            read_spreadsheet(data, "x.xlsx")


def test_a_misquoted_csv_file_is_refused() -> None:
    with pytest.raises(WinnowError, match="quoted"):
        read_csv(b'a,b\n"x"y,z\n', "x.csv")


def test_formulas_without_a_result_and_errors_are_named_by_cell() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Id", "Measure"])
    book.active.append(["x", "=A2"])
    book.active["A3"] = "#REF!"
    book.active["A3"].data_type = "e"
    stream = io.BytesIO()
    book.save(stream)
    read = read_spreadsheet(stream.getvalue(), "m.xlsx")
    assert read.rows == ()
    assert [problem.where for problem in read.problems] == [
        "m.xlsx, sheet Sheet, cell B2",
        "m.xlsx, sheet Sheet, cell A3",
    ]


def test_empty_worksheets_are_left_out() -> None:
    grids, _ = read_xlsx(write_xlsx([sheet_grid(Finding), Grid("Empty", ())]), "x.xlsx")
    assert [grid.sheet for grid in grids] == ["Findings"]


@settings(max_examples=40)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_sheet_or_a_sentence(data: bytes) -> None:
    said = "."
    try:
        read_spreadsheet(data, "any")
    except WinnowError as refused:
        said = str(refused)
    assert said.endswith(".")


@pytest.mark.filterwarnings("ignore")  # openpyxl warns about what it cannot make sense of
@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_workbook_is_read_or_refused_with_a_sentence(seed: int) -> None:
    draw = random.Random(seed)
    whole = write_xlsx([sheet_grid(Finding, FINDINGS)])
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        members = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    damaged = members[draw.choice(list(members))]
    for _ in range(draw.randint(1, 6)):
        place = draw.randrange(len(damaged))
        damaged[place : place + draw.randint(0, 3)] = bytes([draw.randrange(32, 127)])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, bytes(data))
    mangled = bytearray(stream.getvalue() if seed % 2 else whole)
    if not seed % 2:
        mangled[draw.randrange(len(mangled))] ^= 0xFF
    said = "save"
    try:
        read_spreadsheet(bytes(mangled), "x.xlsx")
    except WinnowError as refused:
        said = str(refused)
    assert "save" in said
