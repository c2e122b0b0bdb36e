"""Forms met in exports beyond those that the project was built on."""

from tests.screening.identification.readers.entries import fields_and_problems, only


def test_line_ends_with_a_carriage_return_too_many_part_no_records() -> None:
    entry = "%0 Journal Article\n%A Roe, A.\n%T One\n%D 2005\n\n"
    text = (entry + entry.replace("One", "Two")).replace("\n", "\r\r\n")
    (first, second), problems = fields_and_problems(text)
    assert (first.title, first.authors, first.year) == ("One", ("Roe, A.",), 2005)
    assert second.title == "Two"
    assert [problem.subject for problem in problems] == ["encoding"]


def test_a_pmid_without_a_blank_before_it_is_read() -> None:
    assert only("PMID-22664238\nOWN - NLM\nTI  - One\n").pmid == "22664238"


def test_an_address_marked_as_an_article_number_is_kept_without_the_mark() -> None:
    text = "PMID- 1\nOWN - NLM\nTI  - One\nLID - https://example.org/1/ [pii]\n"
    assert only(text).urls == ("https://example.org/1/",)


def test_a_labelled_record_of_ovid_that_is_ahead_of_print_is_read_whatever_its_number() -> None:
    fields = only(
        "<8>\nAccession Number\n  00042637-900000000-99667.\nAuthor\n  Roe, Jakob 1;  Doe, Tim MD, PhD *\n"
        "Title\n  One of two.[Review]\nSource\n  Journal of Tests. \nStatus\n  Publish Ahead of Print, 18 August 2014\n"
        "Author Keywords\n  first;  second.\nDOI Number\n  10.1000/1\n"
        "Link to the Ovid Full Text or citation\n http://ovidsp.example.org/?AN=1\n\n\n"
    )
    assert (fields.title, fields.authors) == ("One of two.", ("Roe, Jakob", "Doe, Tim"))
    assert (fields.journal, fields.year, fields.doi) == ("Journal of Tests", 2014, "10.1000/1")
    assert fields.keywords == ("first", "second")
    assert fields.urls == ("http://ovidsp.example.org/?AN=1",)


def test_endnotes_link_to_web_of_science_is_one_address() -> None:
    fields = only("TY  - JOUR\nTI  - One\nUR  - <Go to ISI>://WOS:000200148800007\nER  - \n")
    assert fields.urls == ("<Go to ISI>://WOS:000200148800007",)


BIBTEX = "@article{{key,\n  title = {{One}},\n  {line},\n  volume = {{7}}\n}}\n"


def test_a_tilde_in_an_address_of_bibtex_is_no_blank() -> None:
    for tilde in ("~", r"\~{}", r"{\textasciitilde}"):
        fields = only(BIBTEX.format(line=f"url = {{http://example.org/{tilde}roe/a.html}}"))
        assert fields.urls == ("http://example.org/~roe/a.html",)


def test_a_quotation_mark_inside_a_quoted_value_of_bibtex_does_not_end_it() -> None:
    line = 'abstract = "Goal 3, "Health and Well-Being", is meant. It is "new".", number = "5"'
    fields, problems = fields_and_problems(BIBTEX.format(line=line))
    assert fields[0].abstract == 'Goal 3, "Health and Well-Being", is meant. It is "new".'
    assert (fields[0].issue, fields[0].volume, problems) == ("5", "7", [])


def test_a_name_of_a_bibtex_field_may_have_blanks() -> None:
    assert only(BIBTEX.format(line="Early Access Date = {DEC 2019}")).year == 2019


def test_what_a_template_left_empty_is_no_value() -> None:
    fields = only(BIBTEX.format(line='number = "null", howpublished = "${howpublished}"'))
    assert (fields.issue, fields.urls) == (None, ())


def test_scielos_authors_are_parted_by_two_blanks_and_its_doi_stands_in_crossref() -> None:
    line = "author = {Roe Silva, Ana de,  Doe, Maria}, crossref = {10.1000/aie.1}"
    fields = only(BIBTEX.format(line=line))
    assert (fields.authors, fields.doi) == (("Roe Silva, Ana de", "Doe, Maria"), "10.1000/aie.1")


def test_scopus_number_is_known_by_the_address_of_its_new_pages() -> None:
    line = "url = {https://www.scopus.com/pages/publications/85161616599?origin=resultslist}"
    assert only(BIBTEX.format(line=line)).accession == "2-s2.0-85161616599"


def test_an_eprint_that_is_an_address_is_no_accession_number() -> None:
    fields = only(BIBTEX.format(line="eprint = {https://doi.org/10.1000/1}"))
    assert (fields.accession, fields.doi) == (None, "10.1000/1")
    assert fields.urls == ("https://doi.org/10.1000/1",)


def test_mail_addresses_and_author_numbers_are_no_web_addresses() -> None:
    line = "url = {ORCID: 0000-0002-1923-2552, ORCID: 0000-0002-5022-1499}"
    assert only(BIBTEX.format(line=line)).urls == ()
    assert only(BIBTEX.format(line="url = {roe@example.org}")).urls == ()


def test_the_number_and_the_subject_headings_of_bvs_are_read() -> None:
    fields = only(
        "TY  - JOUR\nTI  - One\nDB  - LILACS\nDP  - http://bvsalud.org/\nID  - lil-792750\nC8  - lil-792750\n"
        "MH  - Humanos\nMH  - Suicidio/etnolog\u00eda\nKW  - Suicide\nER  -\n"
    )
    assert fields.accession == "lil-792750"
    assert fields.keywords == ("Suicide", "Humanos", "Suicidio/etnolog\u00eda")


def test_tags_that_web_of_science_writes_behind_a_value_are_read() -> None:
    text = (
        "TY  - JOUR\nTI  - One\nAD  - Univ A, SpainAD  - Univ B, SpainC3  - UniversityPU  - ELSEVIER\n"
        "WE  - Science Citation Index Expanded (SCI-EXPANDED)AN  - WOS:000957555400001\nN1  - Note\n{more}ER  -\n"
    )
    for more in ("", "A line that continues.\n\nXX  - and one unknown\n"):
        assert only(text.format(more=more)).accession == "WOS:000957555400001"


def test_a_given_name_that_lens_has_not_is_no_name() -> None:
    fields = only("Lens ID,Title,Author/s\n000-1,One,null v. Roe; Ann Doe\n")
    assert fields.authors == ("v. Roe", "Doe, Ann")


def test_authors_that_springerlink_writes_without_anything_between_them_are_parted() -> None:
    fields = only(
        "Item Title,Publication Title,Item DOI,Authors\n"
        "One,Journal,10.1000/1,No\u00eblle RoeS. C. Doe-SmithRo\u015f de MeerAnn McNeilLi Wu\n"
    )
    assert fields.authors == (
        "Roe, No\u00eblle",
        "Doe-Smith, S. C.",
        "de Meer, Ro\u015f",
        "McNeil, Ann",
        "Wu, Li",
    )


def test_the_one_source_row_of_embase_is_taken_apart() -> None:
    fields = only(
        '"TITLE","One"\n"AUTHOR NAMES","Roe A.B.","Doe M."\n'
        '"SOURCE","Colloids (2026) 750:2 Article Number: 141489. Date of Publication: 5 Dec 2026"\n"DOI","10.1000/1"\n'
    )
    assert (fields.journal, fields.year, fields.volume) == ("Colloids", 2026, "750")
    assert (fields.issue, fields.article_number) == ("2", "141489")


def test_two_names_in_one_line_of_ris_are_two() -> None:
    fields = only("TY  - JOUR\nTI  - One\nA1  - Roe, Ivan\nA1  - Doe, M and Poe, S\nER  -\n")
    assert fields.authors == ("Roe, Ivan", "Doe, M", "Poe, S")


def test_text_with_a_label_that_is_a_columns_name_is_no_table() -> None:
    text = "news.example.org\n\n1. One\nDate: \t2005-11-07\nKeywords: \tInnovation, Imitation\nJEL: \tD81\n"
    fields, problems = fields_and_problems(text)
    assert fields == []
    assert [problem.subject for problem in problems] == ["unknown format"]


def test_a_book_as_a_whole_appeared_in_no_other() -> None:
    fields = only(
        "<PubmedBookArticle><BookDocument><PMID>1</PMID><Book><BookTitle>One</BookTitle></Book></BookDocument>"
        "</PubmedBookArticle>"
    )
    assert (fields.title, fields.journal, fields.type) == ("One", None, "book")


def test_bibtex_without_keys_as_endnote_writes_it_is_told_and_read() -> None:
    entry = "\n\t@article{\n\t  author = {Roe, A. and Doe, B.},\n\t  title = {One},\n\t  year = {2012}\n\t}\n"
    fields = only(entry)
    assert (fields.authors, fields.title, fields.year) == (("Roe, A.", "Doe, B."), "One", 2012)


def test_the_page_at_pubmed_tells_the_pmid() -> None:
    for address in (
        "https://pubmed.ncbi.nlm.nih.gov/37293115/",
        "http://www.ncbi.nlm.nih.gov/pubmed/37293115",
    ):
        assert only(f"TY  - JOUR\nTI  - One\nUR  - {address}\nER  -\n").pmid == "37293115"
    address = "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC37293115/"
    assert only(f"TY  - JOUR\nTI  - One\nUR  - {address}\nER  -\n").pmid is None


def test_text_of_proquest_may_have_lines_before_its_first_document() -> None:
    text = (
        "____________________\nReport Information from ProQuest\nMay 01 2023 12:00\n____________________\n\n"
        "Document 1 of 2\n\nTitle: One\n\nAuthor: Roe, Ann 1 ; Doe, Bob C 2   1 School of Tests 2 College\n\n"
        "Volume: 7\n____________________\n\nDocument 2 of 2\n\nTitle: Two\n\nAuthor: Poe, Ed\n"
    )
    (first, second), _ = fields_and_problems(text)
    assert (first.title, first.authors) == ("One", ("Roe, Ann", "Doe, Bob C"))
    assert (second.title, second.authors) == ("Two", ("Poe, Ed",))


def test_an_entity_in_a_name_parts_it_not() -> None:
    fields = only("TY  - JOUR\nTI  - One\nAU  - R&ouml;e, J&ouml;rg\nAU  - Doe, A\nER  - \n")
    assert fields.authors == ("Röe, Jörg", "Doe, A")


def test_a_pmid_that_is_labelled_behind_is_one() -> None:
    fields = only(
        "TY  - JOUR\nTI  - One\nU1  - 123[EPPI-Reviewer ID]\nU2  - 456[Pubmed ID]\nER  - \n"
    )
    assert (fields.pmid, fields.accession) == ("456", None)


def test_a_page_of_europe_pmc_names_the_pmid() -> None:
    entry = "TY  - JOUR\nTI  - One\nUR  - https://europepmc.org/{}/123\nER  - \n"
    assert only(entry.format("abstract/MED")).pmid == "123"
    assert only(entry.format("article/PMC")).pmid is None


def test_names_and_headings_of_labelled_ovid_are_parted() -> None:
    fields = only(
        "<1>\nUnique Identifier\n  123\nTitle\n  One\nAuthors Full Name\n  Roe, Ann.  Doe, Bob C.  van der Poe, Carl.\n"
        "MeSH Subject Headings\n  *Moods\n  Humans\nYear of Publication\n  2019\n"
    )
    assert fields.authors == ("Roe, Ann", "Doe, Bob C", "van der Poe, Carl")
    assert fields.keywords == ("*Moods", "Humans")


def test_the_source_line_of_cab_holds_the_year_behind_the_journal() -> None:
    fields = only(
        "<1>\nVN  - Ovid Technologies\nTI  - One\nSO  - Journal of Tests; 2019. 12(3):45-67. 20 ref.\n"
    )
    assert (fields.journal, fields.volume, fields.issue) == ("Journal of Tests", "12", "3")
    assert fields.pages == "45-67"


def test_the_address_of_a_registered_trial_is_no_journal() -> None:
    fields = only(
        "Record #1 of 1\nID: CN-01\nTI: One\nSO: https://example.org/show/NCT01234567\nYR: 2018\n"
    )
    assert fields.journal is None
    assert fields.urls == ("https://example.org/show/NCT01234567",)
    assert fields.registrations == ("NCT01234567",)


def test_refworks_of_cnki_has_a_small_tag_and_a_separator_behind_the_last() -> None:
    fields = only(
        "RT Journal Article\nSR 1\nT1 One\nIS 03\nvo 12\nOP 45-67\nLA English;\nDS CNKI\n"
    )
    assert (fields.issue, fields.volume, fields.pages) == ("03", "12", "45-67")
    assert fields.language == "English"


def test_a_section_of_a_book_is_a_chapter() -> None:
    assert only("RT Book, Section\nSR 1\nT1 One\nYR 2019\n").type == "chapter"


def test_columns_may_have_german_french_or_spanish_names() -> None:
    for header in (
        "Titel;Autoren;Jahr;Zeitschrift;Zusammenfassung;Band",
        "Titre;Auteurs;Année;Revue;Résumé;Volume",
        "Título;Autores;Año;Revista;Resumen;Volumen",
    ):
        fields = only(header + "\nOne;Roe, A;2019;Tests;Text;7\n")
        assert (fields.title, fields.authors, fields.year) == ("One", ("Roe, A",), 2019)
        assert (fields.journal, fields.abstract, fields.volume) == ("Tests", "Text", "7")


def test_a_table_without_a_title_column_is_warned_of() -> None:
    _, problems = fields_and_problems("PMID,DOI\n1,10.1000/1\n")
    assert [problem.subject for problem in problems] == ["no title column"]


SCOPUS = """Scopus
EXPORT DATE: 11 February 2026

Roe A., Doe B.C.
AUTHOR FULL NAMES: Roe, Ann (57200000000); Doe, Bob C. (57200000001)
57200000000; 57200000001
One: A trial
(2021) Journal of Tests, Trials and Errors, 68 (2), art. no. 55, pp. 2711 - 2726, Cited 6 times.
DOI: 10.1000/1
https://www.scopus.com/inward/record.uri?eid=2-s2.0-85000000001&doi=10.1000%2f1&partnerID=40

ABSTRACT: First line.
Second line.

AUTHOR KEYWORDS: first; second
PUBMED ID: 123
ISSN: 12345679
LANGUAGE OF ORIGINAL DOCUMENT: English
REFERENCES: Other A., Another work, (2001) Journal, doi 10.1000/other
DOCUMENT TYPE: Article
SOURCE: Scopus

Poe C.
57200000002;
Two
(2018) Tests Weekly, 12345 LNCS, pp. 1-2.
https://www.scopus.com/inward/record.uri?eid=2-s2.0-85000000002&partnerID=40
DOCUMENT TYPE: Review
SOURCE: Scopus

[No author name available]
Three
(2019) Tests, ICSE 2019
https://www.scopus.com/pages/publications/85000000003
SOURCE: Scopus

"""


def test_plain_text_of_scopus_is_read() -> None:
    for text in (SCOPUS, SCOPUS.replace("\n", "\r\n")):
        (first, second, third), problems = fields_and_problems(text)
        assert not problems
        assert (first.title, first.authors) == ("One: A trial", ("Roe, Ann", "Doe, Bob C."))
        assert first.journal == "Journal of Tests, Trials and Errors"
        assert (first.year, first.volume, first.issue, first.pages) == (
            2021,
            "68",
            "2",
            "2711-2726",
        )
        assert (first.article_number, first.doi, first.pmid) == ("55", "10.1000/1", "123")
        assert (first.abstract, first.keywords) == (
            "First line.\nSecond line.",
            ("first", "second"),
        )
        assert (first.accession, first.issn) == ("2-s2.0-85000000001", ("1234-5679",))
        assert (first.language, first.type) == ("English", "article-journal")
        assert (second.title, second.authors, second.pages) == ("Two", ("Poe, C.",), "1-2")
        assert (second.journal, second.volume) == ("Tests Weekly", "12345 LNCS")
        assert (third.title, third.authors, third.year) == ("Three", (), 2019)
        assert third.accession == "2-s2.0-85000000003"


def test_plain_text_of_scopus_and_what_follows_it_in_one_file() -> None:
    entry = "TY  - JOUR\nTI  - Last\nER  - \n"
    fields, _ = fields_and_problems(SCOPUS + SCOPUS + entry)
    assert [each.title for each in fields] == ["One: A trial", "Two", "Three"] * 2 + ["Last"]
    fields, _ = fields_and_problems(entry + "\n" + SCOPUS)
    assert [each.title for each in fields] == ["Last", "One: A trial", "Two", "Three"]


def test_plain_text_of_scopus_without_the_line_between_two_records_loses_none() -> None:
    fields, _ = fields_and_problems(SCOPUS.replace("SOURCE: Scopus\n", ""))
    assert [each.title for each in fields] == ["One: A trial", "Two", "Three"]


def test_what_stands_for_authors_that_are_not_named_is_no_author() -> None:
    for word in (
        "[No author name available]",
        "No authorship, indicated",
        "No authorship indicated",
        "[No authors listed]",
    ):
        fields = only(f"TY  - JOUR\nTI  - One\nAU  - {word}\nER  - \n")
        assert (fields.authors, fields.notes) == ((), ())
    table = 'Authors,Title,Year\n"No authorship, indicated",One,2019\n'
    assert only(table).authors == ()


def test_what_stands_for_an_abstract_that_is_not_there_is_none() -> None:
    for word in ("[No abstract available]", "No abstract available.", "Abstract not available"):
        assert only(f"TY  - JOUR\nTI  - One\nAB  - {word}\nER  - \n").abstract is None
    kept = "No abstract is better than this."
    assert only(f"TY  - JOUR\nTI  - One\nAB  - {kept}\nER  - \n").abstract == kept


def test_text_of_cnki_is_read() -> None:
    entry = (
        "SrcDatabase-来源库: 期刊\nTitle-题名: 一\nAuthor-作者: 张三;李四;\nOrgan-单位: 大学\nSource-文献来源: 学报\n"
        "Keyword-关键词: 运动;情绪\nSummary-摘要: 文本\nPubTime-发表时间: 2019-03-01\nYear-年: 2019\nRoll-卷: 12\n"
        "Period-期: 3\nPageCount-页码: 45-67\n\n"
    )
    (first, second), problems = fields_and_problems(entry + entry.replace("一", "二"))
    assert not problems
    assert (first.title, first.authors, first.year) == ("一", ("张三", "李四"), 2019)
    assert (first.journal, first.volume, first.issue) == ("学报", "12", "3")
    assert (first.pages, first.abstract, first.keywords) == ("45-67", "文本", ("运动", "情绪"))
    assert second.title == "二"
    (first, second), _ = fields_and_problems(
        "DataType: 1\nTitle-题名: 一\nAuthor-作者: 张三;\nPeriod-期: 07\nPageCount-页数: 1\nPage-页码: 161\n\n"
        "DataType: 1\nTitle-题名: 二\nYear-年: 2013\n"
    )
    assert (first.issue, first.pages, second.year) == ("07", "161", 2013)
