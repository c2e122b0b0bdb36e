"""Every writer keeps every text, invents none, and gives the same bytes each time."""

import csv as csv_module
import io
import re
import zipfile

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from lxml import etree

from synthesis.tables.fitting import panels
from synthesis.tables.table import PROVISIONAL, Cell, Column, Kind, Note, Row, Table
from synthesis.writers import csv, docx, html, latex, markdown, xlsx
from synthesis.writers.table_files import Format, table_files
from tests.synthesis.table_strategies import tables

STYLE = "p { margin: 0 }\n"


def sample(**changes: object) -> Table:
    columns = (
        Column("study", "Study", width=2),
        Column("pre", "Before", Kind.NUMBER, "Mean"),
        Column("post", "After", Kind.NUMBER, "Mean"),
    )
    rows = (
        Row((Cell("Families"),), heading=True),
        Row((Cell("=1+1", note_ids=("n",)), Cell("40"), Cell("43.50"))),
        Row((Cell("Journal of Things", emphasis=((0, 17),)), Cell("x"), Cell("-2"))),
    )
    notes = (Note("n", "A note & more."),)
    given = {"columns": columns, "rows": rows, "notes": notes, "title": "Means <of> things"}
    return Table(**({"id": "means"} | given | changes))


# --- CSV -------------------------------------------------------------------------------------------


@given(tables())
def test_csv_read_back_is_the_table(table: Table) -> None:
    text = csv.write(table).decode()
    read = list(csv_module.reader(io.StringIO(text, newline="")))
    assert read[0] == [column.csv_name for column in table.columns]
    assert read[1:] == [[cell.text for cell in row.cells] for row in table.body]


# --- HTML ------------------------------------------------------------------------------------------


@given(tables())
def test_html_is_well_formed_and_holds_every_text(table: Table) -> None:
    page = html.write([table], style=STYLE).decode()
    root = etree.fromstring(
        page.replace("<!DOCTYPE html>", "").replace('<br class="line">', "\n")
        .replace('<meta charset="utf-8">', "").replace(
            '<meta name="viewport" content="width=device-width, initial-scale=1">', "")
    )  # fmt: skip
    read = ["".join(cell.itertext()) for cell in root.iterfind(".//tbody/tr/*")]
    for row in table.rows:
        for cell in row.cells:
            assert any(_same(text, cell.text) for text in read)


def _same(read: str, written: str) -> bool:
    return " ".join(read.split()).startswith(" ".join(written.split()))


def test_html_headings_are_scoped_and_the_caption_numbered() -> None:
    root = etree.fromstring(html.fragment(sample(), 3))
    assert {each.get("scope") for each in root.iter("th")} == {"col", "colgroup", "row", "rowgroup"}
    assert "".join(root.find(".//caption").itertext()) == "Table 3 Means <of> things"


def test_html_marks_link_to_their_notes() -> None:
    root = etree.fromstring(html.fragment(sample()))
    targets = {each.get("id") for each in root.iter()}
    links = [each.get("href").removeprefix("#") for each in root.iter("a")]
    assert links
    assert set(links) <= targets


def test_html_numbers_link_to_the_rows_behind_them() -> None:
    table = Table(
        id="t",
        title="",
        columns=(Column("n", "n"),),
        rows=(Row((Cell("5", source="count/screened"),)),),
    )
    assert 'href="/trace/count/screened"' in html.fragment(table, link=lambda s: f"/trace/{s}")
    assert "href" not in html.fragment(table)


# --- Markdown --------------------------------------------------------------------------------------


@given(tables())
def test_markdown_has_one_line_per_row_and_as_many_cells_in_each(table: Table) -> None:
    text = markdown.fragment(table, 1)
    lines = [line for line in text.split("\n") if line.startswith("|")]
    assert len(lines) == len(table.rows) + 2
    for line in lines:
        assert len(re.findall(r"(?<!\\)\|", line)) == len(table.columns) + 1
    assert "nan" not in markdown.fragment(sample())


# --- LaTeX -----------------------------------------------------------------------------------------


@given(tables())
def test_latex_groups_are_balanced_and_cells_are_counted(table: Table) -> None:
    text = latex.fragment(table)
    bare = re.sub(r"\\[\\{}&%$#_]", "", text)
    assert bare.count("{") == bare.count("}")
    body = text.split("\\endfoot\n", 1)[1].split("\\end{longtable}")[0]
    rows = re.sub(r"\\&", "", body).split("\\\\\n")[:-1]
    assert len(rows) == len(table.rows)
    for line, row in zip(rows, table.rows, strict=True):
        assert line.count(" & ") == (0 if row.heading else len(table.columns) - 1)


@pytest.mark.parametrize("sign", "\\{}$&#%_^~")
def test_latex_escapes_every_sign_it_would_act_on(sign: str) -> None:
    assert latex.escape(sign) != sign


# --- Excel -----------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(tables())
def test_excel_read_back_holds_texts_as_texts_and_no_formula(table: Table) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write([table])))
    sheet = book.worksheets[1]
    for number, row in enumerate(table.rows, start=2):
        for place, cell in enumerate(row.cells, start=1):
            read = sheet.cell(number, place)
            assert read.data_type != "f"
            if table.columns[place - 1].kind is Kind.TEXT and not cell.note_ids and cell.text:
                assert isinstance(read.value, str)


def test_excel_keeps_numbers_as_numbers_with_their_decimals() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.write([sample()]))).worksheets[1]
    assert (sheet["B3"].value, sheet["C3"].value, sheet["C3"].number_format) == (40, 43.5, "0.00")
    assert sheet["A3"].value == "=1+1 [a]"
    assert sheet["B4"].value == "x"


def test_excel_headings_are_frozen_and_filtered() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.write([sample()]))).worksheets[1]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C4"


def test_excel_sheets_have_legal_and_different_names() -> None:
    names = xlsx.sheet_names([sample(id=name) for name in ("a/b", "a b", "Contents", "x" * 40, "")])
    assert len({name.casefold() for name in names}) == 5
    assert all(len(name) <= 31 and "/" not in name for name in names)
    assert "contents" not in {name.casefold() for name in names}


def test_excel_continues_a_text_beyond_its_limit_in_the_notes() -> None:
    text = "x" * 40_000
    table = sample(rows=(Row((Cell(text), Cell("1"), Cell("2"))),), notes=())
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.write([table]))).worksheets[1]
    column = [str(cell.value or "") for cell in sheet["A"]]
    joined = "".join(value.removeprefix("Continued: ") for value in column if "x" in value)
    assert joined == text


# --- Word ------------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(tables())
def test_word_read_back_holds_every_text(table: Table) -> None:
    grid = Document(io.BytesIO(docx.write([table]))).tables[0]
    read = ["\n".join(p.text for p in cell.paragraphs) for row in grid.rows for cell in row.cells]
    for row in table.rows:
        for cell in row.cells:
            wanted = cell.text.replace("\t", "").replace("\ufffe", "").replace("\uffff", "")
            assert any(text.replace("\t", "").startswith(wanted) for text in read)


def test_a_lying_page_has_its_sides_swapped_too() -> None:
    document = Document(io.BytesIO(docx.write([sample(), sample(landscape=True), sample()])))
    shapes = [section.page_width > section.page_height for section in document.sections]
    assert shapes == [False, True, False]


def test_word_repeats_the_headings_and_numbers_captions_by_fields() -> None:
    document = Document(io.BytesIO(docx.write([sample(), sample(id="second")])))
    body = document.element.body
    repeated = [
        row for row in body.iter(qn("w:tr")) if row.find(f".//{qn('w:tblHeader')}") is not None
    ]
    assert len(repeated) == 2 * 2
    fields = [each.get(qn("w:instr")) for each in body.iter(qn("w:fldSimple"))]
    assert fields == ["SEQ Table \\* ARABIC"] * 2
    names = [each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))]
    assert names == ["Table_means", "Table_second"]


def test_a_word_heading_stays_with_its_rows_and_the_last_row_with_the_notes_and_empty_cells_are_no_higher() -> (
    None
):
    body = Document(io.BytesIO(docx.write([sample()]))).element.body
    paragraphs = [each for cell in body.iter(qn("w:tc")) for each in cell.iter(qn("w:p"))]
    assert {size.get(qn("w:val")) for each in paragraphs for size in each.pPr.iter(qn("w:sz"))} == {
        "18"
    }
    assert all(each.pPr.find(f"{qn('w:rPr')}/{qn('w:sz')}") is not None for each in paragraphs)
    kept = [
        "".join(t.text for t in each.iter(qn("w:t")))
        for each in paragraphs
        if each.pPr.keepNext is not None
    ]
    headings = [row.cells[0].text for row in sample().rows if row.heading]
    *_, last = sample().rows  # stays with the notes below
    assert kept == [*headings, *(line for cell in last.cells for line in cell.text.split("\n"))]
    assert headings


def test_word_draws_three_lines_and_no_grid() -> None:
    body = Document(io.BytesIO(docx.write([sample()]))).element.body
    borders = body.find(f".//{qn('w:tblBorders')}")
    assert [each.tag for each in borders] == [qn("w:top"), qn("w:bottom")]


# --- All -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", list(Format))
def test_the_same_tables_give_the_same_bytes(form: Format) -> None:
    assert table_files([sample()], form, style=STYLE) == table_files([sample()], form, style=STYLE)


@pytest.mark.parametrize("form", [form for form in Format if form is not Format.CSV])
def test_every_format_says_provisional(form: Format) -> None:
    (content,) = table_files([sample(provisional=True)], form, style=STYLE).values()
    if form in (Format.DOCX, Format.XLSX):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            content = b"".join(package.read(name) for name in package.namelist())
    assert PROVISIONAL.encode() in content


def test_file_names_and_anchors_hold_no_sign_that_a_path_or_page_would_act_on() -> None:
    table = sample(id="measures_parent/infant & more")
    assert list(table_files([table], Format.CSV)) == ["measures_parent-infant-more.csv"]
    assert 'id="table-measures_parent-infant-more"' in html.fragment(table)


def test_csv_has_a_file_for_each_table() -> None:
    files = table_files([sample(), sample(id="other")], Format.CSV)
    assert list(files) == ["means.csv", "other.csv"]
    assert files["means.csv"].decode().splitlines()[0] == "study,pre,post"


def test_latex_lays_across_what_stands_upright_only_in_narrower_letters() -> None:
    words = "Study Preliminaries Introduction Design Sampling collection Ethical Results Discussion Total"
    columns = tuple(Column(word.lower(), word) for word in words.split())
    row = Row(tuple(Cell("Salomonsson, 2021" if not n else "5") for n in range(len(columns))))
    table = Table(id="t", title="T", columns=columns, rows=(row,))
    assert len(panels(table)) == 1
    assert "\\begin{landscape}" in latex.fragment(table)
    few = Table(id="t", title="T", columns=columns[:4], rows=(Row(row.cells[:4]),))
    assert "\\begin{landscape}" not in latex.fragment(few)
