import pytest

from screening.identification.composing import compose
from screening.problems import WinnowError
from screening.records import Fields


def test_each_field_comes_from_the_record_that_has_it_best() -> None:
    reference = compose(
        [
            ("r2", Fields(title="PLAY THERAPY IN INFANCY", year=2004, pages="06-Oct", doi="10.1/x")),
            (
                "r7",
                Fields(
                    title="Play therapy in infancy: a trial", year=2005, pages="6-10", doi="10.1/x",
                    authors=("Lieberman, Alicia", "Horn, P."), abstract="Long enough to be one.",
                ),
            ),
            ("r9", Fields(title="Play therapy in infancy", year=2005, authors=("Lieberman, A.",))),
        ]
    )  # fmt: skip
    assert reference.key == "r2"
    assert reference.record_keys == ("r2", "r7", "r9")
    assert reference.fields.title == "Play therapy in infancy: a trial"
    assert reference.fields.year == 2005
    assert reference.fields.pages == "6-10"
    assert reference.fields.authors == ("Lieberman, Alicia", "Horn, P.")
    origins = dict(reference.origins)
    assert origins["doi"] == "r2"
    assert origins["abstract"] == origins["title"] == origins["pages"] == "r7"


def test_years_that_are_even_give_the_later_one() -> None:
    reference = compose([("a", Fields(year=2011)), ("b", Fields(year=2010))])
    assert reference.fields.year == 2011


def test_registrations_and_addresses_of_all_records_are_kept() -> None:
    reference = compose(
        [
            ("a", Fields(registrations=("NCT1",), urls=("https://a.example",))),
            ("b", Fields(registrations=("NCT1", "ISRCTN2"))),
        ]
    )
    assert reference.fields.registrations == ("NCT1", "ISRCTN2")
    assert ("registrations", "b") in reference.origins


def test_one_record_is_its_own_reference() -> None:
    fields = Fields(title="A", authors=("B, C",), year=1999, notes=("n",), keywords=("k",))
    reference = compose([("r1", fields)])
    assert reference.fields == fields
    assert {key for _, key in reference.origins} == {"r1"}


def test_a_reference_of_nothing_is_misuse() -> None:
    with pytest.raises(WinnowError):
        compose([])
