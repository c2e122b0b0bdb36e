"""A record as the ledger stores it: finished text and bytes, which any process can make."""

from typing import NamedTuple

from review.store import fields_text
from screening.records import Record


class StoredRecord(NamedTuple):
    """The columns of a record that come from its file."""

    position: int
    source_file: str
    format: str
    provider: str | None
    line: int | None
    fields: str
    raw: bytes


def stored(record: Record) -> StoredRecord:
    """Return a record as it is stored."""
    return StoredRecord(
        record.position,
        fields_text.storable(record.source_file),
        record.format,
        record.provider,
        record.line,
        fields_text.encode(record.fields),
        record.raw.encode("utf-8", "surrogatepass"),
    )
