"""The stages over the ledger, proved on a small review as its users would meet them."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.review.running import PROTOCOL, TITLES, ris, small_review, winnow

DUAL = PROTOCOL.replace('reviewers = ["anna"]', 'reviewers = ["anna", "ben", "cleo"]').replace(
    "[screening.full_text]",
    '[screening.title_abstract]\nreviewers = ["anna", "ben"]\npolicy = "dual then adjudicated"\n'
    "[screening.full_text]",
)


@pytest.fixture
def review(tmp_path: Path) -> Path:
    return small_review(tmp_path / "review")


@pytest.fixture
def ready(review: Path) -> Path:
    assert winnow("load", "--project", review).status == 0
    assert winnow("dedupe", "--project", review).status == 0
    return review


def boxes(review: Path) -> dict[str, Any]:
    ran = winnow("flow", "--json", "--project", review)
    counted: dict[str, Any] = json.loads(ran.out)["boxes"]
    return counted


def decide(review: Path, key: str, verdict: str, *more: str, stage: str = "title_abstract") -> int:
    ran = winnow(
        "screen", "--reference", key, "--verdict", verdict, "--stage", stage, *more,
        "--project", review,
    )  # fmt: skip
    return ran.status


def test_loading_the_same_files_again_adds_nothing(review: Path) -> None:
    assert "5 records loaded" in winnow("load", "--project", review).out
    again = winnow("load", "--project", review)
    assert again.status == 0
    assert "0 records loaded" in again.out
    assert boxes(review)["databases"] == 5


def test_a_retracted_load_leaves_every_count_and_can_be_loaded_again(review: Path) -> None:
    loads = json.loads(winnow("load", "--json", "--project", review).out)
    assert [load["records"] for load in loads] == [3, 2]
    traced = json.loads(winnow("trace", "scopus", "--json", "--project", review).out)
    load = next(event["id"] for event in traced["events"] if event["kind"] == "load_started")
    assert winnow("load", "--retract", load, "--project", review).status == 2
    ran = winnow("load", "--retract", load, "--reason", "wrong file", "--project", review)
    assert ran.status == 0, ran.err
    assert boxes(review)["databases"] == 3
    assert winnow("load", "--project", review).status == 0
    assert boxes(review)["databases"] == 5


def test_a_reported_number_that_differs_from_what_was_loaded_is_told(review: Path) -> None:
    text = PROTOCOL.replace('platform = "Ovid"', 'platform = "Ovid"\nreported = 4')
    (review / "review.toml").write_text(text, encoding="utf-8")
    ran = winnow("load", "--project", review)
    assert ran.status == 1
    assert "MEDLINE (Ovid) reported 4 results and 3 records were loaded" in ran.err


def test_a_record_found_twice_is_one_reference(ready: Path) -> None:
    counted = boxes(ready)
    assert (counted["databases"], counted["duplicates"]) == (5, 1)


def test_deduplicating_again_adds_nothing(ready: Path) -> None:
    before = json.loads(winnow("trace", "r1", "--json", "--project", ready).out)["events"]
    assert winnow("dedupe", "--project", ready).status == 0
    after = json.loads(winnow("trace", "r1", "--json", "--project", ready).out)["events"]
    assert before == after


def test_what_a_person_keeps_apart_is_not_merged_again(ready: Path) -> None:
    assert (
        winnow("dedupe", "--split", "r4", "--reason", "another trial", "--project", ready).status
        == 0
    )
    assert boxes(ready)["duplicates"] == 0
    winnow("dedupe", "--project", ready)
    assert boxes(ready)["duplicates"] == 0


def test_a_change_of_mind_is_a_new_row_and_only_the_last_word_counts(ready: Path) -> None:
    decide(ready, "r1", "exclude")
    decide(ready, "r1", "include")
    counted = boxes(ready)
    assert (counted["dbr_sought"], counted["records_excluded"]) == (1, 0)
    events = json.loads(winnow("trace", "r1", "--json", "--project", ready).out)["events"]
    assert [event["verdict"] for event in events if event["kind"] == "decided"] == [
        "exclude",
        "include",
    ]


def test_a_report_that_is_sought_gets_a_key_that_stays(ready: Path) -> None:
    decide(ready, "r2", "include")
    shown = winnow("retrieve", "--project", ready).out
    assert "writer2001" in shown
    assert (
        winnow("retrieve", "writer2001", "--missing", "nobody has it", "--project", ready).status
        == 0
    )
    assert boxes(ready)["dbr_not_retrieved"] == 1


def test_two_reviewers_who_differ_are_a_conflict_that_a_third_settles(tmp_path: Path) -> None:
    review = small_review(tmp_path / "review", DUAL)
    winnow("load", "--as", "anna", "--project", review)
    winnow("dedupe", "--as", "anna", "--project", review)
    decide(review, "r1", "include", "--as", "anna")
    assert boxes(review)["dbr_sought"] == 0
    decide(review, "r1", "exclude", "--as", "ben")
    status = json.loads(winnow("status", "--json", "--project", review).out)
    assert "conflicts to settle" in [each["what"] for each in status["waiting"]]
    ran = winnow(
        "screen", "--reference", "r1", "--verdict", "include", "--conflicts", "--as", "cleo",
        "--project", review,
    )  # fmt: skip
    assert ran.status == 0, ran.err
    assert boxes(review)["dbr_sought"] == 1
    (pair,) = json.loads(winnow("agreement", "--json", "--project", review).out)
    assert pair["statistics"]["references"] == 1
    assert pair["statistics"]["agreed"] == 0


def test_whoever_is_part_of_a_conflict_does_not_settle_it(tmp_path: Path) -> None:
    review = small_review(tmp_path / "review", DUAL)
    winnow("load", "--as", "anna", "--project", review)
    decide(review, "r1", "include", "--as", "anna")
    decide(review, "r1", "exclude", "--as", "ben")
    ran = winnow(
        "screen", "--reference", "r1", "--verdict", "include", "--conflicts", "--as", "ben",
        "--project", review,
    )  # fmt: skip
    assert ran.status == 2
    assert "ben is one of those who differ" in ran.err


def test_settling_what_is_no_conflict_is_refused(ready: Path) -> None:
    ran = winnow(
        "screen", "--reference", "r1", "--verdict", "include", "--conflicts", "--project", ready
    )
    assert ran.status == 2
    assert "there is no conflict" in ran.err


def test_a_decision_sheet_goes_out_is_filled_and_comes_in_once(ready: Path) -> None:
    sheet = ready / "decisions.csv"
    winnow("screen", "--export", sheet, "--project", ready)
    text = sheet.read_text(encoding="utf-8-sig")
    header = text.splitlines()[0].split(",")
    sheet.write_text(text.replace(",anna,", ",anna,exclude"), encoding="utf-8")
    assert header[-3:] == ["Verdict", "Reasons", "Note"]
    assert "4 new decisions" in winnow("screen", "--import", sheet, "--project", ready).out
    assert "0 new decisions" in winnow("screen", "--import", sheet, "--project", ready).out
    assert boxes(ready)["records_excluded"] == 4


def test_a_record_added_by_hand_is_of_its_source_and_can_be_a_duplicate(ready: Path) -> None:
    text = PROTOCOL + '[[sources]]\nid = "lists"\nname = "Lists"\nkind = "citation_searching"\n'
    (ready / "review.toml").write_text(text, encoding="utf-8")
    ran = winnow(
        "add", "--source", "lists", "--title", TITLES[1], "--author", "Writer, B.", "--year", "2001",
        "--journal", "Journal of Trials", "--volume", "2", "--pages", "11-19", "--project", ready,
    )  # fmt: skip
    assert ran.status == 0, ran.err
    assert boxes(ready)["citations"] == 1
    winnow("dedupe", "--project", ready)
    counted = boxes(ready)
    assert counted["duplicates"] == 1, "a report of both lanes counts in the database lane"
    assert counted["other_sought"] == 0


def test_stopping_early_needs_a_reason_and_counts_what_is_unscreened(ready: Path) -> None:
    decide(ready, "r1", "include")
    assert winnow("stop", "--record", "--project", ready).status == 2
    ran = winnow("stop", "--record", "--reason", "time is up", "--project", ready)
    assert ran.status == 0, ran.err
    counted = boxes(ready)
    assert (counted["screened"], counted["unscreened"]) == (1, 3)
    assert winnow("stop", "--resume", "--project", ready).status == 0
    assert boxes(ready)["unscreened"] == 0


def test_a_ranked_order_is_kept_and_screened_in(ready: Path) -> None:
    decide(ready, "r1", "include")
    ranked = json.loads(winnow("rank", "--json", "--project", ready).out)
    assert set(ranked["order"]) == {"r2", "r3", "r5"}
    assert ranked["labels"] == 1


def test_the_archive_holds_every_file_byte_for_byte(ready: Path) -> None:
    import zipfile  # noqa: PLC0415 - for this rule alone

    assert winnow("export", "--archive", ready / "all.zip", "--project", ready).status == 0
    with zipfile.ZipFile(ready / "all.zip") as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("medline.ris")]
        assert archive.read(name) == (ready / "exports" / "medline.ris").read_bytes()


@pytest.mark.parametrize("ending", ["ris", "bib", "csv", "json", "xlsx"])
def test_references_are_exported_in_the_format_their_file_names(ready: Path, ending: str) -> None:
    target = ready / f"all.{ending}"
    ran = winnow("export", target, "--stage", "all", "--project", ready)
    assert ran.status == 0, ran.err
    assert "4 references" in ran.out
    assert target.stat().st_size > 0


def test_a_new_search_adds_only_what_is_new(ready: Path) -> None:
    for key in ("r1", "r2", "r3", "r5"):
        decide(ready, key, "exclude")
    later = ris(*TITLES, "A later trial of singing to infants in groups")
    (ready / "exports" / "scopus2.ris").write_text(later, encoding="utf-8")
    ran = winnow(
        "load", ready / "exports" / "scopus2.ris", "--source", "scopus", "--project", ready
    )
    assert ran.status == 0, ran.err
    winnow("dedupe", "--project", ready)
    status = json.loads(winnow("status", "--json", "--project", ready).out)
    (waiting,) = [w for w in status["waiting"] if "screen by title" in w["what"]]
    assert waiting["number"] == 1
