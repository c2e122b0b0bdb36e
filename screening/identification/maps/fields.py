"""Which tags hold which field: the data that readers and providers own, and its memo."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

Tags = dict[str, list[str]]
Names = tuple[str, ...]
_MOST_PLANS = 4096


class Plan(NamedTuple):
    """For entries with one set of tags: per field those of its tags that are there, in order.

    `lines` are the fields of one line each, as (place in `LINES`, tags); the other fields have rules of
    their own. `first_lines` takes the values of the first tag of each of `LINES`, those of the tag ""
    where there is none.
    """

    first_lines: Callable[[Mapping[str, list[str]]], tuple[list[str], ...]]
    lines: tuple[tuple[int, Names], ...]
    type: Names
    subtitle: Names
    authors: Names
    groups: Names
    editors: Names
    year: Names
    last_page: Names
    doi: Names
    pmid: Names
    pmid_labelled: Names
    serials: Names
    abstract: Names
    keywords: Names
    addresses: Names
    notes: Names
    mentions: Names


LINES = ("title", "journal", "journal_abbreviation", "volume", "issue", "pages", "article_number", "accession", "language")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMap:
    """Which tags hold which field, in order of preference: the first tag with a value counts.

    `authors` are taken from the first of these tags that is there, `groups` are added to them and
    `editors` stand in where both are absent. `addresses` are web addresses, which may name the DOI.
    `pmid_labelled` tags hold a PMID where it
    is marked as one. `mentions` are tags whose text may name the DOI or another identifier as such, `misplaced` those
    in which Google Scholar writes its address. `cited` tags hold
    other publications and are never searched. `split_*` are separators inside one value; `lists`
    says that one value may hold several authors, `natural` that names are written given name first.
    """

    type: Names = ()
    title: Names = ()
    subtitle: Names = ()
    authors: Names = ()
    groups: Names = ()
    editors: Names = ()
    year: Names = ()
    journal: Names = ()
    journal_abbreviation: Names = ()
    volume: Names = ()
    issue: Names = ()
    pages: Names = ()
    last_page: Names = ()
    article_number: Names = ()
    doi: Names = ()
    pmid: Names = ()
    pmid_labelled: Names = ()
    accession: Names = ()
    serials: Names = ()
    abstract: Names = ()
    keywords: Names = ()
    language: Names = ()
    addresses: Names = ()
    notes: Names = ()
    mentions: Names = ()
    misplaced: Names = ()
    cited: frozenset[str] = frozenset()
    lists: bool = False
    split_keywords: str | None = ";"
    split_notes: str | None = None
    natural: bool = False
    _plans: dict[Names, Plan] = field(default_factory=dict, compare=False, repr=False, init=False)

    def plan(self, tags: Iterable[str]) -> Plan:
        """Return where an entry with these tags has its fields; entries of one file share few plans."""
        there = tuple(tags)
        known = self._plans.get(there)
        if known is None:
            if len(self._plans) >= _MOST_PLANS:
                self._plans.clear()
            known = self._plans[there] = self._planned(frozenset(there))
        return known

    def _planned(self, there: frozenset[str]) -> Plan:
        def present(name: str) -> Names:
            tags: Names = getattr(self, name)
            return tuple(tag for tag in tags if tag in there)

        wanted = [present(name) for name in LINES]
        return Plan(
            itemgetter(*(tags[0] if tags else "" for tags in wanted)),
            tuple((place, tags) for place, tags in enumerate(wanted) if tags),
            *(present(name) for name in Plan._fields[2:]),
        )


def values_in(tags: Tags, names: Names) -> list[str]:
    """Return the values of all these tags, in the order of `names`."""
    if len(names) == 1:
        return tags[names[0]]
    return [value for name in names for value in tags[name]]
