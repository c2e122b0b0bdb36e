"""XML that is not of a kind with a reader of its own is read by the names of its elements."""

from screening.identification.readers import read
from screening.records import Fields
from tests.screening.identification.readers.entries import fields_and_problems

MODS = """<?xml version="1.0" encoding="UTF-8"?>
<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods>
<titleInfo><nonSort>The</nonSort><title>first</title><subTitle>A trial</subTitle></titleInfo>
<titleInfo type="alternative"><title>Other</title></titleInfo>
<name type="personal"><namePart type="given">Ann</namePart><namePart type="family">Roe</namePart></name>
<name type="corporate"><namePart>World Health Organization</namePart></name>
<name><namePart type="family">Itor</namePart><role><roleTerm>editor</roleTerm></role></name>
<originInfo><dateIssued>2019-03</dateIssued></originInfo><language><languageTerm>eng</languageTerm></language>
<abstract>Text.</abstract><subject><topic>First</topic></subject><subject><topic>Second</topic></subject>
<identifier type="doi">10.1000/1</identifier>
<relatedItem type="host"><titleInfo><title>Journal of Tests</title></titleInfo><identifier type="issn">1234-5679</identifier>
<part><detail type="volume"><number>7</number></detail><detail type="issue"><number>2</number></detail>
<extent unit="page"><start>1</start><end>9</end></extent></part></relatedItem>
<relatedItem type="references"><titleInfo><title>Cited</title></titleInfo><identifier type="doi">10.1000/9</identifier></relatedItem>
</mods><mods><titleInfo><title>Two</title></titleInfo><originInfo><dateIssued>2020</dateIssued></originInfo></mods>
</modsCollection>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<id>https://arxiv.org/api/abc</id><title>arXiv Query</title><updated>2025-01-01T00:00:00Z</updated>
<entry><id>http://arxiv.org/abs/1207.0011v1</id><title>One
  of two</title><updated>2015-02-28T16:00:09Z</updated><published>2012-06-29T16:00:09Z</published>
<summary>Text.</summary><category term="physics"/><link href="https://dx.doi.org/10.1000/1" title="doi"/>
<author><name>Ann Roe</name></author><author><name>Ben van der Doe</name></author></entry></feed>"""

SERVICE = """<responseWrapper><request><queryString>x</queryString></request><resultList>
<result><id>2</id><pmid>2</pmid><doi>10.1000/1</doi><title>One <i>in vivo</i>.</title>
<authorList><author><fullName>Roe A</fullName><firstName>Ann</firstName><lastName>Roe</lastName></author></authorList>
<journalInfo><issue>2</issue><volume>41</volume><journal><title>Tests</title><issn>1234-5679</issn></journal></journalInfo>
<pubYear>2024</pubYear><pageInfo>146-155</pageInfo><abstractText>Text.</abstractText></result>
<result><title>Two</title><pubYear>2020</pubYear></result></resultList></responseWrapper>"""

DBLP = """<dblp><article key="a"><author>Ann Roe 0001</author><title>One.</title><year>2019</year>
<journal>Tests</journal><volume>7</volume><ee>https://doi.org/10.1000/1</ee></article></dblp>"""

DUBLIN_CORE = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header><identifier>oai:1</identifier></header>
<metadata><oai:dc xmlns:oai="a" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>One</dc:title><dc:creator>Roe, Ann</dc:creator>
<dc:date>2019-05-01</dc:date><dc:identifier>https://doi.org/10.1000/1</dc:identifier></oai:dc></metadata></record></ListRecords></OAI-PMH>"""

DATACITE = """<resource xmlns="http://datacite.org/schema/kernel-4"><identifier identifierType="DOI">10.1000/1</identifier>
<creators><creator><creatorName>Roe, Ann</creatorName></creator></creators><titles><title>One</title></titles>
<publicationYear>2019</publicationYear><descriptions><description>Text.</description></descriptions></resource>"""


def fields_of(text: str) -> list[Fields]:
    fields, problems = fields_and_problems(text)
    assert not problems
    return fields


def test_mods_is_read_without_the_works_it_refers_to() -> None:
    first, second = fields_of(MODS)
    assert first.title == "The first: A trial"
    assert first.authors == ("Roe, Ann", "World Health Organization")
    assert (first.year, first.journal, first.volume, first.issue) == (
        2019,
        "Journal of Tests",
        "7",
        "2",
    )
    assert (first.pages, first.doi, first.issn) == ("1-9", "10.1000/1", ("1234-5679",))
    assert (first.abstract, first.keywords, first.language) == ("Text.", ("First", "Second"), "eng")
    assert (second.title, second.year) == ("Two", 2020)


def test_the_entries_of_an_atom_feed_are_read_and_the_feed_is_none() -> None:
    (fields,) = fields_of(ATOM)
    assert (fields.title, fields.year, fields.doi) == ("One of two", 2012, "10.1000/1")
    assert fields.authors == ("Roe, Ann", "van der Doe, Ben")
    assert (fields.abstract, fields.keywords) == ("Text.", ("physics",))


def test_the_answer_of_a_service_is_read_with_markup_in_titles_and_a_nested_journal() -> None:
    first, second = fields_of(SERVICE)
    assert (first.title, first.authors, first.year) == ("One in vivo.", ("Roe, Ann",), 2024)
    assert (first.journal, first.volume, first.issue, first.pages) == (
        "Tests",
        "41",
        "2",
        "146-155",
    )
    assert (first.pmid, first.doi, first.urls) == ("2", "10.1000/1", ())
    assert second.title == "Two"


def test_dblp_dublin_core_and_datacite_are_read() -> None:
    for text in (DBLP, DUBLIN_CORE, DATACITE):
        (fields,) = fields_of(text)
        assert fields.title in ("One", "One.")
        assert (fields.authors, fields.year, fields.doi) == (("Roe, Ann",), 2019, "10.1000/1")


def test_xml_without_records_is_named_as_such() -> None:
    reading = read(
        b"<?xml version='1.0'?><project><name>x</name><version>1</version></project>", "test"
    )
    assert not list(reading.records)
    (problem,) = reading.problems
    assert (problem.severity, problem.subject) == ("error", "xml")
    assert "project" in problem.message


CROSSREF = """<crossref_result><query_result><body><query status="resolved">
<doi type="journal_article">10.5555/one</doi><crm-item name="member-id">78</crm-item>
<doi_record><crossref xmlns="http://www.crossref.org/xschema/1.1"><journal>
<journal_metadata language="en"><full_title>Tea Reviews</full_title><abbrev_title>Tea Rev</abbrev_title>
<issn media_type="print">12345679</issn></journal_metadata>
<journal_issue><publication_date><month>3</month><year>2017</year></publication_date>
<journal_volume><volume>74</volume></journal_volume><issue>2</issue></journal_issue>
<journal_article><titles><title>One</title></titles>
<contributors><person_name sequence="first"><given_name>Ann</given_name><surname>Roe</surname></person_name></contributors>
<abstract xmlns="http://www.ncbi.nlm.nih.gov/JATS1"><p>First part.</p><p>Second <i>part</i>.</p></abstract>
<publication_date><year>2018</year></publication_date>
<pages><first_page>1</first_page><last_page>12</last_page></pages>
<citation_list><citation key="a"><doi>10.5555/cited</doi><article_title>Other</article_title></citation></citation_list>
<doi_data><doi>10.5555/one</doi></doi_data>
</journal_article></journal></crossref></doi_record></query></body></query_result></crossref_result>
"""


def test_an_article_inside_its_journal_takes_from_it_what_the_articles_share() -> None:
    fields = fields_of(CROSSREF)[0]
    assert (fields.title, fields.authors) == ("One", ("Roe, Ann",))
    assert (fields.journal, fields.journal_abbreviation) == ("Tea Reviews", "Tea Rev")
    assert (fields.volume, fields.issue, fields.pages) == ("74", "2", "1-12")
    assert (fields.year, fields.issn) == (2018, ("1234-5679",))


def test_paragraphs_of_an_abstract_are_its_text_and_a_cited_work_s_doi_is_not_the_entry_s() -> None:
    fields = fields_of(CROSSREF)[0]
    assert fields.abstract == "First part. Second part."
    assert fields.doi == "10.5555/one"


def test_an_article_of_pubmed_central_is_read_by_its_front() -> None:
    (fields,) = fields_of(
        "<articles><article><front><journal-meta><journal-title-group><journal-title>Tea</journal-title>"
        "</journal-title-group><issn>1234-5679</issn></journal-meta><article-meta>"
        '<article-id pub-id-type="pmid">123</article-id><article-id pub-id-type="doi">10.5555/a</article-id>'
        "<title-group><article-title>One <i>of</i> two</article-title></title-group><contrib-group>"
        '<contrib contrib-type="author"><name><surname>Roe</surname><given-names>Ann</given-names></name></contrib>'
        "</contrib-group><pub-date><day>1</day><month>2</month><year>2019</year></pub-date><volume>3</volume>"
        "<fpage>4</fpage><lpage>9</lpage><abstract><p>It works.</p></abstract></article-meta></front>"
        "<back><ref-list><ref><article-title>Other</article-title><year>1999</year></ref></ref-list></back>"
        "</article></articles>"
    )
    assert (fields.title, fields.authors, fields.year) == ("One of two", ("Roe, Ann",), 2019)
    assert (fields.journal, fields.volume, fields.pages) == ("Tea", "3", "4-9")
    assert (fields.doi, fields.pmid, fields.abstract) == ("10.5555/a", "123", "It works.")


def test_the_publisher_s_address_of_a_list_of_publications_tells_the_doi() -> None:
    (fields,) = fields_of(
        "<publications><object><title>One</title><year>2022</year><link>https://arxiv.org/abs/1</link>"
        "<publisherlink>https://link.springer.com/article/10.5555/s1-2</publisherlink></object></publications>"
    )
    assert fields.doi == "10.5555/s1-2"


def test_where_nothing_has_a_title_what_has_a_doi_and_more_is_an_entry() -> None:
    first, second = fields_of(
        "<crossref_result><body><query><doi>10.5555/a</doi><journal_title>Tea</journal_title>"
        "<author>Roe</author><year>2009</year></query><query><doi>10.5555/b</doi><year>2010</year></query>"
        "</body></crossref_result>"
    )
    assert (first.doi, first.journal, first.year, first.title) == ("10.5555/a", "Tea", 2009, None)
    assert second.doi == "10.5555/b"


def test_an_entry_without_a_title_is_kept_where_those_like_it_have_one() -> None:
    items = "<a><b>{}</b></a><a><b><author>Roe, A</author><year>2001</year></b></a><a><b>{}</b></a><a><b/></a>"
    titled = "<title>One</title><year>2000</year>", "<title>Two</title><year>2002</year>"
    found = fields_of(f"<list>{items.format(*titled)}</list>")
    assert [(each.title, each.year) for each in found] == [
        ("One", 2000),
        (None, 2001),
        ("Two", 2002),
    ]
    assert found[1].authors == ("Roe, A",)
