"""The small forms: names, DOIs, years, pages, registrations, kinds, text, carried decisions."""

import pytest

from screening.identification.carried_decisions import CarriedDecision, carried_decisions
from screening.identification.matching.kinds import kind_of
from screening.identification.readers import read
from screening.identification.texts.dates import year_of
from screening.identification.texts.dois import bare_doi, doi_in_address, doi_in_path
from screening.identification.texts.markup import plain_line, plain_text
from screening.identification.texts.name_lists import split_names
from screening.identification.texts.names import as_given, person
from screening.identification.texts.pages import page_range
from screening.identification.texts.registrations import registrations_in
from screening.identification.texts.serials import serial_numbers
from screening.records import Verdict


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Smith, John A.", "Smith, John A."),
        ("Smith,J.", "Smith, J."),
        ("Smith , J", "Smith, J"),
        ("Smith JA", "Smith, JA"),
        ("Liu R.", "Liu, R."),
        ("J. A. Smith", "Smith, J. A."),
        ("John Smith", "Smith, John"),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("Heck, K. L., Jr.", "Heck, K. L., Jr."),
        ("Heck, Jr., K. L.", "Heck, K. L., Jr."),
        ("Aa, Ii, Jr.", "Aa, Ii, Jr."),
        ("World Health Organization", "World Health Organization"),
        ("Boston Celtics,", "Boston Celtics"),
        ("Walsdorf, Neill B. [Inventor]", "Walsdorf, Neill B."),
        ("余敏", "余敏"),
        ("...", ""),
    ],
)
def test_names(written: str, expected: str) -> None:
    assert person(written) == expected
    assert person(as_given(expected)) == expected


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("Smith AB, Jones C, Roe DE.", 3),
        ("Smith, A., Jones, B., Roe, C.", 3),
        ("Joseph Rottman, Erran Carmel, Mary Lacity", 3),
        ("Van Dyke, John Paul", 1),
        ("Smith, John", 1),
        ("Isaac, Fadia and Toukhsati, Samia R and Di Benedetto, Mirella", 3),
    ],
)
def test_lists_of_names(written: str, count: int) -> None:
    assert len(split_names(written)) == count


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://doi.org/10.1000/ABC%28x%29", "10.1000/abc(x)"),
        ("10.1000/abc [doi]", "10.1000/abc"),
        ("(doi:10.1000/abc).", "10.1000/abc"),
        ("10.1639/0044-7447(2000)029 [ 0126:FITEOT]2.0.CO;2", "10.1639/0044-7447(2000)029[0126:fiteot]2.0.co;2"),
        ("10.1016/S0140-6736(05)17896-8", "10.1016/s0140-6736(05)17896-8"),
        ("10.1000/a;10.1000/b", "10.1000/a"),
        ("no identifier", None),
        ("10.1", None),
    ],
)  # fmt: skip
def test_dois(written: str, expected: str | None) -> None:
    assert bare_doi(written) == expected


def test_a_doi_in_an_address_is_taken_only_where_it_is_one() -> None:
    assert (
        doi_in_address("https://onlinelibrary.wiley.com/doi/pdf/10.1002/ece3.1722")
        == "10.1002/ece3.1722"
    )
    assert doi_in_address("https://x.org/doi/10.1000/abc/full?needAccess=true") == "10.1000/abc"
    assert doi_in_address("https://example.org/10.1000/abc") is None


def test_a_doi_among_the_values_of_a_librarys_link_ends_before_the_next() -> None:
    link = "http://sfx.example.org/a?sid=X&id=doi:10.1000%2Fa-1%2612&atitle=Cysts%3A+one&volume=3"
    assert doi_in_address(link) == "10.1000/a-1&12"


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2018//", 2018), ("SEP 2018", 2018), ("4/3/2024", 2024), ("2018 Sep-Oct", 2018), ("Start date: 20170812", 2017),
     ("98", 1998), ("'07", 2007), ("12-Dec-98", 1998), ("05/12/68", 2068), ("Dec-69", 1969), ("DEC 05", None), ("12/05", None),
     ("c1999", 1999), ("0000", None), ("undefined", None), ("12345", None)],
)  # fmt: skip
def test_years(written: str, expected: int | None) -> None:
    assert year_of(written) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [("244", "58", "244-58"), ("244", "244", "244"), ("e12", None, "e12"), ("N.PAG", None, None), ("No", "Specified", None),
     ("pp. 12\u201319", None, "12-19"), (None, "9", "9")],
)  # fmt: skip
def test_pages(first: str | None, last: str | None, expected: str | None) -> None:
    assert page_range(first, last) == expected


def test_registrations_of_many_registries() -> None:
    numbers = ("NCT01234567", "ISRCTN12345678", "ACTRN12605000123456", "ChiCTR2000012345", "CTRI/2019/01/012345",
               "DRKS00012345", "UMIN000012345", "IRCT20180101012345N1", "PACTR201901123456789", "KCT0001234")  # fmt: skip
    assert set(registrations_in("; ".join(numbers))) == set(numbers)
    assert registrations_in("the ACT and NCT0123 of 2019") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ClinicalTrials.gov no. NCT No. 01234567", ("NCT01234567",)),
        ("ISRCTN-12345678 and ISRCTN: 12345678", ("ISRCTN12345678",)),
        ("DRKS-ID: DRKS 00012345", ("DRKS00012345",)),
        ("EudraCT No. 2010-018946-87", ("2010-018946-87",)),
        ("EudraCT/2004-001234-12", ("2004-001234-12",)),
        ("EU CT number 2022-501234-12-00", ("2022-501234-12-00",)),
        ("EU Clinical Trials Register (2010-018946-87)", ("2010-018946-87",)),
        ("Dutch Trial Register: NL8123 (NTR8346)", ("NTR8346", "NL8123")),
        ("UMIN 000012345; JapicCTI-123456", ("UMIN000012345", "JapicCTI-123456")),
        ("RPCEC00000123, LBCTR2019012345, ITMCTR2020000123", ("RPCEC00000123", "LBCTR2019012345", "ITMCTR2020000123")),
        ("p75NTR123, 2019-2020 CT, EU CT of 2019, NL1234, PROSPERO CRD42019123456", ()),
    ],
)  # fmt: skip
def test_registrations_as_authors_write_them(text: str, expected: tuple[str, ...]) -> None:
    assert registrations_in(text) == expected


def test_serial_numbers() -> None:
    assert serial_numbers(["1999-7777(Electronic),0222-6666(Print)"]) == (
        ("1999-7777", "0222-6666"),
        None,
    )
    assert serial_numbers(["978-90-8585933-8", "0000000X"]) == (("0000-000X",), "9789085859338")


@pytest.mark.parametrize(
    ("written", "expected"),
    [("JOUR", "article-journal"), ("Journal Article", "article-journal"), ("Book Section", "chapter"),
     ("Conference Paper", "paper-conference"), ("Dissertation/Thesis", "thesis"), ("GEN", None), ("Map", "map")],
)  # fmt: skip
def test_kinds(written: str, expected: str | None) -> None:
    assert kind_of(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [("<i>In vivo</i> &amp; more", "In vivo & more"), ("p &lt; .05 and b > 3", "p < .05 and b > 3"),
     ("two  blanks\u00a0here", "two blanks here"), ("zero\u200bwidth", "zerowidth"), ("\x91quoted\x92", "‘quoted’")],
)  # fmt: skip
def test_lines_are_plain(written: str, expected: str) -> None:
    assert plain_line(written) == expected


def test_running_text_keeps_its_lines() -> None:
    assert plain_text("Aim:  a\r\n\r\n<p>End: b</p>\n") == "Aim: a\nEnd: b"


def decisions(text: str) -> list[CarriedDecision]:
    return list(carried_decisions(read(text.encode(), "test").records))


def test_rayyan_carries_one_decision_a_reviewer() -> None:
    note = 'RAYYAN-INCLUSION: {"Emily"=>"Included", "Sam"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: wrong population,foreign'
    assert decisions(f"TY  - JOUR\nN1  - {note}\nER  - \n") == [
        CarriedDecision(1, "Emily", Verdict.INCLUDE),
        CarriedDecision(1, "Sam", Verdict.EXCLUDE, ("wrong population", "foreign")),
    ]


def test_asreview_carries_labels_in_notes_and_in_columns() -> None:
    text = "TY  - JOUR\nN1  - x. ASReview_irrelevant\nER  - \nTY  - JOUR\nN1  - ASReview_not_seen\nER  - \n"
    assert decisions(text) == [CarriedDecision(1, "", Verdict.EXCLUDE)]
    text = "title,label_included\nOne,1\nTwo,0\nThree,\n"
    assert [(each.position, each.verdict) for each in decisions(text)] == [
        (1, "include"),
        (2, "exclude"),
    ]


def test_covidence_carries_reasons() -> None:
    text = 'Title,Covidence #,Notes\nOne,#1,"Exclusion reason: Wrong design; Roe (2021)"\n'
    assert decisions(text) == [CarriedDecision(1, "", Verdict.EXCLUDE, ("Wrong design",))]


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("http://link.springer.com/article/10.1007/s10661-016-5207-5", "10.1007/s10661-016-5207-5"),
        ("https://x.org/static/art%3A10.1007%2Fs00267-014-0325-8.pdf?originUrl=y", "10.1007/s00267-014-0325-8"),
        ("http://onlinelibrary.wiley.com/store/10.1111/disa.12056/asset/disa12056.pdf?v=1", "10.1111/disa.12056"),
        ("http://iopscience.iop.org/article/10.1088/1748-9326/aaa9c4/pdf", "10.1088/1748-9326/aaa9c4"),
        ("https://link.springer.com/content/pdf/10.1007/978-3-642-19437-5.pdf", None),
        ("https://link.springer.com/chapter/10.1007/978-3-642-19437-5_3", "10.1007/978-3-642-19437-5_3"),
        ("internal-pdf://10.1007/s10661-016-5207-5", None),
        ("https://x.org/version/10.12/a", None),
    ],
)  # fmt: skip
def test_a_publishers_address_goes_through_the_doi(address: str, doi: str | None) -> None:
    assert doi_in_path(address) == doi


def test_what_zotero_has_no_field_for_names_the_doi() -> None:
    note = "No field:<br/>accession-num: pub.1147<br/>electronic-resource-num: 10.1289/ehp12092<br/>number: 3"
    assert doi_in_address(note) == "10.1289/ehp12092"
