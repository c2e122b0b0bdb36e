"""Forms of tables, JSON and XML met in a third sample of exports that others had put on view."""

import pytest

from tests.screening.identification.readers.entries import fields_and_problems, only


def test_what_stands_in_brackets_in_a_columns_name_says_nothing() -> None:
    fields = only(
        'Título (original),Autor(a),Year (online),Resumo (pt)\nUm,"Roe, Ann",2015,Texto\n'
    )
    assert (fields.title, fields.authors, fields.year, fields.abstract) == (
        "Um",
        ("Roe, Ann",),
        2015,
        "Texto",
    )


def test_a_column_whose_name_is_known_counts_before_one_that_is_when_brackets_are_left_out() -> (
    None
):
    assert only("Title (short),Title,Year\nS,The whole,2015\n").title == "The whole"


def test_columns_of_brazilian_theses_are_known() -> None:
    fields = only(
        "Título,Autor(a),Ano de defesa,Idioma,Assuntos em português,Resumo em Português,Resumo em inglês\n"
        'Um,"Roe, Ann",2015,por,A; B,,Text\n'
    )
    assert (fields.year, fields.language, fields.keywords, fields.abstract) == (
        2015,
        "por",
        ("A", "B"),
        "Text",
    )
    fields = only(
        "AN_BASE;NM_PRODUCAO;NM_DISCENTE;NM_IDIOMA;DS_PALAVRA_CHAVE;DS_RESUMO;DS_ABSTRACT\n"
        '2019;"UM";"ANN ROE";"PORTUGUES";"A; B";"Texto.";"Text."\n'
    )
    assert (fields.title, fields.authors, fields.year, fields.abstract) == (
        "UM",
        ("ROE, ANN",),
        2019,
        "Texto.",
    )


def test_a_column_of_the_first_author_holds_the_author() -> None:
    assert only("pmid,first_author,article_title\n1,Ann Roe,One\n").authors == ("Roe, Ann",)


@pytest.mark.parametrize("name", ["link_abstract", "Fulltext URL", "Link de acesso", "doi_url"])
def test_a_column_is_of_addresses_where_its_name_has_the_word_for_them(name: str) -> None:
    address = "https://www.medrxiv.org/content/10.1101/2020.04.10.20060558v2?versioned=TRUE"
    fields = only(f"title,{name}\nOne,{address}\n")
    assert fields.urls == (address,)
    assert fields.doi == "10.1101/2020.04.10.20060558"


@pytest.mark.parametrize("name", ["data url", "code link", "cites_url", "Related URL"])
def test_an_address_of_something_else_is_none_of_the_entry(name: str) -> None:
    fields = only(f"title,{name}\nOne,https://doi.org/10.1000/other\n")
    assert (fields.urls, fields.doi) == ((), None)


def test_blanks_around_quoted_cells_are_no_part_of_the_row() -> None:
    fields, problems = fields_and_problems(
        'ID,Title,Author(s),Publication year,URL \n "S1","One, two","Roe, Ann","2024","" \n'
        '"S2","Three","Doe, Bob","2023","" \n'
    )
    assert [(each.title, each.authors, each.year) for each in fields] == [
        ("One, two", ("Roe, Ann",), 2024),
        ("Three", ("Doe, Bob",), 2023),
    ]
    assert not problems


def test_blanks_behind_the_commas_of_a_table_part_no_quoted_cell() -> None:
    fields, _ = fields_and_problems(
        'title, authors, year\n"One, two", "Roe, Ann", 2024\n"Three", "Doe, Bob", 2023\n'
    )
    assert [(each.title, each.authors, each.year) for each in fields] == [
        ("One, two", ("Roe, Ann",), 2024),
        ("Three", ("Doe, Bob",), 2023),
    ]


def test_names_with_commas_and_nothing_else_between_them_are_paired() -> None:
    fields = only(
        "Title,Author(s),Source,Publication year\n"
        'One,"Gomes, Ana Sá, Silva, Bia da, Barros, Cau de","Saúde; 48(141); 11-22",2024\n'
    )
    assert fields.authors == ("Gomes, Ana Sá", "Silva, Bia da", "Barros, Cau de")
    assert (fields.journal, fields.volume, fields.issue, fields.pages) == (
        "Saúde",
        "48",
        "141",
        "11-22",
    )
    fields = only("Title,Source\nOne,Saúde; 58(); -\n")
    assert (fields.journal, fields.volume, fields.issue, fields.pages) == (
        "Saúde",
        "58",
        None,
        None,
    )


def test_cells_in_the_braces_of_bibtex_are_read_without_them() -> None:
    fields = only(
        'title,author,journal,volume,year,type\n"{On the {RNA} of\none}",'
        '"Roe, Ann and Doe,\nBob and\nPoe, Cy",{PHYSICS \\& CO},{40},{2020},{Article}\n'
    )
    assert fields.title == "On the RNA of one"
    assert fields.authors == ("Roe, Ann", "Doe, Bob", "Poe, Cy")
    assert (fields.journal, fields.volume, fields.year) == ("PHYSICS & CO", "40", 2020)


def test_a_title_that_is_a_word_for_nothing_is_lost_only_where_its_row_says_so_elsewhere() -> None:
    fields, _ = fields_and_problems(
        "title,authors,year,doi,volume\nNone,Roe A.,2020,10.1000/1,3\nNone,Doe B.,2021,None,4\n"
        "One,None,NA,n/a,-\n"
    )
    assert [each.title for each in fields] == ["None", None, "One"]
    assert (fields[2].authors, fields[2].year, fields[2].volume) == ((), None, None)


def test_small_capitals_are_read_without_their_markup() -> None:
    assert only("title,year\nOf <scp>DNA</scp> circuits,2020\n").title == "Of DNA circuits"


@pytest.mark.parametrize("tail", [".short", ".full", "/full", "/abstract"])
def test_what_a_publisher_shows_of_an_article_is_no_part_of_its_doi(tail: str) -> None:
    assert only(f"title,doi\nOne,10.1638/2009-0160.1{tail}\n").doi == "10.1638/2009-0160.1"


def test_mathscinets_answers_have_their_values_two_levels_down() -> None:
    fields = only(
        '{"results": [{"mrnumber": 1, "titles": {"title": "One", "translatedTitle": null}, "entryType": "J",'
        ' "authors": [{"id": 7, "name": "Roe, Ann"}], "issue": {"issue": {"pubYear": 2020, "volume": "66",'
        ' "number": "9", "journal": {"id": 2, "shortTitle": "J. Tests"}}, "translatedIssue": null},'
        ' "paging": {"paging": {"text": "5--9"}}, "articleUrl": "https://doi.org/10.1000/1"}]}'
    )
    assert (fields.title, fields.authors, fields.year) == ("One", ("Roe, Ann",), 2020)
    assert (fields.journal, fields.volume, fields.issue, fields.pages, fields.doi) == (
        "J. Tests",
        "66",
        "9",
        "5-9",
        "10.1000/1",
    )


def test_the_host_of_mods_may_have_a_uniform_title_only() -> None:
    fields = only(
        '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>One</title></titleInfo>'
        "<name><namePart>Roe, Ann</namePart></name>"
        '<relatedItem type="host"><titleInfo type="uniform"><title>The host</title></titleInfo></relatedItem>'
        "</mods>"
    )
    assert (fields.title, fields.journal) == ("One", "The host")


def test_line_ends_in_a_name_of_endnotes_xml_are_blanks() -> None:
    fields = only(
        '<xml><records><record><ref-type name="Report">27</ref-type><contributors><authors><author>\n'
        "  Roe,\n  A.\n  B.\n</author></authors></contributors><titles><title>\n  One\n  two\n</title></titles>"
        "</record></records></xml>"
    )
    assert (fields.title, fields.authors) == ("One two", ("Roe, A. B.",))


def test_an_entry_of_bibtex_that_begins_where_another_ends_is_one() -> None:
    fields, problems = fields_and_problems(
        "@article{a, title = {One}, year = 2001}@book{b,\n title = {Two}, year = 2002 } @misc{c, title={{Three}}, }\n"
        "@a{d,\n title = {Four @misc{x, y}}}\n"
    )
    assert [(each.title, each.year) for each in fields] == [
        ("One", 2001),
        ("Two", 2002),
        ("Three", None),
        ("Four @miscx, y", None),
    ]
    assert not problems


def test_the_dollar_sign_of_bibtex_is_read() -> None:
    assert only("@misc{a,\n title = {On {\\textdollar}1}\n}\n").title == "On $1"


def test_summaries_of_pubmed_are_entries_by_their_numbers() -> None:
    fields, _ = fields_and_problems(
        '{"header": {"type": "esummary"}, "result": {"uids": ["38", "37"], "38": {"uid": "38", "pubdate": "2026 Mar 14",'
        ' "source": "J Tests", "fulljournalname": "Journal of Tests", "title": "One.", "volume": "3", "issue": "1",'
        ' "pages": "5-9", "authors": [{"name": "Roe GK", "authtype": "Author"}], "lang": ["eng"],'
        ' "articleids": [{"idtype": "pubmed", "value": "38"}, {"idtype": "doi", "value": "10.1000/1"}]},'
        ' "37": {"uid": "37", "pubdate": "2025", "fulljournalname": "Other", "title": "Two."}}}'
    )
    first, second = fields
    assert (first.title, first.authors, first.year, first.journal) == (
        "One.",
        ("Roe, GK",),
        2026,
        "Journal of Tests",
    )
    assert (first.journal_abbreviation, first.volume, first.issue, first.pages) == (
        "J Tests",
        "3",
        "1",
        "5-9",
    )
    assert (first.doi, first.pmid, first.language) == ("10.1000/1", "38", "eng")
    assert (second.title, second.year, second.pmid) == ("Two.", 2025, "37")


def test_people_of_a_librarys_catalogue_are_the_keys_of_their_kinds() -> None:
    fields = only(
        '{"resultCount": 1, "records": [{"id": "U1", "title": "Um", "authors": {"primary": {"Roe, Ann": {"profile": []}},'
        ' "secondary": {"Doe, Bob": {}}, "corporate": []}, "formats": ["doctoralThesis"], "languages": ["por"],'
        ' "publicationDates": ["2017"], "subjects": [["A"], ["B"]]}]}'
    )
    assert (fields.title, fields.authors, fields.year) == ("Um", ("Roe, Ann",), 2017)
    assert (fields.keywords, fields.language) == (("A", "B"), "por")


def test_a_doi_behind_an_equals_sign_in_zoteros_extra_is_named() -> None:
    fields = only(
        '{"items": [{"itemType": "bookSection", "title": "One", "extra": "bibtex: a\\nbiblatexdata[doi=10.1007/3-540_8]"}]}'
    )
    assert fields.doi == "10.1007/3-540_8"


def test_web_of_science_has_titles_abstracts_and_keywords_of_other_languages_apart() -> None:
    fields = only(
        "PT\tAU\tTI\tX1\tY1\tSO\tDE\tZ5\tAB\tX4\tY4\tPY\tUT\n"
        "J\tRoe, Ann\t\t\tUm\tRevista\tA\tB\t\t\tTexto\t2018\tSCIELO:S1\n"
    )
    assert (fields.title, fields.abstract, fields.keywords) == ("Um", "Texto", ("A", "B"))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Roe, A. J., Doe, B., Poe M. J., Low C.", ("Roe, A. J.", "Doe, B.", "Poe, M. J.", "Low, C.")),
        ("Roe, A., Jr., Doe, B.", ("Roe, A., Jr.", "Doe, B.")),
        ("Roe, A, Doe B", ("Roe, A", "Doe, B")),
        ("Roe, A., Doe, B., WHO Group", ("Roe, A.", "Doe, B.", "WHO Group")),
        ("National Institute, Board of Health", ("National Institute, Board of Health",)),
    ],
)  # fmt: skip
def test_initials_stand_behind_a_comma_or_not_in_one_list(
    written: str, expected: tuple[str, ...]
) -> None:
    assert only(f'Title,Authors\nOne,"{written}"\n').authors == expected


def test_initials_parted_by_blanks_are_given_names() -> None:
    assert only("Title,Authors\nOne,Poe M. J.\n").authors == ("Poe, M. J.",)


def test_the_number_of_pages_is_no_page_where_the_first_and_the_last_have_columns() -> None:
    table = "title,page_first,page_last,pages\nOne,11,24,14\nTwo,e655,,15\nThree,,,7-9\n"
    fields, _ = fields_and_problems(table)
    assert [each.pages for each in fields] == ["11-24", "e655", "7-9"]


@pytest.mark.parametrize(
    "source", ["Scopus", "Web of Science; PubMed", "pubmed", "IEEE Xplore / ACM Digital Library"]
)
def test_a_database_in_a_column_of_sources_is_no_journal(source: str) -> None:
    fields = only(f"title,source,year\nOne,{source},2019\n")
    assert (fields.journal, fields.notes) == (None, (f"source: {source}",))


def test_a_short_citation_in_a_column_of_sources_is_no_journal() -> None:
    fields = only('Source,Authors,Year,Title\nRoe et al. 2014,"Roe, A., Doe, B.",2014,One\n')
    assert (fields.journal, fields.notes) == (None, ("source: Roe et al. 2014",))
    fields = only('Source,Authors,Year,Title\nICML 2014,"Roe, A., Doe, B.",2014,One\n')
    assert fields.journal == "ICML 2014"


_ZOTERO = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:foaf="http://xmlns.com/foaf/0.1/">'
    '<rdf:Description rdf:about="#item_1"><z:itemType>computerProgram</z:itemType><z:programmers><rdf:Seq><rdf:li>'
    "<foaf:Person><foaf:surname>Roe</foaf:surname><foaf:givenName>Ann</foaf:givenName></foaf:Person></rdf:li></rdf:Seq>"
    "</z:programmers><dc:title>One</dc:title><dc:description>DOI: 10.1000/1</dc:description></rdf:Description></rdf:RDF>"
)


def test_zotero_names_those_who_made_something_for_what_they_did() -> None:
    assert only(_ZOTERO).authors == ("Roe, Ann",)


def test_the_description_of_zotero_is_its_extra_field() -> None:
    fields = only(_ZOTERO)
    assert (fields.abstract, fields.notes, fields.doi) == (None, ("DOI: 10.1000/1",), "10.1000/1")


def test_a_family_name_alone_in_zotero_is_a_name_as_a_whole() -> None:
    text = _ZOTERO.replace("Roe</foaf:surname>", "Statistics Nowhere</foaf:surname>").replace(
        "<foaf:givenName>Ann</foaf:givenName>", ""
    )
    assert only(text).authors == ("Statistics Nowhere",)


@pytest.mark.parametrize(
    "text",
    [
        "@book{a, title = {One}, author = {{Center for History and New Media}}}\n",
        '[{"type": "book", "id": "1", "title": "One", "author": [{"literal": "Center for History and New Media"}]}]',
        "TY  - BOOK\nTI  - One\nAU  - Center for History and New Media,\nER  - \n",
    ],
)
def test_a_group_alone_whose_name_has_an_and_in_it_is_one(text: str) -> None:
    assert only(text).authors == ("Center for History and New Media",)


@pytest.mark.parametrize(
    "header",
    [
        "Автор (ы),Название документа,Год,Название источника,Том,Выпуск,Статья №,Страница начала,Страница окончания,Краткое описание,Ключевые слова автора,Тип документа,Источник",
        "作者,文献标题,年份,来源出版物名称,卷,期,论文编号,起始页码,结束页码,摘要,作者关键字,文献类型,来源出版物",
        "著者名,文献タイトル,出版年,出版物名,巻,号,論文番号,開始ページ,終了ページ,抄録,著者キーワード,文献タイプ,出典",
    ],
)
def test_scopus_names_its_columns_in_the_readers_language(header: str) -> None:
    fields = only(
        f'{header}\n"Roe, A.; Doe, B.",One,2019,Journal of Tests,3,2,,11,24,Text,A; B,Article,Scopus\n'
    )
    assert (fields.title, fields.authors, fields.year) == ("One", ("Roe, A.", "Doe, B."), 2019)
    assert (fields.journal, fields.volume, fields.issue, fields.pages) == ("Journal of Tests", "3", "2", "11-24")  # fmt: skip
    assert (fields.abstract, fields.keywords, fields.type) == ("Text", ("A", "B"), "article-journal")  # fmt: skip


def test_a_column_of_containers_holds_journals_and_one_of_raw_authors_the_authors() -> None:
    fields = only("authors_raw,title,container,publication_year\nRoe A; Doe B,One,Journal of Tests,2019\n")  # fmt: skip
    assert (fields.authors, fields.journal) == (("Roe, A", "Doe, B"), "Journal of Tests")


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (
            "Roe A, Doe B. The title of it. J Test. 2015 May;57(5):410-414. doi: 10.1000/1. PMID: 12345678.",
            ("The title of it", ("Roe, A", "Doe, B"), 2015, "J Test", "57", "5", "410-414", "10.1000/1"),
        ),
        (
            "Roe, A., & Doe, B. (2015). Is it so? Results of it. J. Appl. Test, 57(5), 410-414. doi:10.1000/1",
            ("Is it so? Results of it", ("Roe, A.", "Doe, B"), 2015, "J. Appl. Test", "57", "5", "410-414", "10.1000/1"),
        ),
        (
            "Roe AB, and Doe B (2015). The title of it. Journal of tests 5:102-112.",
            ("The title of it", ("Roe, AB", "Doe, B"), 2015, "Journal of tests", "5", None, "102-112", None),
        ),
        (
            "Roe, A. (2015) The role of Najas marina L. seeds.. Tests.",
            ("The role of Najas marina L. seeds", ("Roe, A",), 2015, None, None, None, None, None),
        ),
        ("Catalogue of it. Web. Dec 2015.", (None, (), None, None, None, None, None, None)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["Reference", "Source"])
def test_a_whole_reference_is_taken_apart_where_no_column_holds_titles(
    name: str, reference: str, expected: tuple[object, ...]
) -> None:
    extra = ",DOI" if name == "Source" else ""
    fields = only(f'"",{name}{extra}\n1,"{reference}"\n')
    found = (fields.title, fields.authors, fields.year)
    place = (fields.volume, fields.issue, fields.pages, fields.doi)
    journal = fields.journal if expected[0] or name == "Reference" else None
    assert (*found, journal, *place) == expected
    assert name == "Source" or reference in fields.notes


def test_a_short_reference_beside_a_title_is_left_alone() -> None:
    fields = only("Reference,Title,Year\nRoe 2015,One,2015\n")
    assert (fields.title, fields.notes) == ("One", ())


def test_quotation_marks_behind_backslashes_are_inside_their_cells() -> None:
    table = (
        '"id","title","year","note"\n'
        '"1","The name for \\"G. lucidum\\" in it, at last",2009,"a\nb"\n'
        '"2","Ends in \\"it\\"",2010,"c \\"d,\ne\\" f"\n'
        '"3","C:\\",2011,"x"\n'
    )
    fields, problems = fields_and_problems(table)
    assert [(each.title, each.year) for each in fields] == [
        ('The name for "G. lucidum" in it, at last', 2009),
        ('Ends in "it"', 2010),
        ("C:\\", 2011),
    ]
    assert not problems


@pytest.mark.parametrize(
    "text",
    [
        '{"metadata": {"total": 2}, "priority": ["A"], "papers": [%s, %s]}',
        '{"10.1000/1": %s, "10.1000/2": %s}',
    ],
)
def test_objects_of_papers_and_papers_under_keys_hold_an_entry_each(text: str) -> None:
    one = '{"title": "One", "authors": "[\\"Ann Roe\\", \\"Bob Doe\\"]", "published_date": "2026-05-01"}'
    fields, problems = fields_and_problems(text % (one, one.replace("One", "Two")))
    assert [(each.title, each.authors, each.year) for each in fields] == [
        ("One", ("Roe, Ann", "Doe, Bob"), 2026),
        ("Two", ("Roe, Ann", "Doe, Bob"), 2026),
    ]
    assert not problems


def test_pages_and_dois_of_databases_are_told_by_their_columns_names() -> None:
    table = "title,spage,epage,doi,rdmp_doi,cited_doi\nOne,31,47,,10.1000/1,10.1000/2\nTwo,1,2,10.1000/3,,\n"
    fields, _ = fields_and_problems(table)
    assert [(each.pages, each.doi) for each in fields] == [
        ("31-47", "10.1000/1"),
        ("1-2", "10.1000/3"),
    ]


def test_the_line_of_google_scholar_names_journal_and_year_where_the_source_is_a_site() -> None:
    fields = only(
        'title,source,reference,authors\nOne,nih.gov,"PA Roe, I Doe\u2026 - Journal of Tests, 2020 - Wiley",I Doe\n'
    )
    assert (fields.journal, fields.year, fields.authors) == ("Journal of Tests", 2020, ("Doe, I",))
    assert fields.notes == ("source: nih.gov",)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Roe and Doe", ("Roe", "Doe")),
        ("Food and Health", ("Food and Health",)),
        ("Roe, A. B., C. Doe, and E. F. Poe", ("Roe, A. B.", "Doe, C.", "Poe, E. F.")),
    ],
)
def test_names_of_reviewers_own_lists_are_told_apart(
    written: str, expected: tuple[str, ...]
) -> None:
    assert only(f'Title,Authors\nOne,"{written}"\n').authors == expected


def test_a_reference_with_its_year_between_authors_and_title_is_taken_apart() -> None:
    fields = only(
        'ID,Reference\n1,"Roe, A. B., and C. Doe. 2015. Is it so or not? Journal of Tests 57:410-414."\n'
    )
    found = (fields.title, fields.authors, fields.year)
    assert found == ("Is it so or not?", ("Roe, A. B.", "Doe, C."), 2015)
    assert (fields.journal, fields.volume, fields.pages) == ("Journal of Tests", "57", "410-414")


def test_short_names_of_columns_are_known_and_a_row_number_is_no_issue() -> None:
    fields = only("No.,Author,Title,Vol.,pp.\n7,Roe A,One,3,5-9\n")
    assert (fields.volume, fields.issue, fields.pages) == ("3", None, "5-9")
    fields = only("Author,Title,Publication,Vol.,No.,pp.\nRoe A,One,J Test,3,4,5-9\n")
    assert (fields.journal, fields.volume, fields.issue, fields.pages) == (
        "J Test",
        "3",
        "4",
        "5-9",
    )


@pytest.mark.parametrize(
    ("reference", "authors"),
    [
        ('Roe, Ann. "One and another." Journal of Tests 3, no. 4 (2019): 5-9.', ("Roe, Ann",)),
        ('[1] A. Roe and B. Doe, "One and another," IEEE Trans. Tests, vol. 3, pp. 5-9, 2019.', ("Roe, A.", "Doe, B.")),
    ],
)  # fmt: skip
def test_a_reference_with_its_title_in_quotation_marks_is_taken_apart(
    reference: str, authors: tuple[str, ...]
) -> None:
    quoted = reference.replace('"', '""')
    fields = only(f'ID,Reference\n1,"{quoted}"\n')
    assert (fields.title, fields.authors, fields.year) == ("One and another", authors, 2019)


@pytest.mark.parametrize(
    "text",
    ['{"total": 2, "found": [%s, %s]}', '{"total": 2, "found": {"a": %s, "b": %s}}'],
)
def test_entries_are_found_under_any_key_of_an_answer(text: str) -> None:
    one = '{"title": "One", "year": 2019}'
    fields, problems = fields_and_problems(text % (one, one.replace("One", "Two")))
    assert [each.title for each in fields] == ["One", "Two"]
    assert not problems


def test_rows_of_a_table_in_json_are_read_by_the_names_of_their_columns() -> None:
    fields = only(
        '[{"Title": "One", "Authors": "Roe, A.; Doe, B.", "Year": 2019, "Source title": "J Test", "Author Keywords": null,'
        ' "DOI": "10.1000/1", "Page start": 5, "Page end": 9}]'
    )
    assert (fields.title, fields.authors, fields.year) == ("One", ("Roe, A.", "Doe, B."), 2019)
    assert (fields.journal, fields.pages, fields.doi) == ("J Test", "5-9", "10.1000/1")
