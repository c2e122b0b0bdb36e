"""No input crashes a reader, and none loses a start tag in silence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.identification.readers import read
from tests.screening.identification.readers.corpus import corpus_test, exports

SEEDS = {
    "ris": b"TY  - JOUR\nTI  - One\nAU  - Roe, A\nAB  - Text\nER  - \n\nTY  - BOOK\nTI  - Two\nER  - \n",
    "nbib": b"PMID- 1\nOWN - NLM\nTI  - One\n\nPMID- 2\nTI  - Two\n",
    "wos": b"FN Clarivate\nVR 1.0\nPT J\nAU Roe, A\nTI One\nER\n\nPT B\nTI Two\nER\n\nEF\n",
    "ovid": b"<1. >\nVN  - Ovid Technologies\nTI  - One\n\n<2. >\nVN  - Ovid Technologies\nTI  - Two\n",
    "cochrane": b"Record #1 of 2\nID: CN-1\nTI: One\n\n\nRecord #2 of 2\nID: CN-2\nTI: Two\n",
    "labelled": b"Title: One\n\nAuthor: Roe, A\n\nDOI: 10.1000/1\n\n____________\n\nTitle: Two\n\nAuthor: Doe, B\n",
    "scopus text": b"Scopus\nEXPORT DATE: 1 May 2023\n\nRoe A.\nOne\n(2019) Tests, 1 (2), pp. 3-4.\nhttps://www.scopus.com/1\nSOURCE: Scopus\n\nTwo\n(2020) Tests.\nhttps://www.scopus.com/2\nSOURCE: Scopus\n",
    "field rows": b'"TITLE","One"\n"AUTHOR NAMES","Roe A."\n"DOI","10.1000/1"\n\n"TITLE","Two"\n"DOI","10.1000/2"\n',
    "pubmed text": b"1. J T. 2020;3(2):1-9.\n\nOne.\n\nRoe A.\n\nPMID: 1\n\n\n2. J T. 2019;2:4.\n\nTwo.\n\nDoe B.\n\nPMID: 2\n",
    "refworks": b"RT Journal Article\nA1 Roe,A\nT1 One\n\nRT Book, Whole\nT1 Two\n",
    "noteexpress": b"{Reference Type}: Book\n{Title}: One\n{Author}: Roe, A\n\n{Reference Type}: Book\n{Title}: Two\n",
    "enw": b"%0 Book\n%T One\n%A Roe, A\n\n%0 Book\n%T Two\n",
    "bibtex": b'@article{a,\n title = {One {x}},\n author = "Roe, A and Doe, B"\n}\n@book{b, title={Two}}\n',
    "csv": b'Title,Authors,Year\n"One, or",Roe A,2001\nTwo,"Doe B; Roe A",2002\n',
    "tsv": b"Title\tAuthors\tYear\nOne\tRoe A\t2001\nTwo\tDoe B\t2002\n",
    "endnote_xml": b"<xml><records><record><ref-type name='Book'>6</ref-type><titles><title>One</title></titles></record></records></xml>",
    "pubmed_xml": b"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID></MedlineCitation></PubmedArticle></PubmedArticleSet>",
    "ebsco_xml": b"<records><rec resultID='1'><header uiTerm='9'><controlInfo><jinfo><jtl>J</jtl></jinfo><artinfo><ui type='doi'>10.1000/1</ui><tig><atl>One</atl></tig><aug><au>Roe, A</au></aug></artinfo></controlInfo></header></rec><rec resultID='2'><header uiTerm='8'/></rec></records>",
    "ictrp_xml": b"<Trials_downloaded_from_ICTRP><Trial><Internal_Number>1</Internal_Number><TrialID>NCT00000001</TrialID><Public_title>One</Public_title></Trial><Trial><TrialID>ISRCTN1</TrialID></Trial></Trials_downloaded_from_ICTRP>",
    "ssv": b"Title;Authors;Year\nOne;Roe A, Doe B;2001\nTwo;Doe B;2002\n",
    "json": b'[{"type": "book", "title": "One", "author": [{"family": "Roe"}]}, {"title": "Two"}]',
    "rdf": b"<rdf:RDF xmlns:rdf='r' xmlns:dc='d'><rdf:Description><dc:title>One</dc:title></rdf:Description></rdf:RDF>",
}  # fmt: skip
PIECES = [
    *(seed[: len(seed) // 2] for seed in SEEDS.values()),
    *SEEDS.values(),
    b"\n\n", b"\r", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"{", b"}", b'"', b"</record>", b"<record>", b"ER  - \n", b"&#x0;", b"=", b",", b"\xc3",
]  # fmt: skip


def check(data: bytes) -> None:
    reading = read(data, "any")
    records = list(reading.records)
    assert [record.position for record in records] == list(range(1, len(records) + 1))
    assert records or reading.problems
    assert "accounting" not in {problem.subject for problem in reading.problems}
    assert all(count <= len(records) for count in reading.field_counts.values())


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_survived(data: bytes) -> None:
    check(data)


@pytest.mark.parametrize("name", sorted(SEEDS))
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_damaged_file_of_any_format_is_survived_and_accounted_for(
    name: str, data: st.DataObject
) -> None:
    text = SEEDS[name]
    for _ in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 12))
        text = text[:place] + data.draw(st.sampled_from([b"", *PIECES])) + text[place + cut :]
    check(text)


@pytest.mark.corpus
@corpus_test
def test_a_real_file_cut_anywhere_is_survived_and_accounted_for() -> None:
    for number, export in enumerate(exports()):
        data = export.data[:40_000]
        check(data[: len(data) * (number % 7 + 1) // 9])


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_every_encoding_reads_the_same(encoding: str) -> None:
    text = "TY  - JOUR\nTI  - Ünïcode – “quoted”\nAU  - Müller, Ä\nER  - \n"
    reading = read(text.encode(encoding), "test.ris")
    (record,) = reading.records
    assert record.fields.title == "Ünïcode – “quoted”"
    assert record.fields.authors == ("Müller, Ä",)


def test_a_file_pasted_from_two_encodings_keeps_both_and_says_so() -> None:
    entry = "TY  - JOUR\nTI  - Müller\nER  - \n"
    reading = read(entry.encode("utf-8") + entry.encode("cp1252"), "test.ris")
    assert [record.fields.title for record in reading.records] == ["Müller", "Müller"]
    assert reading.encoding == "utf-8+cp1252"
    assert [problem.severity for problem in reading.problems] == ["warning"]


def test_line_separators_of_unicode_do_not_end_lines() -> None:
    (record,) = read(
        "TY  - JOUR\nTI  - One\u2028TY  - two\u0085x\nER  - \n".encode(), "test.ris"
    ).records
    assert record.fields.title is not None
    assert record.fields.title.startswith("One")


def test_field_counts_say_how_many_records_have_a_field() -> None:
    reading = read(SEEDS["ris"], "test.ris")
    assert len(list(reading.records)) == 2
    assert (reading.field_counts["title"], reading.field_counts["abstract"]) == (2, 1)
