"""RIS as platforms really write it."""

import pytest

from screening.identification.readers import read
from screening.records import Record

ENTRY = "TY  - JOUR\nTI  - A title\nAU  - Smith, Ann\nPY  - 2020\nER  - \n\n"


def records(text: str) -> list[Record]:
    return list(read(text.encode(), "test.ris").records)


def only(text: str) -> Record:
    found = records(text)
    assert len(found) == 1
    return found[0]


def tagged(**values: str) -> Record:
    lines = [f"{tag}  - {value}" for tag, value in values.items()]
    return only("\n".join(["TY  - JOUR", *lines, "ER  - ", ""]))


def test_raw_is_the_entry_verbatim_and_the_line_is_its_first() -> None:
    text = ENTRY.replace("\n", "\r\n") * 2
    first, second = records(text)
    assert first.raw == text[: text.index("ER  - ") + len("ER  - ")]
    assert (first.line, second.line) == (1, 7)


@pytest.mark.parametrize(
    "shape",
    [
        lambda text: text.replace("  - ", " - "),
        lambda text: text.replace("  - ", "\t- "),
        lambda text: text.replace("  - ", "\xa0\xa0- "),
        lambda text: text.replace("  - ", "  -"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: "".join(f"   {line}\n" for line in text.split("\n")),
        lambda text: text.replace("ER  - \n", ""),
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.rstrip(),
    ],
)
def test_odd_spacing_and_missing_ends_lose_nothing(shape) -> None:  # noqa: ANN001 - a function of text
    found = records(shape(ENTRY * 3))
    assert [(r.fields.title, r.fields.authors, r.fields.year) for r in found] == [
        ("A title", ("Smith, Ann",), 2020)
    ] * 3


def test_lower_case_tags_are_tags() -> None:
    assert only("ty  - JOUR\nti  - A title\ner  - \n").fields.title == "A title"


def test_an_entry_without_ty_is_kept_and_named() -> None:
    reading = read(f"{ENTRY}TI  - Headless\nAU  - Roe, R\nER  - \n\n{ENTRY}".encode(), "test.ris")
    assert [record.fields.title for record in reading.records] == ["A title", "Headless", "A title"]
    assert reading.start_tags == 2
    assert [problem.subject for problem in reading.problems] == ["TY"]


def test_text_in_another_format_behind_it_is_read_too() -> None:
    reading = read(f"{ENTRY}\n\nPMID- 123\nOWN - NLM\nTI  - Other\n".encode(), "test.ris")
    assert [(r.format, r.fields.title) for r in reading.records] == [
        ("ris", "A title"),
        ("nbib", "Other"),
    ]
    assert any(problem.subject == "mixed" for problem in reading.problems)


def test_what_ovid_appends_behind_er_belongs_to_the_entry() -> None:
    text = f"1.\n{ENTRY.rstrip()}\nNL  - J Test\n\nLink to the Ovid Full Text\n\n2.\n{ENTRY}"
    first, second = records(text)
    assert first.fields.journal_abbreviation == "J Test"
    assert "Link to the Ovid Full Text" in first.raw
    assert "2." not in first.raw
    assert second.raw.startswith("TY")


def test_a_line_that_only_looks_like_a_tag_stays_in_the_abstract() -> None:
    abstract = tagged(AB="Levels of\nIL  - 6 rose\nand fell").fields.abstract
    assert abstract is not None
    assert abstract.split() == ["Levels", "of", "IL", "-", "6", "rose", "and", "fell"]


def test_er_with_text_behind_it_does_not_end_the_entry() -> None:
    record = tagged(AB="The\nER  - ratio was 3", PY="2020")
    assert record.fields.year == 2020


def test_the_second_abstract_becomes_a_note() -> None:
    fields = only("TY  - JOUR\nAB  - First.\nAB  - Copyright.\nER  - \n").fields
    assert fields.abstract == "First."
    assert fields.notes == ("Copyright.",)


def test_cited_references_of_psycinfo_give_no_doi() -> None:
    assert tagged(M1="Doe, J. (2001). Cited. doi:10.1234/cited").fields.doi is None


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("DO", "https://doi.org/10.1000/ABC.1"),
        ("DO", "doi:10.1000/abc.1"),
        ("L3", "10.1000/abc.1"),
        ("UR", "https://dx.doi.org/10.1000%2Fabc.1"),
        ("M3", "doi: 10.1000/abc.1"),
        ("N1", "Copyright. DOI: 10.1000/abc.1."),
    ],
)
def test_the_doi_is_found_wherever_it_is_named(tag: str, value: str) -> None:
    assert tagged(**{tag: value}).fields.doi == "10.1000/abc.1"


@pytest.mark.parametrize("placeholder", ["N.PAG", "No Pagination Specified", "n/a", "-"])
def test_placeholders_are_no_pages(placeholder: str) -> None:
    assert tagged(SP=placeholder).fields.pages is None


def test_pages_are_a_range_as_printed() -> None:
    assert tagged(SP="244", EP="58").fields.pages == "244-58"
    assert tagged(SP="43\u201058").fields.pages == "43-58"
    assert tagged(SP="12-19", EP="19").fields.pages == "12-19"


def test_article_numbers_and_serial_numbers_have_their_own_fields() -> None:
    fields = tagged(C7="e0123", SN="1234-5679 (ISSN); 9781234567897").fields
    assert (fields.article_number, fields.issn, fields.isbn) == (
        "e0123",
        ("1234-5679",),
        "9781234567897",
    )


def test_identifiers_are_told_from_numbers_that_only_look_like_them() -> None:
    assert tagged(U1="35957633 [PMID]").fields.pmid == "35957633"
    assert tagged(U1="102199191").fields.pmid is None
    assert tagged(C3="PUBMED 21314913").fields.pmid == "21314913"
    assert tagged(N1="Accession Number: 2019-65183-001; x").fields.accession == "2019-65183-001"


def test_two_authors_of_one_name_are_two_authors() -> None:
    assert (
        only("TY  - JOUR\nAU  - Wang, Y\nAU  - Wang, Y\nER  - \n").fields.authors
        == ("Wang, Y",) * 2
    )


def test_registrations_are_found_in_running_text_but_not_in_cited_references() -> None:
    fields = tagged(AB="Registered as NCT 01234567 and DRKS00012345.", M1="NCT07654321").fields
    assert fields.registrations == ("DRKS00012345", "NCT01234567")


def test_time_does_not_grow_with_the_square_of_a_line() -> None:
    """Two hundred thousand blanks, and a field of five million signs, are read in passing."""
    blanks = " " * 200_000
    assert tagged(TI=f"a{blanks}b", AB="word " * 1_000_000, N1=blanks).fields.title == "a b"
    assert tagged(AB="\n" * 200_000 + "end").fields.abstract == "end"
