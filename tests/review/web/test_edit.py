"""review.toml and the report's own text, written in the browser: checked, guarded, never half saved."""

import html
import re
from pathlib import Path

import pytest
from fastapi import FastAPI

from review.pipeline.editing import NewSource, with_source
from review.pipeline.project import open_project
from review.protocol import read_protocol
from review.store import queries
from tests.review.running import PROTOCOL
from tests.review.web.visiting import Visitor, decided

HERE = "/protocol/edit"


def fields(page: str) -> dict[str, str]:
    """Return what the editor shows: its text and what tells it from any other."""
    seen = re.findall(r'name="seen" value="(\w*)"', page)[0]
    text = re.findall(r"<textarea id=\"text\"[^>]*>\n(.*)</textarea>", page, re.DOTALL)[0]
    return {"seen": seen, "text": html.unescape(text)}


def version(app: FastAPI) -> tuple[str, str]:
    with app.state.server.project.ledger.read() as conn:
        found = queries.current_protocol(conn)
    assert found is not None
    return found.text, found.reason


def test_what_is_saved_is_in_the_folder_and_in_force(
    app: FastAPI, review: Path, anna: Visitor
) -> None:
    form = fields(anna.get(HERE).text)
    assert form["text"] == (review / "review.toml").read_text(encoding="utf-8")
    form["text"] = form["text"].replace("Does it help?", "Does it help everyone? Ümläut & <b>")
    assert anna.post(HERE, {**form, "do": "check"}).status_code == 200
    assert "everyone" not in (review / "review.toml").read_text(encoding="utf-8")
    assert anna.post(HERE, {**form, "do": "save"}).headers["location"] == "/protocol"
    assert (review / "review.toml").read_text(encoding="utf-8") == form["text"]
    assert version(app)[0] == form["text"]
    assert "everyone? Ümläut &amp; &lt;b&gt;" in anna.get("/protocol").text
    assert not list(review.glob(".review.toml*"))


def test_a_mistake_is_named_with_its_line_and_nothing_is_lost(review: Path, anna: Visitor) -> None:
    before = (review / "review.toml").read_text(encoding="utf-8")
    form = fields(anna.get(HERE).text)
    form["text"] += "[screning]\nseed = 2\n"
    for do in ("check", "save"):
        sent = anna.post(HERE, {**form, "do": do})
        assert sent.status_code == 422
        assert f"line {before.count(chr(10)) + 1}" in sent.text
        assert fields(sent.text)["text"] == form["text"]
    assert (review / "review.toml").read_text(encoding="utf-8") == before


def test_two_who_write_at_once_see_each_others_text(
    review: Path, anna: Visitor, ben: Visitor
) -> None:
    first, second = fields(anna.get(HERE).text), fields(ben.get(HERE).text)
    first["text"] = first["text"].replace("A small review", "Title by anna")
    second["text"] = second["text"].replace("A small review", "Title by ben")
    assert anna.post(HERE, {**first, "do": "save"}).status_code == 303
    sent = ben.post(HERE, {**second, "do": "save"})
    assert sent.status_code == 409
    assert fields(sent.text)["text"] == second["text"]
    assert "Title by anna" in sent.text
    assert "Title by anna" in (review / "review.toml").read_text(encoding="utf-8")
    again = fields(sent.text)
    assert ben.post(HERE, {**again, "do": "save"}).status_code == 303
    assert "Title by ben" in (review / "review.toml").read_text(encoding="utf-8")


def test_an_amendment_is_saved_with_its_reason_and_not_without(
    app: FastAPI, review: Path, anna: Visitor
) -> None:
    decided(review, "anna", "r1", "include")
    before = (review / "review.toml").read_text(encoding="utf-8")
    form = fields(anna.get(HERE).text)
    form["text"] = form["text"].replace('"Infants"', '"Infants", "Toddlers"')
    sent = anna.post(HERE, {**form, "do": "save"})
    assert sent.status_code == 422
    assert 'name="reason"' in sent.text
    assert (review / "review.toml").read_text(encoding="utf-8") == before
    saved = anna.post(HERE, {**form, "do": "save", "reason": "too few were found"})
    assert saved.status_code == 303
    assert version(app) == (form["text"], "too few were found")


def test_a_source_is_added_by_a_form(review: Path, anna: Visitor) -> None:
    strategy = 'infan* AND "holding hands"\n#1 OR #2'
    sent = anna.post(
        "/protocol/source",
        {"name": "Scopus", "kind": "database", "reported": "12", "strategy": strategy},
    )
    assert sent.headers["location"] == "/load"
    with open_project(review) as project:
        added = project.protocol.sources[-1]
    assert (added.id, added.name, added.reported) == ("scopus-2", "Scopus", 12)
    assert added.strategy.strip() == strategy
    assert "Scopus" in anna.get("/load").text


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"kind": "library"}, {"reported": "many"}, {"searched": "last week"}]
)
def test_a_source_that_does_not_fit_is_told_and_kept_in_the_form(
    review: Path, anna: Visitor, wrong: dict[str, str]
) -> None:
    before = (review / "review.toml").read_bytes()
    sent = anna.post(
        "/protocol/source", {"name": "CINAHL", "kind": "database", "platform": "kept", **wrong}
    )
    assert sent.status_code == 422
    assert 'value="kept"' in sent.text
    assert (review / "review.toml").read_bytes() == before


@pytest.mark.parametrize(
    "text", ["a 'plain' one", "three ''' marks", "back \\ slash", "tab\there", "é\x07"]
)
def test_any_strategy_comes_back_as_it_was_typed(text: str) -> None:
    made = with_source(PROTOCOL, NewSource("CINAHL", strategy=text), ["medline", "scopus"])
    assert read_protocol(made).sources[-1].strategy == text


def test_the_reports_own_text_is_written_in_the_browser(review: Path, anna: Visitor) -> None:
    form = fields(anna.get("/report/text").text)
    assert "{#rationale}" in form["text"]
    form["text"] = form["text"].replace("{#rationale}\n", "{#rationale}\n\nBecause of *sleep*.\n")
    assert anna.post("/report/text", form).headers["location"] == "/report"
    assert "Because of *sleep*." in (review / "report-text.md").read_text(encoding="utf-8")
    assert anna.post("/report/text", form).status_code == 409  # seen is of the text before
    form = fields(anna.get("/report/text").text)
    form["text"] += "## Odd {#odd}\n\nstray\n"
    told = anna.post("/report/text", form)
    assert told.status_code == 200
    assert "no place" in told.text
    assert "stray" in (review / "report-text.md").read_text(encoding="utf-8")


def test_a_text_outside_the_folder_is_neither_shown_nor_written(
    anna: Visitor, tmp_path: Path
) -> None:
    outside = tmp_path / "secret.md"
    outside.write_text("secret", encoding="utf-8")
    form = fields(anna.get(HERE).text)
    form["text"] += '\n[report]\ntext_file = "../secret.md"\n'
    anna.post(HERE, {**form, "do": "save"})
    shown = anna.get("/report/text")
    assert shown.status_code == 400
    assert "outside the review" in shown.text
    anna.post("/report/text", {"text": "overwritten", "seen": ""})
    assert outside.read_text(encoding="utf-8") == "secret"
    outside.unlink()
    assert anna.get("/report/text").status_code == 400
    assert not outside.exists()


def test_on_a_teams_server_files_are_not_written_from_afar(
    app: FastAPI, review: Path, anna: Visitor
) -> None:
    before = (review / "review.toml").read_bytes()
    app.state.server.local = False
    for path in (HERE, "/protocol/source", "/report/text"):
        assert anna.get(path).status_code in (303, 403)
        assert anna.post(path, {"text": "x", "name": "y"}).status_code in (303, 403)
    assert (review / "review.toml").read_bytes() == before
