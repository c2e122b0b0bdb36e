"""Publications that look alike, and exports that make one publication look like two."""

from dataclasses import replace
from typing import Any

import pytest

from screening.identification.matching.groups import Item, match
from screening.records import Fields

ABSTRACT = Fields(
    title="Remote conditioning before surgery of the aorta in men",
    authors=("Vasdekis, S. N.", "Athanasiadis, D.", "Lazaris, A."),
    year=2013,
    journal="European Journal of Vascular Surgery",
    volume="46",
    issue="Suppl. 1",
    pages="S154",
)


def outcome(one: dict[str, Any], other: dict[str, Any]) -> str:
    items = [Item("a", replace(ABSTRACT, **one)), Item("b", replace(ABSTRACT, **other))]
    found = match(items)
    return "merged" if found.groups else "queued" if found.queued else "apart"


ONE_WORD = [
    ("in men", "in women"),
    ("in hepatitis B", "in hepatitis C"),
    ("in hypertension", "in hypotension"),
    ("in maternal diabetes", "in paternal diabetes"),
    ("by nifedipine", "by nimodipine"),
]


@pytest.mark.parametrize(("one", "other"), ONE_WORD)
@pytest.mark.parametrize(
    "shared", [{}, {"pages": None, "doi": "10.1016/s1078-5884"}, {"pages": None, "issue": "3"}]
)
def test_one_word_in_place_of_another_is_another_publication(
    one: str, other: str, shared: dict[str, Any]
) -> None:
    titles = [f"Remote conditioning before surgery of the aorta {words}" for words in (one, other)]
    assert outcome({"title": titles[0], **shared}, {"title": titles[1], **shared}) != "merged"


@pytest.mark.parametrize(
    "title",
    [
        "Remote condidioning before surgery of the aorta in men",
        "Remote conditioning before surgery on the aorta in men",
        "Remote conditioning before surgry of the aorta in men",
        "Remote con ditioning before surgery of the aorta in men",
    ],
)
def test_a_slip_is_no_other_word(title: str) -> None:
    assert outcome({}, {"title": title}) == "merged"


def test_words_that_other_titles_have_are_no_slips() -> None:
    others = [
        replace(ABSTRACT, title=f"Trial number {n} of {what} in wards", authors=(f"Roe{n}, A.",))
        for n in range(300)
        for what in ("absorption", "adsorption")
    ]
    for word, merged in (("adsorption", False), ("absorpton", True)):
        twins = [
            replace(ABSTRACT, title=f"Remote conditioning and calcium {what} in men")
            for what in ("absorption", word)
        ]
        found = match([Item(f"{n:03}", one) for n, one in enumerate([*others, *twins])])
        assert bool(found.groups) is merged


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # translated titles cannot be compared, and a page number says little
        ({"title": "[Surgery of the aorta in diabetes]"}, {"title": "[Remote conditioning]"}),
        ({"title": "[Surgery of the aorta in diabetes]", "issue": "1"}, {"title": "[Remote conditioning]", "issue": "2"}),
        # all that an export left of the pages is the end
        ({"title": "[Surgery in diabetes]", "pages": "Suppl-9"}, {"title": "[Remote conditioning]", "pages": "Suppl-9"}),
        # a notice under its article's title
        ({}, {"title": f"{ABSTRACT.title} [Erratum]", "pages": None}),
        ({}, {"title": f"Rebuttal: {ABSTRACT.title}", "pages": None}),
        # the next issue's piece, of which the pages are unknown
        ({"issue": "4", "pages": None}, {"issue": "5", "pages": None}),
        ({"issue": "4", "pages": None}, {"issue": "5"}),
        # a series that runs on
        *[({"title": "Studies on the aorta. XXII", "pages": None}, {"title": "Studies on the aorta. XXIII"})],
        # nobody signed it
        *[({"title": "Conference proceedings: oral presentations", "authors": (), "pages": None, "issue": None},) * 2],
        # a reply on the page after, in a journal of many pages
        ({"pages": "10382-10387", "issue": "4"}, {"pages": "10388", "issue": "4"}),
        # the entry of a registry, and the entries of two trials
        ({"pages": "100-110"}, {"journal": "ClinicalTrials.gov", "volume": None, "issue": None, "pages": "NCT21098872"}),
        *[tuple(
            {"journal": "ICTRP", "volume": None, "issue": None, "pages": None, "registrations": (number,)}
            for number in ("NCT21098872", "NCT21098873")
        )],
    ],
)  # fmt: skip
def test_what_shares_a_place_or_a_title_is_not_merged(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert outcome(one, other) != "merged"


ARTICLE = {"pages": "417-429", "issue": "3", "abstract": "Of 40 men 20 were conditioned. " * 9}


@pytest.mark.parametrize(
    "fields",
    [
        {"pages": "Suppl-29"},
        {"pages": "t-29"},
        {"pages": "2013"},
        {"pages": "2013", "issue": "pp 417-429"},
        {"journal": f"{ABSTRACT.journal}.46 (3) ()(pp 417-429) 2013.Date of Publication: May 2013.", "volume": None},
        {"journal": "Xueguan Waike Zazhi", "volume": None},
        {"year": 2014, "pages": None, "issue": None},
    ],
)  # fmt: skip
def test_what_exports_do_to_a_place_does_not_part_it(fields: dict[str, Any]) -> None:
    assert outcome(ARTICLE, ARTICLE | fields) == "merged"


WHOLE = {
    "pages": "417-429",
    "issue": "3",
    "volume": "46",
    "year": 2013,
    "authors": ("Roe, A.", "Low, B."),
}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # listed ahead of print, with pages of its own, in this year or the one before
        ({}, {"volume": None, "issue": None, "pages": "1-13"}),
        ({}, {"volume": None, "issue": None, "pages": "1-13", "year": 2012}),
        # a volume that some date by its first issue and some by its last
        ({"pages": None, "issue": None}, {"pages": None, "year": 2014}),
        # signs that are spelt out or written otherwise
        ({"title": "Heat above 35 °C and CD4+ cells"}, {"title": "Heat above 35[deg]C and CD4 plus cells", "pages": None}),
        ({"title": "Heat above 35 °C and CD4+ cells"}, {"title": "Heat above 35 ºC and CD4+ cells", "pages": None}),
        # a short title on the same whole pages, where the journal is missing
        ({"title": "Latent conditioning"}, {"title": "Latent conditioning", "journal": None, "issue": None}),
    ],
)  # fmt: skip
def test_what_platforms_do_to_one_publication_does_not_part_it(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert outcome(WHOLE | one, WHOLE | other) == "merged"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # a report by its pages from 1, without the journal's name
        ({}, {"volume": None, "issue": None, "pages": "1-213", "journal": None}),
        ({"pages": None}, {"pages": None, "issue": "4", "year": 2014}),
        ({"pages": None}, {"year": 2014, "pages": None, "issue": None, "abstract": "Other men were seen. " * 20, "doi": "10.1016/b"}),
        ({"title": "Conditioning in men, a phase II trial", "pages": None}, {"title": "Conditioning in men, a phase I/II trial"}),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_platforms_doing_is_not_merged(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert outcome(WHOLE | {"doi": "10.1016/a"} | one, WHOLE | other) != "merged"


def several(*fields: dict[str, Any]) -> list[set[str]]:
    items = [Item(f"{n}", replace(ABSTRACT, **(WHOLE | each))) for n, each in enumerate(fields)]
    return [set(group.keys) for group in match(items).groups]


AHEAD: dict[str, Any] = {"volume": None, "issue": None, "pages": None, "year": 2012}


def test_copies_of_one_publication_are_not_several_of_one_title() -> None:
    assert several({}, {"authors": ("Roe A", "Low B")}, AHEAD) == [{"0", "1", "2"}]


def test_a_title_in_two_volumes_recurs() -> None:
    assert several({}, {"volume": "47", "year": 2013, "pages": "9-20"}, AHEAD) == []


NOWHERE = {"volume": None, "issue": None, "pages": None}


@pytest.mark.parametrize(
    ("title", "people"),
    [("Book reviews", 2), ("Reminiscences on papers of influence in our field", 3)],
)
def test_one_heading_and_author_is_not_one_publication_where_nothing_says_where(
    title: str, people: int
) -> None:
    piece = {"title": title, "authors": ("Roe, A.",), **NOWHERE}
    others = [
        {"title": title, "authors": (f"{family}, B.",), "year": 2009 + number, **NOWHERE}
        for number, family in enumerate(("Doe", "Poe", "Moe")[: people - 1])
    ]
    assert several(piece, piece, *others) == []
    assert several(piece, piece, *others[1:]) == [{"0", "1"}]
    assert several(piece | {"volume": "46"}, piece | {"volume": "46"}, *others) == [{"0", "1"}]


def test_copies_of_a_columns_name_must_each_say_where_they_were_printed() -> None:
    column = {"title": "In this issue"}
    assert several(column, column | AHEAD | {"year": 2013}, column | AHEAD | {"year": 2013}) == []


THESIS = Fields(type="thesis", title=ABSTRACT.title, authors=("Roe, Ann",), year=2013)
OF_THESIS = replace(THESIS, type="article-journal", authors=("Roe A",), journal="Heart")
TRIAL = Fields(title=ABSTRACT.title, accession="NCT21098872", registrations=("NCT21098872",))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (THESIS, OF_THESIS),
        (THESIS, replace(OF_THESIS, type=None, volume="4")),
        (replace(THESIS, type="dataset"), OF_THESIS),
        (replace(THESIS, type="preprint"), OF_THESIS),
        # an entry of a registry that says neither who nor when, and has no journal
        (TRIAL, OF_THESIS),
        (TRIAL, replace(OF_THESIS, authors=(), year=None, registrations=TRIAL.registrations)),
        (TRIAL, replace(TRIAL, accession="NCT21098873", registrations=("NCT21098873",))),
        (replace(TRIAL, accession="CN-02", urls=("https://clinicaltrials.gov/show/NCT21098872",)), OF_THESIS),
    ],
)  # fmt: skip
def test_another_sort_of_thing_under_one_title_is_not_merged(one: Fields, other: Fields) -> None:
    assert not match([Item("a", one), Item("b", other)]).groups


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (THESIS, replace(THESIS, authors=("Roe A",), journal="ProQuest Dissertations Publishing")),
        (THESIS, replace(THESIS, type=None)),
        (
            replace(THESIS, journal="ProQuest Dissertations"),
            replace(THESIS, type="article-journal", journal="Dissertation Abstracts International"),
        ),
        # one trial, as its registry and as CENTRAL have it
        (
            replace(TRIAL, authors=("Clinic of Rome",), year=2011, journal="ClinicalTrials.gov"),
            replace(TRIAL, authors=("Nct",), year=2013, journal="https://clinicaltrials.gov/show/NCT21098872"),
        ),
        (TRIAL, replace(TRIAL, authors=("Clinic of Rome",), accession=None, journal="ClinicalTrials.gov")),
        # what an index numbers its entries by is no DOI of the article
        (
            replace(OF_THESIS, doi="10.1002/central/cn-00119779", volume="4"),
            replace(OF_THESIS, doi="10.1136/hrt.2013.12", volume="4"),
        ),
    ],
)  # fmt: skip
def test_one_sort_of_thing_as_two_indexes_have_it_is_merged(one: Fields, other: Fields) -> None:
    assert match([Item("a", one), Item("b", other)]).groups
