"""Many reviewers decide at once through the pages of one server."""

import re
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from httpx import Response

from review.cli.serve import listen
from review.pipeline.project import open_project
from review.store import queries
from review.store.asking import Question
from review.store.ledger import Door, Ledger
from review.store.writing import Writer
from review.web.app import create_app
from review.web.sessions import COOKIE
from screening.records import Stage
from tests.review.pipeline.reviews import review, titles
from tests.review.web.deciding import Reviewer, amiss, together
from tests.review.web.visiting import Visitor, app_of

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
    listening = listen("127.0.0.1", 0)
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


@pytest.fixture
def app(folder: Path) -> Iterator[FastAPI]:
    served = app_of(folder)
    yield served
    served.state.server.close()


@pytest.mark.parametrize("name", ["r2147483648", "r99999999999"])
def test_a_number_that_no_ledger_can_hold_is_a_page_that_is_not_there(
    app: FastAPI, name: str
) -> None:
    anna = Visitor(app, "anna")
    assert anna.get(f"/screen/title_abstract/{name}").status_code == 404
    form = {"reference": name, "verdict": "exclude"}
    assert anna.post("/screen/title_abstract", form).status_code == 404


def said_of_r1(app: FastAPI) -> list[tuple[str, int | None]]:
    """Return every verdict on r1 that was appended, and what it supersedes, in order."""
    with app.state.server.project.ledger.read() as conn:
        return [
            (str(said.event.verdict), said.supersedes)
            for said in queries.events_since(conn)
            if said.event.kind == "decided" and said.event.reference == "r1"
        ]


def sent_at_once(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, *forms: dict[str, str]
) -> list[Response]:
    """Send forms of anna's at once: each reaches the door of the ledger before any passes it."""
    write, everyone = Ledger.write, threading.Barrier(len(forms))

    def all_at_the_door(
        ledger: Ledger, actor: str, door: Door, foreseen: Iterable[Question] = ()
    ) -> AbstractContextManager[Writer]:
        everyone.wait(20)
        return write(ledger, actor, door, foreseen)

    windows = [Visitor(app, "anna") for _ in forms]
    with monkeypatch.context() as patch, ThreadPoolExecutor(len(forms)) as threads:
        patch.setattr(Ledger, "write", all_at_the_door)
        sent = [
            threads.submit(each.post, "/screen/title_abstract", {"reference": "r1", **form})
            for each, form in zip(windows, forms, strict=True)
        ]
        return [each.result() for each in sent]


@pytest.mark.postgres
def test_on_postgresql_a_decision_takes_eight_trips_to_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres_url: str
) -> None:
    # What a verdict foresees is what it then asks: each question beyond that is a trip of its own.
    from review.store.wire import Saying, Wire  # noqa: PLC0415 - psycopg is there where it is needed

    monkeypatch.setenv("WINNOW_DATABASE_URL", postgres_url)
    with review(tmp_path, titles(REFERENCES), protocol=PROTOCOL):
        pass
    app = app_of(tmp_path)
    anna, trips, send = Visitor(app, "anna"), [], Wire._send

    def counted(wire: Wire, *questions: Saying) -> Any:
        trips.append(questions)
        return send(wire, *questions)

    anna.get("/screen/title_abstract")
    fragment = {"X-Fragment": "1"}
    for _ in range(2):
        shown = anna.session.desk("title_abstract").shown
        with monkeypatch.context() as patch:
            patch.setattr(Wire, "_send", counted)
            trips.clear()
            form = {"reference": shown, "verdict": "exclude"}
            assert anna.post("/screen/title_abstract", form, headers=fragment).status_code == 200
    assert len(trips) == 8
    app.state.server.close()


def test_one_form_sent_twice_at_once_is_one_decision(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = {"verdict": "include", "note": "sent twice"}
    answers = sent_at_once(app, monkeypatch, form, form)
    assert [each.status_code for each in answers] == [303, 303]
    assert said_of_r1(app) == [("include", None)]


def test_of_two_verdicts_given_at_once_one_stands_and_the_other_is_told_and_loses_nothing(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = [{"verdict": word, "note": f"why {word}"} for word in ("include", "exclude")]
    answers = sent_at_once(app, monkeypatch, *forms)
    assert sorted(each.status_code for each in answers) == [303, 409]
    ((stands, _),) = said_of_r1(app)
    late = next(each for each in answers if each.status_code == 409)
    refused = next(form for form in forms if form["verdict"] != stands)
    assert f"you have said &#34;{stands}&#34; of this reference meanwhile" in late.text
    assert refused["note"] in late.text


def test_a_verdict_that_was_refused_is_given_by_deciding_once_more_on_the_page_that_said_so(
    app: FastAPI,
) -> None:
    anna = Visitor(app, "anna")
    anna.post("/screen/title_abstract", {"reference": "r1", "verdict": "include"})
    form = {"reference": "r1", "verdict": "exclude", "note": "second thoughts"}
    late = anna.post("/screen/title_abstract", form)
    assert late.status_code == 409
    seen = re.findall(r'name="seen" value="(\d+)"', late.text)[0]
    assert anna.post("/screen/title_abstract", {**form, "seen": seen}).status_code == 303
    assert said_of_r1(app) == [("include", None), ("exclude", int(seen))]


def test_of_a_change_sent_twice_at_once_one_supersedes_what_was_seen(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = Visitor(app, "anna")
    anna.post("/screen/title_abstract", {"reference": "r1", "verdict": "include"})
    shown = anna.get("/screen/title_abstract/r1").text
    seen = re.findall(r'name="seen" value="(\d+)"', shown)[0]
    form = {"verdict": "exclude", "seen": seen}
    answers = sent_at_once(app, monkeypatch, form, form)
    assert [each.status_code for each in answers] == [303, 303]
    assert said_of_r1(app) == [("include", None), ("exclude", int(seen))]
