from datetime import timedelta
from pathlib import Path

import pytest

from review.pipeline.project import Project, open_project
from review.pipeline.screening.workload import Workload, assign, lift_shares, workload
from review.store import queries
from review.store.queries.ranking import stage_lines
from screening.problems import WinnowError
from tests.review.pipeline.reviews import (
    ABSTRACT,
    EXCLUDE,
    INCLUDE,
    PROTOCOL,
    load,
    paced,
    review,
    said,
    titles,
    voted,
)

SINGLE = PROTOCOL.replace('policy = "dual then adjudicated"', 'policy = "single"')
TWENTY = titles(20)


def queue(project: Project, reviewer: str) -> set[str]:
    with project.ledger.read() as conn:
        return set(queries.queue(conn, ABSTRACT, reviewer, limit=99))


def waiting(work: Workload) -> dict[str, int]:
    return {load.reviewer: load.waiting for load in work.loads}


def test_references_are_shared_out_by_weight_and_each_once_under_the_single_policy(
    tmp_path: Path,
) -> None:
    with review(tmp_path, TWENTY, protocol=SINGLE) as project:
        work = assign(project, "anna", ABSTRACT, {"anna": 60, "ben": 40})
        assert waiting(work) | {"cleo": 0} == {"anna": 12, "ben": 8, "cleo": 0}
        assert queue(project, "anna") | queue(project, "ben") == {f"r{n}" for n in range(1, 21)}
        assert not queue(project, "anna") & queue(project, "ben")


def test_each_reference_goes_to_two_people_under_a_dual_policy(tmp_path: Path) -> None:
    with review(tmp_path, TWENTY) as project:
        assign(project, "anna", ABSTRACT, {"anna": 1, "ben": 1, "cleo": 2})
        given = [queue(project, name) for name in ("anna", "ben", "cleo")]
        for number in range(1, 21):
            assert sum(f"r{number}" in own for own in given) == 2
        assert [len(own) for own in given] == [10, 10, 20]


def test_a_core_reviewer_sees_everything(tmp_path: Path) -> None:
    with review(tmp_path, TWENTY) as project:
        assign(project, "anna", ABSTRACT, {"anna": 1, "ben": 1, "cleo": 1}, core="ben")
        assert len(queue(project, "ben")) == 20
        assert len(queue(project, "anna")) == len(queue(project, "cleo")) == 10


def test_nobody_is_assigned_what_they_have_voted_on_twice_over(tmp_path: Path) -> None:
    with review(tmp_path, titles(4)) as project:
        said(project, "anna", voted("r1"), voted("r2", EXCLUDE))
        assign(project, "anna", ABSTRACT, {"anna": 1, "ben": 1})
        assert queue(project, "anna") == {"r3", "r4"}
        assert queue(project, "ben") == {"r1", "r2", "r3", "r4"}
        (anna, *_) = workload(project, ABSTRACT).loads
        assert (anna.assigned, anna.done, anna.waiting) == (4, 2, 2)


def test_shares_do_not_depend_on_what_was_voted(tmp_path: Path) -> None:
    shares = []
    for verdict in (INCLUDE, EXCLUDE):
        with review(tmp_path / verdict, titles(9)) as project:
            said(project, "ben", voted("r1", verdict), voted("r2", verdict))
            assign(project, "cleo", ABSTRACT, {"anna": 1, "ben": 1, "cleo": 1})
            shares.append([queue(project, name) for name in ("anna", "ben", "cleo")])
    assert shares[0] == shares[1]


def test_what_comes_in_after_the_sharing_is_told_until_it_is_shared_too(tmp_path: Path) -> None:
    everyone = {"anna": 1.0, "ben": 1.0, "cleo": 1.0}
    with review(tmp_path, titles(4), protocol=SINGLE) as project:
        assert assign(project, "anna", ABSTRACT, everyone).unassigned == 0
        load(project, ["A later trial", "A still later trial"], "scopus")
        assert workload(project, ABSTRACT).unassigned == 2
        assert assign(project, "anna", ABSTRACT, everyone).unassigned == 0


def test_lifted_shares_give_everyone_the_whole_queue(tmp_path: Path) -> None:
    with review(tmp_path, titles(4)) as project:
        assign(project, "anna", ABSTRACT, {"anna": 1, "ben": 1})
        lift_shares(project, "anna", ABSTRACT)
        assert len(queue(project, "anna")) == 4
        assert {load.assigned for load in workload(project, ABSTRACT).loads} == {None}


@pytest.mark.parametrize(
    ("shares", "core", "told"),
    [
        ({"ana": 1.0, "ben": 1.0}, None, 'Did you mean "anna"'),
        ({"anna": 0.0, "ben": 1.0}, None, "above zero"),
        ({"anna": 1.0}, None, "too few people"),
        ({"anna": 1.0, "ben": 1.0}, "cleo", "needs a share too"),
    ],
)
def test_shares_that_cannot_be_are_refused_and_nothing_is_written(
    tmp_path: Path, shares: dict[str, float], core: str | None, told: str
) -> None:
    with review(tmp_path, titles(4)) as project:
        with pytest.raises(WinnowError, match=told):
            assign(project, "anna", ABSTRACT, shares, core=core)
        with project.ledger.read() as conn:
            assert not list(queries.events_since(conn, kinds=["assigned"]))


def test_the_hours_before_a_reviewer_follow_from_the_pace_of_single_decisions(
    tmp_path: Path,
) -> None:
    with paced(tmp_path, timedelta(seconds=36)) as ledger, ledger.write("ben", "file") as writer:
        writer.append_many(voted(f"r{number}") for number in range(1, 11))
    with open_project(tmp_path) as project:
        hours = {load.reviewer: load.hours for load in workload(project, ABSTRACT).loads}
    assert hours["anna"] == pytest.approx(30 * 36 / 3600)
    assert hours["ben"] is None
    assert hours["cleo"] is None


def test_a_line_of_a_stage_tells_who_voted_and_not_what(tmp_path: Path) -> None:
    with review(tmp_path, titles(2)) as project:
        said(project, "ben", voted("r1", EXCLUDE))
        said(project, "anna", voted("r1", EXCLUDE))
        with project.ledger.read() as conn:
            lines = list(stage_lines(conn, ABSTRACT))
    assert [(line.key, line.voters) for line in lines] == [("r1", ("anna", "ben")), ("r2", ())]
    assert lines[0].voted("ben")
    assert not lines[1].voted("ben")
