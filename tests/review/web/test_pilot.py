"""Pilot rounds and half-screened references on the pages: who has voted shows, what they said does not."""

from pathlib import Path

import pytest

from tests.review.running import PROTOCOL
from tests.review.web.visiting import Visitor, app_of, decided, ready_review

HERE = "/screen/title_abstract/pilot"


def said(page: str) -> str:
    return " ".join(page.split())


def test_a_round_is_open_until_everyone_has_voted_and_then_tells_how_far_they_agree(
    anna: Visitor, ben: Visitor
) -> None:
    assert anna.post(HERE, {"size": "2"}).status_code == 303
    assert anna.post(HERE, {"size": "2"}).status_code == 303  # it is open: no second one is drawn
    page = anna.get(HERE).text
    assert "Screen the 2 that wait for you" in page
    assert "Round 2" not in page
    assert "<strong>2</strong> references of the pilot round" in anna.get("/").text
    for person in (anna, ben):
        for left, waits in ((2, "wait"), (1, "waits")):
            shown = person.get("/screen/title_abstract?order=pilot").text
            assert f"<strong>{left}</strong> {waits} for you" in said(shown)
            key = person.session.desk("title_abstract").shown
            person.post(
                "/screen/title_abstract",
                {
                    "reference": key,
                    "order": "pilot",
                    "verdict": "include" if left == 2 else "exclude",
                },
            )
        if person is anna:
            halfway = ben.get(HERE).text
            assert "kappa" not in halfway.split("<h2")[1]
            assert "How far you agree is shown when everyone has voted" in halfway
    assert "Agreement in round 1" in anna.get(HERE).text
    assert "Nothing" in anna.get("/screen/title_abstract?order=pilot").text


def test_after_a_round_that_fails_another_is_drawn(anna: Visitor, ben: Visitor) -> None:
    anna.post(HERE, {"size": "2"})
    for person, verdict in ((anna, "include"), (ben, "exclude")):
        for _ in range(2):
            person.get("/screen/title_abstract?order=pilot")
            key = person.session.desk("title_abstract").shown
            person.post("/screen/title_abstract", {"reference": key, "verdict": verdict})
    page = anna.get(HERE).text
    assert "Not passed" in page
    assert "Draw round 2" in page
    anna.post(HERE, {"size": "30"})
    assert "Round 2 <span" in anna.get(HERE).text


def test_a_reviewer_alone_is_told_why_there_is_no_pilot(tmp_path: Path) -> None:
    app = app_of(ready_review(tmp_path / "review", PROTOCOL))
    anna = Visitor(app, "anna")
    assert "has one alone" in anna.get(HERE).text
    assert anna.post(HERE, {"size": "5"}).status_code == 422
    app.state.server.close()


@pytest.mark.parametrize("size", ["0", "-1", "x", "99999999999999999999"])
def test_a_size_that_is_none_is_told(anna: Visitor, size: str) -> None:
    assert anna.post(HERE, {"size": size}).status_code == 422


def test_what_waits_for_a_second_reviewer_is_listed_without_the_first_verdict(
    anna: Visitor, ben: Visitor, review: Path
) -> None:
    decided(review, "ben", "r2", "exclude", "population")
    for person, word in ((anna, "ben"), (ben, "you")):
        page = person.get("/screen/title_abstract/second").text
        assert "/screen/title_abstract/r2" in page
        assert f"<td>{word}</td>" in page
        assert "exclude" not in page
    decided(review, "anna", "r2", "exclude", "population")
    assert "Nothing waits" in anna.get("/screen/title_abstract/second").text
