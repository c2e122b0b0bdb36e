"""`winnow flow --from FILE` audits counts, says what is wrong and draws, with no project."""

import json
from pathlib import Path

import pytest

from review.cli.flow_files import flow_from_file
from screening.problems import WinnowError

PRINTED = """
databases = 1744
duplicates = 671
screened = 1070
records_excluded = 1042
dbr_sought = 28
dbr_assessed = 28
citations = 3
other_sought = 3
other_assessed = 3
reports = 16
"""
CONSISTENT = """
databases = 1333
screened = 1092
dbr_assessed = 34
reports = 6
"""


@pytest.fixture
def counts(tmp_path: Path) -> Path:
    return tmp_path / "counts.toml"


def test_json_is_one_object_of_boxes_and_problems(
    counts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counts.write_text(PRINTED)
    assert flow_from_file(counts, as_json=True) == 1
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"boxes", "problems"}
    assert told["boxes"]["databases"] == 1744
    assert told["boxes"]["automation"] is None
    (problem,) = told["problems"]
    assert set(problem) == {"rule", "severity", "message", "gap", "readings"}
    assert (problem["rule"], problem["severity"], problem["gap"]) == ("I1", "error", -3)
    assert len(problem["readings"]) == 4


def test_consistent_counts_pass_in_silence(
    counts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counts.write_text(CONSISTENT)
    assert flow_from_file(counts) == 0
    out, err = capsys.readouterr()
    assert err == ""
    (duplicates,) = [line for line in out.splitlines() if line.startswith("duplicates")]
    assert duplicates.split()[-2:] == ["241", "derived"]


def test_a_gap_is_told_with_its_readings_on_standard_error(
    counts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counts.write_text(PRINTED)
    flow_from_file(counts)
    err = capsys.readouterr().err.splitlines()
    assert err[0].startswith("error: counts.toml (I1): ")
    assert [line.split(":")[0].strip() for line in err[1:]] == ["perhaps"] * 4


def test_a_warning_alone_does_not_fail(counts: Path) -> None:
    counts.write_text("dbr_assessed = 135\ndbr_excluded = 93\nreports = 42\n")
    assert flow_from_file(counts, as_json=True) == 0


def test_bad_lines_are_told_all_at_once_and_nothing_is_drawn_from_the_rest(
    counts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counts.write_text("databases = 1,744\nscreened = -3\nreprts = 4\nreports = 16\n")
    assert flow_from_file(counts, as_json=True, out=tmp_path / "flow.svg") == 1
    told = json.loads(capsys.readouterr().out)
    assert [problem["rule"] for problem in told["problems"]] == ["I0"] * 3
    assert ["line 1" in problem["message"] for problem in told["problems"]] == [True, False, False]
    assert told["boxes"]["reports"] == 16
    assert told["boxes"]["databases"] is None
    assert not (tmp_path / "flow.svg").exists()


@pytest.mark.parametrize("ending", ["svg", "png", "pdf", "docx", "html"])
def test_the_flow_is_drawn_in_the_format_of_the_file_name(
    counts: Path, tmp_path: Path, ending: str
) -> None:
    counts.write_text(CONSISTENT)
    out = tmp_path / f"flow.{ending}"
    assert flow_from_file(counts, out=out) == 0
    starts = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF", "docx": b"PK", "html": b"<!DOC"}
    assert out.read_bytes().startswith(starts[ending])


@pytest.mark.parametrize("name", ["flow.jpeg", "flow", "no-such-folder/flow.svg"])
def test_a_place_that_cannot_be_drawn_to_is_a_misuse_told_in_a_sentence(
    counts: Path, tmp_path: Path, name: str
) -> None:
    counts.write_text(CONSISTENT)
    with pytest.raises(WinnowError) as raised:
        flow_from_file(counts, out=tmp_path / name)
    assert raised.value.exit_status == 2


def test_a_file_that_is_not_there_is_a_misuse_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WinnowError, match="cannot be read"):
        flow_from_file(tmp_path / "absent.toml")
