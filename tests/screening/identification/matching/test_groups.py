from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.identification.matching.groups import Constraints, Item, Matching, match
from screening.identification.matching.policy import DedupePolicy
from screening.problems import WinnowError
from screening.records import Fields
from tests.benchmarks.synthetic_records import synthetic

ARTICLE = Fields(
    title="Toward evidence-based treatment: child-parent psychotherapy with preschoolers",
    authors=("Lieberman, Alicia F.", "Van Horn, Patricia", "Ippen, Chandra Ghosh"),
    year=2005,
    journal="Journal of the American Academy of Child and Adolescent Psychiatry",
    volume="44",
    issue="12",
    pages="1241-1248",
    doi="10.1097/01.chi.0000181047.59702.58",
    abstract="Preschool children exposed to marital violence were assigned at random to treatment.",
)


def outcome(one: Fields, other: Fields, policy: DedupePolicy | None = None) -> str:
    found = match([Item("a", one), Item("b", other)], policy)
    return "merged" if found.groups else "queued" if found.queued else "apart"


def changed(**fields: Any) -> Fields:
    return replace(ARTICLE, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ARTICLE.title.upper() if ARTICLE.title else ""},
        {
            "title": "Toward evidence based treatment - Child-parent psychotherapy with preschoolers."
        },
        {"title": "Toward evidence-based treatment: child-parent psychotherapy with preschooler"},
        {"journal": "J Am Acad Child Adolesc Psychiatry"},
        {"authors": ("Lieberman AF", "Van Horn P", "Ippen CG")},
        {"pages": "1241-8"},
        {"doi": None},
        {"doi": None, "abstract": None, "issue": None},
        {"year": 2004, "doi": None},
        {"doi": "https://doi.org/10.1097/01.CHI.0000181047.59702.58"},
        {"title": "Toward evidence-based treatment", "doi": None},
    ],
)
def test_one_publication_written_two_ways_is_merged(fields: dict[str, Any]) -> None:
    assert outcome(ARTICLE, changed(**fields)) == "merged"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # an editor's word within the title
        ({"title": f"{ARTICLE.title} [corrected] in a shelter"}, {"title": f"{ARTICLE.title} in a shelter"}),
        # printed in two languages, the pages listed in another order
        ({"pages": "1241-1248, 1260-1267", "doi": None}, {"pages": "1260-7; 1241-8", "doi": None}),
        # an article number and the pages of the same article
        ({"pages": "29854", "doi": None}, {"pages": "1241-1248", "doi": None}),
        # listed ahead of print
        ({"doi": None}, {"year": 2004, "volume": None, "issue": None, "pages": None, "doi": None}),
        # under the heading of a section
        ({"doi": None}, {"title": f"Clinical practice review: {ARTICLE.title}", "pages": None, "doi": None}),
        # under the number of a meeting's abstract
        ({}, {"title": f"22 {ARTICLE.title}", "doi": "10.1097/0001"}),
        # under a heading and with the DOI of an older series
        ({}, {"title": f"Review 138: {ARTICLE.title}", "doi": "10.1097/0001"}),
        # a DOI with a letter too many, or parted otherwise
        ({"pages": None}, {"pages": None, "doi": "10.1097/01.chix.0000181047.59702.58"}),
        ({"pages": "1-8"}, {"pages": "1241-1248", "doi": "10.1097/01/chi/00001810475970258"}),
        # translated, and without its authors
        ({"doi": None}, {"title": "[Una psicoterapia para padres]", "authors": (), "doi": None}),
        # another title over the same two pages of an issue, by the same people
        ({"pages": "99-100", "doi": None}, {"title": "Violence and preschoolers", "pages": "99-100", "doi": None}),
    ],
)  # fmt: skip
def test_what_exports_do_to_one_publication_does_not_part_it(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert outcome(changed(**one), changed(**other)) == "merged"


@pytest.mark.parametrize(
    "fields",
    [
        # the same title in the supplement: a report of its own
        {"volume": "44 Suppl 2", "pages": "S33-S38", "issue": None, "doi": None, "abstract": None},
        # a year's report, ahead of print, where another bears the title
        {"title": "Annual report", "year": 2006, "volume": None, "issue": None, "pages": None, "doi": None},
        # a DOI that differs in a digit
        {"pages": None, "doi": "10.1097/01.chi.0000181047.59702.59", "abstract": None, "issue": "11"},
        # a heading that says what it is
        {"title": f"Commentary: {ARTICLE.title}", "pages": None, "doi": None},
        {"title": f"Summary of: {ARTICLE.title}", "pages": None, "doi": None},
    ],
)  # fmt: skip
def test_what_looks_like_an_exports_doing_and_is_not_stays_apart(fields: dict[str, Any]) -> None:
    assert outcome(changed(issue=None, doi=ARTICLE.doi), changed(**fields)) != "merged"


def test_numbers_of_records_in_the_place_of_issues_part_nothing() -> None:
    others = [
        changed(title=f"Study {n} of another thing", issue=str(1000 + n), pages=str(n), doi=None)
        for n in range(120)
    ]
    twins = [changed(issue="7", doi=None, pages=None), changed(issue="8", doi=None)]
    found = match([Item(f"{n:03}", one) for n, one in enumerate([*others, *twins])])
    assert [group.keys for group in found.groups] == [("120", "121")]


@pytest.mark.parametrize(
    "fields",
    [
        # the follow-up of 2006 in the same journal
        {
            "title": "Child-parent psychotherapy: 6-month follow-up of a randomized controlled trial",
            "year": 2006, "volume": "45", "issue": "8", "pages": "913-918", "doi": "10.1097/x.2",
            "abstract": None,
        },
        {"title": f"Reply to: {ARTICLE.title}", "pages": "1250", "doi": None},
        {"title": f"Erratum: {ARTICLE.title}", "pages": "99", "issue": "1", "volume": "45", "doi": None},
        {"title": f"{ARTICLE.title} (vol 44, pg 1241, 2005)", "pages": "99", "doi": None},
        {"title": f"Comment on {ARTICLE.title}", "pages": "1249", "doi": None},
        {"title": f"Retraction: {ARTICLE.title}", "pages": "99", "year": 2007, "volume": "46", "doi": None},
        {"title": f"{ARTICLE.title}: study protocol", "pages": "10-19", "volume": "40", "year": 2001, "doi": None},
        {"journal": "Zero to Three", "volume": "26", "pages": "5-9", "doi": None},
        {"journal": "Infant Mental Health Journal", "volume": "26", "issue": "Suppl 1", "pages": "S5", "doi": None},
        {"year": 2012, "volume": "51", "issue": "1", "pages": "12-20", "doi": "10.1097/x.9"},
        {"pages": "1249-1256", "doi": "10.1097/01.chi.0000181048.59702.59", "abstract": None},
    ],
)  # fmt: skip
def test_a_publication_that_looks_alike_is_never_merged(fields: dict[str, Any]) -> None:
    assert outcome(ARTICLE, changed(**fields)) != "merged"


def test_parts_one_and_two_are_never_merged() -> None:
    title = "A history of infant observation. Part"
    for first, second in (("I", "II"), ("1", "2"), ("one", "two"), ("A", "B")):
        one = changed(title=f"{title} {first}", doi=None, pages="1-9")
        other = changed(title=f"{title} {second}", doi=None, pages="10-19")
        assert outcome(one, other) != "merged"


def test_a_doi_alone_is_not_enough() -> None:
    # Meetings give all abstracts of a supplement one DOI.
    other = changed(
        title="Sleep in shift workers: a survey", authors=("Chen, Li",), abstract="Sleep."
    )
    assert outcome(ARTICLE, replace(other, pages="S12")) != "merged"


def test_a_missing_field_is_not_a_difference() -> None:
    for field in ("doi", "volume", "issue", "abstract"):
        assert outcome(ARTICLE, changed(**{field: None})) == "merged"


def test_a_record_without_a_title_waits_for_a_person() -> None:
    assert outcome(ARTICLE, changed(title=None)) == "queued"
    assert outcome(ARTICLE, changed(title="#NAME?")) == "queued"


def test_a_title_in_another_language_is_the_same_publication() -> None:
    assert (
        outcome(ARTICLE, changed(title="[Una psicoterapia para padres y niños]", doi=None))
        == "merged"
    )


def test_numbered_versions_follow_the_policy() -> None:
    cochrane = {"journal": "Cochrane Database Syst Rev", "volume": None, "pages": "CD006726"}
    one = changed(**cochrane, doi="10.1002/14651858.CD006726.pub2", year=2009, issue="1")
    other = changed(**cochrane, doi="10.1002/14651858.CD006726.pub3", year=2015, issue="4")
    assert outcome(one, other) == "queued"
    assert outcome(one, other, DedupePolicy(versions="apart")) == "apart"
    assert outcome(one, other, DedupePolicy(versions="merge")) == "merged"


def test_a_preprint_follows_the_policy() -> None:
    preprint = changed(
        journal="medRxiv", doi="10.1101/2004.12.01", volume=None, issue=None, pages=None
    )
    assert outcome(ARTICLE, preprint) != "merged"
    assert outcome(ARTICLE, preprint, DedupePolicy(preprints="apart")) == "apart"


def test_columns_of_one_title_are_not_merged() -> None:
    editorial = Fields(
        title="Editor's comments", authors=("Lee, Allen",), journal="MIS Quarterly", year=2000,
        volume="24",
    )  # fmt: skip
    assert outcome(replace(editorial, issue="1"), replace(editorial, issue="2")) != "merged"


def test_a_group_never_closes_over_a_pair_kept_apart() -> None:
    items = [Item(key, ARTICLE) for key in "abc"]
    found = match(items, known=Constraints(apart=(("a", "c"),)))
    assert all(not {"a", "c"} <= set(group.keys) for group in found.groups)
    assert len(found.groups) == 1


def test_a_known_merge_stays_whatever_the_rules_say() -> None:
    other = Fields(title="Something else entirely", year=1970)
    found = match([Item("a", ARTICLE), Item("b", other)], known=Constraints(merged=(("a", "b"),)))
    assert [group.keys for group in found.groups] == [("a", "b")]


def test_a_pair_kept_apart_is_not_asked_about_again() -> None:
    items = [Item("a", ARTICLE), Item("b", changed(title=None))]
    assert match(items).queued
    assert not match(items, known=Constraints(apart=(("b", "a"),))).queued


def test_running_again_on_its_own_outcome_adds_nothing() -> None:
    items = synthetic(400, seed=3).items
    first = match(items)
    merged = tuple((group.keys[0], key) for group in first.groups for key in group.keys[1:])
    again = match(items, known=Constraints(merged=merged))
    assert groups(again) == groups(first)


def groups(found: Matching) -> set[tuple[str, ...]]:
    return {group.keys for group in found.groups}


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 50), order=st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(seed: int, order: Any) -> None:
    items = synthetic(150, seed).items
    shuffled = list(items)
    order.shuffle(shuffled)
    assert match(shuffled) == match(items)


def test_the_number_of_threads_does_not_matter() -> None:
    items = synthetic(500, seed=5).items
    assert match(items, threads=1) == match(items, threads=4)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000))
def test_invented_near_misses_are_never_merged(seed: int) -> None:
    made = synthetic(300, seed)
    for group in match(made.items).groups:
        assert len({made.truth[key] for key in group.keys}) == 1


def test_most_invented_duplicates_are_found() -> None:
    made = synthetic(3000, seed=7)
    group = {key: number for number, one in enumerate(match(made.items).groups) for key in one.keys}
    by_publication: dict[int, set[object]] = {}
    for key, number in made.truth.items():
        by_publication.setdefault(number, set()).add(group.get(key, key))
    missed = sum(len(parts) - 1 for parts in by_publication.values())
    assert missed <= 0.005 * len(made.items)


def test_every_group_and_pair_says_why() -> None:
    found = match(synthetic(400, seed=1).items, list_merges=True)
    assert all(group.reason and 0 < group.score <= 1 for group in found.groups)
    assert all(pair.reason and pair.evidence and pair.a < pair.b for pair in found.queued)
    assert all(pair.reason for pair in found.merged)


def test_a_reason_names_what_agrees_and_what_differs() -> None:
    found = match([Item("a", ARTICLE), Item("b", changed(year=2004, journal=None))])
    assert found.groups[0].reason == (
        "same DOI, title, authors, volume, pages and abstract; "
        "year 2005 and 2004 (online first, or print)"
    )


def test_the_queue_keeps_to_its_share_and_says_what_it_left() -> None:
    titles = [changed(title=None, abstract=None, doi=None) for _ in range(60)]
    found = match(
        [Item(f"{n:02}", one) for n, one in enumerate(titles)], DedupePolicy(review_least=5)
    )
    assert len(found.queued) == 5
    assert found.unqueued > 0


def test_nothing_and_one_record_are_fine() -> None:
    assert match([]) == Matching([], [])
    assert match([Item("a", ARTICLE)]).groups == []


def test_identical_records_are_one_group_however_many() -> None:
    found = match([Item(f"{n:04}", ARTICLE) for n in range(500)])
    assert [len(group.keys) for group in found.groups] == [500]


def test_records_without_titles_stay_apart() -> None:
    found = match([Item(f"{n:04}", Fields(year=2000)) for n in range(300)])
    assert found.groups == []


def test_thousands_of_editorials_stay_apart_and_cost_little() -> None:
    items = [
        Item(
            f"{n:05}",
            Fields(title="Editorial", journal=f"Journal {n % 90}", volume=str(n), year=2000),
        )
        for n in range(5000)
    ]
    found = match(items)
    assert found.groups == []
    assert found.candidates < 40 * len(items)


def test_a_key_twice_is_misuse() -> None:
    with pytest.raises(WinnowError, match="unique"):
        match([Item("a", ARTICLE), Item("a", ARTICLE)])


def test_phases_are_timed_with_the_clock_given() -> None:
    ticks = iter(range(100))
    phases = match([Item("a", ARTICLE)], clock=lambda: float(next(ticks))).phases
    assert phases == dict.fromkeys(("normalise", "block", "compare", "cluster", "explain"), 1.0)


def test_progress_is_told_by_phase() -> None:
    told: list[str] = []
    match([Item("a", ARTICLE), Item("b", ARTICLE)], progress=lambda phase, *_: told.append(phase))
    assert set(told) == {"reading", "pairing", "comparing"}


def test_pairs_of_one_group_are_not_queued() -> None:
    found = match(synthetic(600, seed=11).items)
    together = {frozenset(pair) for group in found.groups for pair in combinations(group.keys, 2)}
    assert not any(frozenset((pair.a, pair.b)) in together for pair in found.queued)
