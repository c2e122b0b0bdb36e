"""Forms met in a third sample of files that nothing here was built on."""

from tests.screening.identification.readers.entries import fields_and_problems, only

NOTEEXPRESS = """{Reference Type}: Journal Article
{Title}: 婚姻质量与负性情绪的相关性
{Translated Title}: Marital quality and negative emotion
{Author}: 许雅琼
{Author}: 张银萍
{Translated Author}: XU Ya-qiong
{Author Address}: 西安交通大学
{Journal}: 临床医学研究与实践
{ISBN/ISSN}: 2096-1413
{Year}: 2020
{Volume}: 5
{Issue}: 1
{Pages}: 49-51
{Keywords}: 焦虑
{Keywords}: 抑郁
{Abstract}: 目的 调查.
结果 患者.
{DOI}: 10.19347/j.cnki.2096-1413.202001019
{Language}: chi


{Reference Type}: Conference Proceedings
{Title}: 二
{Author}: 许雅琼;张银萍;
{Secondary Title}: 会议
{Date}: 2019-05-01
"""


def test_noteexpress_text_is_read_from_chinese_databases() -> None:
    (first, second), problems = fields_and_problems(NOTEEXPRESS)
    assert (first.title, first.authors) == ("婚姻质量与负性情绪的相关性", ("许雅琼", "张银萍"))
    assert (first.year, first.journal, first.volume, first.issue, first.pages) == (
        2020, "临床医学研究与实践", "5", "1", "49-51",
    )  # fmt: skip
    assert first.doi == "10.19347/j.cnki.2096-1413.202001019"
    assert (first.issn, first.language) == (("2096-1413",), "chi")
    assert first.keywords == ("焦虑", "抑郁")
    assert first.abstract == "目的 调查. 结果 患者."
    assert (second.authors, second.journal, second.year) == (("许雅琼", "张银萍"), "会议", 2019)
    assert problems == []


def test_noteexpress_text_copied_from_the_page_of_cnki_has_brackets() -> None:
    fields = only(
        "[Reference Type]: Journal Article\n[Title]: 一\n[Author]: 王;李;\n[Year]: 2021\n"
    )
    assert (fields.title, fields.authors, fields.year) == ("一", ("王", "李"), 2021)


def test_refworks_tags_may_stand_before_chinese_without_a_blank() -> None:
    fields = only("RT Dissertation/Thesis\nSR 1\nA1林行众\nT1 一\nYR 2015\nLA 中文;\nDS CNKI\n")
    assert (fields.authors, fields.year) == (("林行众",), 2015)


def test_refworks_of_cnki_parts_chinese_authors_by_commas_and_has_a_tag_of_its_own_for_addresses() -> (
    None
):
    fields = only(
        "RT Standard\nSR 1\nA1 颜宏,石德成\nT1 一\nK1 大事记\nURL https://kns.cnki.net/1\nDS CNKI\n"
    )
    assert fields.authors == ("颜宏", "石德成")
    assert (fields.keywords, fields.urls) == (("大事记",), ("https://kns.cnki.net/1",))


def test_three_or_more_chinese_words_between_commas_are_names_of_several() -> None:
    text = "TY  - JOUR\nTI  - One\nAU  - {}\nER  - \n"
    assert only(text.format("颜宏,石德成,赵伟")).authors == ("颜宏", "石德成", "赵伟")
    assert only(text.format("颜宏,石德成,尹尚军,赵伟")).authors == (
        "颜宏",
        "石德成",
        "尹尚军",
        "赵伟",
    )
    assert only(text.format("山田, 太郎")).authors == ("山田, 太郎",)


def test_what_refworks_writes_for_italics_is_no_part_of_a_title() -> None:
    fields = only(
        "RT Journal Article\nT1 The genus 0RW1S34RfeSDcfkexd09rT2Cyphon1RW1S34RfeSDcfkexd09rT2 Paykull\n"
    )
    assert fields.title == "The genus Cyphon Paykull"


def test_the_conference_in_a_source_line_of_embase_is_no_part_of_the_journal() -> None:
    fields = only(
        "<1. >\nVN  - Ovid Technologies\nDB  - Embase\nTI  - One.\n"
        "SO  - BMC Proceedings. Conference: 2nd Conference and 3rd School: Part 2. Spain. "
        "12 (Supplement 3) (no pagination), 2018. Date of Publication: 2018.\n"
    )
    assert (fields.journal, fields.volume, fields.issue) == (
        "BMC Proceedings",
        "12",
        "Supplement 3",
    )


def test_initials_keep_their_full_stops_in_embase_on_ovid() -> None:
    for text, name in (("Roe J.A.", "Roe, J.A."), ("Roe JA.", "Roe, JA")):
        fields = only(f"<1. >\nVN  - Ovid Technologies\nTI  - One.\nAU  - {text}\n")
        assert fields.authors == (name,)


def test_a_doi_that_google_scholar_has_in_place_of_publisher_number_or_journal_is_found() -> None:
    for tag, value in (
        ("PB", "Elsevier BV http://doi.org/10.2139/ssrn.1"),
        ("IS", "http://doi.org/10.2139/ssrn.1"),
        ("JO", "https://dx.doi.org/10.2139/ssrn.1 https://europepmc.org/orcid"),
    ):
        assert only(f"TY  - GEN\nTI  - One\n{tag}  - {value}\nER  - \n").doi == "10.2139/ssrn.1"
    for tag in ("%I", "%N", "%J"):
        entry = f"%0 Generic\n%T One\n{tag} Elsevier BV http://doi.org/10.2139/ssrn.1\n"
        assert only(entry).doi == "10.2139/ssrn.1"


def test_what_scripts_write_for_nothing_is_no_volume_issue_or_page() -> None:
    fields = only(
        "TY  - JOUR\nTI  - N/A in One\nJO  - J\nVL  - N/A\nIS  - N/A\nSP  - 132\nEP  - N/A\nER  - \n"
    )
    assert (fields.title, fields.journal, fields.volume) == ("N/A in One", "J", None)
    assert (fields.issue, fields.pages) == (None, "132")


def test_an_empty_volume_of_cnki_is_no_part_of_the_issue() -> None:
    fields = only("RT Journal Article\nT1 一\nYR 2024\nIS 22\nvo \nOP 72-74\nDS CNKI\n")
    assert (fields.issue, fields.volume, fields.pages) == ("22", None, "72-74")


def test_ovids_number_of_a_medline_record_is_its_pmid() -> None:
    entry = "TY  - JOUR\nDB  - {}\n{}\nT1  - One\nER  - \n"
    for database, line, pmid in (
        ("Ovid MEDLINE(R) <February Week 3 2026>", "ID  - 41371545", "41371545"),
        ("Ovid Nursing Database", "ID  - 41371545", None),
        ("PubMed", "ID  - 12", None),  # a row of a library
    ):
        assert only(entry.format(database, line)).pmid == pmid


def test_addresses_of_ovid_and_of_link_resolvers_name_the_pmid() -> None:
    entry = "TY  - JOUR\nTI  - One\nUR  - {}\nER  - \n"
    ovid = "http://ovidsp.ovid.com/ovidweb.cgi?T=JS&PAGE=reference&D={}&NEWS=N&AN={}"
    for address, pmid, accession in (
        (ovid.format("medp", "39012781"), "39012781", "39012781"),
        (ovid.format("emed24", "2034567890"), None, "2034567890"),
        ("https://resolver.example.edu/openurl?&sid=OVID:medline&id=pmid:41664134&id=doi:", "41664134", None),
    ):  # fmt: skip
        fields = only(entry.format(address))
        assert (fields.pmid, fields.accession) == (pmid, accession)


def test_a_registered_trial_in_central_has_neither_a_doi_nor_a_journal_nor_its_number_for_an_author() -> (
    None
):
    fields = only(
        "TY  -  JOUR\nAN  -  CN-02824486\nAU  -  NCT06882096,\nTI  -  One\n"
        "JA  -  https://clinicaltrials.gov/ct2/show/NCT06882096\nPY  -  2025\n"
        "UR  -  https://www.cochranelibrary.com/central/doi/10.1002/central/CN-02824486/full\nER  -  \n"
    )
    assert (fields.doi, fields.journal, fields.journal_abbreviation) == (None, None, None)
    assert (fields.authors, fields.registrations) == ((), ("NCT06882096",))
    assert fields.urls == (
        "https://www.cochranelibrary.com/central/doi/10.1002/central/CN-02824486/full",
        "https://clinicaltrials.gov/ct2/show/NCT06882096",
    )


def authors(value: str) -> tuple[str, ...]:
    return only(f"TY  - JOUR\nTI  - One\nAU  - {value}\nER  - \n").authors


def test_the_last_of_several_authors_may_stand_behind_a_sign_for_and() -> None:
    three = ("Cook, Cat", "Roe, Mel", "Poe, Ian")
    for value in (
        "Cat Cook; Mel Roe & Ian Poe",
        "Cook, Cat; Roe, Mel; & Poe, Ian",
        "Cook, Cat; Roe, Mel; and Poe, Ian",
        "Cat Cook, Mel Roe & Ian Poe",
        "Cat Cook, Mel Roe, and Ian Poe",
    ):
        assert authors(value) == three


def test_and_inside_the_name_of_a_group_or_behind_an_inverted_name_parts_nothing() -> None:
    assert authors("Cook, Cat; Ministry of Health & Family Welfare") == (
        "Cook, Cat",
        "Ministry of Health & Family Welfare",
    )
    assert authors("Cook, Cat; Food & Drugs") == ("Cook, Cat", "Food & Drugs")
    assert authors("van der Berg, Jan Peter and John Roe") == (
        "van der Berg, Jan Peter",
        "Roe, John",
    )
    assert authors("Cook, Cat, and Mel Roe") == ("Cook, Cat", "Roe, Mel")


def test_a_doi_in_pubmeds_text_may_begin_on_the_next_line() -> None:
    fields = only(
        "\n1. J Tests. 2014 Oct;252(10):1593-8. doi:\n10.1000/s00417-014-2719-y. Epub 2014 Jul 22.\n\n"
        "A title of one.\n\nRoe A(1), Poe B.\n\nAuthor information: \n(1)Somewhere.\n\nAn abstract.\n\n"
        "PMID: 25047874  [PubMed - indexed for MEDLINE]\n"
    )
    assert fields.doi == "10.1000/s00417-014-2719-y"


def test_cnkis_endnote_form_has_several_tags_in_a_line_and_tags_without_a_blank() -> None:
    fields = only(
        "%0 Journal Article\n%A 蔺卿 %A 罗格平%A 陈曦\n%+ 研究所\n%T 研究综述\n%K土地%K 模型\n%X 100%A 级.\n%W CNKI\n"
    )
    assert fields.authors == ("蔺卿", "罗格平", "陈曦")
    assert (fields.title, fields.keywords) == ("研究综述", ("土地", "模型"))
    assert fields.abstract == "100%A 级."


def test_a_tag_behind_blank_lines_that_no_entry_begins_with_belongs_to_the_entry_before() -> None:
    text = (
        "%0 Thesis\n%A Roe, A\n%T One\n%X Text.\n\n    More.\n\n%U http://a.b/1\n%W CNKI\n\n"
        "%0 Thesis\n%T Two\n\n%A Poe, B\n%T Three\n%W CNKI\n\n%W CNKI\n%T Four\n"
    )
    records, problems = fields_and_problems(text)
    assert [record.title for record in records] == ["One", "Two", "Three", "Four"]
    assert (records[0].abstract, records[0].urls) == ("Text.\nMore.", ("http://a.b/1",))
    assert problems == []


def test_lines_of_endnotes_form_may_be_indented() -> None:
    lines = "%0 Journal Article\n%A Roe, A\n%T One\n%X Text\nmore\n%D 2024\n\n%0 Book\n%T Two\n"
    for indent in ("        ", "\t"):
        for text in (
            lines.replace("\n%", f"\n{indent}%").replace(f"\n{indent}%0", "\n%0"),
            indent + lines.replace("\n%", f"\n{indent}%"),
        ):
            records, problems = fields_and_problems(text)
            assert [(record.title, record.year) for record in records] == [
                ("One", 2024),
                ("Two", None),
            ]
            assert (records[0].authors, records[0].abstract) == (("Roe, A",), "Text\nmore")
            assert problems == []


def test_two_chinese_names_in_one_value_are_told_by_the_length_of_the_first() -> None:
    assert authors("郝国强, 李星莹") == ("郝国强", "李星莹")
    assert authors("欧阳, 修文") == ("欧阳, 修文",)  # a family name of two signs


def test_korean_names_are_parted_as_chinese_ones_are() -> None:
    assert authors("홍길동, 김철수, 이영희") == ("홍길동", "김철수", "이영희")
    assert authors("홍길동, 김철수") == ("홍길동", "김철수")
    assert authors("김, 철수") == ("김, 철수",)


def test_a_bibtex_entry_that_begins_inside_a_damaged_one_is_read_and_counted() -> None:
    damaged = "@article{a,\n title = {One {x}@article{b,\n title = {Two}\n}\n@string{x = {y}}@book{c,\n title = {Three}\n}\n"
    records, problems = fields_and_problems(damaged)
    assert [record.title for record in records] == ["One x", "Two", "Three"]
    assert [problem.subject for problem in problems] == ["braces"]
