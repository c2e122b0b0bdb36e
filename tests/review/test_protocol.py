from pathlib import Path

import pytest

from review.protocol import read_protocol
from screening.problems import WinnowError

ROOT = Path(__file__).parents[2]
SMALLEST = '[review]\ntitle = "t"\nquestion = "q"\nreviewers = ["anna"]\n'


def told(text: str) -> list[str]:
    with pytest.raises(WinnowError) as mistakes:
        read_protocol(text)
    assert mistakes.value.exit_status == 1
    return [str(problem) for problem in mistakes.value.problems]


def test_the_worked_example_is_a_protocol() -> None:
    protocol = read_protocol((ROOT / "review.toml").read_text(encoding="utf-8"))
    assert len([source for source in protocol.sources if source.kind == "database"]) == 8
    assert [criterion.id for criterion in protocol.criteria] == [
        "population",
        "intervention",
        "design",
        "language",
    ]


def test_a_title_a_question_and_a_reviewer_are_enough() -> None:
    assert read_protocol(SMALLEST).review.title == "t"


def test_every_mistake_is_told_at_once_with_its_line_and_a_suggestion() -> None:
    lines = told(
        '[review]\ntitel = "t"\nquestion = "q"\nreviewers = ["anna"]\n'
        '[[sources]]\nid = "m"\nname = "MEDLINE"\nkind = "databse"\n'
        "[screening.title_abstrct]\n"
    )
    text = "\n".join(lines)
    assert 'review.toml, line 2: "titel" is not a key in [review]. Did you mean "title"?' in text
    assert 'the key "title" is missing in [review]' in text
    assert 'line 8: kind = "databse" is not one of' in text
    assert 'Did you mean "database"?' in text
    assert 'Did you mean "title_abstract"?' in text


def test_a_reason_that_is_no_criterion_is_a_mistake() -> None:
    (line,) = told(
        SMALLEST
        + '[[criteria]]\nid = "population"\n[screening.full_text]\nreasons = ["popultion"]\n'
    )
    assert "line 8" in line
    assert 'Did you mean "population"?' in line


def test_a_reason_defined_where_it_is_listed_needs_no_criterion() -> None:
    text = '[screening.full_text]\nreasons = [{ id = "none", label = "No outcomes" }]\n'
    assert read_protocol(SMALLEST + text).screening.full_text.reasons[0].label == "No outcomes"


def test_two_sources_of_one_id_are_a_mistake() -> None:
    source = '[[sources]]\nid = "m"\nname = "M"\nkind = "database"\n'
    (line,) = told(SMALLEST + source * 2)
    assert 'line 10: two [[sources]] have the id "m"' in line


def test_a_dual_policy_needs_two_reviewers() -> None:
    (line,) = told(SMALLEST + '[screening.title_abstract]\npolicy = "dual"\n')
    assert "needs 2 reviewers" in line


def test_who_screens_must_be_a_reviewer_of_the_review() -> None:
    (line,) = told(SMALLEST + '[screening.title_abstract]\nreviewers = ["ana"]\n')
    assert 'Did you mean "anna"?' in line


def test_a_source_has_its_strategy_as_text_or_as_a_file_and_not_both() -> None:
    (line,) = told(
        SMALLEST
        + '[[sources]]\nid = "m"\nname = "M"\nkind = "database"\nstrategy = "a"\nstrategy_file = "b"\n'
    )
    assert "line 10" in line
    assert "Keep one" in line


def test_an_updated_review_states_what_it_carries_over() -> None:
    (line,) = told(SMALLEST + 'updates = "Smith 2015"\n')
    assert "previous = { studies = N, reports = N }" in line


@pytest.mark.parametrize("date", ["2022", "2022-04", "2022-04-12"])
def test_a_search_date_is_as_precise_as_is_known(date: str) -> None:
    source = f'[[sources]]\nid = "m"\nname = "M"\nkind = "database"\nsearched = "{date}"\n'
    assert read_protocol(SMALLEST + source).sources[0].searched == date


@pytest.mark.parametrize("date", ["April 2022", "2022-13", "12.4.2022"])
def test_a_search_date_of_another_form_is_a_mistake(date: str) -> None:
    source = f'[[sources]]\nid = "m"\nname = "M"\nkind = "database"\nsearched = "{date}"\n'
    assert "write a day 2022-04-12" in told(SMALLEST + source)[0]
