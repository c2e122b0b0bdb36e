"""RIS as Zotero, EndNote, Rayyan and Covidence read it."""

import re
from collections.abc import Iterable, Iterator

from screening.identification.kinds import KINDS_IN_RIS
from screening.identification.names import as_given
from screening.records import Fields

_RANGE = re.compile(r"([A-Za-z]?\d{1,9})-([A-Za-z]?\d{1,9})")
# Continued lines are indented, so that none can be taken for a tag.
_CONTINUED = "\n      "


def write_ris(references: Iterable[tuple[str, Fields]]) -> Iterator[bytes]:
    """Yield each (key, fields) as one RIS entry in UTF-8.

    What RIS has no tag for is a note with a label ("PMID: 123", "Trial registration: NCT..."), which
    reference managers show and our reader takes back.
    """
    for key, fields in references:
        lines = [f"{tag}  - {value.replace(chr(10), _CONTINUED)}\n" for tag, value in _tags(key, fields)]
        yield "".join([*lines, "ER  - \n\n"]).encode("utf-8", "replace")


def _tags(key: str, fields: Fields) -> Iterator[tuple[str, str]]:
    kind = fields.type or "document"
    yield "TY", KINDS_IN_RIS.get(kind, "GEN")
    if kind not in KINDS_IN_RIS:
        yield "M3", kind
    yield "ID", key
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
    ):
        if value:
            yield tag, value
    for author in fields.authors:
        yield "AU", as_given(author)
    for number in fields.issn:
        yield "SN", number
    for keyword in fields.keywords:
        yield "KW", keyword.replace(";", ",")
    for address in fields.urls:
        yield "UR", address
    if fields.pmid:
        yield "N1", f"PMID: {fields.pmid}"
    for number in fields.registrations:
        yield "N1", f"Trial registration: {number}"
    for text in fields.notes:
        yield "N1", text


def _pages(pages: str | None) -> list[tuple[str, str | None]]:
    found = _RANGE.fullmatch(pages) if pages else None
    if found and found.group(1) != found.group(2):
        return [("SP", found.group(1)), ("EP", found.group(2))]
    return [("SP", pages)]
