"""Flow, tables, figures and report in the pages: every number leads to its list, every format opens."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from openpyxl import load_workbook

from review.pipeline.flow.counted import Counting
from review.pipeline.flow.counted import numbers as all_numbers
from review.pipeline.flow.flow import current_flow
from review.pipeline.flow.listed import listed, lists_of
from review.pipeline.project import Project, open_project
from review.pipeline.synthesis.tables import tables
from screening.diagram.content import numbers
from tests.review.web.visiting import Visitor, app_of, copied

pytestmark = pytest.mark.xdist_group("example in the pages")


@pytest.fixture(scope="module")
def example(worked_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the worked example, from its exports to its scores."""
    return copied(worked_example, tmp_path_factory.mktemp("example") / "review")


@pytest.fixture(scope="module")
def example_app(example: Path) -> Iterator[FastAPI]:
    served = app_of(example)
    yield served
    served.state.server.close()


@pytest.fixture
def author(example_app: FastAPI) -> Visitor:
    return Visitor(example_app, "first")


def project_of(app: FastAPI) -> Project:
    project: Project = app.state.server.project
    return project


def test_every_number_has_a_list_of_as_many_entries(example: Path) -> None:
    with open_project(example) as project:
        flow = current_flow(project)
        stated, counting = all_numbers(flow), Counting(project)
        for shown, name in lists_of(flow).items():
            found = listed(project, shown, limit=2000, counting=counting)
            assert found is not None
            assert found.n == stated[name][1]
            if name in ("studies", "synthesised"):  # they stand there as their reports
                assert found.total == stated["reports"][1]
            elif found.lines or not found.parts:
                assert found.total == found.n == len(found.lines), name
            else:
                assert sum(part.n for part in found.parts) == found.n, name


def test_every_number_of_the_diagram_leads_to_its_list(example: Path) -> None:
    with open_project(example) as project:
        flow = current_flow(project)
        items = [item for item in numbers(flow, project.protocol.flow) if item.n]
        assert len(items) > 15
        assert [item.id for item in items if item.id not in lists_of(flow)] == []


def test_a_list_comes_a_page_at_a_time(author: Visitor) -> None:
    first, last = author.get("/flow/list/screened"), author.get("/flow/list/screened?page=11")
    assert "Page 1 of 11" in first.text
    assert first.text.count('<th scope="row">') == 100
    assert last.text.count('<th scope="row">') == 70
    assert author.get("/flow/list/screened?page=-5").status_code == 200
    assert author.get("/flow/list/screened?page=99999999999").status_code == 200


def test_a_traced_number_or_source_leads_to_its_list(author: Visitor) -> None:
    assert author.get("/trace/screened").headers["location"] == "/flow/list/screened"
    page = author.get("/trace/source/psycinfo").text
    (listed,) = re.findall(r'href="(/flow/list/[^"]+)">Its 486 records', page)
    assert author.get(listed).text.count('<th scope="row">') == 100


def test_what_no_list_stands_behind_is_not_there(author: Visitor) -> None:
    for name in ("nothing", "../../etc/passwd", "screened/x", "dbr_excluded_reasons"):
        assert author.get(f"/flow/list/{name}").status_code == 404, name


def test_links_of_the_diagram_lead_somewhere(author: Visitor) -> None:
    links = set(re.findall(r'href="(/flow/list/[^"]+)"', author.get("/flow").text))
    assert len(links) > 15
    for link in sorted(links)[::4]:
        assert author.get(link).status_code == 200, link


SIGNATURES = {
    "svg": b"<svg",
    "png": b"\x89PNG",
    "pdf": b"%PDF-",
    "docx": b"PK",
    "html": b"<!DOCTYPE html>",
}


@pytest.mark.parametrize("form", SIGNATURES)
def test_the_diagram_comes_in_every_format(author: Visitor, form: str) -> None:
    answer = author.get(f"/flow/file/flow.{form}")
    assert answer.content.startswith(SIGNATURES[form])
    assert answer.headers["content-disposition"].startswith("attachment;")


@pytest.mark.parametrize("form", ["docx", "xlsx", "html", "md", "tex"])
def test_tables_come_in_every_format(author: Visitor, form: str) -> None:
    together, alone = (
        author.get(f"/tables/file/tables.{form}"),
        author.get(f"/tables/file/ccat.{form}"),
    )
    assert together.status_code == alone.status_code == 200
    assert len(together.content) > len(alone.content) > 0
    assert f'filename="ccat.{form}"' in alone.headers["content-disposition"]


def test_csv_tables_come_together_in_a_zip(author: Visitor, example_app: FastAPI) -> None:
    packed = zipfile.ZipFile(io.BytesIO(author.get("/tables/file/tables.csv").content))
    made = tables(project_of(example_app))[0]
    assert sorted(packed.namelist()) == sorted(f"{table.slug}.csv" for table in made)
    assert author.get("/tables/file/ccat.csv").content == packed.read("ccat.csv")


def test_a_workbook_holds_the_scores(author: Visitor) -> None:
    book = load_workbook(io.BytesIO(author.get("/tables/file/ccat.xlsx").content))
    values = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any("Bain" in str(value) for value in values)


def test_every_cell_of_a_table_leads_to_what_stands_behind_it(author: Visitor) -> None:
    for name in ("ccat", "extraction"):
        links = set(re.findall(r'href="(/trace/[^"]+)"', author.get(f"/tables/{name}").text))
        assert links
        for link in sorted(links)[::20]:
            assert author.get(link).status_code == 200, link
    assert author.get("/tables/nothing").status_code == 404


def test_figures_come_as_files_and_as_data(author: Visitor) -> None:
    for name in ("heat-table", "score-distribution", "score-totals", "effect-direction"):
        assert b"<svg" in author.get(f"/figures/file/{name}.svg").content
        assert author.get(f"/figures/data/{name}").json()["data"]
    assert author.get("/figures/file/heat-table.png").content.startswith(b"\x89PNG")
    assert author.get("/figures/file/heat-table.gif").status_code == 404
    assert author.get("/figures/data/measure-matrix").status_code == 404


def test_the_report_says_what_the_authors_still_have_to_write(author: Visitor) -> None:
    page = author.get("/report").text
    assert "Limitations of the evidence" in page
    assert "data/report-text.md" in page


def test_the_preview_of_the_report_can_run_nothing(author: Visitor) -> None:
    answer = author.get("/report/preview")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script-src" not in policy
    assert b"Crowe" in answer.content


@pytest.mark.parametrize(
    "page",
    ["/measures", "/synthesis", "/extract", "/appraise", "/consensus", "/duplicates", "/flow"],
)
def test_every_page_opens_on_the_worked_example(author: Visitor, page: str) -> None:
    assert author.get(page).status_code == 200


@pytest.mark.parametrize(
    "page",
    [
        "/measures",
        "/synthesis",
        "/extract",
        "/appraise",
        "/tables",
        "/report",
        "/flow",
        "/duplicates",
    ],
)
def test_every_page_opens_on_a_review_that_has_barely_begun(anna: Visitor, page: str) -> None:
    assert anna.get(page).status_code == 200
