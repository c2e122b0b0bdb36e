"""Duplicates in the pages: a person's word on pairs, and every merge undone at will."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from review.pipeline.identification.pairs import Stretch, _marked, waiting_pairs
from review.pipeline.project import open_project
from review.store import queries
from review.store.events import PairQueued
from tests.review.web.visiting import Visitor, app_of


@pytest.fixture
def queued(review: Path) -> Path:
    """Let two pairs of the small review wait for a person."""
    with open_project(review) as project, project.write("anna") as writer:
        for a, b, score in (("r1", "r2", 0.6), ("r2", "r3", 0.5)):
            writer.append(PairQueued(a=a, b=b, score=score, reason="alike enough to ask"))
    return review


@pytest.fixture
def app(queued: Path) -> Iterator[FastAPI]:
    served = app_of(queued)
    yield served
    served.state.server.close()


def pairs(app: FastAPI) -> list[int]:
    return [pair.event for pair in waiting_pairs(app.state.server.project)]


def reference_of(app: FastAPI, record: str) -> str | None:
    with app.state.server.project.ledger.read() as conn:
        return queries.reference_of(conn, record)


def test_the_likeliest_pair_comes_first_with_its_reason(app: FastAPI, anna: Visitor) -> None:
    page = anna.get("/duplicates").text
    assert "<strong>2</strong> uncertain pairs wait" in page
    assert "alike enough to ask" in page
    assert f'name="pair" value="{pairs(app)[0]}"' in page
    assert '<mark class="differs">' in page


def test_merging_settles_a_pair_and_splitting_undoes_it(app: FastAPI, anna: Visitor) -> None:
    event = pairs(app)[0]
    data = {"pair": event, "decision": "merge", "note": "the same trial"}
    assert anna.post("/duplicates", data).status_code == 303
    assert reference_of(app, "r2") == "r1"
    page = anna.get("/duplicates/merged/r1").text
    assert "the same trial" in page
    split = anna.post("/duplicates/merged/r1/split", {"record": "r2", "note": "no, it is not"})
    assert split.status_code == 303
    assert reference_of(app, "r2") == "r2"


def test_keeping_apart_settles_a_pair(app: FastAPI, anna: Visitor) -> None:
    event, other = pairs(app)
    anna.post("/duplicates", {"pair": event, "decision": "apart"})
    assert pairs(app) == [other]
    assert reference_of(app, "r2") == "r2"


def test_who_settles_a_pair_second_is_told_and_changes_nothing(
    app: FastAPI, anna: Visitor, ben: Visitor
) -> None:
    event = pairs(app)[0]
    anna.post("/duplicates", {"pair": event, "decision": "apart"})
    answer = ben.post("/duplicates", {"pair": event, "decision": "merge"})
    assert answer.status_code == 400
    assert "settled in the meantime" in answer.text
    assert reference_of(app, "r2") == "r2"


def test_all_records_of_a_reference_cannot_leave_it(app: FastAPI, anna: Visitor) -> None:
    anna.post("/duplicates", {"pair": pairs(app)[0], "decision": "merge"})
    for records in ([], ["r1", "r2", "r4"], ["r5"]):
        answer = anna.post("/duplicates/merged/r1/split", {"record": records})
        assert answer.status_code == 400, records


def test_references_that_the_rules_did_not_find_are_merged_by_key(
    app: FastAPI, anna: Visitor
) -> None:
    answer = anna.post("/duplicates/merged/r3/merge", {"other": "r5", "note": "a translation"})
    assert answer.headers["location"] == "/duplicates/merged/r3"
    assert reference_of(app, "r5") == "r3"
    assert anna.post("/duplicates/merged/r3/merge", {"other": "r5"}).status_code == 400
    assert anna.post("/duplicates/merged/r3/merge", {"other": "r99"}).status_code == 400


def test_pairs_go_out_and_come_back_as_a_sheet(app: FastAPI, anna: Visitor) -> None:
    sheet = anna.get("/duplicates/sheet.xlsx").content
    answer = anna.post("/duplicates/sheet", files={"sheet": ("pairs.xlsx", sheet)})
    assert answer.status_code == 303
    assert len(pairs(app)) == 2, "a sheet with no decision settles nothing"


def test_what_was_merged_is_found_by_its_words(anna: Visitor) -> None:
    assert "Watching infants sleep" in anna.get("/duplicates/merged?q=infants").text
    assert "None with these words" in anna.get("/duplicates/merged?q=grandmothers").text


def test_words_that_differ_are_marked_whatever_their_case() -> None:
    assert _marked("A trial of Sleep", "A Trial of rest") == (
        Stretch("A trial of", differs=False),
        Stretch("Sleep", differs=True),
    )


def test_looking_again_changes_nothing_that_a_person_decided(app: FastAPI, anna: Visitor) -> None:
    anna.post("/duplicates", {"pair": pairs(app)[0], "decision": "merge"})
    assert anna.post("/duplicates/run").status_code == 303
    assert "5 records are 3 references" in anna.get("/duplicates").text
    assert reference_of(app, "r2") == "r1"
