"""Extraction and sheets in the pages: each field on its own, blind, and nothing lost."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from review.pipeline.project import Project
from review.pipeline.synthesis.extract import all_values, rows
from review.pipeline.synthesis.extracting import own_values
from synthesis.measures import Measure
from tests.review.web.studied import studied_review
from tests.review.web.visiting import Visitor, app_of, copied

REPORT = "writer2000"


@pytest.fixture(scope="session")
def made_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return studied_review(tmp_path_factory.mktemp("studied") / "review")


@pytest.fixture
def app(made_study: Path, tmp_path: Path) -> Iterator[FastAPI]:
    served = app_of(copied(made_study, tmp_path / "study"))
    yield served
    served.state.server.close()


def project_of(app: FastAPI) -> Project:
    project: Project = app.state.server.project
    return project


def form(**values: str) -> dict[str, str]:
    empty = {f"value-{field}": "" for field in ("country", "sample", "randomised")}
    return {"report": REPORT, **empty, **{k.replace("_", "-", 1): v for k, v in values.items()}}


def test_each_field_is_saved_on_its_own(app: FastAPI, anna: Visitor) -> None:
    answer = anna.post("/extract/form", form(value_country="Chile", value_sample="sixty"))
    assert answer.status_code == 422
    assert "ixty is not a number" in answer.text
    assert 'value="sixty"' in answer.text, "what was typed is still there"
    own = own_values(project_of(app), REPORT, "anna")
    assert {field: each.row.value for field, each in own.items()} == {"country": "Chile"}


def test_a_number_needs_one_of_its_units(app: FastAPI, anna: Visitor) -> None:
    assert "needs its unit" in anna.post("/extract/form", form(value_sample="60")).text
    assert anna.post("/extract/form", form(value_sample="60 dyads")).status_code == 303
    assert own_values(project_of(app), REPORT, "anna")["sample"].row.value == "60 dyads"


def test_not_reported_differs_from_not_looked(app: FastAPI, anna: Visitor) -> None:
    anna.post("/extract/form", form(status_randomised="not reported"))
    own = own_values(project_of(app), REPORT, "anna")
    assert set(own) == {"randomised"}
    assert own["randomised"].row.status == "not reported"


def test_an_emptied_field_is_withdrawn(app: FastAPI, anna: Visitor) -> None:
    anna.post("/extract/form", form(value_country="Chile"))
    seen = own_values(project_of(app), REPORT, "anna")["country"].event
    anna.post("/extract/form", form(seen_country=str(seen)))
    assert own_values(project_of(app), REPORT, "anna") == {}


def test_the_second_window_overwrites_nothing(app: FastAPI, anna: Visitor) -> None:
    anna.post("/extract/form", form(value_country="Chile"))
    late = anna.post("/extract/form", form(value_country="Peru"))
    assert late.status_code == 409
    assert ">Peru</textarea>" in late.text
    assert own_values(project_of(app), REPORT, "anna")["country"].row.value == "Chile"


def test_a_form_that_keeps_itself_learns_what_each_field_answers(
    app: FastAPI, anna: Visitor
) -> None:
    told = anna.post("/extract/form", form(value_country="Chile"), headers={"X-Autosave": "1"})
    event = own_values(project_of(app), REPORT, "anna")["country"].event
    assert told.json()["seen"] == {"seen-country": event}


PAGES = (
    "/",
    "/extract",
    f"/extract/form?report={REPORT}",
    f"/extract/agree?report={REPORT}",
    "/extract/sheet.xlsx",
    "/sheets/extraction",
    "/sheets/extraction/file.xlsx",
    "/tables/extraction",
    "/tables/characteristics",
    f"/trace/entry/extraction/{REPORT}/country//",
    f"/trace/report/{REPORT}",
    "/report",
)


def test_no_page_of_one_extractor_depends_on_what_another_gave(
    made_study: Path, tmp_path: Path
) -> None:
    pages = []
    for number, value in enumerate(("Chile", "a far longer name of a country")):
        app = app_of(copied(made_study, tmp_path / f"{number}"))
        Visitor(app, "ben").post(
            "/extract/form", form(value_country=value, note_country=f"as in {value}")
        )
        anna = Visitor(app, "anna")
        anna.session.csrf = "the same in both"
        pages.append([_without_times(anna.get(path).content) for path in PAGES])
        app.state.server.close()
    for path, one, other in zip(PAGES, *pages, strict=True):
        assert one == other, path


def _without_times(content: bytes) -> bytes:
    return re.sub(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?", b"", content)


def test_what_extractors_gave_differently_is_agreed_on(
    app: FastAPI, anna: Visitor, ben: Visitor
) -> None:
    anna.post("/extract/form", form(value_country="Chile"))
    ben.post("/extract/form", form(value_country="Peru"))
    shown = anna.get(f"/extract/agree?report={REPORT}").text
    assert "Chile" in shown
    assert "Peru" in shown
    place = {"report": REPORT, "place": "country//"}
    assert anna.post("/extract/agree", {**place, "chosen": "ben"}).status_code == 303
    settled = [each.stands for each in all_values(project_of(app)) if each.stands]
    assert [(each.field, each.value) for each in settled] == [("country", "Peru")]
    again = anna.post("/extract/agree", {**place, "chosen": "anna"})
    assert again.status_code == 422
    assert "differs no longer" in again.text


def test_agreeing_on_something_else_is_checked_against_the_field(
    app: FastAPI, anna: Visitor, ben: Visitor
) -> None:
    anna.post("/extract/form", form(value_sample="60 dyads"))
    ben.post("/extract/form", form(value_sample="61 dyads"))
    place = {"report": REPORT, "place": "sample//", "chosen": ""}
    assert anna.post("/extract/agree", {**place, "value": "sixty"}).status_code == 422
    assert anna.post("/extract/agree", {**place, "value": "62 dyads"}).status_code == 303
    settled = [each.stands for each in all_values(project_of(app)) if each.stands]
    assert [each.value for each in settled] == ["62 dyads"]


MEASURE = {"cell-id": "M1", "cell-name": "A scale of sleep", "cell-group": "infant"}


def test_a_row_is_added_changed_and_taken_back(app: FastAPI, anna: Visitor) -> None:
    assert anna.post("/sheets/measures", MEASURE).status_code == 303
    assert [each.name for each in rows(project_of(app), Measure)] == ["A scale of sleep"]
    page = anna.get("/sheets/measures").text
    event = page.split("?row=")[1].split("#")[0]
    changed = {**MEASURE, "cell-name": "Another scale", "seen": event}
    assert anna.post("/sheets/measures", changed).status_code == 303
    assert [each.name for each in rows(project_of(app), Measure)] == ["Another scale"]
    assert anna.post("/sheets/measures/withdraw", {"key": "M1"}).status_code == 303
    assert rows(project_of(app), Measure) == []


def test_a_row_under_a_new_name_takes_the_place_of_the_old(app: FastAPI, anna: Visitor) -> None:
    anna.post("/sheets/measures", MEASURE)
    event = anna.get("/sheets/measures").text.split("?row=")[1].split("#")[0]
    anna.post("/sheets/measures", {**MEASURE, "cell-id": "M2", "seen": event})
    assert [each.id for each in rows(project_of(app), Measure)] == ["M2"]


def test_a_row_of_someone_else_is_not_entered_twice(
    app: FastAPI, anna: Visitor, ben: Visitor
) -> None:
    anna.post("/sheets/measures", MEASURE)
    answer = ben.post("/sheets/measures", {**MEASURE, "cell-name": "The scale of ben"})
    assert answer.status_code == 422
    assert "anna has entered this row" in answer.text
    assert 'value="The scale of ben"' in answer.text
    assert len(rows(project_of(app), Measure)) == 1


def test_a_row_changed_in_two_windows_is_not_overwritten(app: FastAPI, anna: Visitor) -> None:
    anna.post("/sheets/measures", MEASURE)
    event = anna.get("/sheets/measures").text.split("?row=")[1].split("#")[0]
    anna.post("/sheets/measures", {**MEASURE, "cell-name": "First window", "seen": event})
    late = anna.post("/sheets/measures", {**MEASURE, "cell-name": "Second window", "seen": event})
    assert late.status_code == 409
    assert "First window" in late.text
    assert "Second window" in late.text
    assert [each.name for each in rows(project_of(app), Measure)] == ["First window"]


def test_a_row_that_refers_to_nothing_known_is_refused(anna: Visitor) -> None:
    use = {"cell-measure": "nothing", "cell-report": REPORT}
    answer = anna.post("/sheets/uses", use)
    assert answer.status_code == 422
    assert "nothing is not a known measure" in answer.text


def test_a_sheet_goes_out_and_comes_back(anna: Visitor) -> None:
    anna.post("/sheets/measures", MEASURE)
    sheet = anna.get("/sheets/measures/file.xlsx").content
    answer = anna.post("/sheets/measures/file", files={"sheet": ("measures.xlsx", sheet)})
    assert answer.status_code == 303
    assert "0 rows are new or changed" in anna.get("/sheets/measures").text


def test_there_is_no_sheet_of_any_other_name(anna: Visitor) -> None:
    assert anna.get("/sheets/passwords").status_code == 404
    assert anna.post("/sheets/passwords", {"cell-id": "1"}).status_code == 404
