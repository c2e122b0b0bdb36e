"""The general rules and a person's few words remove exactly the published number of duplicates."""

import csv
from collections import defaultdict

import pytest

from screening.identification.matching.groups import Constraints, Item, Matching, match
from tests.example.make import DATA
from tests.example.uncertain import described, read_items, read_truth

Place = tuple[str, int]


@pytest.fixture(scope="module")
def items() -> dict[Place, Item]:
    return read_items()


@pytest.fixture(scope="module")
def truth() -> dict[Place, str]:
    return read_truth()


@pytest.fixture(scope="module")
def publication_of(items: dict[Place, Item], truth: dict[Place, str]) -> dict[str, str]:
    return {item.key: truth[place] for place, item in items.items()}


@pytest.fixture(scope="module")
def matching(items: dict[Place, Item]) -> Matching:
    return match(list(items.values()))


def decided(items: dict[Place, Item], word: str) -> list[tuple[str, str]]:
    with (DATA / "decisions/duplicates.csv").open(encoding="utf-8", newline="") as stream:
        return [
            (
                items[row["file_a"], int(row["position_a"])].key,
                items[row["file_b"], int(row["position_b"])].key,
            )
            for row in csv.DictReader(stream)
            if row["decision"] == word
        ]


def test_the_rules_alone_merge_no_two_publications(
    matching: Matching, items: dict[Place, Item], truth: dict[Place, str]
) -> None:
    assert [line for line in described(matching, items, truth) if line.startswith("merged")] == []


def test_nearly_all_duplicates_are_merged_without_asking(matching: Matching) -> None:
    assert 650 <= sum(len(group.keys) - 1 for group in matching.groups) <= 671
    assert 0 < len(matching.queued) <= 17  # one record in a hundred


def test_the_person_decided_on_every_queued_pair(
    matching: Matching, items: dict[Place, Item]
) -> None:
    asked = {frozenset((pair.a, pair.b)) for pair in matching.queued}
    answered = {frozenset(pair) for word in ("merge", "apart") for pair in decided(items, word)}
    assert asked <= answered


def test_671_records_are_removed_in_all(
    items: dict[Place, Item], publication_of: dict[str, str]
) -> None:
    known = Constraints(merged=tuple(decided(items, "merge")), apart=tuple(decided(items, "apart")))
    settled = match(list(items.values()), known=known)
    assert sum(len(group.keys) - 1 for group in settled.groups) == 671
    assert settled.queued == []
    groups: dict[str, set[str]] = defaultdict(set)
    for group in settled.groups:
        groups[publication_of[group.keys[0]]] |= set(group.keys)
    repeated: dict[str, set[str]] = defaultdict(set)
    for key, publication in publication_of.items():
        repeated[publication].add(key)
    assert groups == {name: keys for name, keys in repeated.items() if len(keys) > 1}
