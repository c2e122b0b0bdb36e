"""An appraiser's day: a report scored by keyboard, a second rater blind, the team agrees."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from review.pipeline.appraisal.appraise import settled_scores
from review.pipeline.appraisal.rating import own_appraisal
from review.pipeline.project import Project
from review.pipeline.screening.retrieve import store_full_text
from tests.review.web.studied import studied_review
from tests.review.web.visiting import copied

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
UNIT = "writer2000"
FORM = f"/appraise/form?unit={UNIT}"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>endobj\ntrailer<</Root 1 0 R>>\n"
)


@pytest.fixture(scope="session")
def made_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return studied_review(tmp_path_factory.mktemp("studied") / "review")


@pytest.fixture
def study(made_study: Path, tmp_path: Path, serve: Callable[[Path], Any]) -> Any:
    return serve(copied(made_study, tmp_path / "study"))


def project_of(served: Any) -> Project:
    project: Project = served.app.state.server.project
    return project


def scored_by_keyboard(page: Any, digits: str) -> None:
    for category, digit in zip(page.locator("fieldset.category").all(), digits, strict=True):
        category.locator("summary").first.focus()
        page.keyboard.press(digit)


def test_a_report_is_scored_by_keyboard_and_agreed_on(
    study: Any, picture: Callable[[Any, str], None]
) -> None:
    store_full_text(project_of(study), "anna", "r1", "writer.pdf", PDF)
    anna, ben = study.visit("anna", FORM), study.visit("ben", FORM)
    assert anna.locator("iframe.pdf").get_attribute("src") == "/full-text/r1"
    scored_by_keyboard(anna, "33334444")
    anna.locator("summary", has_text="Research design").focus()
    anna.keyboard.press("Enter")
    anna.get_by_label("The design suits the question").select_option("present")
    anna.get_by_label("Note on Design").fill("Groups differ at the start.")
    picture(anna, "appraise")
    anna.get_by_role("button", name="Complete").focus()
    anna.keyboard.press("Enter")
    anna.wait_for_url("**writer2001**")
    ben.reload()
    assert "Groups differ" not in ben.content()
    scored_by_keyboard(ben, "33344444")
    ben.get_by_role("button", name="Complete").press("Enter")
    ben.wait_for_url("**writer2001**")
    ben.goto(f"/consensus/form?unit={UNIT}")
    assert ben.get_by_text("Groups differ at the start.").is_visible()
    assert ben.locator("fieldset.differs").count() == 1
    ben.locator("fieldset.differs summary, fieldset.differs input").first.focus()
    ben.keyboard.press("3")
    picture(ben, "consensus")
    ben.get_by_role("button", name="Agree").press("Enter")
    ben.wait_for_url("**/consensus")
    assert settled_scores(project_of(study))[0].total == 28


def test_a_browser_that_dies_loses_nothing_that_was_said(study: Any) -> None:
    page = study.visit("anna", FORM)
    page.get_by_label("Note on Design").fill("half a tho")
    page.locator("#score-design-4").check()
    page.get_by_text("Saved as a draft").wait_for()
    page.context.close()
    again = study.visit("anna", FORM)
    assert again.get_by_label("Note on Design").input_value() == "half a tho"
    assert again.locator("#score-design-4").is_checked()


def test_leaving_the_page_at_once_saves_what_was_said(study: Any) -> None:
    page = study.visit("anna", FORM)
    page.locator("#score-design-2").check()
    page.goto("/appraise")
    page.wait_for_timeout(300)
    assert own_appraisal(project_of(study), UNIT, "anna").appraisal.scores == {"design": 2}


def test_two_windows_never_overwrite_each_other(study: Any) -> None:
    first, second = study.visit("anna", FORM), study.visit("anna", FORM)
    first.get_by_label("Note on Design").fill("from the first")
    first.get_by_text("Saved as a draft").wait_for()
    second.get_by_label("Note on Design").fill("from the second")
    second.get_by_text("changed in the meantime").wait_for()
    second.get_by_role("button", name="Save as a draft").click()
    second.get_by_role("cell", name="from the first").wait_for()
    assert second.get_by_label("Note on Design").input_value() == "from the second"


def test_all_of_it_without_a_script(study: Any) -> None:
    for name in ("anna", "ben"):
        page = study.visit(name, FORM, java_script_enabled=False)
        for category in page.locator("fieldset.category").all():
            category.locator("input[value='4']").check()
        page.get_by_role("button", name="Complete").click()
        page.wait_for_url("**writer2001**")
    page.goto(f"/consensus/form?unit={UNIT}")
    page.get_by_role("button", name="Agree").click()
    page.wait_for_url("**/consensus")
    assert settled_scores(project_of(study))[0].total == 32


def test_a_value_is_extracted_twice_and_agreed_on(
    study: Any, picture: Callable[[Any, str], None]
) -> None:
    address = f"/extract/form?report={UNIT}"
    for name, country in (("anna", "Chile"), ("ben", "Peru")):
        page = study.visit(name, address)
        page.get_by_label("Value of Country").fill(country)
        page.get_by_label("Value of Sample").fill("sixty")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_text("1 field was not saved").wait_for()
        assert page.get_by_label("Value of Sample").input_value() == "sixty"
        page.get_by_label("Value of Sample").fill("60 dyads")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_text("values are new or changed").wait_for()
    picture(page, "extract")
    page.goto(f"/extract/agree?report={UNIT}")
    picture(page, "extract-agree")
    page.get_by_label("anna").check()
    page.get_by_role("button", name="Agree on this value").click()
    page.get_by_text("Nothing is left to agree on").wait_for()
