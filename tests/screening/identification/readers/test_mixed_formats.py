"""Files that several exports were put into, one behind the other, with a blank line between or without."""

import random
from itertools import permutations

import pytest

from screening.identification.readers import read
from tests.screening.identification.readers.corpus import corpus_test, exports

PARTS = {
    "RIS": "TY  - JOUR\nTI  - Of RIS\nAU  - Roe, Ann\nPY  - 2001\nER  - \n",
    "RIS of Ovid": "1.\nTY  - JOUR\nT1  - Of Ovid's RIS\nA1  - Roe, Ann\nY1  - 2001//\nER  - \n",
    "indented RIS": "  TY  - JOUR\n  TI  - Indented\n  AU  - Roe, Ann\n  PY  - 2001\n  ER  - \n",
    "PubMed": "PMID- 11\nOWN - NLM\nSTAT- MEDLINE\nTI  - Of PubMed\nFAU - Roe, Ann\nDP  - 2001\n",
    "Web of Science": "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Roe, A\nTI Of Web of Science\nPY 2001\nER\n\nEF\n",
    "BibTeX": "@article{roe2001,\n  title = {Of BibTeX},\n  author = {Roe, Ann},\n  year = {2001}\n}\n",
    "EndNote": "%0 Journal Article\n%T Of EndNote\n%A Roe, Ann\n%D 2001\n",
    "RefWorks": "RT Journal Article\nA1 Roe, Ann\nT1 Of RefWorks\nYR 2001\n",
    "Ovid": "<1. >\nTI  - Of Ovid\nAU  - Roe A\nYR  - 2001\nVN  - Ovid Technologies\n",
}
ERIC = "OWN - ERIC\nTI  - Of ERIC\nAU  - Roe, Ann\nDP  - 2001\n"
TAGGED = ("ris", "nbib", "wos", "bibtex", "enw", "refworks", "ovid_tagged")
LARGEST, PAIRS = 40_000, 150


def titles(text: str) -> list[str | None]:
    return [record.fields.title for record in read(text.encode(), "mixed.txt").records]


@pytest.mark.parametrize("between", ["", "\n"], ids=["at once", "behind a blank line"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(("one", "other"), list(permutations(PARTS, 2)))
def test_two_exports_in_one_file_lose_nothing(one: str, other: str, between: str, end: str) -> None:
    text = PARTS[one] + between + PARTS[other]
    reading = read(text.replace("\n", end).encode(), "mixed.txt")
    assert [record.fields.title for record in reading.records] == [
        *titles(PARTS[one]),
        *titles(PARTS[other]),
    ]
    assert [problem.subject for problem in reading.problems if problem.subject == "stray"] == []


@pytest.mark.parametrize("order", ["EEPP", "PPEE", "EPEP", "PEPE"], ids="-".join)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("before", ["", "\n"], ids=["at once", "behind a blank line"])
def test_entries_of_eric_and_pubmed_keep_their_own_numbers(
    order: str, end: str, before: str
) -> None:
    texts = {"E": ERIC + "\n", "P": PARTS["PubMed"] + "\n"}
    text = before + "".join(texts[each] for each in order)
    reading = read(text.replace("\n", end).encode(), "mixed.nbib")
    found = [(record.fields.title, record.fields.pmid) for record in reading.records]
    assert found == [("Of ERIC", None) if each == "E" else ("Of PubMed", "11") for each in order]
    assert {problem.subject for problem in reading.problems} == {"mixed"}


def test_what_stands_behind_json_is_read_too() -> None:
    assert titles('[{"title": "Of JSON"}]\n\n' + PARTS["RIS"]) == ["Of JSON", "Of RIS"]


XML = {
    "PubMed": "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>Of XML</ArticleTitle>"
    "</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
    "EndNote": "<xml><records><record><titles><title>Of XML</title></titles></record></records></xml>",
    "Zotero": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:bib="http://purl.org/net/biblio#"><bib:Article rdf:about="#a"><dc:title>Of XML</dc:title></bib:Article></rdf:RDF>',
    "any": '<?xml version="1.0"?><list><item><title>Of XML</title><year>2001</year></item></list>',
}


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["at once", "behind a blank line"])
@pytest.mark.parametrize("xml", XML.values(), ids=XML)
def test_what_stands_behind_xml_is_read_too(xml: str, between: str) -> None:
    assert titles(xml) == ["Of XML"]
    reading = read((xml + between + PARTS["RIS"] * 2 + "\nand so on\n").encode(), "mixed.xml")
    records = list(reading.records)
    assert [record.fields.title for record in records] == ["Of XML", "Of RIS", "Of RIS"]
    lines = xml.count("\n") + len(between) + 1
    assert [record.line for record in records[1:]] == [lines, lines + PARTS["RIS"].count("\n")]
    assert {problem.subject for problem in reading.problems} == {"mixed", "stray"}


def test_text_behind_the_last_entry_is_never_passed_over_in_silence() -> None:
    reading = read((PARTS["RIS"] + "\nTitle,Year\nOf a table,2001\n").encode(), "mixed.ris")
    assert [record.fields.title for record in reading.records] == ["Of RIS"]
    assert [problem.subject for problem in reading.problems] == ["stray"]


@corpus_test
@pytest.mark.corpus
def test_two_real_exports_in_one_file_lose_nothing_in_silence() -> None:
    known = {
        export.path: export.data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
        for export in exports(*TAGGED)
    }
    known = {path: text for path, text in known.items() if len(text) < LARGEST and titles(text)}
    drawn = random.Random("mixed")
    silent = set()
    for _ in range(PAIRS):
        one, other = drawn.sample(sorted(known), 2)
        reading = read(f"{known[one].rstrip()}\n\n{known[other]}".encode(), "mixed.txt")
        kept = len(list(reading.records))
        doubtful = any(problem.severity != "note" for problem in reading.problems)
        if kept < len(titles(known[one])) + len(titles(known[other])) and not doubtful:
            silent.add((one, other))
    assert silent == set()


@pytest.mark.parametrize(
    "first",
    ["@article{a, title={One}", "@article{a,\n title = {One {x}", '@article{a,\n title = "One"'],
    ids=["closed value", "open value", "quoted value"],
)
def test_an_entry_that_begins_where_the_end_of_another_is_missing_is_read(first: str) -> None:
    second = "@book{b,\n title = {Two},\n author = {Roe, A}\n}\n"
    reading = read(f"{first}}}{second}".encode(), "beside.bib")
    assert [record.fields.title for record in reading.records][-1] == "Two"
    assert reading.start_tags == 2
    assert {problem.subject for problem in reading.problems} <= {"braces"}
