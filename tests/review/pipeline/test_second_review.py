"""The second example review, end to end: another instrument, other fields, indicators and themes."""

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest

from review import resources
from tests.review.running import Ran, winnow

SECOND = Path(__file__).parents[3] / "data" / "second"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    folder = tmp_path_factory.mktemp("second") / "review"
    shutil.copytree(SECOND, folder, ignore=shutil.ignore_patterns("review.db*", "out"))
    ran = winnow("run", "--project", folder)
    assert ran.status == 0, ran.out + ran.err
    return folder, ran


@pytest.fixture(scope="module")
def out(ran: tuple[Path, Ran]) -> Path:
    return ran[0] / "out"


def rows(out: Path, table: str) -> list[dict[str, str]]:
    text = (out / "tables" / f"{table}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_run_ends_without_an_error(ran: tuple[Path, Ran]) -> None:
    assert ran[1].status == 0, ran[1].err
    problems = json.loads((ran[0] / "out" / "problems.json").read_text(encoding="utf-8"))
    assert {each["severity"] for each in problems} <= {"note", "warning"}


def test_four_reports_come_through_the_other_methods(out: Path) -> None:
    boxes = json.loads((out / "flow.json").read_text(encoding="utf-8"))
    assert boxes["other_sources"] == {"Reports handed to the reviewers": 4}
    assert [boxes[name] for name in ("other_sought", "other_assessed", "reports", "studies")] == [
        4
    ] * 4
    assert (boxes["appraised"], boxes["synthesised"]) == (4, 4)


def test_an_instrument_without_a_total_has_none_anywhere(out: Path) -> None:
    scores = rows(out, "checklist")
    assert len(scores) == 4
    assert not {"total", "percent"} & set(scores[0])
    report = (out / "report.html").read_text(encoding="utf-8")
    figures = re.findall(r'<figure id="figure-([\w-]+)">', report)
    assert "heat-table" in figures
    assert "score-totals" not in figures


def test_every_extracted_field_of_the_protocol_has_its_column(out: Path) -> None:
    (first, *_) = rows(out, "extraction")
    assert len(rows(out, "extraction")) == 4
    assert {"country", "setting", "aims", "design", "sample"} <= set(first)


def test_themes_their_quotes_and_indicators_are_tables(out: Path) -> None:
    themes, quotes = rows(out, "themes"), rows(out, "quotes")
    entered = (SECOND / "quotes.csv").read_text(encoding="utf-8-sig").strip().splitlines()
    assert len(quotes) == len(entered) - 1
    assert {each["theme"] for each in quotes} <= {
        each["theme"].strip("\N{EM SPACE}") for each in themes
    }
    assert all(each["place"] for each in quotes)
    assert rows(out, "indicators")


def test_themes_are_drawn_by_report_and_by_participant(out: Path) -> None:
    report = (out / "report.html").read_text(encoding="utf-8")
    assert '<figure id="figure-theme-matrix">' in report
    assert '<figure id="figure-theme-matrix-staffordshireuniversitynd">' in report
    families = re.findall(r"@font-face \{ font-family: '(Winnow [0-9a-f]+)'", report)
    drawn = re.findall(r'<figure id="figure-', report)
    assert len(set(families)) == len(drawn), "each drawing finds its own part of the font"


def test_a_tick_that_no_quote_shows_is_told(out: Path) -> None:
    problems = json.loads((out / "problems.json").read_text(encoding="utf-8"))
    told = [each["message"] for each in problems if each["where"].startswith("presence of C01")]
    assert told
    assert all(message.startswith("No quote shows this theme") for message in told)


def test_its_instrument_is_one_of_ours(ran: tuple[Path, Ran]) -> None:
    text = (ran[0] / "review.toml").read_text(encoding="utf-8")
    (name,) = re.findall(r'^instrument = "(.+?)"', text, re.MULTILINE)
    assert name in resources.instruments()


def test_a_second_run_adds_nothing_and_writes_the_same_bytes(ran: tuple[Path, Ran]) -> None:
    folder, first = ran
    before = {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()}
    again = winnow("run", "--project", folder)
    assert again.status == first.status
    assert {path: path.read_bytes() for path in before} == before
