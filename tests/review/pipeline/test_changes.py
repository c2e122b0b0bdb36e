import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from review.pipeline.changes import Changes, changes_since
from review.pipeline.flow.flow import current_flow
from review.pipeline.project import Project, open_project
from review.store.events import Adjudicated, ProtocolAdopted, Retrieved
from screening.records import Verdict
from tests.review.pipeline.reviews import (
    ABSTRACT,
    EXCLUDE,
    FULL_TEXT,
    INCLUDE,
    PROTOCOL,
    load,
    review,
    said,
    titles,
    voted,
)
from tests.review.running import winnow

SINGLE = PROTOCOL.replace('policy = "dual then adjudicated"', 'policy = "single"')
UPDATE = SINGLE.replace(
    "[[criteria]]",
    'updates = "the review of 2019"\nprevious = { studies = 7, reports = 9 }\n\n[[criteria]]',
    1,
)


def counted(found: Changes) -> dict[str, int]:
    return {each.what: each.number for each in found.changes}


def before_and_after(folder: Path, protocol: str = SINGLE) -> datetime:
    """Screen a first search, and return the moment after it."""
    with review(folder, titles(4), protocol=protocol) as project:
        said(project, "anna", voted("r1"), voted("r2", EXCLUDE))
    return datetime.now(UTC)


def test_what_was_said_before_the_day_is_left_out(tmp_path: Path) -> None:
    day = before_and_after(tmp_path)
    with open_project(tmp_path) as project:
        said(project, "anna", voted("r3"), voted("r4", EXCLUDE))
        load(project, ["A later trial"], "scopus")
        since, ever = (changes_since(project, moment) for moment in (day, datetime(2000, 1, 1)))  # noqa: DTZ001 - taken as UTC
    assert counted(since)["verdicts given or changed"] == 2
    assert counted(since)["records loaded from scopus"] == 1
    assert counted(since)["references settled by title and abstract: included"] == 1
    assert counted(ever)["references settled by title and abstract: included"] == 2


def test_nothing_is_told_of_a_time_in_which_nothing_was_said(tmp_path: Path) -> None:
    with review(tmp_path, titles(2)) as project:
        found = changes_since(project, datetime(2999, 1, 1))  # noqa: DTZ001 - taken as UTC
    assert (found.changes, found.included, found.amendments) == ((), (), ())


@pytest.mark.parametrize("verdict", [INCLUDE, EXCLUDE])
def test_totals_tell_nothing_of_what_an_open_vote_says(tmp_path: Path, verdict: Verdict) -> None:
    with review(tmp_path, titles(2)) as project:
        said(project, "ben", voted("r1", verdict))
        found = counted(changes_since(project, datetime(2000, 1, 1)))  # noqa: DTZ001 - taken as UTC
    assert found == {"records loaded from medline": 2, "verdicts given or changed": 1}


def test_newly_included_reports_and_amendments_are_named(tmp_path: Path) -> None:
    day = before_and_after(tmp_path)
    with open_project(tmp_path) as project:
        said(
            project,
            "anna",
            Retrieved(reference="r1", outcome="retrieved"),
            voted("r1", INCLUDE, FULL_TEXT),
            voted("r2", INCLUDE),
            Adjudicated(reference="r2", stage=ABSTRACT, verdict=INCLUDE),
            ProtocolAdopted(text=project.text, sha256="2", reason="fathers were meant too"),
        )
        found = changes_since(project, day)
    assert found.included == ("r1",)
    assert found.amendments == ("fathers were meant too",)
    assert counted(found)["reports retrieved"] == 1


def waiting(project: Project) -> int:
    return current_flow(project).pending.title_abstract


def test_an_update_screens_only_what_is_new_and_carries_the_earlier_studies_in(
    tmp_path: Path,
) -> None:
    with review(tmp_path, titles(4), protocol=UPDATE) as project:
        said(project, "anna", voted("r1"), *(voted(f"r{n}", EXCLUDE) for n in (2, 3, 4)))
        said(project, "anna", Retrieved(reference="r1", outcome="retrieved"))
        said(project, "anna", voted("r1", INCLUDE, FULL_TEXT))
        assert waiting(project) == 0
        load(project, ["A later trial", "A still later trial"], "scopus")
        assert waiting(project) == 2
        boxes = current_flow(project).boxes()
    assert (boxes["previous_studies"], boxes["previous_reports"]) == (7, 9)
    assert (boxes["total_studies"], boxes["total_reports"]) == (8, 10)


def test_the_command_tells_what_changed_since_a_day(tmp_path: Path) -> None:
    before_and_after(tmp_path)
    shown = winnow("status", "--since", "2000-01-01", "--project", tmp_path)
    assert shown.status == 0, shown.err
    assert "2  verdicts given or changed" in shown.out
    none = winnow("status", "--since", "2999-01-01", "--project", tmp_path)
    assert "Nothing has changed since 2999-01-01." in none.out
    told = json.loads(
        winnow("status", "--since", "2000-01-01", "--json", "--project", tmp_path).out
    )
    assert told["since"].startswith("2000-01-01")
