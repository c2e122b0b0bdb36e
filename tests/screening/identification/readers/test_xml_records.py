"""XML entries: what is found in one pass over the text is what a parser of XML finds."""

import io
import json
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from screening.identification.readers import read
from screening.identification.readers.context import Context
from screening.identification.readers.decoding import Decoder
from screening.identification.readers.xml.elements import mended
from screening.identification.readers.xml.entries import Cut, _at_a_glance, _closely
from screening.identification.readers.xml.platforms import ENDNOTE_SYNTAX
from screening.identification.readers.xml.pubmed import _ELEMENTS
from screening.identification.readers.xml.pubmed import SYNTAX as PUBMED_SYNTAX
from screening.records import Fields
from tests.screening.identification.readers.corpus import corpus_test, exports


def only(text: str) -> Fields:
    reading = read(text.encode(), "test.xml")
    records = list(reading.records)
    assert len(records) == reading.start_tags == 1
    return records[0].fields


def article(inside: str, behind: str = "") -> str:
    return (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>123</PMID>"
        f"<Article>{inside}</Article></MedlineCitation><PubmedData><History><PubMedPubDate><Year>1900</Year></PubMedPubDate>"
        f"</History>{behind}</PubmedData></PubmedArticle></PubmedArticleSet>"
    )


@pytest.mark.corpus
@corpus_test
def test_one_pass_finds_in_real_articles_what_lxml_finds() -> None:
    """Each element that lxml's tree has, with the text it has, in the same order."""
    compared = 0
    for export in exports("pubmed_xml"):
        for record in read(export.data, export.path).records:
            root = etree.fromstring(mended(record.raw) or "")
            found = _ELEMENTS.found_in(_ELEMENTS.essence(record.raw)) or []
            for name in (
                "ArticleTitle",
                "Keyword",
                "DescriptorName",
                "ISSN",
                "PublicationType",
                "Author",
            ):
                inside = [
                    inner
                    for group, leaf, inner, *_ in found
                    if leaf == name and group != "Reference"
                ]
                texts = [
                    "".join(etree.fromstring(f"<x>{inner}</x>").itertext()) for inner in inside
                ]
                assert texts == ["".join(each.itertext()) for each in root.iter(name)]
                compared += len(texts)
    assert compared > 100


@pytest.mark.corpus
@corpus_test
def test_a_glance_sees_in_real_entries_what_a_close_look_finds() -> None:
    seen = compared = 0
    for name, syntax in (("pubmed_xml", PUBMED_SYNTAX), ("endnote_xml", ENDNOTE_SYNTAX)):
        for export in exports(name):
            texts = [each.raw for each in islice(read(export.data, export.path).records, 200)]
            for text, tags in zip(texts, _at_a_glance(texts, syntax), strict=True):
                compared += 1
                if tags is not None:
                    closely = _closely(Cut(text, 1, whole=True), syntax, Context("any"))
                    assert tags == closely
                    seen += 1
    assert seen > 0.8 * compared > 80


_LIST_OF_AUTHORS = (
    "<AuthorList><Author><LastName>Two</LastName><ForeName>A</ForeName></Author></AuthorList>"
)


@pytest.mark.parametrize(
    ("whole", "damaged"),
    [("</AuthorList>", ""), ("</Author>", ""), ("<AuthorList>", ""), ("<AuthorList>", "<AuthorList/><AuthorList>"),
     ("<Author>", '<Author a="<">'), ("</AuthorList>", "</AuthorList><AuthorList>Three</AuthorList>")],
)  # fmt: skip
def test_a_damaged_list_of_authors_loses_none(whole: str, damaged: str) -> None:
    fields = only(
        article("<ArticleTitle>One</ArticleTitle>" + _LIST_OF_AUTHORS.replace(whole, damaged))
    )
    assert fields.title == "One"
    assert fields.authors[0].startswith("Two")


def test_attributes_may_hold_the_sign_that_ends_tags() -> None:
    sign = 'Label="a > b"'
    fields = only(
        article(
            f"<ArticleTitle {sign}>One</ArticleTitle><AuthorList {sign}><Author {sign}><LastName>Roe</LastName>"
            f"<ForeName>A</ForeName></Author></AuthorList><MeshHeadingList><MeshHeading><DescriptorName {sign}>Term"
            "</DescriptorName></MeshHeading></MeshHeadingList>"
        )
    )
    assert (fields.title, fields.authors, fields.keywords) == ("One", ("Roe, A",), ("Term",))


def test_one_line_of_xml_is_read_piece_by_piece_and_counted_as_one_line() -> None:
    """EndNote writes all its records into one line, of any length and sometimes in an old encoding."""
    record = "<record><titles><title>Über Bäume</title></titles></record>"
    data = f"<xml><records>{record * 10_000}</records></xml>".encode("cp1252")
    pieces = [len(piece) for piece in Decoder(io.BytesIO(data), "one.xml")]
    assert max(pieces) < len(data) / 2
    reading = read(data, "one.xml")
    assert {record.fields.title for record in reading.records} == {"Über Bäume"}
    assert [problem.where for problem in reading.problems] == ["one.xml, line 1"]
    assert reading.problems[0].message.startswith("1 lines are not UTF-8")


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=8)
_PLACES = st.sampled_from(
    [
        "ArticleTitle",
        "Abstract/AbstractText",
        "AuthorList/Author/LastName",
        "KeywordList/Keyword",
        "Other",
    ]
)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(_PLACES, _TEXT, _TEXT, _TEXT), max_size=4))
def test_an_entry_with_a_comment_says_the_same(values: list[tuple[str, str, str, str]]) -> None:
    """A comment sends an entry through lxml, which writes it anew; without one it is read as it stands."""
    root = etree.Element("PubmedArticle")
    for place, label, text, inline in values:
        element = root
        for name in place.split("/"):
            element = etree.SubElement(element, name, Label=label)
        element.text = text
        etree.SubElement(element, "i").text = inline
    plain = etree.tostring(root, encoding="unicode").replace(
        "<PubmedArticle/>", "<PubmedArticle></PubmedArticle>"
    )
    commented = plain.replace("<PubmedArticle>", "<PubmedArticle><!-- any -->")
    assert only(commented) == only(plain)


def test_comments_cdata_and_signs_in_attributes_are_read_as_xml_means_them() -> None:
    fields = only(article(
        "<ArticleTitle>a <![CDATA[<b> & c]]> <!-- no <ArticleTitle> -->d</ArticleTitle>"
        "<Abstract><AbstractText Label='A > \"B\" &amp; C'>p &lt; 0.05 in m<sup>2</sup> &#x3b1;</AbstractText></Abstract>"
    ))  # fmt: skip
    assert fields.title == "a & c d"
    assert fields.abstract == 'A > "B" & C: p < 0.05 in m2 α'


@pytest.mark.parametrize(
    "inside",
    [
        "<ArticleTitle>One<Abstract><AbstractText>Two</AbstractText></Abstract>",
        "<ArticleTitle>One</ArticleTitle><Abstract><AbstractText>Two</AbstractText>",
        "<ArticleTitle>One</ArticleTitle></AuthorList><Abstract><AbstractText>Two</Abstract>",
        "<AuthorList/><Pagination /><ArticleTitle >One</ArticleTitle ><Abstract\n><AbstractText\n>Two</AbstractText></Abstract>",
    ],
)
def test_tags_that_do_not_pair_up_lose_no_value(inside: str) -> None:
    fields = only(article(inside))
    assert (fields.title or "").startswith("One")
    assert "Two" in f"{fields.title} {fields.abstract}"


def test_cited_and_related_works_give_no_identifier() -> None:
    cited = (
        "<ReferenceList><Reference><Citation>NCT07654321</Citation><ArticleIdList><ArticleId IdType='doi'>10.9999/cited"
        "</ArticleId></ArticleIdList></Reference><ReferenceList><Reference><ArticleIdList><ArticleId IdType='doi'>10.9999/x"
        "</ArticleId></ArticleIdList></Reference></ReferenceList></ReferenceList>"
    )
    text = article("<ArticleTitle>One</ArticleTitle>", cited).replace(
        "<PMID>123</PMID>",
        "<CommentsCorrectionsList><CommentsCorrections><PMID>9</PMID></CommentsCorrections></CommentsCorrectionsList><PMID>123</PMID>",
    )
    fields = only(text)
    assert (fields.doi, fields.pmid, fields.registrations) == (None, "123", ())


def test_a_doi_that_pubmed_marks_as_invalid_is_the_last_resort() -> None:
    wrong = "<ELocationID EIdType='doi' ValidYN='N'>10.1000/wrong</ELocationID>"
    right = "<ELocationID EIdType='doi' ValidYN='Y'>10.1000/right</ELocationID>"
    assert only(article(wrong + right)).doi == "10.1000/right"
    assert only(article(wrong)).doi == "10.1000/wrong"


def test_pubmed_has_dates_names_and_abstracts_of_every_form() -> None:
    fields = only(article(
        "<Journal><JournalIssue><PubDate><MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate></JournalIssue></Journal>"
        "<ArticleTitle>[Not Available].</ArticleTitle><VernacularTitle>Über Bäume.</VernacularTitle>"
        "<AuthorList><Author><LastName>van der Berg</LastName><ForeName>J</ForeName><Initials>J</Initials><Suffix>Jr</Suffix></Author>"
        "<Author><LastName>王</LastName><ForeName>小明</ForeName></Author><Author><LastName>Madonna</LastName></Author>"
        "<Author><CollectiveName>A, B and C Group</CollectiveName></Author></AuthorList>"
        "<Abstract><AbstractText>One.</AbstractText></Abstract>"
        "<DataBankList><DataBank><DataBankName>EudraCT</DataBankName><AccessionNumberList><AccessionNumber>2004-001234-12"
        "</AccessionNumber></AccessionNumberList></DataBank></DataBankList>",
    ).replace("</Article>", "</Article><OtherAbstract Language='spa'><AbstractText>Uno.</AbstractText></OtherAbstract>"))  # fmt: skip
    assert (fields.year, fields.title) == (1998, "Über Bäume.")
    assert fields.authors == ("van der Berg, J, Jr", "王, 小明", "Madonna", "A B and C Group")
    assert (fields.abstract, fields.notes) == ("One.", ("Uno.",))
    assert fields.registrations == ("2004-001234-12",)


def test_a_chapter_of_a_book_has_its_own_authors_and_the_books_title() -> None:
    fields = only(
        "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>1</PMID><Book><BookTitle>Book</BookTitle><PubDate><Year>1993</Year>"
        "</PubDate><AuthorList Type='editors'><Author><LastName>Adam</LastName><ForeName>M</ForeName></Author></AuthorList></Book>"
        "<ArticleTitle>Chapter</ArticleTitle><AuthorList Type='authors'><Author><LastName>Roe</LastName><ForeName>A</ForeName></Author>"
        "</AuthorList><PublicationType>Review</PublicationType></BookDocument></PubmedBookArticle></PubmedArticleSet>"
    )
    assert (fields.type, fields.title, fields.journal, fields.authors, fields.year) == (
        "chapter", "Chapter", "Book", ("Roe, A",), 1993,
    )  # fmt: skip


def test_endnote_styles_groups_and_addresses() -> None:
    fields = only(
        "<xml><records><record><ref-type name='Journal Article'>17</ref-type><contributors><authors><author><style face='normal'>"
        "World Health Organization,</style></author><author>King, Martin L., Jr.</author></authors><secondary-authors><author>Ed, E"
        "</author></secondary-authors></contributors><titles><title><style>A </style><style face='italic'>vivo</style><style> study"
        "</style></title></titles><periodical/><keywords><keyword>a&#xD;b</keyword></keywords><urls><related-urls><url>"
        "<style>https://x.org/?a=1&amp;b=2</style></url></related-urls></urls></record></records></xml>"
    )
    assert fields.title == "A vivo study"
    assert fields.authors == ("World Health Organization", "King, Martin L., Jr.")
    assert (fields.keywords, fields.urls) == (("a", "b"), ("https://x.org/?a=1&b=2",))


@pytest.mark.parametrize(
    "inside",
    ["<ArticleTitle>" * 20_000, "<AuthorList>" * 20_000, "<i>" * 20_000, "<AuthorList><ArticleTitle>" * 10_000,
     "<ArticleTitle" + " " * 200_000 + ">x", "<ArticleTitle>" + "<" * 200_000, "<![CDATA[" * 20_000, "&lt;" * 100_000,
     "<ArticleTitle a='" * 20_000],
    ids=["leaves", "groups", "inline", "both", "blanks", "signs", "sections", "entities", "attributes"],
)  # fmt: skip
def test_nesting_and_repetition_take_linear_time(inside: str) -> None:
    """Any of these would take hours if the time grew with the square of the length."""
    reading = read(article(inside).encode(), "deep.xml")
    assert len(list(reading.records)) == reading.start_tags == 1


def json_only(item: object) -> Fields:
    (record,) = read(json.dumps(item).encode(), "test.json").records
    return record.fields


def test_crossref_names_trials_in_small_letters() -> None:
    number = {"clinical-trial-number": "isrctn12345678", "registry": "10.18810/isrctn"}
    fields = json_only(
        {"message": {"items": [{"title": ["One"], "clinical-trial-number": [number]}]}}
    )
    assert fields.registrations == ("ISRCTN12345678",)


def test_openalex_has_issns_and_addresses_where_the_work_appeared() -> None:
    place = {
        "landing_page_url": "https://x.org/1",
        "source": {"display_name": "J", "issn": ["1234-5678"]},
    }
    fields = json_only({"results": [{"display_name": "One", "primary_location": place}]})
    assert (fields.journal, fields.issn, fields.urls) == ("J", ("1234-5678",), ("https://x.org/1",))


def test_europe_pmc_has_full_names_and_groups() -> None:
    people = [
        {"fullName": "Roe A", "firstName": "Ann", "lastName": "Roe"},
        {"collectiveName": "ABC Group"},
    ]
    work = {"title": "One", "authorString": "Roe A, ABC Group.", "authorList": {"author": people}}
    assert json_only({"resultList": {"result": [work]}}).authors == ("Roe, Ann", "ABC Group")


def test_second_numbers_of_a_trial_are_registrations_and_its_references_are_none() -> None:
    numbers = [{"id": "2010-018946-87", "type": "EUDRACT_NUMBER"}]
    module = {"nctId": "NCT01234567", "briefTitle": "One", "secondaryIdInfos": numbers}
    cited = {"references": [{"pmid": "777", "citation": "Cited. NCT07654321"}]}
    study = {"protocolSection": {"identificationModule": module, "referencesModule": cited}}
    fields = json_only({"studies": [study]})
    assert fields.registrations == ("2010-018946-87", "NCT01234567")
    assert fields.pmid is None
