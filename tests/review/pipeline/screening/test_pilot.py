from pathlib import Path

import pytest

from review.pipeline.project import Project
from review.pipeline.screening.pilot import PilotRound, draw, rounds, waiting_in
from screening.problems import WinnowError
from screening.records import Verdict
from tests.review.pipeline.reviews import (
    ABSTRACT,
    EXCLUDE,
    INCLUDE,
    PROTOCOL,
    review,
    said,
    titles,
    voted,
)

PILOT = """
[screening.pilot]
size = 4
statistic = "agreed"
threshold = 0.75
"""
PEOPLE = ("anna", "ben", "cleo")


def vote_all(project: Project, held: PilotRound, *, cleo: Verdict) -> None:
    for name in PEOPLE:
        verdict = cleo if name == "cleo" else INCLUDE
        said(project, name, *(voted(key, verdict) for key in held.references))


def test_a_round_is_the_same_for_everyone_and_stays_open_until_all_have_voted(
    tmp_path: Path,
) -> None:
    with review(tmp_path, titles(12), protocol=PROTOCOL + PILOT) as project:
        first = draw(project, "anna", ABSTRACT)
        assert len(first.references) == 4
        assert draw(project, "ben", ABSTRACT) == first
        said(project, "anna", *(voted(key) for key in first.references))
        assert waiting_in(project, first, "anna") == []
        assert waiting_in(project, first, "ben") == list(first.references)
        (held,) = rounds(project, ABSTRACT)
        assert held.waiting == {"anna": 0, "ben": 4, "cleo": 4}
        assert held.passed is None


def test_agreement_of_a_round_is_told_only_when_everyone_has_voted(tmp_path: Path) -> None:
    with review(tmp_path, titles(12), protocol=PROTOCOL + PILOT) as project:
        first = draw(project, "anna", ABSTRACT)
        for name in PEOPLE[:2]:
            said(project, name, *(voted(key) for key in first.references))
        assert rounds(project, ABSTRACT)[0].pairs == ()
        said(project, "cleo", *(voted(key) for key in first.references))
        (held,) = rounds(project, ABSTRACT)
        assert [pair.statistics.references for pair in held.pairs] == [4, 4, 4]


def test_rounds_are_repeated_with_other_references_until_the_threshold_is_met(
    tmp_path: Path,
) -> None:
    with review(tmp_path, titles(12), protocol=PROTOCOL + PILOT) as project:
        first = draw(project, "anna", ABSTRACT)
        vote_all(project, first, cleo=EXCLUDE)
        assert rounds(project, ABSTRACT)[0].passed is False
        second = draw(project, "anna", ABSTRACT, 3)
        assert (second.number, len(second.references)) == (2, 3)
        assert not set(second.references) & set(first.references)
        vote_all(project, second, cleo=INCLUDE)
        assert rounds(project, ABSTRACT)[1].passed is True
        with pytest.raises(WinnowError, match="no further round is needed"):
            draw(project, "anna", ABSTRACT)


def test_one_pair_below_the_threshold_is_enough_to_repeat(tmp_path: Path) -> None:
    with review(tmp_path, titles(12), protocol=PROTOCOL + PILOT) as project:
        first = draw(project, "anna", ABSTRACT)
        vote_all(project, first, cleo=EXCLUDE)
        (held,) = rounds(project, ABSTRACT)
        assert [pair.statistics.agreed for pair in held.pairs] == [1, 0, 0]
        assert held.passed is False


def test_a_pilot_draws_from_what_nobody_has_voted_on(tmp_path: Path) -> None:
    with review(tmp_path, titles(4), protocol=PROTOCOL + PILOT) as project:
        said(project, "ben", voted("r1"), voted("r2"))
        assert set(draw(project, "anna", ABSTRACT).references) == {"r3", "r4"}


def test_a_pilot_needs_two_reviewers(tmp_path: Path) -> None:
    protocol = '[review]\ntitle = "T"\nquestion = "Q"\nreviewers = ["anna"]\n'
    with (
        review(tmp_path, titles(4), protocol=protocol) as project,
        pytest.raises(WinnowError, match="one alone"),
    ):
        draw(project, "anna", ABSTRACT)
