"""Our fields beside those of rispy, Bio.Medline and bibtexparser, every difference explained."""

import html
import io
import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import bibtexparser
import pytest
import rispy
from Bio import Medline

from screening.identification.readers import read
from screening.records import Fields
from tests.screening.identification.readers.corpus import corpus_test, exports

pytestmark = [pytest.mark.corpus, corpus_test]


def letters(text: object) -> str:
    plain = html.unescape(html.unescape(str(text or "")))
    return re.sub(r"[\W_]+", "", re.sub(r"<[^<>]{1,80}>", "", plain)).lower()


def first(*values: Any) -> Any:
    for value in values:
        if value:
            return value[0] if isinstance(value, list) else value
    return ""


# File and, where it has both kinds, position -> why rispy's count of records differs.
COUNTS = {
    "CoLRev-Environment__colrev/ris_data.ris": "rispy drops a record that has no ER",
    "zotero__translators/RIS_04.ris": "rispy does not take tags with one space",
}


def rispy_pairs(fields: Fields, theirs: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
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


def _names(ours: tuple[str, ...], theirs: list[str]) -> bool:
    """Editors stand in for no authors; names are turned round, parted, or have no letters."""
    names = " ".join(theirs)
    mine = " ".join(ours)
    return (
        not theirs
        or sorted(letters(mine)) == sorted(letters(names))
        or sorted(re.findall(r"\w+", mine)) == sorted(re.findall(r"\w+", names))
        or all(letters(name) in letters(names) for name in ours)
    )


# Field, why ours may differ, and the test of it: ours, rispy's, and the entry's text.
Rule = Callable[[Any, str, str], bool]
EXPLANATIONS: tuple[tuple[str, str, Rule], ...] = (
    ("pages", "a placeholder is no page", lambda _, theirs, __: bool(re.match(r"no?$|n\.?pag|no\.", theirs, re.IGNORECASE))),
    ("pages", "EP ends the range that SP begins", lambda ours, theirs, _: letters(ours).startswith(letters(re.split(r"[-‐–]", theirs)[0]))),
    ("year", "the year out of a date", lambda ours, theirs, _: str(ours) in re.findall(r"\d{4}", theirs)),
    ("year", "the year of a date without separators", lambda ours, theirs, _: bool(re.search(rf"{ours}\d{{4}}", theirs))),
    ("year", "the year stands in DA or Y1", lambda ours, theirs, raw: not theirs and str(ours) in raw),
    ("year", "no year", lambda ours, theirs, _: not ours and not re.search(r"(?:1[5-9]|20)\d\d", theirs)),
    ("doi", "out of an address, L3, or a note that names it", lambda ours, _, raw: bool(ours) and ours in re.sub(r"\s", "", html.unescape(raw)).lower().replace("%2f", "/")),
    ("doi", "not a DOI", lambda _, theirs, __: not re.search(r"10\.\d{4,}/\S", theirs)),
    ("journal", "in full before the short form; T3 where nothing else", lambda ours, _, raw: bool(ours) and f"- {ours}" in " ".join(raw.split())),
    ("volume", "rispy does not know VO", lambda ours, theirs, raw: not theirs and f"VO  - {ours}" in raw),
    ("abstract", "markup taken out", lambda ours, theirs, _: bool(ours) and letters(ours)[:60] in letters(theirs)),
)  # fmt: skip


def explained(name: str, ours: Any, theirs: Any, raw: str) -> bool:
    if name == "authors":
        return _names(ours, theirs)
    return any(
        name == field and rule(ours, str(theirs or ""), raw) for field, _, rule in EXPLANATIONS
    )


@pytest.mark.filterwarnings("ignore")
def test_every_difference_from_rispy_is_explained() -> None:
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


def test_every_difference_from_bio_medline_is_explained() -> None:
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


def test_bibtexparser_finds_no_entry_and_no_title_that_we_do_not() -> None:
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
