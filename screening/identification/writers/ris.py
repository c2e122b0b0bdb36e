"""RIS as Zotero, EndNote, Rayyan and Covidence read it."""

import re
from collections.abc import Iterable, Iterator

from screening.identification.matching.kinds import KINDS_IN_RIS
from screening.identification.texts.names import as_given
from screening.identification.writers.writing import Writer, Written, numbered
from screening.records import Fields

_RANGE = re.compile(r"([A-Za-z]?\d{1,9})-([A-Za-z]?\d{1,9})")
# Continued lines are indented, so that none can be taken for a tag.
_CONTINUED = "\n      "


def _entry(key: str, fields: Fields) -> Written:
    kind = fields.type
    opening = [("TY", KINDS_IN_RIS.get(kind or "", "GEN"))]
    if kind and kind not in KINDS_IN_RIS:
        opening.append(("M3", kind))
    before = f"{_lines(opening)}ID  - ".encode("utf-8", "replace")
    behind = f"\n{_lines(_tags(fields))}ER  - \n\n".encode("utf-8", "replace")
    return Written(before, key.replace("\n", _CONTINUED), behind)


# Each entry in UTF-8. What RIS has no tag for is a note with a label ("PMID: 123", "Trial registration:
# NCT..."), which reference managers show and our reader takes back.
write_ris = Writer(_entry, numbered)


def _lines(tags: Iterable[tuple[str, str]]) -> str:
    return "".join([f"{tag}  - {value.replace(chr(10), _CONTINUED)}\n" for tag, value in tags])


def _tags(fields: Fields) -> Iterator[tuple[str, str]]:
    for tag, value in (
        ("TI", fields.title),
        ("PY", None if fields.year is None else str(fields.year)),
        ("T2", fields.journal),
        ("J2", fields.journal_abbreviation),
        ("VL", fields.volume),
        ("IS", fields.issue),
        *_pages(fields.pages),
        ("C7", fields.article_number),
        ("DO", fields.doi),
        ("AN", fields.accession),
        ("SN", fields.isbn),
        ("AB", fields.abstract),
        ("LA", fields.language),
        ("N1", f"PMID: {fields.pmid}" if fields.pmid else None),
    ):
        if value:
            yield tag, value
    for tag, values in (
        ("AU", map(as_given, fields.authors)),
        ("SN", fields.issn),
        ("KW", (keyword.replace(";", ",") for keyword in fields.keywords)),
        ("UR", fields.urls),
        ("N1", (f"Trial registration: {number}" for number in fields.registrations)),
        ("N1", fields.notes),
    ):
        for value in values:
            yield tag, value


def _pages(pages: str | None) -> list[tuple[str, str | None]]:
    found = _RANGE.fullmatch(pages) if pages else None
    if found and found.group(1) != found.group(2):
        return [("SP", found.group(1)), ("EP", found.group(2))]
    return [("SP", pages)]
