"""The diagram in a real browser: nothing leaves its box, and axe has nothing to report."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from review.diagrams import diagram
from screening.diagram.drawing import DiagramOptions
from screening.flow.counting import Counts, derive

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FLOW = derive(
    Counts(
        previous_studies=8,
        previous_reports=10,
        database_specific={"WAVAWA To fi ffl" * 6: 700_000, "Œuvre Ärzte ÑÑ": 41},
        duplicates=671,
        screened=699_370,
        dbr_assessed=28,
        dbr_excluded_reasons=tuple((f"Reason {n} of forty, at some length", n) for n in range(40)),
        citations=3,
        other_sought=3,
        other_assessed=3,
        ongoing=2,
        reports=16,
    )
)
# How far, in units of the drawing, each text stands beyond the box it belongs to.
OVERHANGS = """
() => [...document.querySelectorAll('g[id^="flow-"]')].flatMap(group => {
  const box = group.querySelector('rect').getBBox();
  return [...group.querySelectorAll('text')].map(text => {
    const ink = text.getBBox();
    return Math.max(box.x - ink.x, box.y - ink.y,
      ink.x + ink.width - box.x - box.width, ink.y + ink.height - box.y - box.height);
  });
})
"""


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Any]:
    file = tmp_path / "flow.html"
    links = {"screened": "#screened", "reports": "#reports"}
    file.write_bytes(diagram(FLOW, "html", DiagramOptions(), links))
    opened = browser.new_page()
    opened.goto(file.as_uri())
    yield opened
    opened.close()


def test_no_text_stands_beyond_its_box(page: Any) -> None:
    overhangs = page.evaluate(OVERHANGS)
    assert len(overhangs) > 60
    assert max(overhangs) <= 0


def test_axe_reports_nothing(page: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - with the browser

    found = Axe().run(page).response["violations"]
    assert [(rule["id"], rule["help"]) for rule in found] == []


def test_the_numbers_are_reached_by_keyboard(page: Any) -> None:
    reached = set()
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('href')"))
    assert reached == {"#screened", "#reports"}


def test_nothing_is_loaded_from_elsewhere(browser: Any, tmp_path: Path) -> None:
    asked: list[str] = []
    opened = browser.new_page()
    opened.on("request", lambda request: asked.append(request.url))
    file = tmp_path / "flow.svg"
    file.write_bytes(diagram(FLOW, "svg"))
    opened.goto(file.as_uri())
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    opened.close()
