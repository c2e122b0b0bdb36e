"""The decisions add up to the published flow, and each names a record that is there."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from review.protocol import read_protocol
from tests.example.judging import STUDIES, included_keys
from tests.example.make import DATA, TRUTH

PROTOCOL = read_protocol((DATA.parent / "review.toml").read_text(encoding="utf-8"))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def publication_at() -> dict[tuple[str, str], str]:
    return {(row["file"], row["position"]): row["publication"] for row in rows(TRUTH)}


def test_1070_references_are_screened_and_1042_excluded(
    publication_at: dict[tuple[str, str], str],
) -> None:
    screened = rows(DATA / "decisions/title_abstract.csv")
    assert Counter(row["verdict"] for row in screened) == {"exclude": 1042, "include": 28}
    assert len({publication_at[row["file"], row["position"]] for row in screened}) == 1070


def test_31_reports_are_retrieved_and_assessed_and_16_included(
    publication_at: dict[tuple[str, str], str],
) -> None:
    assessed = rows(DATA / "decisions/full_text.csv")
    sought = rows(DATA / "decisions/retrieval.csv")
    assert Counter(row["verdict"] for row in assessed) == {"include": 16, "exclude": 15}
    assert [row["report"] for row in sought] == [row["report"] for row in assessed]
    assert {row["outcome"] for row in sought} == {"retrieved"}
    from_databases = [row for row in assessed if row["file"] != "citation_searching.ris"]
    passed = {
        publication_at[row["file"], row["position"]]
        for row in rows(DATA / "decisions/title_abstract.csv")
        if row["verdict"] == "include"
    }
    assert {publication_at[row["file"], row["position"]] for row in from_databases} == passed
    assert len(assessed) - len(from_databases) == 3


def test_reasons_are_those_of_the_protocol() -> None:
    for stage, plan in (
        ("title_abstract", PROTOCOL.screening.title_abstract),
        ("full_text", PROTOCOL.screening.full_text),
    ):
        known = {reason.id for reason in plan.reasons}
        for row in rows(DATA / f"decisions/{stage}.csv"):
            assert (row["verdict"] == "exclude") == bool(row["reasons"])
            assert set(filter(None, row["reasons"].split(";"))) <= known


def test_five_reports_are_excluded_as_not_psychodynamic_and_two_as_not_in_english() -> None:
    excluded = [
        row for row in rows(DATA / "decisions/full_text.csv") if row["verdict"] == "exclude"
    ]
    assert sum(row["note"].startswith("Primary focus not psychodynamic") for row in excluded) == 5
    assert {row["report"] for row in excluded if row["reasons"] == "language"} == {
        "bark2018",
        "eckert2020",
    }


def test_the_included_reports_are_those_of_14_studies() -> None:
    study_of = {row["report"]: row["study"] for row in rows(DATA / "decisions/links.csv")}
    assert set(study_of) == set(STUDIES["lieberman2005"])
    assert len({study_of.get(key, key) for key in included_keys()}) == 14


def test_the_protocol_names_every_file_and_every_record() -> None:
    inputs = PROTOCOL.inputs
    named = [
        *inputs.duplicates,
        *inputs.decisions,
        *inputs.retrieval,
        *inputs.links,
        *inputs.appraisals,
    ]
    named += [PROTOCOL.report.text_file]
    named += [name for files in inputs.sheets.values() for name in files]
    named += [
        name
        for source in PROTOCOL.sources
        for name in (*source.exports, source.strategy_file)
        if name
    ]
    assert [name for name in named if not (DATA.parent / name).is_file()] == []
    assert sum(source.reported or 0 for source in PROTOCOL.sources) == 1741
    reports = {row["report"] for row in rows(DATA / "decisions/full_text.csv")}
    excepted = {e.report for criterion in PROTOCOL.criteria for e in criterion.exceptions}
    assert {*PROTOCOL.known.reports, *excepted} <= reports
