"""Appraisals in the ledger: what a file does not speak of stays, and a wrong file changes nothing."""

from pathlib import Path

import pytest

from appraisal.scores import Appraisal, Basis, Mark
from review.pipeline.appraisal.appraise import (
    all_appraisals,
    appraisal_sheets,
    import_appraisals,
    save_appraisal,
    settled_scores,
)
from review.pipeline.appraisal.units import instrument_of, unit_keys, units
from review.pipeline.project import Project, open_project
from review.pipeline.synthesis.agreements import agreement_of_raters
from review.pipeline.synthesis.gather import table_inputs
from screening.grid import Grid
from screening.problems import WinnowError
from tests.review.one_report import OneReport, one_report
from tests.review.running import winnow

UNIT = "writer2000"
TWO = "[appraisal]\nraters = 2\n"


def appraised(project: Project, rater: str, points: int, *, complete: bool = True) -> Appraisal:
    instrument = instrument_of(project)
    made = Appraisal(
        unit=UNIT,
        instrument=instrument.id,
        instrument_version=instrument.version,
        rater=rater,
        scores={category.id: points for category in instrument.categories},
        marks={instrument.descriptors[0].id: Mark.ABSENT},
        notes={"design": "well told"},
        pages={"design": "3"},
        complete=complete,
    )
    save_appraisal(project, made)
    return made


def csv_of(project: Project, *rows: tuple[object, ...]) -> Grid:
    names = [category.id for category in instrument_of(project).categories]
    return Grid("scores", (("unit", "rater", *names, "complete"), *rows))


def test_a_file_without_marks_notes_and_pages_leaves_those_that_stand(tmp_path: Path) -> None:
    review = one_report(tmp_path / "review")
    with open_project(review.folder) as project:
        made = appraised(project, "anna", 3)
        assert (
            import_appraisals(project, [csv_of(project, (UNIT, "anna", *[3] * 8, "yes"))], "anna")
            == 0
        )
        file = csv_of(project, (UNIT, "anna", 4, *[3] * 7, "yes"))
        assert import_appraisals(project, [file], "anna") == 1
        (stands,) = all_appraisals(project)
        assert stands.scores["preliminaries"] == 4
        assert (stands.marks, stands.notes, stands.pages) == (made.marks, made.notes, made.pages)


def test_out_and_in_again_changes_nothing_and_a_changed_note_on_a_consensus_counts(
    tmp_path: Path,
) -> None:
    review = one_report(tmp_path / "review", TWO)
    with open_project(review.folder) as project:
        appraised(project, "anna", 3)
        appraised(project, "ben", 4)
        agreed = csv_of(project, (UNIT, "consensus", *[4] * 8, ""))
        assert import_appraisals(project, [agreed], "anna") == 1
        out = appraisal_sheets(project)
        assert import_appraisals(project, out, "anna") == 0
        assert appraisal_sheets(project) == out
        scores, marks = out
        place = scores.rows[0].index("Design note")
        rows = [list(row) for row in scores.rows]
        line = next(row for row in rows if "consensus" in row)
        line[place] = "talked over"
        changed = Grid(scores.sheet, tuple(map(tuple, rows)))
        assert import_appraisals(project, [changed, marks], "anna") == 1


def test_a_file_whose_consensus_comes_too_early_changes_nothing(tmp_path: Path) -> None:
    review = one_report(tmp_path / "review", TWO)
    with open_project(review.folder) as project:
        early = csv_of(project, (UNIT, "anna", *[3] * 8, "yes"), (UNIT, "consensus", *[3] * 8, ""))
        with pytest.raises(WinnowError, match="1 of 2 raters"):
            import_appraisals(project, [early], "anna")
        assert all_appraisals(project) == []
        both = csv_of(
            project,
            (UNIT, "anna", *[3] * 8, "yes"),
            (UNIT, "ben", *[4] * 8, "yes"),
            (UNIT, "consensus", *[3] * 8, ""),
        )
        assert import_appraisals(project, [both], "anna") == 3
        assert settled_scores(project)[0].basis is Basis.CONSENSUS


def test_scores_of_another_instrument_never_stand_for_the_one_named_now(tmp_path: Path) -> None:
    review = one_report(tmp_path / "review", TWO)
    with open_project(review.folder) as project:
        appraised(project, "anna", 3)
        appraised(project, "ben", 4)
        agreed = csv_of(project, (UNIT, "consensus", *[4] * 8, ""))
        import_appraisals(project, [agreed], "anna")
    text = (review.folder / "review.toml").read_text(encoding="utf-8")
    other = text.replace("raters = 2", 'raters = 2\ninstrument = "checklist-1.0"')
    (review.folder / "review.toml").write_text(other, encoding="utf-8")
    amended = winnow("run", "--amend", "another tool", "--as", "anna", "--project", review.folder)
    assert "another tool" not in amended.err
    with open_project(review.folder) as project:
        (row,) = settled_scores(project)
        assert row.basis is Basis.NOT_SETTLED
        assert not any(row.scores.values())
    found = review.found()
    assert any("made with ccat" in message for message in found)
    assert any("nobody has appraised it yet" in message for message in found)
    assert "No two raters" in review.run("agreement", "--raters")


def test_agreement_and_its_plot_wait_until_nobody_is_to_be_kept_from_the_scores(
    tmp_path: Path,
) -> None:
    review = one_report(tmp_path / "review", "[appraisal]\nraters = 3\n")
    with open_project(review.folder) as project:
        appraised(project, "anna", 3)
        appraised(project, "ben", 4)
        assert agreement_of_raters(project) is None
        appraised(project, "cleo", 4, complete=False)
        assert table_inputs(project).rater_agreement is None
        appraised(project, "cleo", 4)
        found = agreement_of_raters(project)
        assert found is not None
        assert found.units == (UNIT,)
        assert len(found.bland_altman) == 3


@pytest.fixture
def two_raters(tmp_path: Path) -> OneReport:
    review = one_report(tmp_path / "review", TWO)
    with open_project(review.folder) as project:
        appraised(project, "anna", 3)
        appraised(project, "ben", 4)
    return review


def test_the_bland_altman_plot_is_drawn_from_the_command_line(two_raters: OneReport) -> None:
    two_raters.run("agreement", "--raters", "--out", two_raters.folder / "apart.svg")
    assert "anna minus ben" in (two_raters.folder / "apart.svg").read_text(encoding="utf-8")
    two_raters.run("appraise", "--agreement", "--out", two_raters.folder / "apart.png")
    assert (two_raters.folder / "apart.png").read_bytes().startswith(b"\x89PNG")
    wrong = winnow("agreement", "--raters", "--out", "x.pdf", "--project", two_raters.folder)
    assert wrong.status == 2
    assert "as .svg or .png" in wrong.err


def test_another_form_of_the_correlation_is_named_in_full_where_it_is_asked_for(
    two_raters: OneReport,
) -> None:
    assert "ICC(A,1), two-way" in two_raters.run("agreement", "--raters")
    assert "ICC(C,1), two-way mixed" in two_raters.run("agreement", "--raters", "--icc", "ICC(C,1)")
    text = (two_raters.folder / "review.toml").read_text(encoding="utf-8")
    asked = text.replace("raters = 2", 'raters = 2\nicc = "ICC(A,k)"')
    (two_raters.folder / "review.toml").write_text(asked, encoding="utf-8")
    assert "ICC(A,k), two-way" in two_raters.run("agreement", "--raters")


def test_what_waits_for_appraisal_is_told_without_labels_as_with_them(tmp_path: Path) -> None:
    review = one_report(tmp_path / "review")
    with open_project(review.folder) as project:
        assert set(unit_keys(project)) == set(units(project)) == {UNIT}


def test_a_rater_called_by_a_number_is_taken_for_a_shifted_score_unless_known(
    tmp_path: Path,
) -> None:
    review = one_report(tmp_path / "review")
    with open_project(review.folder) as project:
        shifted = csv_of(project, (UNIT, "6", *[3] * 8, "yes"), (UNIT, "3.5", *[3] * 8, "yes"))
        with pytest.raises(WinnowError) as told:
            import_appraisals(project, [shifted], "anna")
        assert [problem.where for problem in told.value.problems] == [
            shifted.place(row, 1) for row in (1, 2)
        ]
        assert "6 is not a rater's name" in told.value.problems[0].message
        assert not all_appraisals(project)
        appraised(project, "6", 3)
        known = csv_of(project, (UNIT, "6", 4, *[3] * 7, "yes"))
        assert import_appraisals(project, [known], "anna") == 1
