"""The permanent keys of reports: an author, a year, and a letter where that is taken."""

from collections.abc import Collection

from review.pipeline.naming import names_for
from screening.records import Fields, Reference


def named(number: int, author: str = "Ghosh Ippen, C.", year: int | None = 2011) -> Reference:
    fields = Fields(title="The Effect", authors=(author,) if author else (), year=year)
    return Reference(key=f"r{number}", fields=fields, record_keys=(f"r{number}",), origins=())


class Taken:
    """The keys that were given before; it notes how many it was asked about."""

    def __init__(self, *given: str) -> None:
        self._given = set(given)
        self.asked = 0

    def __call__(self, keys: Collection[str]) -> set[str]:
        """Return those of some keys that were given before."""
        self.asked += len(keys)
        return self._given & set(keys)


def test_a_key_is_the_first_author_and_the_year_and_a_letter_where_that_is_taken() -> None:
    names = names_for([named(1), named(2), named(3)], Taken("ghoshippen2011a"))
    assert list(names.values()) == ["ghoshippen2011", "ghoshippen2011b", "ghoshippen2011c"]


def test_without_author_or_year_the_title_stands_and_nd() -> None:
    assert names_for([named(1, "", None)], Taken()) == {"r1": "thend"}


def test_letters_go_on_after_z_and_only_keys_that_begin_alike_are_asked_for() -> None:
    given = Taken("bain2014")
    names = list(names_for([named(n, "Bain, K.", 2014) for n in range(60)], given).values())
    assert names[:2] + names[25:28] + names[-1:] == [
        "bain2014a", "bain2014b", "bain2014z", "bain2014aa", "bain2014ab", "bain2014bh",
    ]  # fmt: skip
    assert len(set(names)) == 60
    assert given.asked <= 60 * 3 * 27
