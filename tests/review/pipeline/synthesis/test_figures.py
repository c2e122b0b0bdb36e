"""A figure is drawn where there is something to show in it, and nowhere else."""

from pathlib import Path

from review.pipeline.project import open_project
from review.pipeline.synthesis.figures import drawings
from review.pipeline.synthesis.gather import table_inputs
from review.pipeline.synthesis.pictures import pictures, plotly_json
from tests.review.one_report import OneReport, one_report
from tests.review.running import PROTOCOL, small_review, winnow

DESIGNS = """
[domains]
sleep = { label = "Sleep" }
[extraction]
fields = [{ id = "design", label = "Design", type = "choice", choices = ["Trial", "Cohort"] }]
"""
FINDING: dict[str, object] = {
    "report": "writer2000",
    "number": 1,
    "domain": "sleep",
    "outcome": "Waking",
    "direction": "better",
}


def drawn(review: OneReport) -> set[str]:
    with open_project(review.folder) as project:
        return {each.id for each in drawings(project, table_inputs(project))}


def test_a_harvest_plot_needs_designs_that_are_ranked(tmp_path: Path) -> None:
    ranked = DESIGNS.replace("[extraction]\n", '[extraction]\ndesign_field = "design"\n')
    review = one_report(tmp_path / "ranked", ranked)
    review.enter("findings", FINDING)
    assert "effect-direction" in drawn(review)
    assert "harvest" not in drawn(review)
    review.run("extract", "writer2000", "design", "Trial")
    assert "harvest" in drawn(review)


def test_findings_by_an_extracted_field_are_a_table_a_figure_and_a_part_of_the_page(
    tmp_path: Path,
) -> None:
    grouping = '[synthesis]\ngroup_by = ["design", "appraisal"]\n'
    review = one_report(tmp_path / "grouped", DESIGNS + grouping)
    review.enter("findings", FINDING)
    review.run("extract", "writer2000", "design", "Trial")
    assert {"effect-direction-by-design", "effect-direction-by-appraisal"} <= drawn(review)
    review.run("tables", "--format", "csv", "--out", review.folder / "made")
    table = (review.folder / "made" / "groups_design.csv").read_text(encoding="utf-8-sig")
    assert table.splitlines()[1] == 'Sleep,Trial,1,"Writer, 2000"'
    with open_project(review.folder) as project:
        assert {"effect-direction", "effect-direction-by-design"} <= {
            each.id for each in pictures(project, "effect-direction") if each.explorable
        }
        assert "Trial: Writer, 2000" in (plotly_json(project, "effect-direction-by-design") or "")
        assert "Trial" not in (plotly_json(project, "effect-direction") or "")


def test_a_grouping_by_what_is_no_field_is_named_with_its_line(tmp_path: Path) -> None:
    wrong = PROTOCOL + DESIGNS + '[synthesis]\ngroup_by = [\n  "desing",\n]\n'
    folder = small_review(tmp_path / "wrong", wrong)
    ran = winnow("status", "--project", folder)
    assert ran.status == 1
    line = 1 + (folder / "review.toml").read_text(encoding="utf-8").splitlines().index(
        '  "desing",'
    )
    assert f"line {line}" in ran.err
    assert "design" in ran.err


def test_stopping_is_drawn_once_screening_was_stopped_and_no_more_when_it_goes_on(
    tmp_path: Path,
) -> None:
    review = one_report(tmp_path / "stopped")
    assert "stopping" not in drawn(review)
    review.run("stop", "--record", "--reason", "time is up")
    assert "stopping" in drawn(review)
    review.run("stop", "--resume")
    assert "stopping" not in drawn(review)


def test_the_overlap_of_sources_is_drawn_where_there_are_two(tmp_path: Path) -> None:
    assert "overlap" in drawn(one_report(tmp_path / "two"))


def test_reports_of_one_study_lend_it_a_name_and_no_mean_of_scores(tmp_path: Path) -> None:
    review = one_report(tmp_path / "linked")
    for stage in ("title_abstract", "full_text"):
        review.run("screen", "--reference", "r2", "--verdict", "include", "--stage", stage)
    review.run("link", "trial", "writer2000", "writer2001")
    review.score("anna", 3)
    with open_project(review.folder) as project:
        inputs = table_inputs(project)
        assert inputs.study_labels["trial"] == "Writer, 2000"
        assert inputs.scores_by_study()["trial"].unit == "writer2000"
    review.score("anna", 4, unit="writer2001")
    with open_project(review.folder) as project:
        assert "trial" not in table_inputs(project).scores_by_study()
