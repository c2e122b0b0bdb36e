import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from screening.identification.matching.hashing import first_eight, text_hashes
from screening.identification.matching.many_texts import Texts, joined

texts = st.lists(st.text(st.sampled_from("ab \né中\ud800"), max_size=90), max_size=6)


@given(texts)
def test_texts_come_out_as_they_went_in(some: list[str]) -> None:
    kept = Texts.of(some)
    assert list(kept) == kept.compact().strings() == [kept[row] for row in range(len(some))] == some
    assert kept.at(np.arange(len(some))[::-1]).compact().strings() == some[::-1]
    assert kept.filled.tolist() == [bool(text) for text in some]
    assert kept.beyond_ascii().tolist() == [n for n, text in enumerate(some) if not text.isascii()]
    assert kept.broken().tolist() == [n for n, text in enumerate(some) if "\n" in text]


@given(texts, texts)
def test_texts_joined_are_those_of_both(some: list[str], others: list[str]) -> None:
    assert list(joined([Texts.of(some), Texts.of(others)])) == some + others


@given(texts, st.integers(0, 5), st.text(max_size=3))
def test_a_text_is_replaced_where_it_stands(some: list[str], row: int, new: str) -> None:
    if row < len(some):
        wanted = [*some[:row], new, *some[row + 1 :]]
        assert list(Texts.of(some).replaced({row: new})) == wanted


@given(texts)
def test_equal_texts_have_equal_numbers_and_nothing_has_none(some: list[str]) -> None:
    numbers = text_hashes(Texts.of(some)).tolist()
    for one, number in zip(some, numbers, strict=True):
        assert (number == 0) == (one == "")
        assert [number == other for other in numbers] == [one == other for other in some]


@given(st.lists(st.text(st.sampled_from("ab z"), max_size=10).map(str.strip), max_size=6))
def test_the_first_letters_sort_as_texts_do(some: list[str]) -> None:
    kept = Texts.of(some)
    numbers = first_eight(kept.lines(), kept.starts, kept.ends).tolist()
    assert sorted(numbers) == [
        number for _, number in sorted(zip([t[:8].ljust(8) for t in some], numbers, strict=True))
    ]
