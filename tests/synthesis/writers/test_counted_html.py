"""The list behind a number, on one page or on several."""

import re

from synthesis.writers.counted_html import (
    PER_PAGE,
    CountedLine,
    CountedList,
    CountedPart,
    cells,
    file_names,
    list_pages,
)


def pages(size: int, why: str = "") -> dict[str, str]:
    lines = [
        CountedLine(key=f"r{n}", title="<Title>", authors=("A", "B", "C", "D")) for n in range(size)
    ]
    found = CountedList(
        file="screened",
        words="Records screened",
        n=size,
        rows=((cells(line), why) for line in lines),
        size=size,
        explained=bool(why),
    )
    made = list_pages(found, index_at="../records.html", style="")
    return {name: content.decode() for name, content in made}


def keys(text: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*>([^<]+)</th>', text)


def test_a_long_list_is_cut_into_pages_that_hold_each_line_once_in_order() -> None:
    made = pages(2 * PER_PAGE + 1)
    assert list(made) == ["screened.html", "screened.2.html", "screened.3.html"]
    assert [len(keys(text)) for text in made.values()] == [PER_PAGE, PER_PAGE, 1]
    assert [key for text in made.values() for key in keys(text)] == [
        f"r{n}" for n in range(2 * PER_PAGE + 1)
    ]


def test_every_page_of_a_list_can_be_reached_from_its_first() -> None:
    made = pages(3 * PER_PAGE)
    reached = {"screened.html"}
    for _ in made:
        for name in sorted(reached):
            reached |= set(re.findall(r'href="(screened[^"]*)"', made[name]))
    assert reached == set(made)


def test_a_list_of_exactly_one_page_has_one() -> None:
    assert list(pages(PER_PAGE)) == ["screened.html"]
    assert list(pages(0)) == ["screened.html"]


def test_texts_are_escaped_and_long_lists_of_authors_shortened() -> None:
    (text,) = pages(1, why="same <DOI>").values()
    assert "&lt;Title&gt;" in text
    assert "A, B, C, and others" in text
    assert "same &lt;DOI&gt;" in text


def test_a_number_made_of_others_leads_to_theirs() -> None:
    parts = [
        CountedPart(words="MEDLINE", n=1200, at="medline.html"),
        CountedPart(words="ERIC", n=1),
    ]
    found = CountedList(file="databases", words="Databases", n=1201, parts=parts)
    ((name, content),) = list_pages(found, index_at="../records.html", style="")
    assert name == "databases.html"
    assert '<a href="medline.html">1,200</a>' in content.decode()


def test_labels_that_differ_only_in_signs_or_letters_have_files_of_their_own() -> None:
    names = file_names(
        ["reasons/Age", "reasons/age!", "reasons/年齢", "reasons/言語", "reasons-age-2"]
    )
    assert len(set(names.values())) == 5
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in names.values())
