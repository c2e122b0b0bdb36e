"""The start page tells each person what lies before them, and nothing of what the others decided."""

from datetime import timedelta
from itertools import count
from pathlib import Path

from review.store.ledger import Ledger
from tests.review.pipeline.reviews import MOMENT, review, titles, voted
from tests.review.web.visiting import Visitor, app_of


def test_home_says_how_long_what_waits_takes_the_viewer_at_their_own_pace_and_nobody_elses(
    tmp_path: Path,
) -> None:
    with review(tmp_path, titles(40)):
        pass
    ticks = count()
    with Ledger.open(
        tmp_path / "review.db", clock=lambda: MOMENT + timedelta(minutes=6) * next(ticks)
    ) as ledger:
        for number in range(1, 11):
            with ledger.write("anna", "web") as writer:
                writer.append(voted(f"r{number}"))
    app = app_of(tmp_path)
    try:
        assert "about 3.0 hours at your pace" in Visitor(app, "anna").get("/").text
        assert "at your pace" not in Visitor(app, "ben").get("/").text
    finally:
        app.state.server.close()
