"""The start page tells each person what lies before them, and nothing of what the others decided."""

from datetime import timedelta
from pathlib import Path

import pytest

from review.pipeline.status import counted_words
from review.web.pages.home import time_words
from tests.review.pipeline.reviews import paced
from tests.review.web.visiting import Visitor, app_of


def test_home_says_how_long_what_waits_takes_the_viewer_at_their_own_pace_and_nobody_elses(
    tmp_path: Path,
) -> None:
    with paced(tmp_path, timedelta(minutes=6)):
        pass
    app = app_of(tmp_path)
    try:
        assert "about 3 hours at your pace" in Visitor(app, "anna").get("/").text
        assert "at your pace" not in Visitor(app, "ben").get("/").text
    finally:
        app.state.server.close()


def test_duplicates_come_before_screening_after_every_load(review: Path) -> None:
    app = app_of(review)
    try:
        anna = Visitor(app, "anna")
        assert "for duplicates first" not in anna.get("/").text
        added = {"source": "medline", "title": "One more trial", "year": "2020"}
        assert anna.post("/load/record", added).status_code == 303
        assert "record to look through for duplicates first" in anna.get("/").text
        assert anna.post("/duplicates/run").status_code == 303
        assert "for duplicates first" not in anna.get("/").text
    finally:
        app.state.server.close()


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0.001, "about a minute"),
        (0.2, "about 12 minutes"),
        (1.4, "about 84 minutes"),
        (1.52, "about 1.5 hours"),
        (3, "about 3 hours"),
    ],
)
def test_a_time_is_said_as_people_say_it(hours: float, words: str) -> None:
    assert time_words(hours) == words


def test_one_thing_is_not_spoken_of_as_several() -> None:
    assert counted_words(1, "uncertain pairs of records") == "uncertain pair of records"
    assert counted_words(2, "conflicts to settle") == "conflicts to settle"
    assert counted_words(1, "reports to retrieve") == "report to retrieve"
