"""From an empty review to the report in the browser alone, and several references decided on at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from review.pipeline.start import Answers, start_review
from tests.browser.conftest import Served, press
from tests.review.running import TITLES, ris

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
HERE = "/screen/title_abstract"
MORE = """
[[extraction.fields]]
id = "country"
label = "Country"

[measures]
groups = { child = "Measures of the child" }
"""


def test_from_an_empty_review_to_the_report_without_the_terminal(
    tmp_path: Path, serve: Callable[[Path], Served]
) -> None:
    answers = Answers("A first review", "Does it help?", ["first"], [])
    start_review(tmp_path / "review", answers)
    export = tmp_path / "medline.ris"
    export.write_text(ris(*TITLES), encoding="utf-8")
    page = serve(tmp_path / "review").visit("first")
    the_protocol_is_written(page)
    records_are_loaded(page, export)
    references_are_screened(page)
    full_texts_are_assessed(page)
    reports_are_appraised_and_extracted(page)
    page.get_by_role("link", name="Results").click()
    page.get_by_role("link", name="1 Reports of ongoing studies: the list").wait_for()
    page.get_by_role("link", name="Report", exact=True).click()
    page.get_by_role("link", name="Write your own text").click()
    text = page.get_by_label("report-text.md")
    text.fill(text.input_value().replace("{#rationale}", "{#rationale}\n\nNobody had asked yet."))
    page.get_by_role("button", name="Save").click()
    page.goto("/report/preview")
    assert "Nobody had asked yet." in page.content()
    assert "Chile" in page.content()


def the_protocol_is_written(page: Any) -> None:
    page.get_by_role("link", name="Write the protocol").click()
    page.get_by_role("link", name="Edit the protocol").click()
    text = page.get_by_label("review.toml")
    text.fill(text.input_value() + MORE + "[extractoin]\n")
    page.get_by_role("button", name="Save").click()
    page.get_by_text('Did you mean "extraction"').wait_for()
    text.fill(text.input_value().replace("[extractoin]\n", ""))
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The protocol is in force as you wrote it").wait_for()


def records_are_loaded(page: Any, export: Path) -> None:
    page.get_by_role("link", name="Add a source").click()
    page.get_by_label("Name").fill("MEDLINE")
    page.get_by_role("button", name="Add").click()
    page.get_by_label("Files, together").set_input_files(export)
    page.get_by_role("button", name="Load", exact=True).click()
    page.get_by_role("cell", name="loaded", exact=True).wait_for()
    page.get_by_role("link", name="Duplicates").click()
    page.get_by_role("button", name="Look for duplicates now").click()
    page.get_by_text("are 4 references").wait_for()


def references_are_screened(page: Any) -> None:
    page.goto(f"{HERE}/several?q=teething")
    page.get_by_label("What grandmothers know").check()
    page.get_by_label("Exclude", exact=True).check()
    page.get_by_role("button", name="Show what this would do").click()
    page.get_by_role("button", name="Record 1 verdict").click()
    page.goto(f"{HERE}/several")
    page.get_by_label("All 3").check()
    page.get_by_label("Include", exact=True).check()
    page.get_by_role("button", name="Show what this would do").click()
    page.get_by_role("button", name="Record 3 verdicts").click()


def full_texts_are_assessed(page: Any) -> None:
    page.get_by_role("link", name="Retrieve").click()
    for _ in range(3):
        page.locator(".cards a").first.click()
        page.get_by_role("button", name="I have it on paper").click()
        page.wait_for_url("**/retrieve")
    page.goto("/screen/full_text")
    page.locator("summary", has_text="set it apart").click()
    page.get_by_role("button", name="Ongoing study").click()
    for left in ("2 wait", "1 waits"):
        page.get_by_text(f"{left} for you").wait_for()
        press(page, "i")
    page.get_by_text("Nothing waits for you").wait_for()


def reports_are_appraised_and_extracted(page: Any) -> None:
    page.get_by_role("link", name="Appraise", exact=True).first.click()
    page.locator("tbody a").first.click()
    page.locator("fieldset.category").first.wait_for()  # all() does not wait for the page to come
    for category in page.locator("fieldset.category").all():
        category.locator("input[value='4']").check()
    page.get_by_role("button", name="Complete").click()
    page.get_by_text("your appraisal is complete").wait_for()
    page.get_by_role("link", name="Extract", exact=True).first.click()
    page.locator("tbody a").first.click()
    page.get_by_label("Value of Country").fill("Chile")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Measures", exact=True).click()
    page.locator("nav.sheets a").first.click()
    page.get_by_label("Id").fill("M1")
    page.get_by_label("Measure (needed)").fill("Scale of Sleep")
    page.get_by_label("Group").select_option("child")
    page.get_by_role("button", name="Save the row").click()
    page.get_by_text("M1 is saved").wait_for()


@pytest.mark.parametrize("scripts", ["with scripts", "without"])
def test_several_are_decided_on_and_taken_back_together(
    served: Served,
    scripts: str,
    axe: Callable[[Any], list[str]],
    picture: Callable[[Any, str], None],
) -> None:
    page = served.visit("anna", f"{HERE}/several", java_script_enabled=scripts == "with scripts")
    for box in (
        page.get_by_role("checkbox", name="Watching")
        .or_(page.get_by_role("checkbox", name="Reading"))
        .all()
    ):
        box.check()
    page.get_by_label("Exclude", exact=True).check()
    page.get_by_label("Reason, where you exclude").select_option("population")
    page.get_by_role("button", name="Show what this would do").click()
    page.get_by_text("then wait for a second reviewer").wait_for()
    if scripts == "with scripts":
        assert axe(page) == []
        picture(page, "several_foreseen")
    page.get_by_role("button", name="Record 2 verdicts").click()
    page.get_by_text("2 references: exclude").wait_for()
    page.get_by_role("link", name="Take all 2 back").click()
    if scripts == "with scripts":
        assert axe(page) == []
    page.get_by_role("button", name="Take 2 verdicts back").click()
    page.get_by_text("2 verdicts of yours are taken back").wait_for()
    assert page.get_by_role("checkbox").count() == 5
