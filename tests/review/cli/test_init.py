"""The review.toml that `winnow init` writes: what it offers is right once the # is taken away."""

import re
import tomllib
from pathlib import Path

import pytest

from appraisal.checks import check_section
from review.pipeline.appraisal.units import instrument_of
from review.pipeline.project import open_project
from screening.problems import Severity
from tests.review.running import winnow


@pytest.fixture
def review(tmp_path: Path) -> Path:
    folder = tmp_path / "review"
    given = ("--title", "A title", "--question", "Does it?", "--reviewer", "anna")
    assert winnow("init", folder, *given, "--source", "MEDLINE").status == 0
    return folder


def test_every_line_the_protocol_offers_is_right_once_it_is_taken_out_of_its_remark(
    review: Path,
) -> None:
    protocol = review / "review.toml"
    text = protocol.read_text(encoding="utf-8")
    before, after = text.split("[appraisal]", 1)
    offered = re.sub(r"^# (?=\[|\w+ = )", "", after, flags=re.MULTILINE)
    protocol.write_text(f"{before}[appraisal]{offered}", encoding="utf-8")
    fields = [each["id"] for each in tomllib.loads(protocol.read_text())["extraction"]["fields"]]
    assert {"funding", "conflicts"} <= set(fields)
    with open_project(review) as project:
        section = project.protocol.appraisal
        assert section.calibration.notes
        problems = check_section(instrument_of(project), section, section.calibration.units)
    assert [each for each in problems if each.severity is Severity.ERROR] == []
