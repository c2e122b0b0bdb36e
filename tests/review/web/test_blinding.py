"""Nothing that is shown to one reviewer depends on what another's open vote says."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review.pipeline.project import LEDGER_FILE
from review.store.events import Appraised, Decided, Ranked, Retrieved
from review.store.ledger import Ledger
from screening.records import Stage, Verdict
from tests.review.running import TITLES, ris, winnow
from tests.review.web.visiting import DUAL, Visitor, app_of, decided, paths, ready_review

OPEN = ("r3", "r5", "r7", "r8", "r9")
"""References on which only ben votes: his votes there are open, whatever they say."""

AT_FULL_TEXT = ("r10", "r11")
"""Reports that both went on with, of which ben alone assesses the full text."""


def _moment() -> datetime:
    return datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a review in which anna and ben agree, disagree, and have more to do."""
    folder = ready_review(tmp_path_factory.mktemp("blind") / "review", DUAL)
    more = [
        f"A study of {what}" for what in ("naps", "songs", "walks", "prams", "swings", "cradles")
    ]
    (folder / "exports" / "later.ris").write_text(ris(*TITLES[:1], *more), encoding="utf-8")
    for verb in (("load", folder / "exports" / "later.ris", "--source", "scopus"), ("dedupe",)):
        assert winnow(*verb, "--project", folder, "--as", "anna").status < 2
    for person in ("anna", "ben"):
        decided(folder, person, "r1", "include")
        decided(folder, person, "r10", "include")
        decided(folder, person, "r11", "unsure")
    decided(folder, "anna", "r2", "include")
    decided(folder, "ben", "r2", "exclude")
    with Ledger.open(folder / LEDGER_FILE) as ledger, ledger.write("cleo", "cli") as writer:
        for key in AT_FULL_TEXT:
            writer.append(Retrieved(reference=key, outcome="retrieved"))
    return folder


@st.composite
def open_votes(draw: st.DrawFn) -> list[Decided]:
    """Draw what ben says of each of the same references, in the same order."""
    votes = []
    for key in (*OPEN, *AT_FULL_TEXT):
        stage = Stage.FULL_TEXT if key in AT_FULL_TEXT else Stage.TITLE_ABSTRACT
        verdict = draw(st.sampled_from(list(Verdict)))
        note = draw(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20))
        reasons = ("population",) if verdict is Verdict.EXCLUDE else ()
        votes.append(
            Decided(reference=key, stage=stage, verdict=verdict, reasons=reasons, note=note)
        )
    return votes


def _with_votes(base: Path, folder: Path, votes: list[Decided]) -> Path:
    """Return a copy of the review in which ben has voted, all at one moment."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base, folder)
    likely = [vote.reference for vote in votes if vote.verdict is Verdict.INCLUDE]
    order = tuple(sorted(OPEN, key=lambda key: key not in likely))
    with (
        Ledger.open(folder / LEDGER_FILE, clock=_moment) as ledger,
        ledger.write("ben", "web") as writer,
    ):
        writer.append_many(votes)
        writer.append(
            Ranked(
                stage=Stage.TITLE_ABSTRACT,
                reviewer="ben",
                model="svm",
                seed=1,
                labels=len(votes),
                order=order,
            )
        )
        writer.append(
            Appraised(
                unit="r1",
                instrument="ccat",
                instrument_version="1.4",
                scores={"introduction": len(likely) % 6},
                complete=False,
            )
        )
    return folder


_BINARY = (".docx", ".xlsx", ".pdf", ".png", ".zip")
"""Files that say what the same file says as text, which is compared."""

_SLOW = ("/tables/file", "/report/", "/flow/file", "/assets")


def _walk(
    app: FastAPI, name: str, *, passing_over: tuple[str, ...] = ()
) -> Iterator[tuple[str, int, str]]:
    """Yield every page that someone can come to, by links and by guessing addresses."""
    visitor = Visitor(app, name)
    named = {
        "{stage}": ("title_abstract", "full_text"),
        "{reference}": ("r1", "r2", *OPEN, *AT_FULL_TEXT),
    }
    ahead = []
    for path in paths("GET"):
        filled = [path]
        for parameter, values in named.items():
            filled = [each.replace(parameter, value) for each in filled for value in values]
        ahead += [each for each in dict.fromkeys(filled) if "{" not in each and each != "/enter"]
    ahead += [
        f"/screen/title_abstract?order={order}"
        for order in ("ranked", "year", "title", "source", "random")
    ]
    ahead += ["/screen/title_abstract?q=study", "/people/person?name=ben"]
    seen = set(ahead)
    while ahead:
        path = ahead.pop(0)
        if path.endswith(_BINARY) or path.startswith(passing_over):
            continue
        response = visitor.get(path)
        kind = response.headers.get("content-type", "")
        body = response.text if kind.startswith(("text/", "application/json")) else ""
        body = body.replace(visitor.session.csrf, "TOKEN")
        yield path, response.status_code, body
        if not kind.startswith("text/html"):
            continue
        for found in re.findall(r'href="(/[^"#]*)', body):
            link = found.replace("&amp;", "&")
            if link not in seen and not link.startswith(("/static", "/assets")) and len(seen) < 400:
                seen.add(link)
                ahead.append(link)


@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=open_votes(), second=open_votes())
def test_no_page_depends_on_what_anothers_open_votes_say(
    base: Path, tmp_path: Path, first: list[Decided], second: list[Decided]
) -> None:
    answers = []
    for votes in (first, second):
        app = app_of(_with_votes(base, tmp_path / "review", votes))
        answers.append(_answers(app, "anna", passing_over=_SLOW))
    _same(*answers)


def test_no_file_depends_on_what_anothers_open_votes_say(base: Path, tmp_path: Path) -> None:
    answers = []
    for verdict in (Verdict.INCLUDE, Verdict.EXCLUDE):
        votes = [
            Decided(reference=key, stage=stage, verdict=verdict, reasons=reasons)
            for keys, stage in ((OPEN, Stage.TITLE_ABSTRACT), (AT_FULL_TEXT, Stage.FULL_TEXT))
            for key in keys
            for reasons in [("population",) if verdict is Verdict.EXCLUDE else ()]
        ]
        app = app_of(_with_votes(base, tmp_path / "review", votes))
        answers.append(_answers(app, "anna"))
    assert any(path.startswith("/tables/file") for path in answers[0])
    _same(*answers)


def _answers(
    app: FastAPI, name: str, *, passing_over: tuple[str, ...] = ()
) -> dict[str, tuple[int, str]]:
    found = _walk(app, name, passing_over=passing_over)
    answers = {path: (status, body) for path, status, body in found}
    app.state.server.close()
    return answers


def _same(one: dict[str, tuple[int, str]], other: dict[str, tuple[int, str]]) -> None:
    assert one.keys() == other.keys()
    for path, answer in one.items():
        assert answer == other[path], path


def test_the_walk_comes_to_every_page_and_would_notice(base: Path, tmp_path: Path) -> None:
    note = "a note that ben alone may read"
    vote = Decided(reference="r5", stage=Stage.TITLE_ABSTRACT, verdict=Verdict.EXCLUDE, note=note)
    app = app_of(_with_votes(base, tmp_path / "review", [vote]))
    of_anna = {path: body for path, _, body in _walk(app, "anna", passing_over=_SLOW)}
    of_ben = {path: body for path, _, body in _walk(app, "ben", passing_over=_SLOW)}
    app.state.server.close()
    assert not [path for path, body in of_anna.items() if note in body]
    assert {"/log", "/screen/title_abstract/mine", "/screen/title_abstract/r5"} <= {
        path for path, body in of_ben.items() if note in body
    }
    for wanted in ("/", "/conflicts", "/log", "/people", "/conflicts/title_abstract/r2"):
        assert wanted in of_anna


def test_what_was_said_shows_once_both_have_spoken(base: Path, tmp_path: Path) -> None:
    note = "a note for the open"
    vote = Decided(reference="r5", stage=Stage.TITLE_ABSTRACT, verdict=Verdict.EXCLUDE, note=note)
    folder = _with_votes(base, tmp_path / "review", [vote])
    app = app_of(folder)
    anna = Visitor(app, "anna")
    assert anna.get("/conflicts/title_abstract/r5").status_code == 404
    sent = anna.post("/screen/title_abstract", {"reference": "r5", "verdict": "include"})
    assert sent.status_code == 303
    assert note in anna.get("/conflicts/title_abstract/r5").text
    assert note in anna.get("/log").text
    app.state.server.close()
