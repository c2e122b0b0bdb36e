"""Reports awaiting classification and ongoing studies: set apart on the pages, never as exclusions."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from review.pipeline.flow.flow import current_flow
from tests.review.web.visiting import Visitor, app_of, decided


@pytest.fixture
def sought(review: Path) -> Iterator[FastAPI]:
    """Serve a review in which the report behind r1 is sought and at hand."""
    for person in ("anna", "ben"):
        decided(review, person, "r1", "include")
    app = app_of(review)
    Visitor(app, "anna").post("/retrieve/r1/outcome", {"retrieved": "true"})
    yield app
    app.state.server.close()


def test_a_report_is_set_apart_and_taken_back(sought: FastAPI) -> None:
    anna, project = Visitor(sought, "anna"), sought.state.server.project
    assert "<strong>1</strong> waits for you" in anna.get("/screen/full_text").text
    sent = anna.post(
        "/apart/r1", {"category": "ongoing", "note": "results due next year", "onwards": "true"}
    )
    assert sent.headers["location"] == "/screen/full_text"
    assert "Nothing" in anna.get("/screen/full_text").text
    page = anna.get("/apart").text
    assert "results due next year" in page
    flow = current_flow(project)
    assert (flow.ongoing, flow.dbr_excluded, flow.dbr_excluded_reasons) == (1, 0, ())
    assert "Set apart: ongoing" in anna.get("/retrieve/r1").text
    assert anna.post("/apart/r1", {"category": "none"}).headers["location"] == "/apart"
    assert current_flow(project).ongoing == 0
    assert "Watching infants" in anna.get("/screen/full_text").text


def test_what_is_not_sought_cannot_be_set_apart(sought: FastAPI) -> None:
    anna = Visitor(sought, "anna")
    assert anna.post("/apart/r2", {"category": "ongoing"}).status_code == 404
    assert anna.post("/apart/r1", {"category": "excluded"}).status_code == 422
    assert anna.post("/apart/r1", {"category": "none"}).status_code == 400
