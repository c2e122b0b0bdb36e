"""JSON lines: one object a record, everything that is known of it."""

import json
from collections.abc import Iterable, Iterator

from screening.records import Record


def write_jsonl(records: Iterable[Record]) -> Iterator[bytes]:
    """Yield one line of JSON in UTF-8 for each record, in order."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode
    for record in records:
        yield encode(record.as_json()).encode("utf-8", "replace") + b"\n"
