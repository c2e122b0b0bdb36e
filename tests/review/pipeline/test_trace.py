"""Every number of an output leads to exactly what it counts."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from review.pipeline.flow.counted import Counting
from review.pipeline.flow.records import records_pages
from review.pipeline.project import Project, open_project
from review.pipeline.synthesis.gather import table_inputs
from review.pipeline.synthesis.report import composed, report_inputs, write_report
from review.pipeline.synthesis.tables import tables
from review.pipeline.trace import trace
from screening.problems import WinnowError
from tests.review.one_report import one_report
from tests.review.running import TITLES, winnow

REASONS = '[screening.title_abstract]\nreasons = ["population"]\n'
LISTS = '[[sources]]\nid = "lists"\nname = "Lists"\nkind = "citation_searching"\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a review with something in nearly every box: duplicates, late ones, both lanes, open ends."""
    review = one_report(tmp_path_factory.mktemp("traced") / "review", REASONS + LISTS)
    review.run(
        "screen", "--reference", "r2", "--verdict", "exclude", "--stage", "title_abstract",
        "--reason", "population",
    )  # fmt: skip
    review.run("screen", "--reference", "r3", "--verdict", "include", "--stage", "title_abstract")
    review.run("screen", "--reference", "r5", "--verdict", "include", "--stage", "title_abstract")
    review.run("dedupe", "--merge", "r3", "r5", "--reason", "a second printing")
    review.run("screen", "--reference", "r3", "--verdict", "exclude", "--stage", "full_text",
               "--reason", "population")  # fmt: skip
    ran = winnow(
        "add", "--source", "lists", "--title", "Found by hand", "--author", "Hand, A.",
        "--year", "2019", "--as", "anna", "--project", review.folder,
    )  # fmt: skip
    assert ran.status == 0, ran.err
    review.score("anna", 3)
    return review.folder


def traced(folder: Path, name: str) -> dict[str, Any]:
    ran = winnow("trace", name, "--json", "--project", folder)
    assert ran.status == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_every_number_lists_as_many_as_it_says(folder: Path) -> None:
    with open_project(folder) as project:
        counting = Counting(project)
        told = {name: n for name, (_, n) in counting.numbers.items() if n}
        for name, n in told.items():
            found = counting.counted(name)
            assert len(found.references) + len(found.records) == n, name
    assert {"duplicates", "late_duplicates", "dbr_excluded_reasons/Population", "citations",
            "pending/other_retrieval", "title_abstract_reasons/Population",
            "database_specific/Scopus"} <= set(told)  # fmt: skip


def test_a_duplicate_is_listed_with_why_it_was_merged(folder: Path) -> None:
    (early,) = traced(folder, "count/duplicates")["counted"]
    assert (early["key"], early["reference"], early["source_file"]) == ("r4", "r1", "scopus.ris")
    assert early["because"]
    (late,) = traced(folder, "late_duplicates")["counted"]
    assert late["because"] == "a second printing (anna)"
    assert late["title"] == TITLES[3]


def test_a_reason_lists_its_reports_and_the_whole_names_its_reasons(folder: Path) -> None:
    (report,) = traced(folder, "dbr_excluded_reasons/Population")["references"]
    assert report["key"] == "r3"
    assert traced(folder, "dbr_excluded")["parts"] == ["count/dbr_excluded_reasons/Population"]


def test_a_source_lists_its_own_records_before_merging(folder: Path) -> None:
    for name in ("source/scopus", "scopus", "count/database_specific/Scopus"):
        assert [each["key"] for each in traced(folder, name)["counted"]] == ["r4", "r5"]


def test_a_score_and_an_entry_lead_to_what_was_said(folder: Path) -> None:
    (said,) = traced(folder, "score/writer2000/design")["events"]
    assert (said["kind"], said["by"]) == ("appraised", "anna")
    with pytest.raises(WinnowError), open_project(folder) as project:
        trace(project, "entry/findings/writer2000/1")


@pytest.mark.parametrize("name", ["count/nosuch", "source/nosuch", "report/nosuch", "score/nosuch"])
def test_an_unknown_name_is_a_sentence(folder: Path, name: str) -> None:
    ran = winnow("trace", name, "--project", folder)
    assert ran.status == 2
    assert "nosuch" in ran.err


def test_every_source_of_a_cell_can_be_traced(folder: Path) -> None:
    with open_project(folder) as project:
        made, _ = tables(project)
        sources = {
            cell.source for table in made for row in table.rows for cell in row.cells if cell.source
        }
        assert sources
        for source in sorted(sources):
            trace(project, source)


def test_every_number_of_the_diagram_opens_its_own_list(folder: Path, tmp_path: Path) -> None:
    ran = winnow("run", "--out", tmp_path, "--as", "anna", "--project", folder)
    assert ran.status in (0, 1), ran.err
    for name in ("flow.html", "report.html"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        targets = re.findall(r'href="(records/[^"]+)"', text)
        assert targets, name
        assert all((tmp_path / target).is_file() for target in targets)
    flow = (tmp_path / "flow.html").read_text(encoding="utf-8")
    for count in ("duplicates", "dbr_excluded_reasons/Population", "pending/other_retrieval"):
        assert re.search(rf'<td data-id="{count}"><a href="records/', flow), count


def written(project: Project, folder: Path) -> list[Path]:
    inputs, _ = report_inputs(project)
    records = records_pages(project)
    return write_report(folder, composed(project, inputs, records.links), records)


def test_a_diagram_whose_numbers_are_links_is_not_one_image(folder: Path, tmp_path: Path) -> None:
    with open_project(folder) as project:
        written(project, tmp_path)
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    (flow,) = re.findall(r'<figure id="figure-flow">.*?</figure>', text, re.DOTALL)
    assert '<div class="picture">' in flow
    assert 'role="group"' in flow
    (scores,) = re.findall(r'<figure id="figure-heat-table">.*?</figure>', text, re.DOTALL)
    assert '<div class="picture" role="img" aria-label=' in scores


def test_a_list_has_a_row_for_each_thing_its_number_counts(folder: Path) -> None:
    with open_project(folder) as project:
        lists = records_pages(project)
        pages = dict(lists.pages())
        flow = table_inputs(project).flow
    for count in ("duplicates", "dbr_sought", "reports"):
        page = pages[lists.links[count]].decode()
        assert page.count('<th scope="row"') == getattr(flow, count), count


def test_the_same_ledger_gives_the_same_lists(folder: Path, tmp_path: Path) -> None:
    with open_project(folder) as project:
        first = written(project, tmp_path / "one")
        second = written(project, tmp_path / "two")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
