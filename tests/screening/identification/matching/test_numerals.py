from hypothesis import given, settings
from hypothesis import strategies as st

from screening.identification.forms.identifiers import doi_form, versioned
from screening.identification.forms.pages import plain_range
from screening.identification.matching.many_texts import Texts
from screening.identification.matching.numerals import plain_dois, plain_ranges, whole_numbers

numbers = st.text(st.sampled_from("0123456789"), max_size=11)
ranges = st.tuples(numbers, st.sampled_from(["-", "", "--", " - ", "e"]), numbers).map("".join)
DOI_PARTS = (
    "10.", "1000/", "1/", "12345678/", "1000", "/", "x.", "ABC", "12", ".pub2", "/v3", "v1", "pub", "(", "é", "%2f", " ", ".g001",
    "https://doi.org/", "\n",
)  # fmt: skip
dois = st.lists(st.sampled_from(DOI_PARTS), max_size=6).map("".join)


@given(st.lists(ranges | st.just("１２-３"), max_size=6))
def test_plain_ranges_are_as_each_read_alone(some: list[str]) -> None:
    first, last, plain = plain_ranges(Texts.of(some))
    for row, text in enumerate(some):
        alone = plain_range(text)
        assert (alone == (first[row], last[row])) if plain[row] else (alone is None or not text.isascii())  # fmt: skip


@given(st.lists(ranges, max_size=6), st.integers(1, 9))
def test_whole_numbers_are_digits_only(some: list[str], longest: int) -> None:
    found, plain = whole_numbers(Texts.of(some), longest)
    for row, text in enumerate(some):
        assert plain[row] == (text.isdigit() and len(text) <= longest)
        assert found[row] == (int(text) if plain[row] else -1)


@settings(max_examples=300)
@given(st.lists(dois, max_size=6))
def test_plain_dois_are_as_each_read_alone(some: list[str]) -> None:
    forms, plain = plain_dois(Texts.of(some))
    for row, text in enumerate(some):
        if plain[row]:
            assert forms[row] == doi_form(text)
            assert versioned(forms[row]) == (forms[row], 1)


def test_a_bare_doi_is_plain() -> None:
    forms, plain = plain_dois(
        Texts.of(["10.1016/J.CELL.2020.012-5", "10.1002/14651858.cd1.pub2", ""])
    )
    assert plain.tolist() == [True, False, False]
    assert forms[0] == "10.1016/jcell20200125"
