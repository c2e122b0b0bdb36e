"""What the real exports have is found: titles, years and DOIs, counted by patterns and parsers of other people.

The patterns below know nothing of the readers: they say for each format where its own definition puts
a title, a year, or the DOI of the work itself.
"""

import csv
import html
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from screening.identification.readers import read
from screening.records import Record
from tests.screening.identification.readers.corpus import Export, corpus_test, exports

pytestmark = [pytest.mark.corpus, corpus_test]

YEAR = r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)"
DOI = r"10\.(?!1002/central/)\d{4,9}/[^\s\"<>{}]+"


def ris(tags: str) -> str:
    return rf"(?mi)^\W*(?:{tags})[ \t\xa0]{{0,3}}-"


# Format -> where a title, a year, and the work's own DOI stand.
TAGGED = {
    "ris": (ris("TI|T1") + r"[ \t]*\S", ris("PY|Y1") + rf".*{YEAR}", ris("DO|DI|L3|M3|UR|L2|LK") + rf".*?({DOI})"),
    "nbib": (r"(?m)^(?:TI|BTI|TT) {1,2}- *\S", rf"(?m)^DP {{1,2}}-.*{YEAR}", rf"(?m)^(?:LID|AID) {{0,1}}- .*?({DOI})(?: \[doi\]|$)"),
    "wos": (r"(?m)^TI \S", rf"(?m)^PY {YEAR}", rf"(?m)^D[I2] ({DOI})"),
    "ovid_tagged": (r"(?m)^\s?TI {1,3}-\s+\S", rf"(?m)^\s?(?:YR|DP) {{1,3}}-\s+{YEAR}", rf"(?m)^\s?(?:DO|DI) {{1,3}}-\s+\S*?({DOI})"),
    "refworks": (r"(?m)^T1 \S", rf"(?m)^YR {YEAR}", rf"(?m)^(?:DO|UL|LK) \S*?({DOI})"),
    "enw": (r"(?m)^%T \S", rf"(?m)^%D.*{YEAR}", rf"(?m)^%[RU] \S*?({DOI})"),
    "bibtex": (r"(?mi)^[\s,]*title\s*=\s*[{\"]+\s*[^\s{}\",]", rf"(?mi)^[\s,]*(?:year|date)\s*=\s*[{{\"]*\s*{YEAR}", rf"(?mi)^[\s,]*(?:doi|url|link)\s*=\s*[{{\"]*\S*?({DOI})"),
    "endnote_xml": (r"<title>\s*(?:<style[^>]*>)?\s*[^<\s]", rf"<year>\s*(?:<style[^>]*>)?\s*{YEAR}", rf"<(?:electronic-resource-num|url)>\s*(?:<style[^>]*>)?[^<]*?({DOI})"),
    "pubmed_xml": (r"<(?:ArticleTitle|BookTitle)[^>]*>[^<]*\w", rf"(?s)<PubDate>.{{0,60}}?{YEAR}", rf"<(?:ELocationID EIdType=\"doi\"[^>]*|ArticleId IdType=\"doi\")>({DOI})"),
    "rdf": (r"<(?:dc|dcterms|schema):(?:title|name)>\s*\w", rf"<dc:date>[^<]*{YEAR}", rf"(?:DOI |doi\.org/)({DOI})"),
}  # fmt: skip
# Other people's works inside an entry: their DOIs are never the entry's own.
CITED = {
    "ris": r"(?ms)^(?:M1|CR|REFERENCES) {1,3}- .*?(?=^[A-Z][A-Z0-9]+ {1,3}- |\Z)|Cited References:.*?$",
    "wos": r"(?ms)^CR .*?(?=^[A-Z])",
    "pubmed_xml": r"(?s)<ReferenceList>.*?</ReferenceList>|<CommentsCorrections .*?</CommentsCorrections>",
    "bibtex": r"(?ms)^\s*(?:cited-)?references\s*=.*?\},?$",
    "ovid_tagged": r"(?ms)^\s?(?:RF|CR) {1,3}-.*?(?=^\s?[A-Z]{2} {1,3}-|\Z)",
}


# Entries whose address holds a DOI that is not their own, and whose it is.
NOT_THEIR_OWN = {
    ("mcallaghan__rapid-screening/mendeley.bib", 467): "that of the book; the entry is a chapter",
}


def plain(record: Record) -> str:
    text = record.raw
    if record.format == "bibtex":  # which guards signs
        text = re.sub(r"\{(.)\}", r"\1", text.replace("\\", ""))
    return unquote(html.unescape(html.unescape(text))).lower()


def records() -> Iterator[tuple[Export, Record]]:
    for export in exports():
        if not export.path.startswith("derived_nasty/"):
            for record in read(export.data, export.path).records:
                yield export, record


@pytest.fixture(scope="module")
def tagged() -> list[tuple[Export, Record]]:
    return [(export, record) for export, record in records() if record.format in TAGGED]


def test_title_and_year_are_found_wherever_a_tagged_record_has_them(
    tagged: list[tuple[Export, Record]],
) -> None:
    there: Counter[tuple[str, str]] = Counter()
    missed: Counter[tuple[str, str]] = Counter()
    for _, record in tagged:
        title, year, _ = TAGGED[record.format]
        for name, pattern, found in (
            ("title", title, record.fields.title),
            ("year", year, record.fields.year),
        ):
            if re.search(pattern, record.raw):
                there[record.format, name] += 1
                missed[record.format, name] += not found
    assert there["ris", "title"] > 10_000
    assert {kind for kind, _ in there} == set(TAGGED)
    assert {key: count for key, count in missed.items() if count > 0.005 * there[key]} == {}


def test_a_doi_is_found_wherever_a_tagged_record_has_its_own(
    tagged: list[tuple[Export, Record]],
) -> None:
    compared = 0
    missed = []
    for export, record in tagged:
        own = re.findall(TAGGED[record.format][2], plain(record), re.IGNORECASE)
        if own and (export.path, record.position) not in NOT_THEIR_OWN:
            compared += 1
            found = record.fields.doi
            if not found or not any(doi.startswith(found) or found.startswith(doi) for doi in own):
                missed.append((export.path, record.position, found, own[:3]))
    assert compared > 9_000
    assert missed == []


def test_no_doi_is_that_of_a_cited_work(tagged: list[tuple[Export, Record]]) -> None:
    with_cited = 0
    for export, record in tagged:
        pattern = CITED.get(record.format)
        if not pattern or not record.fields.doi:
            continue
        without, count = re.subn(pattern, "", plain(record), flags=re.IGNORECASE)
        with_cited += count > 0 and "10." in record.raw
        # Platforms break old DOIs by spaces and lines.
        assert record.fields.doi in re.sub(r"\s", "", without), (
            export.path,
            record.position,
        )
    assert with_cited > 50


def cells(export: Export) -> list[list[str]]:
    if export.format == "zip/xlsx":
        book = load_workbook(io.BytesIO(export.data), read_only=True, data_only=True)
        return [
            ["" if cell is None else str(cell) for cell in row]
            for sheet in book.worksheets
            for row in sheet.iter_rows(values_only=True)
        ]
    text = export.data.decode("utf-8-sig", "replace")
    separator = {"csv": ",", "tsv": "\t", "ssv": ";"}[export.format]
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


TITLES = {
    "title",
    "article title",
    "document title",
    "item title",
    "primary_title",
    "study title",
    "ti",
    "titles",
}
YEARS = {
    "year",
    "publication year",
    "published year",
    "py",
    "publication_year",
    "publication date",
    "source",
}


@pytest.mark.parametrize(
    "export", exports("csv", "tsv", "ssv", "zip/xlsx"), ids=lambda each: each.path
)
def test_a_table_has_a_title_and_a_year_in_every_row_that_fills_their_columns(
    export: Export,
) -> None:
    rows = cells(export)
    header = next((row for row in rows if {cell.strip().lower() for cell in row} & TITLES), None)
    if header is None:
        pytest.skip("no column is called a title")
    names = [cell.strip().lower() for cell in header]
    body = rows[rows.index(header) + 1 :]
    found = list(read(export.data, export.path).records)

    def filled(wanted: set[str], holds: Callable[[str], Any]) -> int:
        places = [place for place, name in enumerate(names) if name in wanted]
        return sum(any(holds(row[place]) for place in places if place < len(row)) for row in body)

    assert sum(each.fields.title is not None for each in found) >= filled(TITLES, str.strip)
    years = filled(YEARS, lambda cell: re.search(YEAR, cell))
    assert sum(each.fields.year is not None for each in found) >= years


@pytest.mark.parametrize("export", exports("json"), ids=lambda each: each.path)
def test_an_entry_of_json_has_the_title_and_doi_that_its_keys_name(export: Export) -> None:
    for record in read(export.data, export.path).records:
        entry = {key.lower(): value for key, value in json.loads(record.raw).items()}
        entry |= entry.get("bibjson", {})
        assert bool(record.fields.title) == bool(entry.get("title") or entry.get("display_name"))
        if isinstance(entry.get("doi"), str):
            assert record.fields.doi == re.sub(
                r"^https?://(?:dx\.)?doi\.org/", "", entry["doi"].lower()
            )
