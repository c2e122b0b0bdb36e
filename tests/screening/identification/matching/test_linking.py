from dataclasses import replace

from screening.identification.matching.linking import suggest_links
from screening.records import Fields

TRIAL = Fields(
    title="Child-parent psychotherapy for preschoolers: a randomised trial",
    authors=("Lieberman, Alicia", "Van Horn, Patricia", "Ippen, Chandra"),
    year=2005,
    abstract="We studied 75 preschool children and their mothers.",
)
FOLLOW_UP = replace(
    TRIAL, title="Child-parent psychotherapy: six-month follow-up", year=2006,
    abstract="Of the 75 children, most were seen again.",
)  # fmt: skip


def test_a_shared_registration_suggests_one_study() -> None:
    found = suggest_links(
        [
            ("a", Fields(title="One thing", registrations=("NCT00000001",))),
            ("b", Fields(title="Another thing", registrations=("nct00000001",))),
            ("c", Fields(title="A third", registrations=("NCT00000002",))),
        ]
    )
    assert [(one.a, one.b) for one in found] == [("a", "b")]
    assert found[0].reasons == ("same registration NCT00000001",)


def test_a_follow_up_of_the_same_sample_by_the_same_authors_is_suggested() -> None:
    found = suggest_links([("a", TRIAL), ("b", FOLLOW_UP)])
    assert [(one.a, one.b) for one in found] == [("a", "b")]
    assert "one reads as a follow-up or secondary analysis" in found[0].reasons
    assert "same sample of 75" in found[0].reasons


def test_common_authors_alone_suggest_nothing() -> None:
    other = replace(TRIAL, title="Sleep in shift workers", abstract="A survey.")
    assert suggest_links([("a", TRIAL), ("b", other)]) == []


def test_the_same_sample_size_of_other_people_suggests_nothing() -> None:
    other = replace(TRIAL, authors=("Chen, Li", "Wong, Mei"))
    assert suggest_links([("a", TRIAL), ("b", other)]) == []


def test_suggestions_do_not_depend_on_the_order() -> None:
    references = [("a", TRIAL), ("b", FOLLOW_UP), ("c", replace(FOLLOW_UP, year=2009))]
    assert suggest_links(references) == suggest_links(references[::-1])
