import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthesis.sentences import (
    REPORT,
    STUDY,
    counted,
    in_words,
    number,
    of_all,
    phrase,
    phrases,
    say,
    series,
    verb,
)


@pytest.mark.parametrize(
    ("n", "inside", "first"),
    [
        (0, "zero", "zero"),
        (9, "nine", "nine"),
        (10, "10", "ten"),
        (16, "16", "sixteen"),
        (21, "21", "twenty-one"),
        (999, "999", "nine hundred and ninety-nine"),
        (1070, "1,070", "1,070"),
    ],
)
def test_numbers_below_ten_and_at_the_start_are_words(n: int, inside: str, first: str) -> None:
    assert number(n) == inside
    assert number(n, start=True) == first


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="no count"):
        number(-1)
    with pytest.raises(ValueError, match="not written in words"):
        in_words(1000)


def test_a_count_brings_its_noun_in_the_right_form() -> None:
    words = [counted(n, STUDY).text for n in (0, 1, 2, 1741)]
    assert words == ["no studies", "one study", "two studies", "1,741 studies"]


def test_a_share_names_its_members_and_its_denominator() -> None:
    names = ["Bain, 2014", "Weiner et al., 2009"]
    assert of_all(names, 16, REPORT).text == ("Two of 16 reports (Bain, 2014; Weiner et al., 2009)")
    assert of_all([], 16, REPORT).text == "None of the 16 reports"
    assert of_all(names, 2, REPORT).text == "Both reports (Bain, 2014; Weiner et al., 2009)"
    assert of_all(["A", "B", "C"], 3, REPORT).text == "All three reports (A; B; C)"
    assert of_all(["A"], 1, STUDY).text == "The one study (A)"
    assert of_all([], 1, STUDY).text == "Not the one study"


def test_a_share_larger_than_its_whole_or_with_a_name_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be"):
        of_all(["A", "B"], 1, REPORT)
    with pytest.raises(ValueError, match="different ones"):
        of_all(["A", "A"], 3, REPORT)


@given(st.sets(st.text("abcdef", min_size=1), max_size=15), st.integers(0, 20))
def test_the_count_of_a_share_is_always_that_of_its_names(names: set[str], more: int) -> None:
    whole = len(names) + more
    text = of_all(sorted(names), whole, REPORT).text
    inside = text.partition(" (")[2].removesuffix(")")
    assert len(inside.split("; ") if inside else []) == len(names)
    if 0 < len(names) < whole:
        assert text.casefold().startswith(f"{in_words(len(names))} of {number(whole)} ")


def test_verbs_follow_the_count() -> None:
    assert [verb(n, "was", "were") for n in (0, 1, 2)] == ["were", "was", "were"]


def test_a_series_takes_the_serial_comma_or_semicolons() -> None:
    assert series(["A"]) == "A"
    assert series(["A", "B"]) == "A and B"
    assert series(["A", "B", "C"], "or") == "A, B, or C"
    assert series(["Bain, 2014", "B", "C"]) == "Bain, 2014; B; and C"
    assert phrases([phrase("a"), phrase("b"), phrase("c")]).text == "a, b, and c"
    assert phrases([phrase("a"), phrase("b")]).text == "a and b"
    assert phrases([]).text == ""


def test_sentences_begin_with_a_capital_and_add_up() -> None:
    assert (say("one. ") + say(counted(2, STUDY), ".")).text == "One.  Two studies."
    assert say().text == ""
