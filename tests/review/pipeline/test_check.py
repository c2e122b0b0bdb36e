"""Every rule over the ledger is one that `winnow check` really asks."""

from dataclasses import replace
from pathlib import Path

import pytest

from review.pipeline.flow.flow import current_flow
from review.pipeline.identification.members import database_sizes, members, surplus
from review.pipeline.project import open_project
from review.pipeline.synthesis import report as reporting
from review.pipeline.synthesis.quoted import stated
from screening.flow.agreement import check_merges
from screening.flow.counting import MergeRow
from synthesis.sentences import number
from tests.review.one_report import one_report


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "review"


def test_duplicates_are_the_surplus_of_the_merged_groups(folder: Path) -> None:
    review = one_report(folder)
    with open_project(review.folder) as project, project.ledger.read() as conn:
        groups = members(conn)
        flow = current_flow(project)
    assert check_merges(flow, database_sizes(groups.values())) == []
    away = list(surplus(groups.values(), MergeRow(lane="dbr", late=False, n=1)))
    assert len(away) == flow.duplicates == 1
    wrong = flow.model_copy(update={"duplicates": 2})
    assert [each.rule for each in check_merges(wrong, database_sizes(groups.values()))] == ["I1b"]


def test_wording_that_speaks_of_another_unit_is_told(folder: Path) -> None:
    review = one_report(folder, '\n[flow.labels]\nscreened = "Studies screened"\n')
    (told,) = [message for message in review.found() if "speaks of" in message]
    assert "Studies screened" in told


def test_a_tick_without_a_quote_and_a_lost_parent_are_told(folder: Path) -> None:
    review = one_report(folder)
    review.enter("themes", {"id": "t1", "name": "Trust"})
    review.enter("presence", {"theme": "t1", "report": "writer2000"})
    assert any("No quote shows this theme" in message for message in review.found())


def test_more_events_than_people_are_told(folder: Path) -> None:
    review = one_report(folder, '\n[domains]\nsleep = { label = "Sleep" }\n')
    row: dict[str, object] = {
        "report": "writer2000",
        "domain": "sleep",
        "outcome": "Waking",
        "arm": "a",
        "n": 10,
        "events": 12,
    }
    review.enter("results", row)
    found = review.found()
    assert any("12 events in 10 participants cannot be" in message for message in found)
    assert any("not on the sheet of arms" in message for message in found)


def test_a_score_below_what_the_protocol_keeps_is_told(folder: Path) -> None:
    review = one_report(folder, "\n[appraisal]\nexclude_below = 50\n")
    review.score("anna", 1)
    assert any("the protocol excludes below 50%" in message for message in review.found())


def test_a_consensus_on_scores_that_were_changed_since_is_told(folder: Path) -> None:
    review = one_report(folder, "\n[appraisal]\nraters = 2\n")
    review.score("anna", 3)
    review.score("ben", 4)
    review.score("consensus", 3)
    assert not any("changed since" in message for message in review.found())
    review.score("anna", 2)
    assert any("changed since" in message for message in review.found())


def test_text_and_tables_quote_the_numbers_of_the_flow(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = one_report(folder)
    rules = [message for message in review.found() if "In the text" in message]
    assert rules == []
    made = reporting.table_inputs

    def drifted(project: object) -> object:
        inputs = made(project)  # type: ignore[arg-type]
        return replace(inputs, flow=inputs.flow.model_copy(update={"databases": 6}))

    monkeypatch.setattr(reporting, "table_inputs", drifted)
    assert any('In the text, "Databases": 6' in message for message in review.found())


@pytest.mark.parametrize("n", [0, 1, 9, 10, 21, 300, 999, 1070, 123_456])
def test_a_number_in_words_or_figures_is_read_back(n: int) -> None:
    assert stated(f"{number(n)} records") == n
    assert stated(f"{number(n, start=True).capitalize()} records") == n


def test_words_without_a_number_state_none() -> None:
    assert stated("Not known") is None
    assert stated("Nobody") is None
    assert stated("no records") == 0
