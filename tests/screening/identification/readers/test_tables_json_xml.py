"""Tables, workbooks, JSON and XML."""

import gzip
import io
import json
import zipfile

import pytest
from openpyxl import Workbook

from screening.identification.readers import Reading, members, read
from screening.problems import WinnowError
from screening.records import Fields


def read_text(text: str) -> tuple[Reading, list[Fields]]:
    reading = read(text.encode(), "test")
    return reading, [record.fields for record in reading.records]


def only(text: str) -> Fields:
    reading, found = read_text(text)
    assert len(found) == reading.start_tags == 1
    return found[0]


@pytest.mark.parametrize(("separator", "name"), [(",", "csv"), (";", "ssv"), ("\t", "tsv")])
def test_the_separator_is_found_by_the_header(separator: str, name: str) -> None:
    row = (
        separator.join(["A, title", "Smith A", "2020"])
        if separator != ","
        else '"A, title",Smith A,2020'
    )
    reading, found = read_text(f"{separator.join(['Title', 'Authors', 'Year'])}\n{row}\n")
    assert [(each.title, each.authors, each.year) for each in found] == [
        ("A, title", ("Smith, A",), 2020)
    ]
    assert (
        next(iter(read(f"Title{separator}Year\nx{separator}2020\n".encode(), "t").records)).format
        == name
    )
    assert reading.problems == []


def test_lines_before_the_header_are_passed_and_named() -> None:
    reading, found = read_text('"SEARCH QUERY","dinosaur:ti"\n------\n\nTitle,DOI\nOne,10.1000/1\n')
    assert [each.doi for each in found] == ["10.1000/1"]
    assert [problem.subject for problem in reading.problems] == ["preamble"]


def test_cells_kept_from_excel_by_a_formula_are_unwrapped() -> None:
    assert only('Article Title,ISSN\nOne,="19326203"\n').issn == ("1932-6203",)


def test_rows_span_lines_and_keep_their_text() -> None:
    reading = read(b'Title,Abstract\n"One","First.\nSecond, ""quoted""."\nTwo,x\n', "t.csv")
    first, second = reading.records
    assert first.fields.abstract == 'First.\nSecond, "quoted".'
    assert first.raw == '"One","First.\nSecond, ""quoted""."\n'
    assert (second.line, reading.start_tags) == (4, 2)


def test_a_quotation_mark_that_is_never_closed_swallows_no_row() -> None:
    reading, found = read_text('Title\tYear\n"Unclosed\t2001\nTwo\t2002\nThree\t2003\n')
    assert [each.year for each in found] == [2001, 2002, 2003]
    assert [problem.subject for problem in reading.problems] == ["quoting"]


def test_a_row_longer_than_the_header_keeps_its_surplus_as_notes() -> None:
    reading, found = read_text("Title,Year\nOne,2001,more\n")
    assert found[0].notes == ("more",)
    assert [problem.subject for problem in reading.problems] == ["surplus"]


def test_a_repeated_header_is_no_record() -> None:
    _, found = read_text("Title,Year\nOne,2001\nTitle,Year\nTwo,2002\n")
    assert [each.title for each in found] == ["One", "Two"]


def test_web_of_science_tab_delimited_is_a_table_of_its_tags() -> None:
    fields = only(
        "PT\tAU\tTI\tSO\tPY\tBP\tEP\tUT\nJ\tSmith, A; Roe, B\tOne\tJ TESTS\t2001\t1\t9\tWOS:1\n"
    )
    assert (fields.authors, fields.pages, fields.accession) == (
        ("Smith, A", "Roe, B"),
        "1-9",
        "WOS:1",
    )


@pytest.mark.parametrize(
    "cell",
    ['"Smith, Ann; Roe, Bob"', '"Smith, Ann and Roe, Bob"', "\"['Smith, Ann', 'Roe, Bob']\"", '"Smith, Ann|Roe, Bob"'],
)  # fmt: skip
def test_lists_of_authors_are_told_by_their_separator(cell: str) -> None:
    assert only(f"Title,Authors\nOne,{cell}\n").authors == ("Smith, Ann", "Roe, Bob")


def test_every_sheet_of_a_workbook_is_read() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Search of today"])
    sheet.append(["Title", "Year"])
    sheet.append(["One", 2001])
    sheet.append([None, None])
    other = book.create_sheet("second")
    other.append(["title", "year"])
    other.append(["Two", 2002])
    stream = io.BytesIO()
    book.save(stream)
    reading = read(stream.getvalue(), "book.xlsx")
    assert [(r.fields.title, r.fields.year) for r in reading.records] == [
        ("One", 2001),
        ("Two", 2002),
    ]


def test_shapes_of_json() -> None:
    crossref = {"message": {"items": [{"title": ["One"], "DOI": "10.1000/1", "author": [{"family": "Roe", "given": "R"}],
                "issued": {"date-parts": [[2001, 2]]}, "reference": [{"DOI": "10.1000/cited"}]}]}}  # fmt: skip
    fields = only(json.dumps(crossref))
    assert (fields.title, fields.doi, fields.authors, fields.year) == (
        "One",
        "10.1000/1",
        ("Roe, R",),
        2001,
    )
    openalex = {"results": [{"display_name": "Two", "publication_year": 2002, "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/12"},
                "authorships": [{"author": {"display_name": "Ann Smith"}}], "abstract_inverted_index": {"b": [1], "a": [0]}}]}  # fmt: skip
    fields = only(json.dumps(openalex))
    assert (fields.title, fields.authors, fields.abstract) == ("Two", ("Smith, Ann",), "a b")
    trial = {
        "studies": [
            {
                "protocolSection": {
                    "identificationModule": {"nctId": "NCT01234567", "briefTitle": "Three"}
                }
            }
        ]
    }
    fields = only(json.dumps(trial))
    assert (fields.title, fields.registrations) == ("Three", ("NCT01234567",))


def test_json_that_is_cut_off_keeps_its_whole_objects() -> None:
    reading, found = read_text('[{"title": "One"}, {"title": "Two"}, {"title": "Thr')
    assert [each.title for each in found] == ["One", "Two"]
    assert (reading.start_tags, [problem.subject for problem in reading.problems]) == (
        3,
        ["unreadable"],
    )


PUBMED = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY lol "lol"><!ENTITY bomb "&lol;&lol;">
<!ENTITY file SYSTEM "file:///etc/passwd">]>
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>12</PMID><Article><Journal><Title>Journal</Title>
<JournalIssue><Volume>3</Volume><PubDate><Year>2001</Year></PubDate></JournalIssue></Journal>
<ArticleTitle>One <i>vivo</i> %s</ArticleTitle><AuthorList><Author><LastName>Roe</LastName><ForeName>Ann</ForeName>
</Author><Author><CollectiveName>ABC Group</CollectiveName></Author></AuthorList><Abstract>
<AbstractText Label="AIM">a</AbstractText><AbstractText Label="END">b</AbstractText></Abstract></Article>
</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="doi">10.1000/1</ArticleId></ArticleIdList>
</PubmedData></PubmedArticle></PubmedArticleSet>"""


def test_pubmed_xml() -> None:
    fields = only(PUBMED % "")
    assert (fields.title, fields.authors, fields.pmid, fields.doi, fields.year, fields.abstract) == (
        "One vivo", ("Roe, Ann", "ABC Group"), "12", "10.1000/1", 2001, "AIM: a\nEND: b",
    )  # fmt: skip


@pytest.mark.parametrize("entity", ["&bomb;", "&file;", "&nbsp;"])
def test_entities_of_a_document_type_are_never_expanded(entity: str) -> None:
    title = only(PUBMED % entity).title
    assert title is not None
    assert "root" not in title
    assert "lollol" not in title


def test_an_xml_record_that_is_not_closed_harms_no_other() -> None:
    one = "<record><titles><title>%s</title></titles></record>"
    text = f"<xml><records>{one % 'One'}<record><titles><title>Two</title>{one % 'Three'}</records></xml>"
    reading, found = read_text(text)
    assert [each.title for each in found] == ["One", "Two", "Three"]
    assert [problem.subject for problem in reading.problems] == ["truncated"]


def test_what_is_no_export_is_named_as_what_it_is() -> None:
    for text, word in (
        ("", "empty"),
        ("<!DOCTYPE html><title>Sign in</title>", "Sign in"),
        ("just some words", "no record"),
    ):
        reading, found = read_text(text)
        assert found == []
        assert word in str(reading.problems[0]).lower() or word in str(reading.problems[0])


def test_gzip_is_opened_on_the_way_and_its_damage_named() -> None:
    data = gzip.compress(b"TY  - JOUR\nTI  - One\nER  - \n" * 2000)
    assert len(list(read(data, "a.ris.gz").records)) == 2000
    reading = read(data[: len(data) // 2], "a.ris.gz")
    assert len(list(reading.records)) < 2000
    assert any(problem.subject == "damaged" for problem in reading.problems)


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_members_of_archives_are_found_in_archives() -> None:
    inner = zipped({"b": b"two"})
    data = zipped({"a": b"one", "folder/inner": inner, "__MACOSX/a": b"litter"})
    assert list(members(data, "all.zip")) == [
        ("all.zip/a", b"one"),
        ("all.zip/folder/inner/b", b"two"),
    ]


def test_a_members_path_is_only_a_name() -> None:
    assert [name for name, _ in members(zipped({"../../evil": b"x"}), "z")] == ["z/../../evil"]


@pytest.mark.parametrize(
    "data",
    [zipped({"a": bytes(50_000_000)}), gzip.compress(bytes(50_000_000)), zipped({"a": b"x"})[:-20]],
    ids=["zip bomb", "gzip bomb", "broken off"],
)
def test_bombs_and_damaged_archives_are_refused(data: bytes) -> None:
    with pytest.raises(WinnowError):
        list(members(data, "bomb"))


@pytest.mark.parametrize("line_end", ["\n", "", "\r\n"])
def test_no_xml_record_is_lost_or_doubled_at_the_borders_of_what_is_read_at_once(
    line_end: str,
) -> None:
    parts = ["<xml>", "<records>"]
    for number in range(6000):
        parts += [
            "<record>",
            f"<titles><title>{number} {'x' * (number % 37)}</title></titles>",
            "</record>",
        ]
    reading, found = read_text(line_end.join([*parts, "</records>", "</xml>"]))
    assert [int((each.title or "").split()[0]) for each in found] == list(range(6000))
    assert (reading.start_tags, reading.problems) == (6000, [])


def test_no_record_is_lost_or_doubled_at_the_borders_in_lines() -> None:
    text = "".join(
        f"TY  - JOUR\nTI  - {number} {'x' * (number % 37)}\nAB  - {'word ' * (number % 50)}\nER  - \n\n"
        for number in range(6000)
    )
    reading, found = read_text(text)
    assert [int((each.title or "").split()[0]) for each in found] == list(range(6000))
    assert (reading.start_tags, reading.problems) == (6000, [])
