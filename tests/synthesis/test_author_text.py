from hypothesis import given
from hypothesis import strategies as st

from synthesis.author_text import PLACES, empty_text, read_author_text
from synthesis.report import Paragraph

ids = [place.id for place in PLACES]


def plain(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    return [paragraph.sentence.text for paragraph in paragraphs]


def written(place: str, text: str) -> str:
    head = next(line for line in empty_text().splitlines() if f"{{#{place}}}" in line)
    return empty_text().replace(head, f"{head}\n\n{text}\n")


def test_the_file_authors_begin_with_is_complete_and_says_nothing() -> None:
    read, problems = read_author_text(empty_text())
    assert not problems
    assert list(read.places) == ids
    assert not any(read.places.values())
    assert not read.stray


def test_places_left_out_are_neither_written_nor_missed() -> None:
    text = empty_text(["abstract"])
    assert "{#abstract}" not in text
    assert not read_author_text(text, leave_out=["abstract"])[1]


@given(st.sampled_from(ids), st.text("abc xyz.\n,;!?()", max_size=80))
def test_what_is_written_in_a_place_comes_back_from_it(place: str, said: str) -> None:
    read, problems = read_author_text(written(place, said))
    assert not problems
    assert " ".join(plain(read.places[place])).split() == said.split()
    assert not any(read.places[other] for other in ids if other != place)


def test_paragraphs_points_and_italics_are_kept() -> None:
    read, _ = read_author_text(written("rationale", "One\nline.\n\n- first *point*\n- second"))
    paragraphs = read.places["rationale"]
    assert plain(paragraphs) == ["One line.", "first point", "second"]
    assert [each.item for each in paragraphs] == [False, True, True]
    assert [piece.italic for piece in paragraphs[1].sentence.pieces] == [False, True]


def test_a_deleted_place_is_named_with_the_line_that_brings_it_back() -> None:
    text = empty_text().replace("## Implications {#implications}\n", "")
    _, (problem,) = read_author_text(text)
    assert problem.severity == "error"
    assert problem.where == "report-text.md"
    assert '"## Implications {#implications}"' in problem.message


def test_an_unknown_place_is_named_by_line_and_its_text_is_not_lost() -> None:
    read, (problem,) = read_author_text(f"{empty_text()}\n## Mine {{#rationle}}\n\nKept.\n")
    assert problem.where == f"report-text.md, line {len(empty_text().splitlines()) + 2}"
    assert 'Did you mean "rationale"?' in problem.message
    assert plain(read.stray["rationle"]) == ["Kept."]


def test_text_before_the_first_place_is_not_lost() -> None:
    read, problems = read_author_text(f"Hello.\n{empty_text()}")
    assert len(problems) == 1
    assert [plain(said) for said in read.stray.values()] == [["Hello."]]


def test_a_place_named_twice_keeps_both_texts() -> None:
    text = written("rationale", "First.") + "\n## Again {#rationale}\n\nSecond.\n"
    read, (problem,) = read_author_text(text)
    assert "second time" in problem.message
    assert plain(read.places["rationale"]) == ["First.", "Second."]


def test_leaving_out_a_place_that_does_not_exist_is_named() -> None:
    _, problems = read_author_text(empty_text(), leave_out=["abstrct"])
    assert 'Did you mean "abstract"?' in problems[0].message


@given(st.text())
def test_any_text_at_all_is_read_without_loss_of_words_outside_comments(text: str) -> None:
    read_author_text(text)
