"""CSL-JSON 1.0.2, which Zotero, pandoc and citation processors read."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from screening.identification.matching.kinds import CSL_TYPES
from screening.records import Fields

# Zotero, too, writes a preprint as CSL's "article".
_NEAREST = {"preprint": "article"}
# "document" is CSL's word for no known kind.
_WRITTEN = CSL_TYPES | {"document"}


def write_csl_json(references: Iterable[tuple[str, Fields]]) -> Iterator[bytes]:
    """Yield a JSON list with each (key, fields) as one item; what CSL has no variable for is in "custom"."""
    before = "[\n"
    for number, (key, fields) in enumerate(references, start=1):
        item = {name: value for name, value in _item(key or str(number), fields).items() if value}
        yield (before + json.dumps(item, ensure_ascii=False)).encode("utf-8", "replace")
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def _item(key: str, fields: Fields) -> dict[str, Any]:
    kind = fields.type or "document"
    custom = {
        "accession": fields.accession,
        "registrations": list(fields.registrations),
        "article_number": fields.article_number,
        "urls": list(fields.urls) if len(fields.urls) > 1 else None,
        "winnow_type": kind if kind not in _WRITTEN else None,
    }
    return {
        "id": key,
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
