"""Forms met in exports that others had put on view, which nothing here was built on."""

from tests.screening.identification.readers.entries import fields_and_problems, only


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


def test_of_two_page_fields_of_refer_the_range_counts_and_not_the_number_of_pages() -> None:
    fields = only("%0 Journal Article\n%T One\n%P 5\n%V 3\n%P 269-273\n")
    assert (fields.pages, fields.volume) == ("269-273", "3")


def test_a_doi_in_the_place_of_the_pages_is_the_doi_and_no_pages() -> None:
    for text in (
        "TY  - JOUR\nTI  - One\nSP  - DOI: 10.5555/j.1757.2011\nER  - \n",
        "TY  - JOUR\nTI  - One\nSP  - 10.5555/j.1757.2011\nER  - \n",
        "@article{a,\n  title = {One},\n  pages = {doi:10.5555/j.1757.2011}\n}\n",
    ):
        fields = only(text)
        assert (fields.doi, fields.pages) == ("10.5555/j.1757.2011", None)
    behind = "@article{a,\n  title = {One},\n  pages = {269--273, doi: 10.5555/j.1}\n}\n"
    assert only(behind).pages == "269-273"


def test_a_pmid_in_the_place_of_an_accession_number_or_a_key_is_the_pmid() -> None:
    fields = only("TY  - JOUR\nTI  - One\nAN  - PMID:35123456\nER  - \n")
    assert (fields.pmid, fields.accession) == ("35123456", None)
    assert only("@article{PMID:35123456,\n  title = {One}\n}\n").pmid == "35123456"
    assert only("@article{PMID:35123456,\n  title = {One},\n  pmid = {1}\n}\n").pmid == "1"


def test_a_registration_number_in_the_place_of_an_article_number_is_none() -> None:
    start = "TY  - JOUR\nAN  - CN-01234567\nTI  - One\n"
    fields = only(f"{start}C7  - NCT01234567\nER  - \n")
    assert (fields.article_number, fields.registrations) == (None, ("NCT01234567",))
    assert only(f"{start}C7  - CD001234\nER  - \n").article_number == "CD001234"


def test_the_name_of_a_file_of_endnote_is_one_address_with_its_blanks() -> None:
    fields = only("TY  - JOUR\nTI  - One\nL1  - internal-pdf://Roe 2012 tea.pdf\nER  - \n")
    assert fields.urls == ("internal-pdf://Roe%202012%20tea.pdf",)


def test_the_day_of_publication_in_a_table_of_another_language_tells_the_year() -> None:
    for name in ("出版日期", "发表时间", "発行日", "발행일"):
        assert only(f"题名,作者,刊名,{name}\n茶,李,茶报,2019-03-01\n").year == 2019


def test_articles_of_the_service_of_ieee_have_journal_pages_keywords_and_nested_authors() -> None:
    fields = only(
        '{"total_records": 1, "articles": [{"doi": "10.5555/a", "title": "One", "volume": "87", '
        '"authors": {"authors": [{"affiliation": "X", "full_name": "N. Roe", "author_order": 1}]}, '
        '"publication_title": "Proceedings of Tea", "publication_year": 1999, "start_page": "1208", '
        '"end_page": "1227", "html_url": "https://ieeexplore.ieee.org/document/771073/", '
        '"index_terms": {"ieee_terms": {"terms": ["Protocols"]}, "author_terms": {"terms": ["Tea"]}}}]}'
    )
    assert (fields.authors, fields.journal) == (("Roe, N.",), "Proceedings of Tea")
    assert (fields.pages, fields.keywords) == ("1208-1227", ("Protocols", "Tea"))
    assert fields.urls == ("https://ieeexplore.ieee.org/document/771073/",)


def test_keywords_of_json_grouped_by_kind_are_keywords() -> None:
    groups = (
        '[{"type": "Author Keywords", "kwd": ["Tea", "Sleep"]}, {"type": "MeSH", "kwd": ["Rest"]}]'
    )
    assert only(f'[{{"title": "One", "keywords": {groups}}}]').keywords == ("Tea", "Sleep", "Rest")


def test_a_header_row_with_a_line_end_in_a_quoted_cell_is_one_row() -> None:
    text = 'Authors,Year,"kind = 1\nplace = 2",Title,Journal,Notes\n"Roe, A.",2019,1,One,Tea,x\n'
    fields = only(text)
    assert (fields.title, fields.year, fields.journal) == ("One", 2019, "Tea")
    _, problems = fields_and_problems(text)
    assert not problems
    # A quotation mark that nothing closes is a letter of the header.
    assert only('Authors,Year,Title,3" tube\n"Roe, A.",2019,One,y\n').title == "One"


def test_columns_named_as_the_keys_of_a_service_are_known() -> None:
    fields = only(
        "id,title,authorString,journalTitle,pubYear,pageInfo,journalVolume,mesh,urls\n"
        '1,One,"Roe AB, Doe C.",Tea,2020,1-9,7,Rest; Sleep,doi:https://doi.org/10.5555/a; html:https://a.org/b\n'
    )
    assert (fields.authors, fields.journal) == (("Roe, AB", "Doe, C"), "Tea")
    assert (fields.year, fields.volume, fields.pages) == (2020, "7", "1-9")
    assert (fields.keywords, fields.doi) == (("Rest", "Sleep"), "10.5555/a")
    assert fields.urls == ("https://doi.org/10.5555/a", "https://a.org/b")


def test_the_catalogue_an_item_of_csl_json_came_from_is_no_journal() -> None:
    assert only('[{"type": "article-journal", "title": "One", "source": "Zotero"}]').journal is None
    dated = '[{"type": "book", "title": "One", "source": "X", "issued": {"date-parts": [[2012]]}}]'
    assert only(dated).journal is None
    assert only('[{"title": "One", "source": "Tea", "year": 2019}]').journal == "Tea"


def test_an_article_number_that_pubmed_gives_only_as_location_is_one() -> None:
    start = "PMID- 1\nTI  - One\nLID - 10.5555/a [doi]\n"
    assert only(f"{start}LID - e006788\n").article_number == "e006788"
    assert only(f"{start}LID - 193 [pii]\n").article_number == "193"
    assert only(f"{start}LID - e006788\nPG  - e1-9\n").article_number is None
    assert only(f"{start}LID - S0140-6736(20)30183-5 [pii]\n").article_number is None


def test_entries_of_a_feed_turned_into_json_have_all_authors_and_the_summary() -> None:
    (fields,), _ = fields_and_problems(
        '{"feed": {"title": "Query", "id": "https://a.org"}, "entries": [{"author": "B. Doe", "title": "One", '
        '"authors": [{"name": "A. Roe"}, {"name": "B. Doe"}], "author_detail": {"name": "B. Doe"}, '
        '"tags": [{"term": "physics", "scheme": "x", "label": null}], "summary": "We tested.", '
        '"arxiv_doi": "10.5555/a", "arxiv_journal_ref": "Tea 3", "published": "2011-10-13T22:34:25Z"}]}'
    )
    assert fields.authors == ("Roe, A.", "Doe, B.")
    assert (fields.abstract, fields.keywords, fields.year) == ("We tested.", ("physics",), 2011)
    assert (fields.doi, fields.journal) == ("10.5555/a", "Tea 3")


def test_a_suffix_behind_initials_without_a_comma_is_no_given_name() -> None:
    fields = only('Title,Authors,Year,Venue\nOne,"Roe R.L., Jr.; Doe J., III; Poe, Jr.",2019,Tea\n')
    assert fields.authors == ("Roe, R.L., Jr.", "Doe, J., III", "Poe, Jr.")
    assert fields.journal == "Tea"


def test_a_group_keeps_its_name_as_written_and_a_society_behind_a_book_is_no_author() -> None:
    start = "FN Clarivate Analytics Web of Science\nVR 1.0\nPT C\nAU Roe, A\n"
    end = "TI One\nPY 2019\nER\n\nEF\n"
    assert only(f"{start}CA Assoc Tea Drinkers\n{end}").authors == ("Roe, A", "Assoc Tea Drinkers")
    assert only(f"{start}GP Assoc Tea Drinkers\n{end}").authors == ("Roe, A",)
    assert (
        only("PMID- 1\nTI  - One\nFAU - Roe, Ann\nCN  - Tea Drinkers\n").authors[1]
        == "Tea Drinkers"
    )


def test_authors_of_json_that_have_nothing_but_a_name_are_people_where_all_are_so() -> None:
    (fields,), _ = fields_and_problems(
        '{"entries": [{"title": "One", "author": [{"name": "Ann Roe", "arxiv:affiliation": "X"}, {"name": "B. Doe"}],'
        ' "link": [{"@href": "https://arxiv.org/abs/1", "@rel": "alternate"}], "arxiv:doi": "10.5555/a"}]}'
    )
    assert fields.authors == ("Roe, Ann", "Doe, B.")
    assert (fields.doi, fields.urls) == ("10.5555/a", ("https://arxiv.org/abs/1",))
    mixed = (
        '[{"title": "One", "author": [{"family": "Roe", "given": "A"}, {"name": "Tea Drinkers"}]}]'
    )
    assert only(mixed).authors == ("Roe, A", "Tea Drinkers")


def test_a_section_of_a_book_as_zotero_and_others_write_it_is_a_chapter() -> None:
    for name in ("bookSection", "book-section", "bookPart", "book-part", "Book Part"):
        fields = only(f"Item Type,Title,Author,Publication Year\n{name},One,Roe,2019\n")
        assert fields.type == "chapter"
