"""Print the pairs that the rules queue in the worked example: python -m tests.example.uncertain

Whoever changes the rules of deduplication sees here which pairs a person has to be asked about now, and
enters them in duplicates.py.
"""

import csv
import sys

from screening.identification.matching.groups import Item, Matching, match
from screening.identification.readers import read
from tests.example.flavours import FILES
from tests.example.make import DATA, TRUTH

Place = tuple[str, int]


def read_items() -> dict[Place, Item]:
    """Return every record of the exports, by its place, as deduplication takes it."""
    found: dict[Place, Item] = {}
    for name, _ in FILES.values():
        for record in read((DATA / "exports" / name).read_bytes(), name).records:
            found[name, record.position] = Item(f"r{len(found) + 1}", record.fields)
    return found


def read_truth() -> dict[Place, str]:
    with TRUTH.open(encoding="utf-8", newline="") as stream:
        return {
            (row["file"], int(row["position"])): row["publication"]
            for row in csv.DictReader(stream)
        }


def described(matching: Matching, items: dict[Place, Item], truth: dict[Place, str]) -> list[str]:
    """Return a line for each queued pair and for each group that mixes publications."""
    place_of = {item.key: place for place, item in items.items()}

    def name(key: str) -> str:
        file, position = place_of[key]
        return (
            f"{truth[file, position]} in {file}, {position}: {items[file, position].fields.title}"
        )

    lines = [
        f"queued {pair.score:.3f} ({pair.reason})\n  {name(pair.a)}\n  {name(pair.b)}"
        for pair in matching.queued
    ]
    mixed = [
        group for group in matching.groups if len({truth[place_of[key]] for key in group.keys}) > 1
    ]
    lines += [
        "\n  ".join([f"merged wrongly ({group.reason})", *map(name, group.keys)]) for group in mixed
    ]
    return lines


def main() -> None:
    items = read_items()
    matching = match(list(items.values()))
    removed = sum(len(group.keys) - 1 for group in matching.groups)
    lines = [
        f"{removed} records are merged away without asking.",
        *described(matching, items, read_truth()),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
