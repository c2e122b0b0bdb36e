"""The diagram leaves in five formats that show one flow and are the same bytes every time."""

import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document

from review.diagrams import FORMATS, diagram, format_of, problems
from screening.diagram.content import numbers
from screening.diagram.drawing import DiagramOptions
from screening.flow.counting import Counts, Flow, derive
from screening.problems import WinnowError

COUNTS = {
    "previous_studies": 8,
    "previous_reports": 10,
    "database_specific": {"PsycINFO": 1000, "Social & Care <Online>": 741},
    "duplicates": 671,
    "screened": 1070,
    "records_excluded": 1042,
    "dbr_not_retrieved": 0,
    "late_duplicates": 1,
    "dbr_assessed": 27,
    "dbr_excluded_reasons": (("Population", 9), ("No outcomes", 4)),
    "citations": 3,
    "other_sought": 3,
    "other_assessed": 3,
    "ongoing": 2,
    "studies": 12,
    "reports": 14,
}
LINKS = {"screened": "#screened", "dbr_excluded_reasons/Population": "#population"}
OPTIONS = DiagramOptions()
NUMBER = re.compile(r"\(n[ \xa0]=[ \xa0](\d+|\?)\)")


@pytest.fixture(scope="module")
def flow() -> Flow:
    return derive(Counts(**COUNTS))


def expected(flow: Flow) -> list[str]:
    return sorted("?" if item.n is None else str(item.n) for item in numbers(flow, OPTIONS))


def test_svg_html_and_both_forms_in_word_show_the_numbers_of_the_flow(flow: Flow) -> None:
    drawing = diagram(flow, "svg").decode()
    assert sorted(NUMBER.findall(drawing[drawing.index("<rect") :])) == expected(flow)
    page = _Page()
    page.feed(diagram(flow, "html", links=LINKS).decode())
    assert page.cells == {
        item.id: "not known" if item.n is None else str(item.n) for item in numbers(flow, OPTIONS)
    }
    document = Document(io.BytesIO(diagram(flow, "docx")))
    cells = {cell._tc: cell.text for row in document.tables[0].rows for cell in row.cells}
    assert sorted(NUMBER.findall("\n".join(cells.values()))) == expected(flow)


def test_every_number_of_the_page_opens_its_list(flow: Flow) -> None:
    page = _Page()
    page.feed(diagram(flow, "html", links=LINKS).decode())
    assert sorted(page.hrefs) == sorted([*LINKS.values()] * 2)  # in the picture and in the table


def test_word_holds_the_picture_as_svg_with_png_beneath_and_its_words(flow: Flow) -> None:
    package = zipfile.ZipFile(io.BytesIO(diagram(flow, "docx")))
    body = package.read("word/document.xml").decode()
    relations = package.read("word/_rels/document.xml.rels").decode()
    (svg_id,) = re.findall(r'<asvg:svgBlip [^>]*r:embed="(\w+)"', body)
    (png_id,) = re.findall(r'<a:blip r:embed="(\w+)"', body)
    targets = {part.get("Id"): part.get("Target") for part in ET.fromstring(relations)}  # noqa: S314 - ours
    assert package.read(f"word/{targets[svg_id]}").startswith(b"<svg")
    assert package.read(f"word/{targets[png_id]}").startswith(b"\x89PNG")
    assert 'descr="Provisional: 2 of ongoing studies still open.' in body
    types = package.read("[Content_Types].xml").decode()
    assert "image/svg+xml" in types


def test_a_provisional_flow_says_so_in_every_form(flow: Flow) -> None:
    assert "PROVISIONAL" in diagram(flow, "svg").decode()
    assert "PROVISIONAL. Still open: 2 of ongoing studies." in diagram(flow, "html").decode()
    document = Document(io.BytesIO(diagram(flow, "docx")))
    assert any("PROVISIONAL" in paragraph.text for paragraph in document.paragraphs)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_word_pages_are_of_the_paper_asked_for(flow: Flow, paper: str) -> None:
    document = Document(io.BytesIO(diagram(flow, "docx", DiagramOptions(paper=paper))))
    section = document.sections[0]
    points = sorted((section.page_width.pt, section.page_height.pt))
    assert points == pytest.approx({"a4": [595.3, 841.9], "letter": [612, 792]}[paper], abs=0.1)


PROGRAM = """
import hashlib, json, sys, time
time.time = lambda: float(sys.argv[1])
from review.diagrams import FORMATS, diagram
from screening.flow.counting import Counts, derive
flow = derive(Counts(**json.loads(sys.argv[2])))
print(json.dumps({form: hashlib.sha256(diagram(flow, form)).hexdigest() for form in FORMATS}))
"""


def test_another_process_on_another_day_draws_the_same_bytes(flow: Flow) -> None:
    root = Path(__file__).parents[2]
    runs = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM, clock, json.dumps(COUNTS)],
            cwd=root,
            env={"PYTHONPATH": str(root), "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for clock, seed, zone in (("1000000000", "1", "UTC"), ("2000000000", "2", "Asia/Tokyo"))
    ]
    here = {form: hashlib.sha256(diagram(flow, form)).hexdigest() for form in FORMATS}
    assert [json.loads(run) for run in runs] == [here, here]


def test_each_drawing_of_a_page_finds_its_own_part_of_the_font(flow: Flow) -> None:
    other = derive(Counts(databases=5))
    families = [
        set(re.findall(r"@font-face { font-family: '([^']+)'", diagram(each, "svg").decode()))
        for each in (flow, other)
    ]
    assert [len(names) for names in families] == [1, 1]
    assert families[0] != families[1]


def test_hostile_names_stay_text() -> None:
    name = '<script>alert(1)</script> & "quoted" \x07\n]]>'
    flow = derive(Counts(database_specific={name: 5}, dbr_excluded_reasons=((name, 1),)))
    for form in FORMATS:
        drawn = diagram(flow, form)
        assert form == "pdf" or b"<script>alert" not in drawn  # a PDF's texts are no markup


def test_misworded_counts_and_undrawable_names_are_told() -> None:
    flow = derive(Counts(database_specific={"知网": 5}))
    found = problems(flow, DiagramOptions(labels={"screened": "Studies screened"}))
    assert [problem.subject for problem in found] == ["I13", "知网"]


def test_a_file_of_no_known_kind_is_refused() -> None:
    assert format_of("flow.PNG") == "png"
    with pytest.raises(WinnowError, match=r"\.svg, \.png, \.pdf, \.docx, \.html"):
        format_of("flow.jpeg")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_word_file_opens_and_prints_on_two_pages(flow: Flow, tmp_path: Path) -> None:
    (tmp_path / "flow.docx").write_bytes(diagram(flow, "docx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            tmp_path / "flow.docx",
        ],
        check=True,
        capture_output=True,
    )
    assert len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "flow.pdf").read_bytes())) == 2


class _Page(HTMLParser):
    """The links of a page, and the text of each cell that names a count."""

    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.cells: dict[str, str] = {}
        self._cell = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self.hrefs.append(given["href"] or "")
        if tag == "td":
            self._cell = given.get("data-id") or ""
            self.cells[self._cell] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self._cell = ""

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.cells[self._cell] += data


@pytest.mark.parametrize("others", [0, 12])
def test_many_reasons_get_smaller_letters_and_a_wider_box_in_the_editable_table(
    others: int,
) -> None:
    def drawn(reasons: int) -> tuple[float, float]:
        counts = Counts(
            databases=1000,
            screened=1000,
            citations=others or None,
            dbr_excluded_reasons=tuple(
                (f"Reason {n}, which needs its words", 1) for n in range(reasons)
            ),
        )
        document = Document(io.BytesIO(diagram(derive(counts), "docx")))
        columns = [column.width.pt for column in document.tables[0].columns]
        return document.styles["Flow diagram"].font.size.pt, columns[2] / columns[0]

    few, many = drawn(1), drawn(80)
    assert few == (8, pytest.approx(1.2, abs=0.01))
    assert 6 <= many[0] < few[0]
    assert many[1] > few[1]
