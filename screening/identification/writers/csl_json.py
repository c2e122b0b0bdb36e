"""CSL-JSON 1.0.2, which Zotero, pandoc and citation processors read."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from screening.identification.matching.kinds import CSL_TYPES
from screening.identification.writers.writing import Writer, Written
from screening.records import Fields

# Zotero, too, writes a preprint as CSL's "article".
_NEAREST = {"preprint": "article"}
# "document" is CSL's word for no known kind.
_WRITTEN = CSL_TYPES | {"document"}


def _entry(key: str, fields: Fields) -> Written:
    item = {name: value for name, value in _item(fields).items() if value}
    behind = ", " + json.dumps(item, ensure_ascii=False).removeprefix("{")
    return Written(b'{"id": ', key, behind.encode("utf-8", "replace"))


def _file(entries: Iterable[Written]) -> Iterator[bytes]:
    opening = b"[\n"
    for number, (before, key, behind) in enumerate(entries, start=1):
        name = json.dumps(key or str(number), ensure_ascii=False)
        yield opening + before + name.encode("utf-8", "replace") + behind
        opening = b",\n"
    yield b"[]\n" if opening == b"[\n" else b"\n]\n"


# A list with each reference as one item; what CSL has no variable for is in "custom".
write_csl_json = Writer(_entry, _file)


def _item(fields: Fields) -> dict[str, Any]:
    kind = fields.type or "document"
    custom = {
        "accession": fields.accession,
        "registrations": list(fields.registrations),
        "article_number": fields.article_number,
        "urls": list(fields.urls) if len(fields.urls) > 1 else None,
        "winnow_type": kind if kind not in _WRITTEN else None,
    }
    return {
        "type": kind if kind in CSL_TYPES else _NEAREST.get(kind, "document"),
        "title": fields.title,
        "author": [_name(name) for name in fields.authors],
        "issued": {"date-parts": [[fields.year]]} if fields.year else None,
        "container-title": fields.journal,
        "container-title-short": fields.journal_abbreviation,
        "volume": fields.volume,
        "issue": fields.issue,
        "page": fields.pages,
        "DOI": fields.doi,
        "PMID": fields.pmid,
        "ISBN": fields.isbn,
        "ISSN": ", ".join(fields.issn),
        "abstract": fields.abstract,
        "keyword": "; ".join(each.replace(";", ",") for each in fields.keywords),
        "language": fields.language,
        "URL": fields.urls[0] if fields.urls else None,
        "note": "\n\n".join(fields.notes),
        "custom": {name: value for name, value in custom.items() if value},
    }


def _name(name: str) -> dict[str, str]:
    family, comma, given = name.partition(", ")
    if not comma:
        return {"literal": name}
    given, comma, suffix = given.partition(", ")
    return {"family": family, "given": given} | ({"suffix": suffix} if comma else {})
