"""Every mistake a user can make ends in sentences, an honest status, and nothing half written."""

import csv
import sqlite3
from pathlib import Path

import pytest

from tests.review.running import PROTOCOL, small_review, winnow


@pytest.fixture
def review(tmp_path: Path) -> Path:
    return small_review(tmp_path / "review")


@pytest.fixture
def included(review: Path) -> Path:
    """A review in which one report is included and may be appraised."""
    assert winnow("load", "--project", review).status == 0
    assert winnow("dedupe", "--project", review).status == 0
    for stage in ("title_abstract", "full_text"):
        done = winnow(
            "screen", "--reference", "r1", "--verdict", "include", "--stage", stage,
            "--project", review,
        )  # fmt: skip
        assert done.status == 0, done.err
        winnow("retrieve", "r1", "--retrieved", "--project", review)
    return review


def events(review: Path) -> int:
    with sqlite3.connect(review / "review.db") as ledger:
        return int(ledger.execute("SELECT count(*) FROM event").fetchone()[0])


def fill_scores(sheet: Path, scores: list[str]) -> None:
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        header, row = list(csv.reader(file))[:2]
    row[2:11] = ["anna", *scores]
    with sheet.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, row])


def test_without_a_review_the_user_is_told_how_to_start_one(tmp_path: Path) -> None:
    ran = winnow("status", "--project", tmp_path)
    assert ran.status == 2
    assert "there is no review.toml here" in ran.err
    assert "winnow init" in ran.err


def test_an_unknown_verb_suggests_the_nearest() -> None:
    ran = winnow("scren")
    assert ran.status == 2
    assert 'Did you mean "winnow screen"?' in ran.err


def test_mistakes_in_the_protocol_are_told_with_their_lines(review: Path) -> None:
    (review / "review.toml").write_text(PROTOCOL.replace("platform", "platfrom"), encoding="utf-8")
    ran = winnow("run", "--project", review)
    assert ran.status == 1
    assert "review.toml, line 10" in ran.err
    assert 'Did you mean "platform"?' in ran.err
    assert not (review / "review.db").exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (
            b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>login</body></html>",
            "page",
        ),
        (bytes(range(256)) * 40, "medline.ris"),
    ],
)
def test_a_file_without_records_is_named_and_leaves_nothing(
    review: Path, content: bytes, told: str
) -> None:
    (review / "exports" / "medline.ris").write_bytes(content)
    ran = winnow("load", "--project", review)
    assert ran.status in (1, 2)
    assert "medline.ris" in ran.err
    assert told in ran.err
    with sqlite3.connect(review / "review.db") as ledger:
        loads = ledger.execute("SELECT name FROM load").fetchall()
    assert loads == [("scopus.ris",)]


def test_an_export_that_is_not_there_is_named_with_its_place(review: Path) -> None:
    (review / "exports" / "scopus.ris").unlink()
    ran = winnow("run", "--project", review)
    assert ran.status == 1
    assert 'the export "exports/scopus.ris" of the source "scopus" is not there' in ran.err


def test_a_sheet_that_names_unknown_references_changes_nothing(review: Path) -> None:
    assert winnow("load", "--project", review).status == 0
    before = events(review)
    sheet = review / "decisions.csv"
    sheet.write_text(
        "reference,file,position,verdict\nr1,,,include\nr99,,,include\n,medline.ris,77,exclude\n"
        ",medlin.ris,1,exclude\n",
        encoding="utf-8",
    )
    ran = winnow("screen", "--import", sheet, "--project", review)
    assert ran.status == 1
    assert 'decisions.csv, row 3: "r99" is no reference of this review' in ran.err
    assert "medline.ris has no record 77" in ran.err
    assert 'Did you mean "medline.ris"?' in ran.err
    assert events(review) == before


def test_a_verdict_nobody_knows_is_named_by_its_cell(review: Path) -> None:
    assert winnow("load", "--project", review).status == 0
    sheet = review / "decisions.csv"
    sheet.write_text("reference,verdict\nr1,perhaps not\n", encoding="utf-8")
    ran = winnow("screen", "--import", sheet, "--project", review)
    assert ran.status == 1
    assert 'decisions.csv, cell B2: "perhaps not" is no verdict' in ran.err


def test_excluding_at_full_text_needs_a_reason(included: Path) -> None:
    ran = winnow(
        "screen", "--reference", "r1", "--verdict", "exclude", "--stage", "full_text",
        "--project", included,
    )  # fmt: skip
    assert ran.status == 2
    assert "needs a reason: population" in ran.err


@pytest.mark.parametrize("score", ["6", "3.5", "-1", "good"])
def test_a_score_the_instrument_does_not_take_is_named_by_its_cell(
    included: Path, score: str
) -> None:
    before = events(included)
    sheet = included / "scores.csv"
    winnow("appraise", "--export", sheet, "--project", included)
    fill_scores(sheet, ["4", "4", score, *["4"] * 5])
    ran = winnow("appraise", "--import", sheet, "--project", included)
    assert ran.status == 1
    assert "cell F2" in ran.err
    assert f"{score} is not a score" in ran.err
    assert events(included) == before


def test_an_empty_score_is_open_and_never_zero(included: Path) -> None:
    sheet = included / "scores.csv"
    winnow("appraise", "--export", sheet, "--project", included)
    fill_scores(sheet, [*["4"] * 7, ""])
    assert winnow("appraise", "--import", sheet, "--project", included).status == 0
    shown = winnow("appraise", "--project", included).out
    assert "0" not in shown.splitlines()[1].split()


def test_a_ledger_of_a_newer_version_is_refused(review: Path) -> None:
    assert winnow("status", "--project", review).status == 0
    with sqlite3.connect(review / "review.db") as ledger:
        ledger.execute("UPDATE alembic_version SET version_num = '9999'")
    ran = winnow("status", "--project", review)
    assert ran.status == 2
    assert "newer version" in ran.err


def test_a_file_that_is_no_ledger_is_refused(review: Path) -> None:
    (review / "review.db").write_bytes(b"this is a diary and no database\n" * 40)
    ran = winnow("status", "--project", review)
    assert ran.status == 2
    assert "review.db" in ran.err


def test_an_amendment_without_a_reason_is_refused_and_with_one_recorded(included: Path) -> None:
    protocol = included / "review.toml"
    protocol.write_text(PROTOCOL.replace("Infants", "Infants and toddlers"), encoding="utf-8")
    ran = winnow("run", "--project", included)
    assert ran.status == 1
    assert "it has changed since screening began (criteria)" in ran.err
    ran = winnow("run", "--amend", "toddlers were meant too", "--project", included)
    assert ran.status == 0
    shown = winnow("tables", "--format", "csv", "--out", included / "t", "--project", included)
    assert shown.status == 0
    assert "toddlers were meant too" in (included / "t" / "amendments.csv").read_text("utf-8")


def test_a_new_column_title_is_no_amendment(included: Path) -> None:
    protocol = included / "review.toml"
    protocol.write_text(PROTOCOL + '\n[tables.ccat]\ntitle = "Scores"\n', encoding="utf-8")
    assert winnow("run", "--project", included).status == 0


def test_who_speaks_must_be_known(review: Path) -> None:
    ran = winnow("run", "--as", "ana", "--project", review)
    assert ran.status == 2
    assert 'Did you mean "anna"?' in ran.err
