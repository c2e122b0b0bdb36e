"""Appraising in the terminal: drafts, completion, and nothing of an earlier appraisal lost."""

from pathlib import Path
from unittest.mock import patch

import pytest

from appraisal.scores import Appraisal, Mark
from review.pipeline.appraisal.appraise import all_appraisals
from review.pipeline.appraisal.units import instrument_of
from review.pipeline.project import open_project
from tests.review.running import Ran, small_review, winnow


@pytest.fixture
def included(tmp_path: Path) -> Path:
    review = small_review(tmp_path / "review")
    winnow("load", "--project", review)
    for stage in ("title_abstract", "full_text"):
        winnow(
            "screen", "--reference", "r1", "--verdict", "include", "--stage", stage,
            "--project", review,
        )  # fmt: skip
        winnow("retrieve", "r1", "--retrieved", "--project", review)
    return review


def appraised(review: Path, answers: list[str]) -> Ran:
    given = iter(answers)

    def answer(_question: str, default: str | None = None, **_: object) -> str:
        said = next(given)
        return said or default or ""

    with patch("click.prompt", answer):
        return winnow("appraise", "writer2000", "--project", review)


def test_an_open_score_leaves_a_draft_and_the_second_sitting_completes_it(included: Path) -> None:
    first = ["4", "well told", "3"] + ["3", "", ""] * 6 + ["-", "", ""]
    assert "a draft" in appraised(included, first).out
    second = ["", "", ""] * 7 + ["5", "", ""]
    assert "complete" in appraised(included, second).out
    shown = winnow("appraise", "--project", included).out.splitlines()[1].split()
    assert shown[-10:] == ["4", "3", "3", "3", "3", "3", "3", "5", "27", "68"]


def test_a_score_the_scale_does_not_have_is_asked_for_again(included: Path) -> None:
    answers = ["6", "3.5", "4", "", ""] + ["3", "", ""] * 7
    ran = appraised(included, answers)
    assert "6 is not a score" in ran.err
    assert "complete" in ran.out


def test_points_are_marked_where_the_rater_wants_to_and_no_score_follows(included: Path) -> None:
    with open_project(included) as project:
        first, second, third, *_ = instrument_of(project).descriptors
    marked = ["m", "p", "x", "a", "n", "q"]
    ran = appraised(included, [*marked, "2", "", "", *["3", "", ""] * 7])
    assert "Press p, a, n" in ran.err
    stands = _only_appraisal(included)
    assert stands.marks == {
        first.id: Mark.PRESENT, second.id: Mark.ABSENT, third.id: Mark.NOT_APPLICABLE
    }  # fmt: skip
    assert stands.scores["preliminaries"] == 2

    appraised(included, ["m", "", "-", "q", "", "", "", *["", "", ""] * 7])
    assert _only_appraisal(included).marks == {
        first.id: Mark.PRESENT,
        third.id: Mark.NOT_APPLICABLE,
    }


def _only_appraisal(review: Path) -> Appraisal:
    with open_project(review) as project:
        (appraisal,) = all_appraisals(project)
    return appraisal


def test_a_run_does_not_take_back_an_appraisal_that_was_reopened_since_its_file_was_read(
    included: Path,
) -> None:
    protocol = included / "review.toml"
    text = protocol.read_text(encoding="utf-8")
    protocol.write_text(f'{text}\n[inputs]\nappraisals = "scores.csv"\n', encoding="utf-8")
    appraised(included, ["4", "", ""] * 8)
    scores = included / "scores.csv"
    winnow("appraise", "--export", scores, "--project", included)
    appraised(included, ["5", "", ""] * 8)
    ran = winnow("run", "--amend", "scores in a file", "--project", included)
    assert "0 new appraisals" in ran.out
    assert "writer2000" in ran.err
    assert set(_only_appraisal(included).scores.values()) == {5}
    assert "1 new appraisals" in winnow("appraise", "--import", scores, "--project", included).out
