from hypothesis import given, settings
from hypothesis import strategies as st

from screening.identification.forms.authors import author_form
from screening.identification.forms.titles import title_form
from screening.identification.matching.author_words import read_authors
from screening.identification.matching.many_texts import Texts
from screening.identification.matching.title_words import read_titles
from screening.identification.matching.wording import signatures, words_of

PIECES = (
    "A", "trial", "of", "the", "tumour", "Part", "II", "2", "four", "[Review]", "(Retracted)", "= Une étude",
    ". French", "?", "Reply to:", "RETRACTED:", "art. no. 5", "&amp;", "<i>x</i>", "é", "中文", "\n", '"', "'s", "#NAME?", "-",
)  # fmt: skip
NAMES = (
    "Müller", "Mueller", "Noël A.", "Slavin S. A.Lin S. J.", "Van KimDe Boer", "O'Neill, J.", "et al", "Smith, A", "",
    "X", "Chen L, Wang X", "A and B", "C & D", "Anonymous", "Poe E", "\n", "中文",
)  # fmt: skip

titles = st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join) | st.text(max_size=12)
author_lists = st.lists(st.sampled_from(NAMES), max_size=11)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.none() | titles, max_size=6))
def test_titles_read_together_are_as_each_read_alone(some: list[str | None]) -> None:
    together, alone = read_titles(Texts.of(some)), [title_form(title) for title in some]
    assert list(together.words) == [form.words for form in alone]
    assert together.numbers == {row: form.numbers for row, form in enumerate(alone) if form.numbers}
    assert together.kinds.tolist() == [form.kind for form in alone]
    assert together.translated.tolist() == [form.translated for form in alone]
    assert together.alternatives == {
        row: form.alternative for row, form in enumerate(alone) if form.alternative
    }


@settings(max_examples=150, deadline=None)
@given(st.lists(author_lists, max_size=6))
def test_author_lists_read_together_are_as_each_read_alone(some: list[list[str]]) -> None:
    named = [[name.strip() for name in names if name.strip()] for names in some]
    together = read_authors(Texts.of(map(";".join, named)))
    alone = [author_form(names) for names in named]
    assert list(zip(*together[:3], strict=True)) == [tuple(form) for form in alone]
    assert together.bits.tolist() == signatures(together.words)[1].tolist()


def test_a_word_has_the_same_number_wherever_it_stands() -> None:
    one = words_of(Texts.of(["play therapy", "", "中文"]))
    mine, theirs = one.hashes(), words_of(Texts.of(["the therapy of play", "中文"])).hashes()
    assert mine[0] == theirs[3]
    assert mine[1] == theirs[1]
    assert mine[2] == theirs[4]
    assert len({*mine.tolist(), *theirs.tolist()}) == 5
    assert one.text.tolist() == [0, 0, 2]


def test_signatures_have_the_bits_of_the_words() -> None:
    counts, bits = signatures(Texts.of(["play therapy", "", "play"]))
    assert counts.tolist() == [2, 0, 1]
    assert bits[1] == 0
    assert bits[0] & bits[2] == bits[2] != 0
