"""The start page tells each person what lies before them, and nothing of what the others decided."""

from datetime import timedelta
from pathlib import Path

from tests.review.pipeline.reviews import paced
from tests.review.web.visiting import Visitor, app_of


def test_home_says_how_long_what_waits_takes_the_viewer_at_their_own_pace_and_nobody_elses(
    tmp_path: Path,
) -> None:
    with paced(tmp_path, timedelta(minutes=6)):
        pass
    app = app_of(tmp_path)
    try:
        assert "about 3.0 hours at your pace" in Visitor(app, "anna").get("/").text
        assert "at your pace" not in Visitor(app, "ben").get("/").text
    finally:
        app.state.server.close()
