"""The worked example, run whole as `make demo` runs it, against what its source published."""

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.review.running import winnow

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "tests" / "golden" / "ccat_published.csv"


@pytest.fixture(scope="module")
def review(worked_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example") / "review"
    return Path(shutil.copytree(worked_example, folder))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def boxes(review: Path) -> dict[str, Any]:
    counted: dict[str, Any] = json.loads((review / "out" / "flow.json").read_text(encoding="utf-8"))
    return counted


def test_the_flow_is_the_published_one_in_one_consistent_reading(review: Path) -> None:
    counted = boxes(review)
    expected = {
        "databases": 1741,
        "citations": 3,
        "duplicates": 671,
        "screened": 1070,
        "records_excluded": 1042,
        "dbr_sought": 28,
        "dbr_assessed": 28,
        "other_sought": 3,
        "other_assessed": 3,
        "reports": 16,
        "studies": 14,
    }
    assert {name: counted[name] for name in expected} == expected
    excluded = sum(counted["dbr_excluded_reasons"].values())
    assert excluded + sum(counted["other_excluded_reasons"].values()) == 15


def test_nothing_is_provisional_and_no_rule_is_broken(review: Path) -> None:
    problems = json.loads((review / "out" / "problems.json").read_text(encoding="utf-8"))
    assert not [problem for problem in problems if problem["severity"] == "error"]
    ran = winnow("flow", "--json", "--project", review)
    assert json.loads(ran.out)["problems"] == []
    assert ran.status == 0


def test_most_duplicates_go_by_the_rules_and_a_person_settles_the_few_others(review: Path) -> None:
    report = re.sub(r"<[^>]+>", "", (review / "out" / "report.html").read_text(encoding="utf-8"))
    assert "671" in report
    settled = rows(review / "data" / "decisions" / "duplicates.csv")
    merged = [row for row in settled if row["decision"] == "merge"]
    assert 0 < len(merged) < 20


def test_the_scores_equal_the_published_matrix_in_every_cell(review: Path) -> None:
    ours = [list(row.values())[1:] for row in rows(review / "out" / "tables" / "ccat.csv")]
    published = [list(row.values())[1:] for row in rows(PUBLISHED)]
    assert len(published) == 16
    assert sorted(ours) == sorted(published)


def test_the_table_of_scores_has_the_columns_of_the_interface(review: Path) -> None:
    (first, *_) = rows(review / "out" / "tables" / "ccat.csv")
    assert list(first) == [
        "study",
        "preliminaries",
        "introduction",
        "design",
        "sampling",
        "data collection",
        "ethical matters",
        "results",
        "discussion",
        "total",
        "percent",
    ]


@pytest.mark.parametrize(
    ("group", "number"), [("parent", 18), ("infant", 14), ("parent_infant", 18)]
)
def test_the_measures_have_their_published_rows(review: Path, group: str, number: int) -> None:
    measures = rows(review / "out" / "tables" / f"measures_{group}.csv")
    assert len(measures) == number
    assert list(measures[0]) == ["measure", "measuring", "validity and reliability", "studies"]


def test_the_extraction_table_has_the_six_published_columns(review: Path) -> None:
    table = (review / "out" / "tables" / "tables.html").read_text(encoding="utf-8")
    for heading in ("Author &amp; year", "Country &amp; Setting", "Aims", "CCAT Score"):
        assert heading in table
    assert len(rows(review / "out" / "tables" / "extraction.csv")[0]) == 6
    assert len(rows(review / "out" / "tables" / "extraction.csv")) == 16


def test_every_file_of_the_results_is_there(review: Path) -> None:
    out = review / "out"
    named = ["flow.svg", "flow.html", "flow.json", "report.html", "report.docx", "problems.json"]
    named += ["tables/tables.docx", "tables/tables.html"]
    assert not [name for name in named if not (out / name).stat().st_size]


def test_the_diagram_says_what_the_flow_counts(review: Path) -> None:
    drawn = (review / "out" / "flow.svg").read_text(encoding="utf-8")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", drawn)).replace("\u00a0", " ")
    counted = boxes(review)
    for name in ("databases", "duplicates", "screened", "records_excluded", "reports", "studies"):
        assert f"(n = {counted[name]})" in text


def test_running_again_adds_nothing_and_writes_the_same_bytes(review: Path, tmp_path: Path) -> None:
    shutil.copytree(review / "out", tmp_path / "before")
    ran = winnow("run", "--project", review)
    assert ran.status == 0
    assert re.findall(r"(\d+) new", ran.out) == ["0"] * len(re.findall(r"(\d+) new", ran.out))
    for path in sorted((tmp_path / "before").rglob("*.*")):
        again = review / "out" / path.relative_to(tmp_path / "before")
        assert again.read_bytes() == path.read_bytes(), path.name


def test_the_ledger_rebuilt_from_its_beginning_is_the_ledger(review: Path) -> None:
    ran = winnow("check", "--rebuild", "--project", review)
    assert "every count is what it says" in ran.out
