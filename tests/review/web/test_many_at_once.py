"""Many reviewers decide at once through the pages of one server."""

import socket
import threading
import time
from pathlib import Path

import pytest
import uvicorn

from review.pipeline.project import open_project
from review.store import queries
from review.web.app import create_app
from review.web.sessions import COOKIE
from screening.records import Stage
from tests.review.pipeline.reviews import review, titles
from tests.review.web.deciding import Reviewer, amiss, together

PROTOCOL = """
[review]
title = "A review of many"
question = "Who said what?"
reviewers = ["anna", "ben", "cleo", "dora", "emil", "fay"]

[screening.title_abstract]
policy = "dual"
"""
REVIEWERS = ("anna", "ben", "cleo", "dora", "emil", "fay")
REFERENCES = 12


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a review on either database, none of it decided."""
    if request.param == "postgresql":
        monkeypatch.setenv("WINNOW_DATABASE_URL", request.getfixturevalue("postgres_url"))
    with review(tmp_path, titles(REFERENCES), protocol=PROTOCOL):
        return tmp_path


def decided_by_all(folder: Path) -> list[Reviewer]:
    """Serve the review and let everyone decide until nothing waits for them."""
    app = create_app(folder)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    place = f"127.0.0.1:{listening.getsockname()[1]}"
    try:
        begin = app.state.server.sessions.begin
        everyone = [Reviewer(place, name, f"{COOKIE}={begin(name).key}") for name in REVIEWERS]
        together(everyone, REFERENCES)
        for each in everyone:
            each.close()
    finally:
        server.should_exit = True
        thread.join(10)
        app.state.server.close()
        listening.close()
    return everyone


def test_of_many_who_decide_at_once_on_the_pages_no_decision_is_lost_doubled_or_of_another(
    folder: Path,
) -> None:
    with open_project(folder) as project, project.ledger.read() as conn:
        before = queries.last_event(conn)
    everyone = decided_by_all(folder)
    assert amiss(folder, everyone, before) == []
    assert amiss(folder, everyone[1:], before)  # nobody acknowledged these: it would be told
    assert sum(len(each.given) for each in everyone) >= 2 * REFERENCES
    with open_project(folder) as project:
        assert project.ledger.rebuild() == []
        with project.ledger.read() as conn:
            counts = queries.state_counts(conn, Stage.TITLE_ABSTRACT)
    assert sum(counts.values()) == REFERENCES
    assert not {"pending", "awaiting_second"} & set(counts)
