"""The exports with the truth behind them: which record describes which publication."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from tests.example import flavours
from tests.example.collection import Collection, collect
from tests.example.copies import copy_in
from tests.example.placing import place
from tests.example.publication import Publication

SEED = 20220412


@dataclass(frozen=True)
class Place:
    """Where a record stands: its export and its position in it, counted from 1."""

    file: str
    position: int
    title: str
    year: int


@dataclass(frozen=True)
class Exports:
    """All files, and the records of each publication, in the order of the sources."""

    collection: Collection
    files: Mapping[str, bytes]
    places: Mapping[str, tuple[Place, ...]]


def write_exports(seed: int = SEED) -> Exports:
    rng = Random(seed)
    collection = collect(rng)
    holdings = place(collection.in_databases, rng)
    holdings["citation_searching"] = list(collection.by_citation)
    files: dict[str, bytes] = {}
    places: dict[str, tuple[Place, ...]] = {}
    for source, (name, write) in flavours.FILES.items():
        entries: list[Publication] = []
        held: set[str] = set()
        for publication in holdings[source]:
            entry = copy_in(source, publication, rng, ahead_of_print=publication.id in held)
            held.add(publication.id)
            entries.append(entry)
            here = Place(name, len(entries), entry.title, entry.year)
            places[publication.id] = (*places.get(publication.id, ()), here)
        files[name] = write(entries)
    return Exports(collection, files, places)
