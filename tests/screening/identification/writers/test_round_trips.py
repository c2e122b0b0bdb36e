"""What our writers write, our readers read back whole."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.identification.readers import read
from screening.identification.writers import WRITERS, write_jsonl
from screening.records import Fields, Record
from tests.screening.identification.field_strategies import fields

some = st.lists(fields, min_size=1, max_size=4)


def written(references: list[Fields], target: str) -> bytes:
    return b"".join(WRITERS[target](("", each) for each in references))


def read_back(data: bytes) -> list[Fields]:
    reading = read(data, "back")
    records = [record.fields for record in reading.records]
    assert [problem for problem in reading.problems if problem.severity == "error"] == []
    return records


def with_journal(each: Fields) -> Fields:
    return replace(each, journal=each.journal or each.journal_abbreviation)


@pytest.mark.parametrize("target", sorted(WRITERS))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(references=some)
def test_a_round_trip_loses_nothing(target: str, references: list[Fields]) -> None:
    assert read_back(written(references, target)) == [with_journal(each) for each in references]


@settings(max_examples=30, deadline=None)
@given(references=some)
def test_json_lines_are_one_object_a_record_and_come_back(references: list[Fields]) -> None:
    records = [
        Record(
            source_file="a.ris", position=n, format="ris", provider=None, fields=each, raw="TY  - "
        )
        for n, each in enumerate(references, start=1)
    ]
    data = b"".join(write_jsonl(records))
    objects = [json.loads(line) for line in data.decode().split("\n")[:-1]]
    assert objects == [record.as_json() for record in records]
    assert read_back(data) == [with_journal(each) for each in references]


FORMULAS = ["=1+1", "+44", "-5 degrees", "@home", "=HYPERLINK(1)", "'quoted", "'=1", "''-"]


@pytest.mark.parametrize("title", FORMULAS)
@pytest.mark.parametrize("target", ["csv", "xlsx"])
def test_no_cell_is_a_formula_and_none_is_changed(target: str, title: str) -> None:
    data = written([Fields(title=title, year=2020)], target)
    if target == "csv":
        assert not any(
            cell.strip('"')[:1] in ("=", "+", "-", "@")
            for line in data.decode("utf-8-sig").split("\r\n")
            for cell in line.split(",")
        )
    assert read_back(data) == [Fields(title=title, year=2020)]


def test_a_line_of_an_abstract_that_looks_like_a_tag_stays_in_the_abstract() -> None:
    each = Fields(title="Tags", abstract="First.\nTY  - JOUR\nER  - \nAU  - Nobody")
    (back,) = read_back(written([each], "ris"))
    assert back.abstract == "First.\nTY - JOUR\nER -\nAU - Nobody"  # blanks are single in text


def test_keys_of_bibtex_entries_are_unique() -> None:
    same = Fields(title="One", authors=("Smith, Ann",), year=2020)
    text = written([same, same, same], "bib").decode()
    assert [line for line in text.split("\n") if line.startswith("@")] == [
        "@misc{smith2020,",
        "@misc{smith2020a,",
        "@misc{smith2020b,",
    ]


def test_the_letters_behind_equal_keys_of_bibtex_run_on_past_a_key_that_is_taken() -> None:
    names = ["roe2020", "roe2020a", "Roe2020", "roe2020", "roe2020a", "doe"]
    written = b"".join(WRITERS["bib"]((name, Fields(title="One")) for name in names)).decode()
    keys = [line.partition("{")[2].rstrip(",") for line in written.splitlines() if line[:1] == "@"]
    assert keys == ["roe2020", "roe2020a", "Roe2020b", "roe2020c", "roe2020aa", "doe"]


def test_the_same_references_give_the_same_bytes() -> None:
    each = Fields(title="One", authors=("Smith, Ann",), year=2020)
    for target in WRITERS:
        assert written([each], target) == written([each], target)


def test_a_text_longer_than_a_cell_of_excel_is_cut_visibly() -> None:
    each = Fields(title="Long", abstract="word " * 10_000)
    back = read_back(written([each], "xlsx"))[0].abstract
    assert back is not None
    assert back.endswith("[cut here: a cell of Excel holds no more]")
