"""The report and the tables in a real browser: axe has nothing to report, and all can be reached."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from synthesis.report_outline import compose
from synthesis.writers import html, report_html
from tests.synthesis import test_report, worked_example

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    flow = worked_example.FLOW.model_copy(update={"provisional": True})
    inputs = test_report.inputs(flow)
    style, folder = worked_example.STYLE, tmp_path_factory.mktemp("pages")
    contents = {
        "report": report_html.write(
            compose(inputs), template=worked_example.PAGE, style=style, link=_link
        ),
        "tables": html.write(inputs.built, style=style, link=_link),
    }
    for name, content in contents.items():
        (folder / f"{name}.html").write_bytes(content)
    return {name: folder / f"{name}.html" for name in contents}


@pytest.fixture(params=["report", "tables"])
def page(browser: Any, files: dict[str, Path], request: pytest.FixtureRequest) -> Iterator[Any]:
    opened = browser.new_page()
    opened.goto(files[request.param].as_uri())
    yield opened
    opened.close()


def _link(source: str) -> str:
    return f"#{source}"


def test_axe_has_nothing_to_report(page: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only in a browser

    found = Axe().run(page)
    assert [(each["id"], each["nodes"][0]["html"]) for each in found.response["violations"]] == []


def test_nothing_is_fetched_from_elsewhere(browser: Any, page: Any) -> None:
    asked: list[str] = []
    again = browser.new_page()
    again.on("request", lambda request: asked.append(request.url))
    again.goto(page.url)
    again.close()
    assert asked == [page.url]


def test_the_page_itself_is_never_wider_than_a_small_screen(page: Any) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_on_paper_nothing_is_parted_from_its_caption(page: Any) -> None:
    page.emulate_media(media="print")
    style = "each => getComputedStyle(each)"
    for selector in ("figure", "caption"):
        found = page.eval_on_selector_all(
            selector, f"all => all.map({style}).map(s => s.breakInside)"
        )
        assert set(found) <= {"avoid"}, selector
    for selector in ("h2", "h3", "caption", "figcaption"):
        found = page.eval_on_selector_all(
            selector, f"all => all.map({style}).map(s => s.breakAfter)"
        )
        assert set(found) <= {"avoid"}, selector
    assert page.locator("caption").count()
