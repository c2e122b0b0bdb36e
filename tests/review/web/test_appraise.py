"""Appraisal in the pages: blind until done, nothing overwritten, nothing computed."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI

from appraisal.scores import Appraisal
from review.pipeline.appraisal.appraise import all_appraisals, settled_scores
from review.pipeline.appraisal.rating import own_appraisal, save_own
from review.pipeline.appraisal.units import instrument_of
from review.pipeline.project import Project, open_project
from tests.review.web.studied import studied_review
from tests.review.web.visiting import Visitor, app_of, copied

UNIT = "writer2000"


@pytest.fixture(scope="session")
def made_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return studied_review(tmp_path_factory.mktemp("studied") / "review")


@pytest.fixture
def study(made_study: Path, tmp_path: Path) -> Path:
    return copied(made_study, tmp_path / "study")


@pytest.fixture
def app(study: Path) -> Iterator[FastAPI]:
    served = app_of(study)
    yield served
    served.state.server.close()


def project_of(app: FastAPI) -> Project:
    project: Project = app.state.server.project
    return project


def form(app: FastAPI, score: int, **more: str) -> dict[str, str]:
    categories = instrument_of(project_of(app)).categories
    scores = {f"score-{category.id}": str(score) for category in categories}
    return {"unit": UNIT, "seen": "0", "action": "complete", **scores, **more}


def seen(app: FastAPI, name: str) -> str:
    return str(own_appraisal(project_of(app), UNIT, name).event)


def test_where_no_pdf_is_attached_a_link_leads_to_where_it_can_be(anna: Visitor) -> None:
    page = anna.get(f"/appraise/form?unit={UNIT}").text
    assert f'No PDF is attached to Writer, 2000. <a href="/retrieve/{UNIT}">' in page
    assert "Attach the PDF" in anna.get(f"/retrieve/{UNIT}").text


def test_every_report_sought_is_listed_with_how_its_retrieval_stands(anna: Visitor) -> None:
    assert "Nothing is to be retrieved now" in anna.get("/retrieve").text
    page = anna.get("/retrieve?every=true").text
    assert [f'"/retrieve/r{n}"' in page for n in (1, 2, 3)] == [True, True, True]
    assert page.count("· retrieved") == 3


def test_a_draft_is_kept_with_marks_notes_and_pages(app: FastAPI, anna: Visitor) -> None:
    answer = anna.post(
        "/appraise/form",
        {
            "unit": UNIT,
            "seen": "0",
            "action": "draft",
            "score-design": "4",
            "mark-design-suitable": "present",
            "note-design": "Sound & clear",
            "page-design": "12",
        },
    )
    assert answer.status_code == 303
    own = own_appraisal(project_of(app), UNIT, "anna").appraisal
    assert own.scores == {"design": 4}
    assert own.marks == {"design-suitable": "present"}
    assert (own.notes, own.pages) == ({"design": "Sound & clear"}, {"design": "12"})
    assert not own.complete
    assert "Sound &amp; clear" in anna.get(f"/appraise/form?unit={UNIT}").text


def test_marks_alone_never_give_a_score(app: FastAPI, anna: Visitor) -> None:
    points = instrument_of(project_of(app)).descriptors
    marks = {f"mark-{point.id}": "present" for point in points}
    anna.post("/appraise/form", {"unit": UNIT, "seen": "0", "action": "draft", **marks})
    own = own_appraisal(project_of(app), UNIT, "anna").appraisal
    assert len(own.marks) == len(points)
    assert own.scores == {}
    assert "checked" not in anna.get(f"/appraise/form?unit={UNIT}").text


def test_what_has_gaps_cannot_be_completed_and_keeps_what_was_typed(
    app: FastAPI, anna: Visitor
) -> None:
    answer = anna.post(
        "/appraise/form",
        {
            "unit": UNIT,
            "seen": "0",
            "action": "complete",
            "score-design": "4",
            "note-design": "why",
        },
    )
    assert answer.status_code == 422
    assert "no score yet" in answer.text
    assert ">why</textarea>" in answer.text
    assert own_appraisal(project_of(app), UNIT, "anna").event == 0


def test_half_scores_and_scores_beyond_the_scale_are_not_taken(app: FastAPI, anna: Visitor) -> None:
    for score in ("3.5", "6", "-1", "five"):
        data = {"unit": UNIT, "seen": seen(app, "anna"), "action": "draft", "score-design": score}
        anna.post("/appraise/form", data)
        assert own_appraisal(project_of(app), UNIT, "anna").appraisal.scores == {}


def test_the_second_window_sees_what_changed_and_loses_nothing(app: FastAPI, anna: Visitor) -> None:
    first = {"unit": UNIT, "seen": "0", "action": "draft", "note-design": "from the first window"}
    anna.post("/appraise/form", first)
    answer = anna.post("/appraise/form", {**first, "note-design": "from the second window"})
    assert answer.status_code == 409
    assert "from the first window" in answer.text
    assert ">from the second window</textarea>" in answer.text
    stands = own_appraisal(project_of(app), UNIT, "anna")
    assert stands.appraisal.notes["design"] == "from the first window"
    assert f'name="seen" value="{stands.event}"' in answer.text


def test_a_form_that_keeps_itself_is_told_what_it_now_answers(app: FastAPI, anna: Visitor) -> None:
    data = {"unit": UNIT, "seen": "0", "action": "draft", "score-design": "2"}
    answer = anna.post("/appraise/form", data, headers={"X-Autosave": "1"})
    assert answer.json()["seen"] == {"seen": int(seen(app, "anna"))}
    stale = anna.post("/appraise/form", {**data, "score-design": "3"}, headers={"X-Autosave": "1"})
    assert stale.status_code == 409


def rated(app: FastAPI, name: str, score: int, note: str, *, complete: bool) -> None:
    project = project_of(app)
    instrument = instrument_of(project)
    appraisal = Appraisal(
        unit=UNIT,
        instrument=instrument.id,
        instrument_version=instrument.version,
        rater=name,
        scores={category.id: score for category in instrument.categories},
        notes={category.id: note for category in instrument.categories},
        complete=complete,
    )
    save_own(project, appraisal, seen=own_appraisal(project, UNIT, name).event)


PAGES = (
    "/",
    "/appraise",
    f"/appraise/form?unit={UNIT}",
    "/appraise/sheet.xlsx",
    "/consensus",
    f"/consensus/form?unit={UNIT}",
    "/tables",
    "/tables/ccat",
    "/flow",
    "/synthesis",
    "/report",
    f"/trace/score/{UNIT}",
    f"/trace/report/{UNIT}",
    "/figures/data/heat-table",
    "/figures/data/score-distribution",
    "/figures/file/heat-table.svg",
)


@pytest.mark.parametrize("state", ["draft", "complete"])
def test_no_page_of_one_rater_depends_on_what_another_gave(
    made_study: Path, tmp_path: Path, state: str
) -> None:
    """Ben's scores and notes differ between two reviews that are else the same; anna's pages do not."""
    pages: list[list[bytes]] = []
    for number, (score, note) in enumerate(((1, "poor indeed"), (5, "a fine piece"))):
        app = app_of(copied(made_study, tmp_path / f"{number}"))
        rated(app, "anna", 3, "mine", complete=False)
        rated(app, "ben", score, note, complete=state == "complete")
        anna = Visitor(app, "anna")
        anna.session.csrf = "the same in both"
        pages.append([_without_times(anna.get(path).content) for path in PAGES])
        app.state.server.close()
    for path, one, other in zip(PAGES, *pages, strict=True):
        assert one == other, path


def _without_times(content: bytes) -> bytes:
    return re.sub(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?", b"", content)


def test_both_are_seen_once_both_are_done_and_the_team_agrees(
    app: FastAPI, anna: Visitor, ben: Visitor
) -> None:
    anna.post("/appraise/form", form(app, 3, **{"note-design": "of anna"}))
    assert "of anna" not in ben.get(f"/consensus/form?unit={UNIT}").text
    assert "once all raters are done" in ben.get(f"/consensus/form?unit={UNIT}").text
    ben.post("/appraise/form", form(app, 4, **{"note-design": "of ben"}))
    shown = anna.get(f"/consensus/form?unit={UNIT}").text
    assert "of ben" in shown
    assert "raters differ by 1" in shown
    assert "checked" not in shown, "nothing is chosen for a team that differs"
    assert settled_scores(project_of(app))[0].total is None
    agreed = anna.post("/consensus/form", {**form(app, 4), "score-design": "3"})
    assert agreed.status_code == 303
    scores = settled_scores(project_of(app))[0]
    assert (scores.total, scores.percent) == (31, 78)
    kept = own_appraisal(project_of(app), UNIT, "ben").appraisal
    assert kept.scores["design"] == 4


def test_who_agrees_second_sees_what_the_first_saved(
    app: FastAPI, anna: Visitor, ben: Visitor
) -> None:
    anna.post("/appraise/form", form(app, 3))
    ben.post("/appraise/form", form(app, 4))
    assert anna.post("/consensus/form", form(app, 3)).status_code == 303
    late = ben.post("/consensus/form", form(app, 4))
    assert late.status_code == 409
    assert "Saved meanwhile" in late.text
    assert settled_scores(project_of(app))[0].total == 24


def test_nobody_agrees_before_all_are_done(app: FastAPI, anna: Visitor) -> None:
    anna.post("/appraise/form", form(app, 3))
    answer = anna.post("/consensus/form", form(app, 3))
    assert answer.status_code == 422
    assert "raters have completed it" in answer.text


def test_an_unknown_unit_has_no_form(anna: Visitor) -> None:
    assert anna.get(f"/appraise/form?{urlencode({'unit': '<script>'})}").status_code == 404
    assert anna.get("/consensus/form?unit=nobody1999").status_code == 404


def test_scores_go_out_and_come_back_as_a_sheet(app: FastAPI, anna: Visitor) -> None:
    anna.post("/appraise/form", form(app, 3))
    sheet = anna.get("/appraise/sheet.xlsx").content
    files = {"sheet": ("appraisals.xlsx", sheet)}
    assert anna.post("/appraise/sheet", files=files).status_code == 303
    assert "0 appraisals are new" in anna.get("/appraise").text


def test_in_the_pages_nobody_takes_in_rows_of_someone_else(app: FastAPI, anna: Visitor) -> None:
    row = f"Report,Rater,{','.join(c.id for c in instrument_of(project_of(app)).categories)}\n"
    sheet = (row + f"{UNIT},ben,3,3,3,3,3,3,3,3\n").encode()
    answer = anna.post("/appraise/sheet", files={"sheet": ("scores.csv", sheet)})
    assert answer.status_code == 400
    assert "rows of ben" in answer.text
    assert all_appraisals(project_of(app)) == []


def test_a_file_that_is_no_sheet_is_refused_in_a_sentence(anna: Visitor) -> None:
    files = {"sheet": ("appraisals.xlsx", b"PK\x03\x04 but no workbook")}
    answer = anna.post("/appraise/sheet", files=files)
    assert answer.status_code == 400
    assert "Traceback" not in answer.text


def test_the_folder_is_left_whole(app: FastAPI, study: Path, anna: Visitor) -> None:
    anna.post("/appraise/form", form(app, 3))
    with open_project(study) as project:
        assert project.ledger.rebuild(repair=False) == []
