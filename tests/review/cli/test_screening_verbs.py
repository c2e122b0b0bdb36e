"""Screening, agreement and workload as their users meet them in the terminal."""

import io
import json
from pathlib import Path

import pytest

from review.pipeline.project import open_project
from review.store import queries
from tests.review.pipeline.reviews import (
    ABSTRACT,
    EXCLUDE,
    FULL_TEXT,
    INCLUDE,
    PROTOCOL,
    UNSURE,
    review,
    said,
    titles,
    voted,
)
from tests.review.running import Ran, winnow

REASONS = PROTOCOL + '\n[screening.full_text]\npolicy = "dual"\nreasons = ["population"]\n'


def sit(monkeypatch: pytest.MonkeyPatch, keys: str, *arguments: object) -> Ran:
    """Sit before the terminal and press some keys, each followed by Enter."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{key}\n" for key in keys)))
    return winnow("screen", *arguments)


def test_the_order_is_the_protocol_s_unless_another_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with review(tmp_path, titles(6), protocol=f'{PROTOCOL}\n[ranking]\norder = "date"\n'):
        pass
    ran = sit(monkeypatch, "eq", "--as", "anna", "--project", tmp_path)
    assert ran.status == 0, ran.err
    assert "1 decided" in ran.out
    ran = sit(monkeypatch, "q", "--order", "title", "--as", "anna", "--project", tmp_path)
    assert "attachment psychotherapy" in ran.out


def test_screening_in_ranked_order_begins_at_once_and_tells_the_desk_of_each_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        "review.pipeline.screening.ranking_process.RankingDesk.note_decision",
        lambda _desk, reviewer: told.append(reviewer),
    )
    with review(tmp_path, titles(6)):
        pass
    ran = sit(monkeypatch, "ieq", "--order", "ranked", "--as", "anna", "--project", tmp_path)
    assert ran.status == 0, ran.err
    assert "2 decided" in ran.out
    assert told == ["anna"] * 3


def test_a_pilot_round_is_drawn_screened_and_compared_with_the_threshold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = PROTOCOL.replace(
        'reviewers = ["anna", "ben", "cleo"]\npolicy', 'reviewers = ["anna", "ben"]\npolicy'
    )
    with review(tmp_path, titles(8), protocol=people):
        pass
    none = winnow("agreement", "--pilot", "--project", tmp_path)
    assert "No pilot round has been drawn yet" in none.out
    ran = sit(monkeypatch, "ie", "--pilot", "2", "--as", "anna", "--project", tmp_path)
    assert ran.status == 0, ran.err
    assert "Pilot round 1: 2 references for everyone." in ran.out
    waiting = winnow("agreement", "--pilot", "--project", tmp_path)
    assert "ben has 2 still to see" in waiting.out
    sit(monkeypatch, "ie", "--pilot", "--as", "ben", "--project", tmp_path)
    shown = winnow("agreement", "--pilot", "--project", tmp_path)
    assert "The threshold (kappa of 0.6 or more) is met." in shown.out
    (held,) = json.loads(winnow("agreement", "--pilot", "--json", "--project", tmp_path).out)
    assert held["passed"] is True


def test_work_is_shared_out_and_lifted_again(tmp_path: Path) -> None:
    with review(tmp_path, titles(10)):
        pass
    ran = winnow(
        "screen", "--assign", "anna=3", "--assign", "ben=1", "--assign", "cleo=1", "--core", "ben",
        "--as", "anna", "--project", tmp_path,
    )  # fmt: skip
    assert ran.status == 0, ran.err
    assert "ben   0  decided  10  to go of a share of 10" in ran.out
    status = json.loads(winnow("status", "--json", "--project", tmp_path).out)
    loads = {load["reviewer"]: load["assigned"] for load in status["workload"][0]["loads"]}
    assert (loads["ben"], loads["anna"] + loads["cleo"]) == (10, 10)
    assert winnow("screen", "--unassign", "--as", "anna", "--project", tmp_path).status == 0
    refused = winnow("screen", "--assign", "anna", "--as", "anna", "--project", tmp_path)
    assert refused.status == 2
    assert "anna=60" in refused.err


def test_agreement_stands_together_with_its_reasons_and_unsure_apart(tmp_path: Path) -> None:
    with review(tmp_path, titles(6), protocol=REASONS) as project:
        for name, verdicts in (
            ("anna", (INCLUDE, EXCLUDE, UNSURE, EXCLUDE)),
            ("ben", (INCLUDE, EXCLUDE, INCLUDE, INCLUDE)),
        ):
            said(project, name, *(voted(f"r{n}", each) for n, each in enumerate(verdicts, 1)))
            said(project, name, voted("r1", EXCLUDE, FULL_TEXT))
        with project.ledger.read() as conn:
            assert len(queries.independent_votes(conn, ABSTRACT)) == 8
    ran = winnow("agreement", "--project", tmp_path)
    assert ran.status == 0, ran.err
    for word in ("Cohen's kappa", "PABAK", "Gwet's AC1", "Krippendorff's alpha", "unsure as a"):
        assert word in ran.out
    assert "population  1  0  1.00  not estimable" in ran.out
    first, second = json.loads(winnow("agreement", "--json", "--project", tmp_path).out)
    assert first["statistics"]["agreed"] == 0.75
    assert first["three_way"]["agreed"] == 0.5
    assert second["reasons"][0]["both"] == 1


def test_a_sheet_to_fill_in_follows_the_order_asked_for(tmp_path: Path) -> None:
    with review(tmp_path, titles(6)):
        pass
    assert winnow("rank", "--as", "anna", "--project", tmp_path).status == 0
    sheet = tmp_path / "sheet.csv"
    ran = winnow("screen", "--export", sheet, "--as", "anna", "--project", tmp_path)
    assert ran.status == 0, ran.err
    rows = sheet.read_text("utf-8-sig").splitlines()[1:]
    assert ["attachment" in row for row in rows] == [True] * 3 + [False] * 3


def test_decisions_inside_an_export_become_those_of_a_named_reviewer(tmp_path: Path) -> None:
    (tmp_path / "review.toml").write_text(
        f'{PROTOCOL}\n[[sources]]\nid = "rayyan"\nname = "Rayyan"\nkind = "database"\n',
        encoding="utf-8",
    )
    notes = (
        'RAYYAN-INCLUSION: {"Ann B"=>"Excluded", "Ben"=>"Included"}'
        " | RAYYAN-EXCLUSION-REASONS: too small"
    )
    export = tmp_path / "rayyan.ris"
    export.write_text(
        f"TY  - JOUR\nTI  - One\nAN  - rayyan-1\nN1  - {notes}\nER  - \n", encoding="utf-8"
    )
    where = ("--project", tmp_path, "--as", "anna")
    winnow("load", export, "--source", "rayyan", *where)
    taken = winnow("screen", "--import", export, "--carried", "ann b", "--json", *where)
    assert (taken.status, json.loads(taken.out)) == (0, {"new": 1}), taken.err
    again = winnow("screen", "--import", export, "--carried", "ann b", "--json", *where)
    assert json.loads(again.out) == {"new": 0}
    with open_project(tmp_path) as project, project.ledger.read() as conn:
        (vote,) = queries.votes(conn, ABSTRACT)
    assert (vote.reviewer, vote.verdict, vote.note) == ("anna", EXCLUDE, "too small")
    refused = winnow("screen", "--import", export, "--carried", *where)
    assert refused.status == 1
    assert "It has those of: Ann B, Ben" in refused.err
