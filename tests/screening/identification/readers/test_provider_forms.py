"""Forms of platforms' exports that are rare, yet sent by people who chose the other option."""

import pytest

from screening.identification.readers import read
from screening.problems import Problem
from screening.records import Fields

RIS = "TY  - JOUR\n{lines}\nER  - \n"


def fields_and_problems(text: str) -> tuple[list[Fields], list[Problem]]:
    reading = read(text.encode(), "test")
    return [record.fields for record in reading.records], reading.problems


def only(text: str) -> Fields:
    (fields,), _ = fields_and_problems(text)
    return fields


def test_cochranes_citation_export_is_read() -> None:
    entry = (
        "Record #{n} of 2\nID: CN-0123456{n}\nAU: Doe J\nAU: Roe A\nTI: Effect of CBT\nSO: Psychological medicine\n"
        "YR: 2017\nVL: 47\nNO: 4\nPG: 1-9\nPM: PUBMED 2789012{n}\nDOI: 10.1000/c{n}\nAB: Background.\n\n\n"
    )
    (first, second), problems = fields_and_problems(entry.format(n=1) + entry.format(n=2))
    assert first.authors == ("Doe, J", "Roe, A")
    assert (first.title, first.year, first.pages) == ("Effect of CBT", 2017, "1-9")
    assert (second.pmid, second.doi, second.accession) == ("27890122", "10.1000/c2", "CN-01234562")
    assert problems == []


def test_embases_table_of_a_field_a_row_is_read_as_records() -> None:
    text = (
        '"TITLE","One"\n"AUTHOR NAMES","Roe A.B.","Doe M."\n"PUBLICATION YEAR","2021"\n"DOI","10.1000/1"\n\n'
        '"TITLE","Two"\n"AUTHOR NAMES","Lee S."\n"PUBLICATION YEAR","2020"\n"DOI","10.1000/2"\n'
    )
    (first, second), problems = fields_and_problems(text)
    assert (first.title, first.authors, first.doi) == ("One", ("Roe, A.B.", "Doe, M."), "10.1000/1")
    assert (second.title, second.authors, second.year) == ("Two", ("Lee, S.",), 2020)
    assert problems == []


def test_a_statement_of_rights_is_no_abstract_where_there_is_another() -> None:
    fields = only(
        RIS.format(lines="AB  - Copyright of J is the property of P.\nN2  - Aims and methods.")
    )
    assert fields.abstract == "Aims and methods."
    assert fields.notes == ("Copyright of J is the property of P.",)


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("https://www.scopus.com/inward/record.uri?eid=2-s2.0-85083041234&partnerID=40", "2-s2.0-85083041234"),
        ("http://search.ebscohost.com/login.aspx?direct=true&db=rzh&AN=102199191&site=x", "102199191"),
        ("https://example.org/?AN=1234567", None),
    ],
)  # fmt: skip
def test_the_number_that_only_an_address_names_is_the_accession(
    address: str, number: str | None
) -> None:
    assert only(RIS.format(lines=f"TI  - One\nUR  - {address}")).accession == number


def test_a_pmid_of_dimensions_stands_in_u1() -> None:
    lines = "DB  - Dimensions\nUR  - https://app.dimensions.ai/details/publication/pub.1\nU1  - 30000000"
    assert only(RIS.format(lines=lines)).pmid == "30000000"


def test_columns_of_dimensions_and_of_the_trial_registers_are_known() -> None:
    dimensions = only(
        "Publication ID,Title,Pagination,Dimensions URL\npub.1,One,e12,https://app.dimensions.ai/x\n"
    )
    assert (dimensions.accession, dimensions.pages, dimensions.urls) == (
        "pub.1",
        "e12",
        ("https://app.dimensions.ai/x",),
    )
    trial = only(
        "TrialID,Public title,Date registration,Web address\nNCT01234567,One,01/02/2015,https://x.org/1\n"
    )
    assert (trial.accession, trial.year, trial.urls) == ("NCT01234567", 2015, ("https://x.org/1",))


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("A Smith, BC Jones", ("Smith, A", "Jones, BC")),
        ("A Smith, B Jones, ...", ("Smith, A", "Jones, B")),
        ("Smith A and Jones B", ("Smith, A", "Jones, B")),
        ("Smith, Ann", ("Smith, Ann",)),
        ("Ministry of Health and Social Care", ("Ministry of Health and Social Care",)),
    ],
)
def test_lists_of_names_are_parted_as_scholar_and_rayyan_write_them(
    written: str, names: tuple[str, ...]
) -> None:
    assert only(f'Title,Authors\nOne,"{written}"\n').authors == names


def test_numbers_of_scopus_authors_are_no_part_of_their_names() -> None:
    text = 'Author full names,Title\n"Marshall, Iain J. (57190000000); Wallace, Byron (7000000000)",One\n'
    assert only(text).authors == ("Marshall, Iain J.", "Wallace, Byron")


def test_columns_of_proquests_workbook_are_known() -> None:
    names = "Title,StoreId,documentType,pubtitle,year,DocumentURL,digitalObjectIdentifier"
    fields = only(f"{names}\nOne,289,Journal Article,Annals,2020,https://x.org/1,10.1000/p\n")
    assert (fields.journal, fields.doi, fields.accession) == ("Annals", "10.1000/p", "289")
    assert fields.urls == ("https://x.org/1",)


def test_columns_of_publish_or_perish_are_known() -> None:
    names = "Cites,Authors,Title,Year,Source,ArticleURL,GSRank,StartPage,EndPage,ECC"
    fields = only(f"{names}\n3,A Smith,One,2020,Annals,https://x.org/1,1,12,34,3\n")
    assert (fields.pages, fields.urls) == ("12-34", ("https://x.org/1",))


def test_conditions_of_a_trial_in_a_csv_file_are_keywords() -> None:
    names = "NCT Number,Study Title,Brief Summary,Conditions"
    fields = only(f"{names}\nNCT01234567,One,Short.,Depression|Anxiety\n")
    assert (fields.abstract, fields.keywords) == ("Short.", ("Depression", "Anxiety"))


def test_openalex_names_authors_and_pmids_its_own_way() -> None:
    names = "id,display_name,authorships.author.display_name,ids.pmid"
    fields = only(
        f"{names}\nhttps://openalex.org/W1,One,Ann Roe|Bo Lee,https://pubmed.ncbi.nlm.nih.gov/123\n"
    )
    assert (fields.authors, fields.pmid) == (("Roe, Ann", "Lee, Bo"), "123")


def test_a_user_field_that_is_wholly_a_doi_is_one() -> None:
    assert only(RIS.format(lines="TI  - One\nU4  - 10.1000/rw")).doi == "10.1000/rw"
    assert only(RIS.format(lines="TI  - One\nN1  - 10.1000/a and 10.1000/b")).doi is None


def test_pages_stand_in_brackets_in_embases_source_on_ovid() -> None:
    entry = (
        "<1>\nVN  - Ovid Technologies\nTI  - One\nSO  - Pediatrics. 143 (5) (pp S12-S19), 2019.\n"
    )
    fields = only(entry)
    assert (fields.volume, fields.issue, fields.pages) == ("143", "5", "S12-S19")


def test_proquests_text_with_labels_is_read() -> None:
    line = "_" * 40
    entry = (
        line
        + "\n\nDocument {n} of 2\n\nTitle: Reading {n}\n\nAuthor: Garcia, Maria 1 ; Lopez, Juan 2\n\n"
        "Publication title: Annals\n\nPages: 12-34\n\nPublication year: 2020\n\nDOI: https://doi.org/10.1000/p{n}\n\n"
        "Subject: Reading; Infants\n\nDocument URL: https://www.proquest.com/docview/{n}\n\nAbstract: Text.\n\n"
    )
    (first, second), problems = fields_and_problems(entry.format(n=1) + entry.format(n=2))
    assert (first.title, first.authors) == ("Reading 1", ("Garcia, Maria", "Lopez, Juan"))
    assert (first.journal, first.abstract, first.doi) == ("Annals", "Text.", "10.1000/p1")
    assert (second.title, second.year, second.pages) == ("Reading 2", 2020, "12-34")
    assert second.keywords == ("Reading", "Infants")
    assert second.urls == ("https://www.proquest.com/docview/2",)
    assert problems == []


ABSTRACT = """\
1. J Test. 2020 Feb;3(2):1-9. doi: 10.1000/a.

A title about
two lines.

Smith AB(1), Jones C(2).

Author information:
(1)Dept X.

BACKGROUND: In steps:
1. first
2. second

PMID: 12345678 [Indexed for MEDLINE]


2. J Test. 2019 Jan;2(1):10-19.

Second title.

Lee D.

PMID: 12345679
"""
SUMMARY = """\
1: Smith AB, Jones C. A title. J Test. 2020 Feb;3(2):1-9. doi: 10.1000/a. PMID: 12345678.

2: Lee D. Is it second? J Test Rev. 2019 Jan;2(1):10-19. PMID: 12345679; PMCID: PMC1.
"""


def test_pubmeds_abstracts_for_reading_are_read_and_named() -> None:
    (first, second), problems = fields_and_problems(ABSTRACT)
    assert (first.title, first.authors) == ("A title about two lines.", ("Smith, AB", "Jones, C"))
    assert (first.journal, first.year, first.volume, first.issue, first.pages) == ("J Test", 2020, "3", "2", "1-9")  # fmt: skip
    assert (first.doi, first.pmid) == ("10.1000/a", "12345678")
    assert first.abstract == "BACKGROUND: In steps: 1. first 2. second"
    assert (second.title, second.authors, second.pmid) == ("Second title.", ("Lee, D",), "12345679")
    assert [problem.subject for problem in problems] == ["text"]


def test_pubmeds_summaries_are_read_and_named() -> None:
    (first, second), problems = fields_and_problems(SUMMARY)
    assert (first.title, first.authors, first.doi) == ("A title.", ("Smith, AB", "Jones, C"), "10.1000/a")  # fmt: skip
    assert (second.title, second.journal, second.year) == ("Is it second?", "J Test Rev", 2019)
    assert [problem.subject for problem in problems] == ["text"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Cancer (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004", ("Cancer", 2004, "102", "4", "253-258", None)),
        ("Int J Surg (2019) 54 (83-86). Date of Publication: 1 Jan 2019", ("Int J Surg", 2019, "54", None, "83-86", None)),
        ("Sci Rep (2021) 11:1 Article Number: 4063. Date of Publication: 1 Dec 2021", ("Sci Rep", 2021, "11", "1", None, "4063")),
        ("Cancer Care", ("Cancer Care", None, None, None, None, None)),
    ],
)  # fmt: skip
def test_the_one_source_column_of_embase_is_taken_apart(
    source: str, expected: tuple[str | int | None, ...]
) -> None:
    fields = only(f'Title,Author Names,Source\nOne,Roe A.,"{source}"\n')
    found = (fields.journal, fields.year, fields.volume, fields.issue, fields.pages)
    assert (*found, fields.article_number) == expected


@pytest.mark.parametrize(
    "text",
    [
        RIS.format(lines="AU  - Roe, A.\nAU  - et al."),
        RIS.format(lines="AU  - Roe, A., et al"),
        "Title,Authors\nOne,Roe A. et al.\n",
        "@article{a, author = {Roe, A. and others}}",
    ],
)
def test_et_al_is_no_author_and_is_told(text: str) -> None:
    (fields,), problems = fields_and_problems(text)
    assert fields.authors == ("Roe, A.",)
    assert fields.notes == ("Authors: et al.",)
    assert [problem.subject for problem in problems] == ["et al"]


def test_a_group_that_helps_others_is_an_author() -> None:
    assert only(RIS.format(lines="AU  - Helping Others,")).authors == ("Helping Others",)


def test_the_number_of_a_record_of_medline_is_its_pmid_whoever_sends_it() -> None:
    ovid = RIS.format(lines="DB  - Ovid MEDLINE(R) ALL\nAN  - 30000001\nDP  - Ovid Technologies")
    assert only(ovid).pmid == "30000001"
    assert (
        only("<1. >\nVN  - Ovid Technologies\nDB  - Ovid MEDLINE(R)\nUI  - 30000001\n").pmid
        == "30000001"
    )
    assert only(RIS.format(lines="DB  - APA PsycInfo\nAN  - 30000001")).pmid is None
    assert only(RIS.format(lines="DB  - Embase, MEDLINE\nAN  - 30000001")).pmid is None


def test_ebscos_first_page_and_count_are_a_range() -> None:
    entry = "<records><rec resultID='1'><header><controlInfo><pubinfo>{pages}</pubinfo></controlInfo></header></rec></records>"
    assert only(entry.format(pages="<ppf>244</ppf><ppct>15</ppct>")).pages == "244-258"
    assert only(entry.format(pages="<ppf>e12</ppf><ppct>15</ppct>")).pages == "e12"
    assert only(entry.format(pages="<ppf>7</ppf><ppct>1</ppct>")).pages == "7"
    table = '"Article Title","Journal Title","First Page","Page Count"\n"One","J","244","15"\n'
    assert only(table).pages == "244-258"


@pytest.mark.parametrize(
    "note",
    [
        "Export Date: 1 January 2024; References: Doe J., 2001, https://doi.org/10.1000/cited",
        "Cited References: Roe A, DOI: 10.1000/cited",
        "Comment on: Smith 2018, doi: 10.1000/cited; PMID: 12345678",
        "Erratum in J Test. 2020. doi: 10.1000/cited. PMID: 12345678",
    ],
)
def test_what_a_note_names_of_other_works_is_not_the_entrys_own(note: str) -> None:
    fields = only(RIS.format(lines=f"TI  - One\nN1  - {note}"))
    assert (fields.doi, fields.pmid) == (None, None)
    own = only(RIS.format(lines=f"TI  - One\nN1  - doi:10.1000/own; {note}"))
    assert own.doi == "10.1000/own"


def test_publish_or_perish_writes_zero_for_nothing_and_the_kind_of_file_for_a_type() -> None:
    fields = only(
        "Cites,Authors,Title,Year,Source,ArticleURL,GSRank,Type,DOI,Volume,Issue,StartPage,EndPage\n"
        '12,"A Roe, B Doe",One,2011,Infant,https://onlinelibrary.wiley.com/doi/abs/10.1000/p,1,HTML,,0,0,0,0\n'
    )
    assert (fields.type, fields.volume, fields.issue, fields.pages) == (None, None, None, None)
    assert (fields.authors, fields.doi) == (("Roe, A", "Doe, B"), "10.1000/p")


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        ("Infant Ment Health J. 2011 Mar;32(2):207-231. doi: 10.1002/i.2.", ("32", "2", "207-231")),
        ("BMJ. 2020;5:e12.", ("5", None, "e12")),
        ("Trials. 2021 Dec 1;22(Suppl 1):3. doi: 10.1000/t. Epub 2021 Nov 5.", ("22", "Suppl 1", "3")),
        ("J Test. 2024 Jan 5. doi: 10.1000/x. Online ahead of print.", (None, None, None)),
    ],
)  # fmt: skip
def test_pubmeds_citation_column_holds_volume_issue_and_pages(
    citation: str, expected: tuple[str | None, ...]
) -> None:
    text = f'PMID,Title,Authors,Citation,Journal/Book,Publication Year\n1,One,"Roe A.","{citation}",J,2020\n'
    fields = only(text)
    assert (fields.volume, fields.issue, fields.pages) == expected
    assert (fields.year, fields.journal) == (2020, "J")


def test_a_pmid_with_its_address_behind_it_is_one() -> None:
    link = "http://www.ncbi.nlm.nih.gov/pubmed/?term=29000000"
    text = f"<1. >\nVN  - Ovid Technologies\nDB  - Embase\nPM  - 29000000 [{link}]\n"
    assert only(text).pmid == "29000000"


def test_a_blank_before_the_comma_is_no_part_of_a_name() -> None:
    lines = "AU  - Roe , Ann Bea\nAU  - Doe  ,  B"
    assert only(RIS.format(lines=lines)).authors == ("Roe, Ann Bea", "Doe, B")


def test_an_issue_zero_of_others_is_one() -> None:
    assert only("Title,Authors,Issue\nOne,Roe A,0\n").issue == "0"
