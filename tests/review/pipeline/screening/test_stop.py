import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from review.pipeline.flow.flow import current_flow
from review.pipeline.project import Project
from review.pipeline.screening.rank import rank_queue
from review.pipeline.screening.stop import resume, stop_early, stop_statement, stopping_display
from review.pipeline.synthesis.report import report_inputs
from review.store.events import PilotDrawn
from screening.problems import WinnowError
from tests.review.pipeline.reviews import (
    ABSTRACT,
    EXCLUDE,
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
KNOWN = f'{SINGLE}\n[known]\nreports = ["10.1000/medline1", "10.1000/nowhere"]\n'


def screened(project: Project, upto: int, relevant: int) -> None:
    said(
        project,
        "anna",
        *(voted(f"r{n}", INCLUDE if n <= relevant else EXCLUDE) for n in range(1, upto + 1)),
    )


def test_reports_known_before_screening_are_left_out_of_the_test(tmp_path: Path) -> None:
    with review(tmp_path, titles(20), protocol=KNOWN) as project:
        screened(project, 10, relevant=3)
        test = stopping_display(project).test
    assert (test.total, test.screened, test.found) == (19, 9, 2)


def test_rules_of_thumb_are_apart_from_the_test_and_promise_nothing(tmp_path: Path) -> None:
    with review(tmp_path, titles(20), protocol=KNOWN) as project:
        screened(project, 10, relevant=3)
        said(project, "anna", PilotDrawn(stage=ABSTRACT, round=1, references=("r2", "r4")))
        rules = {rule.id: rule for rule in stopping_display(project).heuristics}
        values = stopping_display(project).as_json()
    assert all("promises no recall" in rule.caution for rule in rules.values())
    assert (rules["safe-known"].value, rules["safe-known"].threshold) == (1, 2)
    assert rules["safe-twice"].threshold == 19  # half of the pilot's references were relevant
    assert {"heuristics", "curve", "frontier", "p_value"} <= set(values)


def test_an_early_stop_keeps_its_statistics_and_what_is_unscreened(tmp_path: Path) -> None:
    with review(tmp_path, titles(20), protocol=SINGLE) as project:
        screened(project, 15, relevant=3)
        found = stop_early(project, "anna", "recall is high enough.")
        assert current_flow(project).unscreened == 5
        statement = stop_statement(project)
        assert "left 5 references unscreened, because: recall is high enough. By then" in statement
        assert f"p = {found.p_value:.3f}" in statement
        resume(project, "anna")
        assert stop_statement(project) == ""
        assert current_flow(project).unscreened == 0


def test_what_a_later_search_brings_is_screened_although_screening_had_stopped(
    tmp_path: Path,
) -> None:
    with review(tmp_path, titles(20), protocol=SINGLE) as project:
        screened(project, 15, relevant=3)
        stop_early(project, "anna", "enough")
        load(project, ["A later trial"], "scopus")
        flow = current_flow(project)
    assert (flow.unscreened, flow.pending.title_abstract) == (5, 1)


def test_an_early_stop_waits_for_double_screening(tmp_path: Path) -> None:
    with review(tmp_path, titles(4)) as project:
        said(project, "anna", voted("r1"))
        with pytest.raises(WinnowError, match="1 references wait for their second reviewer"):
            stop_early(project, "anna", "enough")


def test_there_is_nothing_to_stop_before_when_all_is_screened(tmp_path: Path) -> None:
    with review(tmp_path, titles(4), protocol=SINGLE) as project:
        screened(project, 4, relevant=1)
        with pytest.raises(WinnowError, match="every reference is screened"):
            stop_early(project, "anna", "enough")


def test_the_command_shows_draws_and_records_nothing_by_itself(tmp_path: Path) -> None:
    with review(tmp_path, titles(20), protocol=SINGLE) as project:
        screened(project, 15, relevant=3)
    figure = tmp_path / "stop.svg"
    ran = winnow("stop", "--out", figure, "--project", tmp_path)
    assert ran.status == 0, ran.err
    assert "Rules of thumb, which promise no recall" in ran.out
    assert ET.fromstring(figure.read_text("utf-8")).tag.endswith("svg")  # noqa: S314 - our own
    shown = json.loads(winnow("flow", "--json", "--project", tmp_path).out)
    assert shown["boxes"]["unscreened"] == 0


def test_order_and_early_stop_stand_in_the_methods(tmp_path: Path) -> None:
    protocol = f"{SINGLE}\n[ranking]\nrandom_share = 0.1\nseed = 7\n"
    with review(tmp_path, titles(20), protocol=protocol) as project:
        order = rank_queue(project, "anna")
        screened(project, 15, relevant=3)
        stop_early(project, "anna", "recall is high enough")
        inputs, _ = report_inputs(project)
    first, second = inputs.screened
    assert "left 5 references unscreened" in first.stopped
    assert f"({order.model}, seed 7). 10% of the places" in first.order
    assert (second.order, second.stopped) == ("", "")
