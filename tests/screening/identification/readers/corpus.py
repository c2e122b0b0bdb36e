"""The real exports beside the repository, for the tests that measure the readers on them."""

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

EXPORTS = Path(__file__).parents[5] / "shared" / "data" / "exports"
MISSING = f"the real exports are not at {EXPORTS}"
corpus_test = pytest.mark.skipif(not EXPORTS.is_dir(), reason=MISSING)


class Export(NamedTuple):
    path: str
    format: str
    provider: str
    records: int | None

    @property
    def data(self) -> bytes:
        return (EXPORTS / self.path).read_bytes()


def exports(*formats: str) -> list[Export]:
    if not EXPORTS.is_dir():
        return []
    with (EXPORTS / "index.csv").open(encoding="utf-8", newline="") as stream:
        rows = [
            Export(
                row["path"],
                row["format_by_content"],
                row["provider_guess"],
                int(row["records"]) if row["records"] else None,
            )
            for row in csv.DictReader(stream)
        ]
    return [row for row in rows if not formats or row.format in formats]
