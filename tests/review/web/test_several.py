"""One verdict on many references: nothing before it was shown, one way back for all of them."""

import html
import re
from pathlib import Path

import pytest
from fastapi import FastAPI

from review.pipeline.decision_sheet import COLUMNS
from review.pipeline.screening.screen import import_decisions
from review.store import queries
from screening.grid import grid_of
from screening.records import Stage
from tests.review.running import PROTOCOL
from tests.review.web.visiting import Visitor, app_of, decided, ready_review

HERE = "/screen/title_abstract/several"
EXCLUDE = {"verdict": "exclude", "because": "population", "note": "none is about infants"}


def votes(app: FastAPI) -> dict[str, tuple[str, str]]:
    with app.state.server.project.ledger.read() as conn:
        return {
            f"{vote.reviewer} {vote.reference}": (str(vote.verdict), vote.note)
            for vote in queries.votes(conn, Stage.TITLE_ABSTRACT)
        }


def events(app: FastAPI) -> int:
    with app.state.server.project.ledger.read() as conn:
        return queries.last_event(conn)


def shown_fields(page: str) -> dict[str, str]:
    """Return what the form that was shown would send, its token apart."""
    form = page[page.index("several/give") :]
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found if name != "csrf"}


def test_what_it_will_do_is_shown_and_nothing_is_recorded_before(
    app: FastAPI, anna: Visitor, review: Path
) -> None:
    decided(review, "ben", "r2", "include")
    before = events(app)
    shown = anna.post(HERE, {"reference": ["r1", "r2"], **EXCLUDE})
    assert shown.status_code == 200
    assert "of <strong>2</strong> references" in shown.text
    assert "<strong>1</strong> then wait for a second reviewer" in shown.text
    assert "<strong>1</strong> have another reviewer&#39;s verdict" in shown.text or (
        "<strong>1</strong> have another reviewer's verdict" in shown.text
    )
    assert "Watching infants" in shown.text
    assert events(app) == before


def test_it_is_recorded_as_shown_and_taken_back_as_one(app: FastAPI, anna: Visitor) -> None:
    anna.post("/screen/title_abstract", {"reference": "r5", "verdict": "include"})
    shown = anna.post(HERE, {"reference": ["r1", "r2", "r3"], **EXCLUDE})
    given = anna.post(f"{HERE}/give", shown_fields(shown.text))
    assert given.status_code == 303
    assert votes(app) == {
        "anna r5": ("include", ""),
        **{f"anna r{n}": ("exclude", "none is about infants") for n in (1, 2, 3)},
    }
    after = anna.get(HERE).text
    (way_back,) = re.findall(r'href="(/screen/title_abstract/several/back\?at=[^"]+)"', after)
    asked = anna.get(way_back)
    assert "Take 3 verdicts back" in asked.text
    assert len(votes(app)) == 4
    at = re.findall(r'name="at" value="([^"]+)"', asked.text)[0]
    assert anna.post(f"{HERE}/back", {"at": at}).status_code == 303
    assert votes(app) == {"anna r5": ("include", "")}
    assert anna.get(way_back).status_code == 404


def test_nobody_takes_back_what_another_gave(app: FastAPI, anna: Visitor, ben: Visitor) -> None:
    anna.post(f"{HERE}/give", {"references": "r1 r2", "verdict": "include"})
    with app.state.server.project.ledger.read() as conn:
        at = queries.votes(conn, Stage.TITLE_ABSTRACT)[0].at
    assert ben.get(f"{HERE}/back?at={at}").status_code == 404
    ben.post(f"{HERE}/back", {"at": at})
    assert len(votes(app)) == 2


def test_a_sheet_of_differing_verdicts_is_no_batch_that_a_press_could_take_back(
    app: FastAPI, anna: Visitor
) -> None:
    project = app.state.server.project
    rows = [("r1", "include"), ("r2", "include"), ("r3", "exclude")]
    values = [
        {"reference": key, "stage": "title_abstract", "reviewer": "anna", "verdict": verdict}
        for key, verdict in rows
    ]
    assert import_decisions(project, grid_of("Decisions", COLUMNS, values), "anna") == 3
    assert "several/back" not in anna.get(HERE).text
    with project.ledger.read() as conn:
        at = queries.votes(conn, Stage.TITLE_ABSTRACT)[0].at
    anna.post(f"{HERE}/back", {"at": at})
    assert len(votes(app)) == 3


def test_what_the_search_finds_can_be_meant_as_a_whole(app: FastAPI, anna: Visitor) -> None:
    listed = anna.get(f"{HERE}?q=infants")
    assert listed.text.count('name="reference"') == 1
    shown = anna.post(HERE, {"q": "infants", "every": "true", "verdict": "include"})
    assert shown_fields(shown.text)["references"] == "r1"
    assert anna.post(f"{HERE}/give", shown_fields(shown.text)).status_code == 303
    assert votes(app) == {"anna r1": ("include", "")}


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"reference": ["r1"], "verdict": "include", "because": "population"}, "Take the reasons"),
        ({"reference": ["r1"]}, "choose include, exclude or unsure"),
        ({"verdict": "include"}, "tick at least one"),
        ({"reference": ["r1"], "verdict": "exclude", "because": "colour"}, "is no reason"),
    ],
)
def test_what_does_not_fit_is_told_and_the_ticks_are_kept(
    app: FastAPI, anna: Visitor, sent: dict[str, object], told: str
) -> None:
    answer = anna.post(HERE, {**sent, "note": "kept note"})
    assert answer.status_code == 422
    assert told in answer.text
    assert "kept note" in answer.text
    assert ("checked" in answer.text) == ("reference" in sent or "verdict" in sent)
    assert votes(app) == {}


def test_only_what_waits_for_the_reviewer_is_decided(app: FastAPI, anna: Visitor) -> None:
    anna.post("/screen/title_abstract", {"reference": "r1", "verdict": "include"})
    anna.post(f"{HERE}/give", {"references": "r1 r2 r2 r99999", "verdict": "exclude"})
    assert votes(app) == {"anna r1": ("include", ""), "anna r2": ("exclude", "")}


def test_a_third_person_gives_no_verdicts_at_a_stage_of_two(app: FastAPI, cleo: Visitor) -> None:
    assert cleo.get(HERE).status_code == 403
    sent = cleo.post(f"{HERE}/give", {"references": "r1", "verdict": "include"})
    assert sent.status_code == 403
    assert votes(app) == {}


def test_where_one_verdict_is_enough_it_says_so(tmp_path: Path) -> None:
    app = app_of(ready_review(tmp_path / "review", PROTOCOL))
    anna = Visitor(app, "anna")
    shown = anna.post(HERE, {"reference": ["r1", "r2"], "verdict": "include"})
    assert "<strong>2</strong> are decided by your word alone" in shown.text
    anna.post(f"{HERE}/give", shown_fields(shown.text))
    assert anna.get("/retrieve").text.count("/retrieve/r") == 2  # and both reports are sought now
    app.state.server.close()


def test_what_was_given_in_one_go_is_taken_back_in_one_go_where_it_was_the_last_word(
    app: FastAPI, anna: Visitor
) -> None:
    anna.post("/screen/title_abstract", {"reference": "r5", "verdict": "include"})
    shown = anna.post(HERE, {"reference": ["r1", "r2"], **EXCLUDE})
    anna.post(f"{HERE}/give", shown_fields(shown.text))
    sent = anna.post("/screen/title_abstract/undo")
    assert len(votes(app)) == 3
    page = anna.get(sent.headers["location"])
    assert "Take 2 verdicts back" in page.text
    at = re.search(r'name="at" value="([^"]+)"', page.text)
    assert at
    anna.post(f"{HERE}/back", {"at": at[1]})
    assert list(votes(app)) == ["anna r5"]
    assert anna.post("/screen/title_abstract/undo").headers["location"].endswith("/r5")
    assert votes(app) == {}


def test_a_verdict_given_after_those_in_one_go_is_taken_back_alone(
    app: FastAPI, anna: Visitor
) -> None:
    shown = anna.post(HERE, {"reference": ["r1", "r2"], **EXCLUDE})
    anna.post(f"{HERE}/give", shown_fields(shown.text))
    anna.post("/screen/title_abstract", {"reference": "r5", "verdict": "include"})
    anna.post("/screen/title_abstract/undo")
    assert sorted(votes(app)) == ["anna r1", "anna r2"]
