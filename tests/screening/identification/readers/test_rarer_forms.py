"""Forms met in exports that others had put on view, which nothing here was built on."""

from screening.identification.readers import read
from screening.problems import Problem
from screening.records import Fields


def fields_and_problems(text: str) -> tuple[list[Fields], list[Problem]]:
    reading = read(text.encode(), "test")
    fields = [record.fields for record in reading.records]
    assert len(fields) == reading.start_tags
    return fields, reading.problems


def only(text: str) -> Fields:
    (fields,), _ = fields_and_problems(text)
    return fields


def test_a_tab_before_the_equals_sign_of_bibtex_begins_a_field_behind_a_quoted_value() -> None:
    fields = only(
        '@Misc{\t  a,\n  title\t\t= "{O}ne",\n  year\t\t= "May 1989",\n  pages\t\t= "1-2"\n}\n'
    )
    assert (fields.title, fields.year, fields.pages) == ("One", 1989, "1-2")


def test_names_of_bibtex_parted_by_commas_before_the_last_and_are_single_names() -> None:
    for text, names in (
        ("J. C. Roe, W. M. Doe, and D. Poe", ("Roe, J. C.", "Doe, W. M.", "Poe, D.")),
        ("W. Roe, G. P. Doe and L. W. Poe", ("Roe, W.", "Doe, G. P.", "Poe, L. W.")),
        ("P. Roe and P. Doe (eds.)", ("Roe, P.", "Doe, P.")),
        ("de la Roe, J. and Doe, K.", ("de la Roe, J.", "Doe, K.")),
    ):
        assert only(f"@misc{{a,\n  author = {{{text}}},\n  title = {{One}}\n}}\n").authors == names


PROQUEST = """____________________________________________________________

Report Information from ProQuest
December 08 2015 21:33
____________________________________________________________

Table of contents

1. One of two

2. Two

Bibliography

____________________________________________________________

Document 1 of 2

One of two

Author: Roe, Ann

http://search.proquest.com/docview/1548716365?accountid=1

Abstract: Little is known.

Links: http://sfx.example.org/?rft_id=info:doi/

Degree: M.A.

ISBN: 9781303940095

Identifier / keyword: First, second

Language: English

ProQuest document ID: 1548716365

Publication year: 2014

Title: One of two

____________________________________________________________

Document 2 of 2

Two

Author: Doe, Ben; Poe, Cy

Publication title: Journal of Tests

Volume: 7

Publication year: 2015

____________________________________________________________

Bibliography

Citation style: APA 6th

Roe, A. (2014). One of two.
"""


def test_a_report_of_proquest_in_which_the_title_has_no_label_before_it_is_read() -> None:
    (first, second), problems = fields_and_problems(PROQUEST)
    assert not [problem for problem in problems if problem.severity == "error"]
    assert (first.title, first.authors, first.year) == ("One of two", ("Roe, Ann",), 2014)
    assert (first.accession, first.isbn, first.doi) == ("1548716365", "9781303940095", None)
    assert first.abstract == "Little is known."
    assert (second.title, second.authors, second.year) == ("Two", ("Doe, Ben", "Poe, Cy"), 2015)
    assert (second.journal, second.volume) == ("Journal of Tests", "7")


def test_a_table_whose_columns_are_ovids_tags_is_read_as_ovids_tags_are() -> None:
    first, second = fields_and_problems(
        "ORN,VN,DB,UI,PM,TI,SO,AU,IN,MH,AB\n"
        '1,Ovid Technologies,Embase,2011722477,29635641 [http://www.ncbi.nlm.nih.gov/pubmed/?term=29635641],"One, two.",'
        '"Journal of Tests. 25 (1) (no pagination), 2018. Article Number: tay018. Date of Publication: 2018.",'
        '"Roe V.\n\nDoe J.","(Roe) Place","adult\n\n*risk",Text.\n'
        '2,Ovid Technologies,Embase,2011210115,,Two.,"Tests in Disorders. 14 (no pagination), 2021. Date of Publication: 2021.",'
        "Walt A.V.D.,,human,Text.\n"
    )[0]
    assert (first.title, first.authors) == ("One, two.", ("Roe, V", "Doe, J"))
    assert (first.journal, first.year, first.volume) == ("Journal of Tests", 2018, "25")
    assert (first.issue, first.pages, first.article_number) == ("1", None, "tay018")
    assert (first.pmid, first.accession) == ("29635641", "2011722477")
    assert first.keywords == ("adult", "*risk")
    assert (second.journal, second.year, second.volume) == ("Tests in Disorders", 2021, "14")
    assert (second.issue, second.pages) == (None, None)


def test_the_pages_of_a_supplement_are_read_from_embases_source() -> None:
    fields = only(
        '"TITLE","One"\n"AUTHOR NAMES","Roe J."\n'
        '"SOURCE","Annals of Tests (2023) 82:4 Supplement (S171-S172). Date of Publication: 1 Oct 2023"\n'
        '"PUBLICATION YEAR","2023"\n"VOLUME","82"\n'
    )
    assert (fields.journal, fields.issue, fields.pages) == (
        "Annals of Tests",
        "4 Supplement",
        "S171-S172",
    )


ZOTERO = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"'
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:bib="http://purl.org/net/biblio#" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">{}</rdf:RDF>'
)


def test_zoteros_rdf_gives_addresses_and_the_doi_and_no_year_for_a_day_of_access() -> None:
    page, article = fields_and_problems(
        ZOTERO.format(
            '<bib:Document rdf:about="https://example.org/a"><z:itemType>webpage</z:itemType><dc:title>One</dc:title>'
            "<dc:identifier><dcterms:URI><rdf:value>https://example.org/a</rdf:value></dcterms:URI></dc:identifier>"
            "<dcterms:dateSubmitted>2020-07-23 15:34:03</dcterms:dateSubmitted></bib:Document>"
            '<bib:Article rdf:about="https://example.org/b"><z:itemType>journalArticle</z:itemType>'
            '<dcterms:isPartOf rdf:resource="urn:issn:1234-5679"/><dc:title>Two</dc:title><dc:date>May 2000</dc:date></bib:Article>'
            '<bib:Journal rdf:about="urn:issn:1234-5679"><dc:title>Tests</dc:title>'
            "<dc:identifier>DOI 10.1000/S0016(00)16-1</dc:identifier><dc:identifier>ISSN 1234-5679</dc:identifier></bib:Journal>"
        )
    )[0]
    assert (page.year, page.urls) == (None, ("https://example.org/a",))
    assert (article.doi, article.issn) == ("10.1000/s0016(00)16-1", ("1234-5679",))


def test_words_beside_an_address_are_no_addresses() -> None:
    fields = only(
        "TY  - JOUR\nTI  - One\nUR  - [PDF in repository] https://example.org/a.pdf\nER  - \n"
    )
    assert fields.urls == ("https://example.org/a.pdf",)


def test_two_whole_names_with_a_comma_and_no_blank_between_them_are_two() -> None:
    first, second, third = fields_and_problems(
        "Title,Authors,Year\n"
        'One,"Ann Roe,Ben M Doe",2019\nTwo,"Roe Poe,Ann",2019\nThree,"Roe Poe, Ann Mary",2019\n'
    )[0]
    assert first.authors == ("Roe, Ann", "Doe, Ben M")
    assert second.authors == ("Roe Poe, Ann",)
    assert third.authors == ("Roe Poe, Ann Mary",)


def test_columns_may_be_named_in_cyrillic_and_east_asian_letters_or_turkish() -> None:
    for header in (
        "Название,Авторы,Год,Журнал",
        "标题,作者,年份,期刊",
        "タイトル,著者,年,雑誌名",
        "제목,저자,연도,학술지명",
        "Başlık,Yazarlar,Yıl,Dergi",
        "Titolo,Autori,Anno,Rivista",
    ):
        fields = only(f'{header}\nOne,"Roe, A.; Doe, B.",2019,Tests\n')
        assert (fields.title, fields.authors) == ("One", ("Roe, A.", "Doe, B."))
        assert (fields.year, fields.journal) == (2019, "Tests")


def test_what_google_scholar_says_of_a_file_is_no_part_of_the_title() -> None:
    fields = only(
        "Paper Title,Year,Author,Url of paper\n"
        "[HTML][HTML] One,2019,A Roe,https://www.example.org/articles/10.3389/fneur.2019.00030/full\n"
    )
    assert (fields.title, fields.doi) == ("One", "10.3389/fneur.2019.00030")
    assert only("Title,Year\n[Not so] simple,2019\n").title == "[Not so] simple"


def test_a_list_two_levels_down_in_a_services_answer_is_found() -> None:
    fields = only(
        '{"result": {"completions": {"@total": "1", "c": {"text": "one"}}, "hits": {"@total": "1", "hit": [\n'
        '{"@id": "1", "info": {"authors": {"author": [{"@pid": "2", "text": "Ann Roe"}, {"@pid": "3", "text": "Ben A. Doe 0001"}]},\n'
        '"title": "One.", "venue": "TESTS", "year": "2014", "pages": "1-2", "doi": "10.1000/1",\n'
        '"ee": "https://doi.org/10.1000/1", "key": "conf/a/1", "url": "https://dblp.org/rec/conf/a/1"}, "url": "URL#1"}]}}}'
    )
    assert (fields.title, fields.authors) == ("One.", ("Roe, Ann", "Doe, Ben A."))
    assert (fields.journal, fields.year, fields.pages) == ("TESTS", 2014, "1-2")
    assert fields.doi == "10.1000/1"


def test_the_address_of_a_query_for_one_number_at_pubmed_gives_the_pmid() -> None:
    fields = only(
        "TY  - JOUR\nTI  - One\n"
        "UR  - http://www.ncbi.nlm.nih.gov/entrez/query.fcgi?cmd=Retrieve&db=PubMed&dopt=Citation&list_uids=15450156\nER  - \n"
    )
    assert fields.pmid == "15450156"


def test_a_list_of_keywords_parted_by_commas_alone_is_taken_apart() -> None:
    text = "TY  - JOUR\nTI  - One\nKW  - {}\nER  - \n"
    assert only(text.format("Bacterial,Bacterial: genetics,DNA")).keywords == (
        "Bacterial",
        "Bacterial: genetics",
        "DNA",
    )
    assert only(text.format("1,2,3-triazole")).keywords == ("1,2,3-triazole",)
    assert only(text.format("Theory, Methods")).keywords == ("Theory, Methods",)


def test_underlined_letters_are_read_without_their_markup() -> None:
    assert only("TY  - JOUR\nTI  - <underline>O</underline>ne\nER  - \n").title == "One"


def test_an_electronic_address_behind_a_groups_name_is_no_part_of_it() -> None:
    table = (
        'Title,Authors,Year\nOne,"Roe Group. Electronic address: a@example.org; Roe Group.",2019\n'
    )
    assert only(table).authors == ("Roe Group", "Roe Group.")


def test_the_plain_text_of_scopus_with_its_heading_made_a_comment_is_read() -> None:
    fields = only(
        "# Scopus\n# EXPORT DATE:04 Feb 2022\n\nRoe, A.L., Doe, B.V.\n7404809114;6701605943;\nOne\n"
        "(2021) Tests, 24 (3), art. no. 033403, . \n"
        "https://www.scopus.com/inward/record.uri?eid=2-s2.0-85103787002&partnerID=40\n\nDOI: 10.1000/1\n\n"
        "DOCUMENT TYPE: Article\nSOURCE: Scopus\n"
    )
    assert (fields.title, fields.authors, fields.year) == ("One", ("Roe, A.L.", "Doe, B.V."), 2021)
    assert (fields.journal, fields.article_number, fields.doi) == ("Tests", "033403", "10.1000/1")


def test_a_chapter_without_a_title_is_called_by_its_name_but_not_by_its_number() -> None:
    text = "@inbook{{a,\n  chapter = {{{}}},\n  booktitle = {{Tests}},\n  year = 1974\n}}\n"
    assert only(text.format("One of two")).title == "One of two"
    assert only(text.format("5")).title is None


def test_what_a_programs_table_writes_for_numbers_and_for_nothing_is_read_as_meant() -> None:
    first, second = fields_and_problems(
        "Title,Authors,Year,Volume,Issue,Page start,Page end,DOI,PubMed ID,Abstract\n"
        "One,Roe A.; Doe B.,2024.0,316.0,2.0,1472.0,1476.0,nan,39176482.0,NA\n"
        "2.0,NA,2024,nan,NaN,None,null,10.1000/1,,Text\n"
    )[0]
    assert (first.year, first.volume, first.issue, first.pages) == (2024, "316", "2", "1472-1476")
    assert (first.doi, first.pmid, first.abstract) == (None, "39176482", None)
    assert (second.title, second.authors, second.volume) == ("2.0", (), None)
    assert (second.issue, second.pages, second.doi) == (None, None, "10.1000/1")


def test_the_article_number_in_pubmeds_text_is_read() -> None:
    fields = only(
        "1. Tests. 2019 Feb 22;8(2). pii: E193. doi: 10.1000/1.\n\nOne of two.\n\nRoe I(1), Doe AV(2).\n\n"
        "Text.\n\nDOI: 10.1000/1\nPMID: 30813280\n"
    )
    assert (fields.article_number, fields.volume, fields.issue) == ("E193", "8", "2")
