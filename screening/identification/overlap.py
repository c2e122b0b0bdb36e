"""How the sources of a search overlap: what an UpSet plot shows, as numbers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceCount:
    """One source: its records, the references they became, and those no other source has."""

    source: str
    records: int
    references: int
    unique: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """Counts per source, and references per exact combination of sources, the largest first.

    The combinations part the references: every reference is counted in exactly one of them.
    """

    sources: tuple[SourceCount, ...]
    combinations: tuple[tuple[tuple[str, ...], int], ...]

    @property
    def records(self) -> int:
        """Return the number of records of all sources."""
        return sum(count.records for count in self.sources)

    @property
    def references(self) -> int:
        """Return the number of references after merging."""
        return sum(number for _, number in self.combinations)


def overlap(references: Iterable[Iterable[str]]) -> Overlap:
    """Count records and references by source.

    `references` gives for each reference the source of every record behind it, with repeats: two
    records of one source that were merged count twice as records and once as a reference. Sources are
    sorted by references, then by name; combinations by number, then by size and names.
    """
    records: Counter[str] = Counter()
    found: Counter[str] = Counter()
    unique: Counter[str] = Counter()
    combinations: Counter[tuple[str, ...]] = Counter()
    for sources in references:
        listed = list(sources)
        together = tuple(sorted(set(listed)))
        if not together:
            continue
        records.update(listed)
        found.update(together)
        combinations[together] += 1
        if len(together) == 1:
            unique[together[0]] += 1
    return Overlap(
        sources=tuple(
            SourceCount(source, records[source], found[source], unique[source])
            for source in sorted(found, key=lambda source: (-found[source], source))
        ),
        combinations=tuple(
            sorted(combinations.items(), key=lambda entry: (-entry[1], len(entry[0]), entry[0]))
        ),
    )
