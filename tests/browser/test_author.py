"""An author's day: from the flow and the tables to every file, and no page that leaves anyone out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from review.store.events import PairQueued
from tests.review.web.visiting import copied

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAGES = {
    "duplicates": "/duplicates",
    "merged": "/duplicates/merged",
    "merged-reference": "/duplicates/merged/r8",
    "appraise-list": "/appraise",
    "appraise-form": "/appraise/form?unit=bain2014",
    "consensus-list": "/consensus",
    "extract-list": "/extract",
    "extract-form": "/extract/form?report=bain2014",
    "measures": "/measures",
    "sheet": "/sheets/measures",
    "synthesis": "/synthesis",
    "flow": "/flow",
    "flow-list": "/flow/list/dbr_excluded",
    "tables": "/tables",
    "table": "/tables/ccat",
    "report": "/report",
    "trace": "/trace/report/bain2014",
}


@pytest.fixture
def example(worked_example: Path, tmp_path: Path, serve: Callable[[Path], Any]) -> Any:
    served = serve(copied(worked_example, tmp_path / "review"))
    project = served.app.state.server.project
    with project.write("first") as writer:
        writer.append(PairQueued(a="r2", b="r3", score=0.61, reason="alike enough to ask"))
    return served


def patient(page: Any) -> Any:
    """Wait longer: pages that draw all figures of a review take their time on a busy machine."""
    page.set_default_timeout(30_000)
    return page


def test_no_page_leaves_anyone_out(
    example: Any, picture: Callable[[Any, str], None], axe: Callable[..., list[str]]
) -> None:
    page = patient(example.visit("first", color_scheme="light"))
    said: list[str] = []
    page.on("console", lambda told: said.append(told.text) if "Refused" in told.text else None)
    for name, address in PAGES.items():
        page.goto(address)
        assert axe(page) == [], address
        picture(page, name)
        assert beyond_the_edge(page, 360) <= 0, f"{address} on a phone"
        assert beyond_the_edge(page, 640) <= 0, f"{address} at twice the size"
        page.emulate_media(color_scheme="dark")
        assert axe(page, colours=True) == [], f"{address} in dark colours"
        picture(page, f"{name}-dark")
        page.emulate_media(color_scheme="light")
    assert said == [], "the policy refuses nothing that our pages need"


def beyond_the_edge(page: Any, width: int) -> int:
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 700})
    beyond: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.set_viewport_size(before)
    return beyond


@pytest.mark.parametrize("scripts", ["with scripts", "without"])
def test_the_diagram_and_the_tables_are_taken_home(example: Any, scripts: str) -> None:
    page = patient(example.visit("first", "/flow", java_script_enabled=scripts == "with scripts"))
    for form, words in (("svg", "SVG"), ("pdf", "PDF"), ("docx", "Word")):
        with page.expect_download() as taken:
            page.get_by_role("link", name=words, exact=True).click()
        assert taken.value.suggested_filename == f"flow.{form}"
    page.get_by_role("link", name="Tables", exact=True).click()
    page.get_by_role("link", name="Crowe Critical Appraisal Tool scores").click()
    for form, words in (("docx", "Word"), ("csv", "CSV")):
        with page.expect_download() as taken:
            page.get_by_role("link", name=words, exact=True).click()
        assert taken.value.suggested_filename == f"ccat.{form}"


def test_a_number_leads_to_its_records_and_back(example: Any) -> None:
    page = example.visit("first", "/flow")
    page.get_by_role("link", name="14 Reports excluded: the list").click()
    assert page.get_by_role("region", name="The list").locator("tbody tr").count() == 14
    page.get_by_role("link", name="Back to the flow").click()
    page.wait_for_url("**/flow")


def test_a_figure_is_explored_where_it_stands(
    example: Any, picture: Callable[[Any, str], None]
) -> None:
    page = patient(example.visit("first", "/report"))
    page.goto("/synthesis")
    page.get_by_role("button", name="Explore").first.click()
    page.locator(".explored .main-svg").first.wait_for()
    assert page.locator(".explored .point").count() > 10
    picture(page, "explored")


def test_a_pair_is_settled_and_the_merge_undone(example: Any) -> None:
    page = example.visit("first", "/duplicates")
    page.get_by_label("Note").fill("two reports of one trial")
    page.get_by_role("button", name="Merge: one publication").click()
    page.get_by_text("No pair waits").wait_for()
    page.goto("/duplicates/merged/r2")
    page.get_by_label("r3", exact=True).check()
    page.get_by_role("button", name="Split").click()
    page.get_by_text("kept apart from now on").wait_for()
