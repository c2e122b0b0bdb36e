from hypothesis import given
from hypothesis import strategies as st

from screening.criteria import Criterion, Highlight, mark_terms


def criterion(include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> Criterion:
    return Criterion(id="c", highlight=Highlight(include=include, exclude=exclude))


def test_terms_match_whole_words_and_a_star_stands_for_any_ending() -> None:
    marks = mark_terms("Infants, infancy and dyads", [criterion(("infan*", "dyad"))])
    assert [mark.text for mark in marks if mark.kind] == ["Infants", "infancy"]


def test_the_longest_term_wins_where_terms_overlap() -> None:
    marks = mark_terms("child parent psychotherapy", [criterion(("child", "child parent"))])
    assert [mark.text for mark in marks if mark.kind] == ["child parent"]


@given(
    st.text(max_size=80),
    st.lists(st.text(max_size=6), max_size=4),
    st.lists(st.text(max_size=6), max_size=4),
)
def test_the_marked_stretches_joined_are_the_text_again(
    text: str, include: list[str], exclude: list[str]
) -> None:
    marks = mark_terms(text, [criterion(tuple(include), tuple(exclude))])
    assert "".join(mark.text for mark in marks) == text
