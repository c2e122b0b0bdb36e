from hypothesis import given
from hypothesis import strategies as st

from screening.records import Fields
from synthesis.citations import entry, labels, sort_key

names = st.sampled_from(
    ["Lee, A.", "Kim, B. C.", "Oh, D.", "de Wit, E.", "World Health Organization"]
)
works = st.builds(
    Fields,
    authors=st.lists(names, max_size=4, unique=True).map(tuple),
    year=st.sampled_from([None, 2019, 2020]),
    title=st.sampled_from([None, "A title", "The other title", "Zebra"]),
)


def work(*authors: str, year: int | None = 2019, title: str = "T") -> Fields:
    return Fields(authors=authors, year=year, title=title)


@given(st.lists(works, max_size=12))
def test_no_two_reports_ever_share_a_label(reports: list[Fields]) -> None:
    found = labels({str(place): fields for place, fields in enumerate(reports)})
    assert len(set(found.values())) == len(reports)


def test_two_authors_are_named_and_three_shortened() -> None:
    found = labels(
        {
            "one": work("Bain, K.", year=2014),
            "two": work("Armstrong, V. G.", "Howatson, R.", year=2015),
            "three": work("Fonagy, P.", "Sleed, M.", "Baradon, T.", year=2016),
            "group": work("World Health Organization", year=2020),
            "none": Fields(title="X"),
        }
    )
    assert list(found.values()) == [
        "Bain, 2014",
        "Armstrong & Howatson, 2015",
        "Fonagy et al., 2016",
        "World Health Organization, 2020",
        "\N{LEFT DOUBLE QUOTATION MARK}X\N{RIGHT DOUBLE QUOTATION MARK}, n.d.",
    ]


def test_same_authors_and_year_get_letters_by_title_without_its_article() -> None:
    found = labels({"b": work("Lee, A.", title="The apple"), "a": work("Lee, A.", title="Bees")})
    assert found == {"b": "Lee, 2019a", "a": "Lee, 2019b"}
    without_year = labels({k: work("Lee, A.", year=None, title=k) for k in "xy"})
    assert without_year == {"x": "Lee, n.d.-a", "y": "Lee, n.d.-b"}


def test_labels_that_would_read_alike_name_as_many_authors_as_it_takes() -> None:
    found = labels(
        {
            "a": work("Lee, A.", "Kim, B.", "Oh, C.", "Wu, D."),
            "b": work("Lee, A.", "Kim, B.", "Xu, C.", "Yi, D."),
            "c": work("Lee, A.", "Zhou, B.", "Oh, C."),
        }
    )
    assert found == {
        "a": "Lee, Kim, Oh, & Wu, 2019",
        "b": "Lee, Kim, Xu, & Yi, 2019",
        "c": "Lee, Zhou, & Oh, 2019",
    }


def test_more_than_26_works_of_one_year_still_have_letters_of_their_own() -> None:
    found = labels({f"{n:02}": work("Lee, A.", title=f"{n:02}") for n in range(30)})
    assert found["25"] == "Lee, 2019z"
    assert found["26"] == "Lee, 2019aa"


def test_an_article_is_cited_with_journal_and_volume_in_italics() -> None:
    fields = Fields(
        authors=("Cramer, B.", "Bachmann, Jean-Pierre", "D'Arcis, U."),
        year=1990,
        title="Outcome evaluation: A preliminary report.",
        journal="Infant Mental Health Journal",
        volume="11",
        issue="3",
        pages="278-300",
        doi="10.1002/x",
    )
    cell = entry(fields, "Cramer et al., 1990b")
    assert cell.text == (
        "Cramer, B., Bachmann, J.-P., & D'Arcis, U. (1990b). Outcome evaluation: A preliminary "
        "report. Infant Mental Health Journal, 11(3), 278\N{EN DASH}300. https://doi.org/10.1002/x"
    )
    assert [text for text, italic in cell.runs() if italic] == [
        "Infant Mental Health Journal",
        "11",
    ]


def test_what_is_not_known_is_left_out_and_never_invented() -> None:
    assert entry(
        Fields(authors=("Hervé, M. J.", "et al."), year=2009), "Hervé et al., 2009"
    ).text == ("Hervé, M. J., et al. (2009).")
    assert entry(Fields(title="A thesis?"), "Anonymous, n.d.").text == "A thesis? (n.d.)."


def test_of_more_than_twenty_authors_nineteen_and_the_last_are_named() -> None:
    fields = work(*[f"Name{n}, A." for n in range(25)])
    text = entry(fields, "Name0 et al., 2019").text
    assert "Name18, A., \N{HORIZONTAL ELLIPSIS} Name24, A. (2019)" in text
    assert "Name19" not in text


def test_a_reference_list_sorts_without_accents_and_case() -> None:
    assert sorted(["Zoe, 2001", "Émile, 2000", "de Wit, 1999"], key=sort_key) == [
        "de Wit, 1999",
        "Émile, 2000",
        "Zoe, 2001",
    ]
