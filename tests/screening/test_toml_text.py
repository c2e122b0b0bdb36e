import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError

from screening.problems import WinnowError
from screening.toml_text import parse, validation_problems


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")

    platform: str
    hits: int = 0


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str
    sources: list[Inner] = []


def test_every_key_keeps_its_line_through_arrays_of_tables_and_inline_tables() -> None:
    document = parse(
        'a = 1\n[[s]]\nid = "x"\n[[s]]\nid = "y"\nlimits = { date = "none" }\nl = [\n  "one",\n  "two",\n]\n',
        "review.toml",
    )
    assert document.line(("a",)) == 1
    assert document.line(("s", 0, "id")) == 3
    assert document.line(("s", 1, "id")) == 5
    assert document.line(("s", 1, "limits", "date")) == 6
    assert document.line(("s", 1, "l", 1)) == 9


def test_an_unwritten_key_is_placed_at_its_nearest_written_ancestor() -> None:
    document = parse('x = 1\n[review]\ntitle = "t"\n', "review.toml")
    assert document.where(("review", "question")) == "review.toml, line 2"


def test_all_syntax_mistakes_are_told_at_once_with_their_lines() -> None:
    with pytest.raises(WinnowError) as told:
        parse('title = “curly”\ngood = 1\nbad = = 2\nother = "x\n', "review.toml")
    places = [problem.where for problem in told.value.problems]
    assert "review.toml, line 1" in places
    assert "review.toml, line 3" in places
    assert "straight quotation marks" in told.value.problems[0].message


def test_a_key_written_twice_is_a_mistake() -> None:
    with pytest.raises(WinnowError, match="line 2"):
        parse("a = 1\na = 2\n", "review.toml")


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_known_one() -> None:
    document = parse(
        'title = "t"\n[[sources]]\nplatfrom = "PubMed"\nhits = "many"\n', "review.toml"
    )
    with pytest.raises(ValidationError) as mistakes:
        Outer.model_validate(document.data)
    problems = validation_problems(mistakes.value, document, Outer)
    told = {(problem.where, problem.message.split(".")[0]) for problem in problems}
    assert ("review.toml, line 3", '"platfrom" is not a key in [sources]') in told
    assert any('Did you mean "platform"?' in problem.message for problem in problems)
    assert any(problem.where == "review.toml, line 4" for problem in problems)
    assert any('"platform" is missing' in problem.message for problem in problems)


@given(st.text(max_size=200))
def test_any_text_is_either_read_or_refused_with_sentences(text: str) -> None:
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(WinnowError) as refused:
            parse(text, "x.toml")
        assert refused.value.problems
    else:
        assert parse(text, "x.toml").data == expected
