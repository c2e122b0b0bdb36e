"""Our fields beside those of rispy, Bio.Medline and bibtexparser, every difference explained."""

import html
import io
import re
import warnings

import bibtexparser
import pytest
import rispy
from Bio import Medline

from screening.identification.readers import read
from tests.screening.identification.readers.corpus import corpus_test, exports

pytestmark = [pytest.mark.corpus, corpus_test]


def letters(text: object) -> str:
    plain = html.unescape(html.unescape(str(text or "")))
    return re.sub(r"[\W_]+", "", re.sub(r"<[^<>]{1,80}>", "", plain)).lower()


def first(*values):
    for value in values:
        if value:
            return value[0] if isinstance(value, list) else value
    return ""


# File and, where it has both kinds, position -> why rispy's count of records differs.
COUNTS = {
    "CoLRev-Environment__colrev/ris_data.ris": "rispy drops a record that has no ER",
    "zotero__translators/RIS_04.ris": "rispy does not take tags with one space",
}


def rispy_pairs(fields, theirs):
    yield (
        "title",
        fields.title,
        first(theirs.get("title"), theirs.get("primary_title"), theirs.get("short_title")),
    )
    authors = theirs.get("authors") or theirs.get("first_authors") or []
    yield "authors", fields.authors, authors
    yield "year", fields.year, first(theirs.get("year"), theirs.get("publication_year"))
    keys = (
        "journal_name",
        "secondary_title",
        "alternate_title3",
        "alternate_title1",
        "alternate_title2",
    )
    yield "journal", fields.journal, first(*(theirs.get(key) for key in keys))
    yield "volume", fields.volume, theirs.get("volume")
    yield "issue", fields.issue, theirs.get("number")
    yield "pages", fields.pages, first(theirs.get("start_page"))
    yield "doi", fields.doi, first(theirs.get("doi"))
    yield "abstract", fields.abstract, first(theirs.get("abstract"), theirs.get("notes_abstract"))


def explained(name, ours, theirs, raw):
    """Return why a difference from rispy is right, "" where nothing explains it."""
    if name == "authors":
        return explained_authors(ours, theirs)
    theirs = str(theirs or "")
    if name == "pages" and re.match(r"no?$|n\.?pag|no\.", theirs, re.IGNORECASE):
        return "a placeholder is no page"
    if name == "pages" and letters(ours).startswith(letters(re.split(r"[-‐–]", theirs)[0])):
        return "EP ends the range that SP begins"
    if name == "year" and str(ours or "") in re.findall(r"\d{4}", theirs):
        return "the year out of a date"
    if name == "year" and ours and f"{ours}" in raw:
        return "the year stands in DA or Y1"
    if name == "year" and not ours and not re.search(r"(?:1[5-9]|20)\d\d", theirs):
        return "no year"
    if (
        name == "doi"
        and ours
        and ours in re.sub(r"\s", "", html.unescape(raw)).lower().replace("%2f", "/")
    ):
        return "the DOI out of an address, L3, or a note that names it"
    if name == "doi" and not re.search(r"10\.\d{4,}/\S", theirs):
        return "not a DOI"
    if name == "journal" and ours and f"- {ours}" in " ".join(raw.split()):
        return "T2 in full before JO's or JA's short form; T3 where nothing else"
    if name in ("volume", "issue") and ours and not theirs:
        return "rispy does not know the tag (VO)"
    if name == "abstract" and ours and letters(ours)[:60] in letters(theirs):
        return "markup taken out"
    return ""


def explained_authors(ours, theirs):
    if not theirs:
        return "editors stand in where there are no authors"
    names = " ".join(theirs)
    if sorted(letters(" ".join(ours))) == sorted(letters(names)):
        return "given and family name turned round, or one value with several names"
    if all(letters(name) in letters(names) for name in ours):
        return "a name without letters, or a role, left out"
    if sorted(re.findall(r"\w+", " ".join(ours))) == sorted(re.findall(r"\w+", names)):
        return "the same words"
    return ""


@pytest.mark.filterwarnings("ignore")
def test_every_difference_from_rispy_is_explained():
    compared, unexplained = 0, []
    for export in exports("ris"):
        if export.path.startswith("derived_nasty/") or "citesource_benchmark" in export.path:
            continue
        records = list(read(export.data, export.path).records)
        text = export.data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        theirs = rispy.loads(text, enforce_list_tags=False)
        if export.path in COUNTS:
            assert len(records) > len(theirs)
            continue
        assert len(records) == len(theirs), export.path
        for record, other in zip(records, theirs, strict=True):
            for name, mine, yours in rispy_pairs(record.fields, other):
                compared += 1
                same = (
                    letters(" ".join(mine)) == letters(" ".join(yours))
                    if name == "authors"
                    else letters(mine) == letters(yours)
                )
                if not same and not explained(name, mine, yours, record.raw):
                    unexplained.append((export.path, record.position, name, mine, yours))
    assert compared > 90_000
    assert unexplained == []


def test_every_difference_from_bio_medline_is_explained():
    compared = 0
    for export in exports("nbib"):
        if export.path.startswith("derived_nasty/"):
            continue
        records = list(read(export.data, export.path).records)
        text = export.data.decode("utf-8-sig").replace("\r\n", "\n")
        theirs = list(Medline.parse(io.StringIO(text)))
        assert len(records) == len(theirs)
        for record, other in zip(records, theirs, strict=True):
            fields = record.fields
            compared += 1
            assert letters(fields.title) == letters(other.get("TI"))
            assert letters(fields.journal) == letters(other.get("JT"))
            assert letters(fields.abstract) == letters(other.get("AB"))
            assert letters(fields.volume) == letters(other.get("VI"))
            assert letters(fields.issue) == letters(other.get("IP"))
            assert letters(fields.pages) == letters(other.get("PG"))
            names = other.get("FAU") or other.get("AU") or []
            assert letters("".join(fields.authors)).startswith(letters("".join(names)))
            assert str(fields.year or "") in other.get("DP", "")
            marked = re.findall(r"(10\.\S+) \[doi\]", f"{other.get('LID')} {other.get('AID')}")
            # ERIC gives the DOI as an address, without the mark that Bio.Medline's users look for.
            assert fields.doi == (marked[0].lower() if marked else fields.doi)
    assert compared > 60


def test_bibtexparser_finds_no_entry_and_no_title_that_we_do_not():
    compared = 0
    for export in exports("bibtex"):
        text = export.data.decode("utf-8-sig", "replace")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            library = bibtexparser.parse_string(text)
        records = list(read(export.data, export.path).records)
        assert len(records) >= len(library.entries)
        ours = {letters(record.fields.title) for record in records}
        for entry in library.entries:
            title = entry.fields_dict.get("title")
            if title is None or "\\" in str(title.value) or "$" in str(title.value):
                continue  # what accents and formulas become is tested on its own
            compared += 1
            assert any(mine.startswith(letters(title.value)) for mine in ours), title.value
    assert compared > 500
