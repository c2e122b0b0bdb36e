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
