"""What each number of the flow counts, one by one: references, or records as their sources had them.

Nothing here counts by rules of its own. Whether a reference stands behind a number is asked of
`screening.flow.counting.count`, given that reference alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row, select

from review.pipeline.flow.flow import (
    appraised_reports,
    current_flow,
    reason_names,
    synthesised_studies,
)
from review.pipeline.identification.members import Member, members, surplus
from review.pipeline.project import Project
from review.store import queries
from review.store.events import Merged, record_key
from review.store.pieces import AT_ONCE
from review.store.projection_tables import IN_FLOW, STATE
from review.store.tables import RECORD
from screening.flow.counting import Flow, MergeRow, SourceRow, StateRow, StudyRow, count
from screening.flow.labels import LABELS

_PARTS = {
    "databases": "database_specific",
    "registers": "register_specific",
    "records_excluded": "title_abstract_reasons",
    "dbr_excluded": "dbr_excluded_reasons",
    "other_excluded": "other_excluded_reasons",
    "pending": "pending",
}
"""Counts that are the sum of parts shown beside them."""

_SURPLUS = {
    "duplicates": MergeRow(lane="dbr", late=False, n=1),
    "late_duplicates": MergeRow(lane="dbr", late=True, n=1),
    "other_not_sought": MergeRow(lane="other", late=False, n=1),
}
_WITH_LATE = ("screened", "dbr_sought")
"""Counts in which a late duplicate still stands: it was screened and sought before it was found."""


@dataclass(frozen=True, slots=True)
class CountedRecord:
    """A record that a number counts, where it stands in its file, and why it was merged away if it was."""

    key: str
    reference: str
    source: str
    file: str
    position: int
    title: str
    authors: tuple[str, ...]
    year: int | None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of the flow and everything it counts.

    `parts` name the numbers it is the sum of. `n` is what the flow says; studies have more reports
    than their number.
    """

    id: str
    words: str
    n: int | None
    references: tuple[queries.ReferenceLine, ...] = ()
    records: tuple[CountedRecord, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A reference as the flow sees it, without its words."""

    key: str
    report: str
    study: str
    state: StateRow


def numbers(flow: Flow) -> dict[str, tuple[str, int | None]]:
    """Return every number of the flow, parts too ("whole/label"), with its words."""
    found: dict[str, tuple[str, int | None]] = {}
    for name, value in flow.boxes().items():
        if isinstance(value, dict):
            whole = next((words for words, parts in _PARTS.items() if parts == name), "")
            for label, n in value.items():
                lane = f"{LABELS[whole].text}: " if whole in LABELS else ""
                found[f"{name}/{label}"] = (f"{lane}{label}", n)
        elif name in LABELS:
            found[name] = (LABELS[name].of(flow.template), value)
    found["pending"] = ("Decisions still outstanding", flow.pending.total)
    for name, n in flow.pending:
        found[f"pending/{name}"] = (f"Still open: {name.replace('_', ' ')}", n)
    return found


class Counting:
    """The review as its numbers see it, read once for as many numbers as are asked for."""

    def __init__(self, project: Project, flow: Flow | None = None) -> None:
        self._project = project
        self.flow = flow or current_flow(project)
        self.numbers = numbers(self.flow)
        self._reasons = reason_names(project)
        self._known: dict[StateRow, frozenset[str]] = {}

    def counted(self, name: str) -> Counted:
        """Return what a number counts; raises KeyError for one that the flow does not have."""
        words, n = self.numbers[name]
        with self._project.ledger.read() as conn:
            references = tuple(queries.references_by_key(conn, self.references(name)))
        parts = self.parts(name)
        return Counted(name, words, n, references, self.records(name), parts)

    def references(self, name: str) -> Sequence[str]:
        """Return the keys of the references that a number counts, in ledger order."""
        return self._references.get(name, ())

    def records(self, name: str) -> tuple[CountedRecord, ...]:
        """Return the records that a number counts, in ledger order: of its source, or merged away."""
        has_source = any(name in named for named in self._homes.values())
        own = self._by_source.get(name, ()) if has_source else ()
        return (*own, *self._merged_away(name))

    def has(self, name: str) -> bool:
        """Return whether anything can be listed behind a number."""
        return bool(self.parts(name) or self.references(name) or self.records(name))

    def briefs(self) -> Iterator[queries.Brief]:
        """Yield every reference in brief, in ledger order."""
        with self._project.ledger.read() as conn:
            yield from queries.briefs(conn)

    def parts(self, name: str) -> tuple[str, ...]:
        """Return the numbers that a number is the sum of, where there are any."""
        return tuple(
            part
            for part in self.numbers
            if name in _PARTS and part.startswith(f"{_PARTS[name]}/") and self.numbers[part][1]
        )

    def of_source(self, source: str) -> tuple[CountedRecord, ...]:
        """Return the records of one source in ledger order, before any merging."""
        return tuple(each for each in self._records if each.source == source)

    def homes(self) -> dict[str, str]:
        """Return for each source the number that its records stand in: its own where it has one."""
        return {
            source: max(numbers, key=lambda name: ("/" in name, name))
            for source, numbers in self._homes.items()
            if numbers
        }

    def _merged_away(self, name: str) -> tuple[CountedRecord, ...]:
        kinds = [_SURPLUS[name]] if name in _SURPLUS else []
        if name in _WITH_LATE:
            kinds.append(_SURPLUS["late_duplicates"])
        away = {each.key for kind in kinds for each in surplus(self._members.values(), kind)}
        if not away:
            return ()
        return tuple(
            replace(each, because=self._because.get(each.key, ""))
            for each in self._records
            if each.key in away
        )

    def _behind(self, line: _Line) -> frozenset[str]:
        if line.state not in self._known:
            self._known[line.state] = _counts_of(line.state, self._reasons)
        behind = self._known[line.state]
        if line.report in self._appraised:
            behind |= {"appraised"}
        if line.study in self._synthesised and _is_included(line.state):
            behind |= {"synthesised"}
        return behind

    @cached_property
    def _references(self) -> Mapping[str, Sequence[str]]:
        """Return the keys behind each number, all found in one passage through the references."""
        found: dict[str, list[str]] = defaultdict(list)
        for line in self._lines():
            for name in self._behind(line):
                found[name].append(line.key)
        return dict(found)

    def _lines(self) -> Iterator[_Line]:
        statement = select(STATE).order_by(STATE.c.reference)
        with self._project.ledger.read() as conn:
            for row in conn.execute(statement.execution_options(yield_per=AT_ONCE)):
                yield _line(row)

    @cached_property
    def _by_source(self) -> Mapping[str, Sequence[CountedRecord]]:
        """Return the records of each number that records of sources stand in."""
        found: dict[str, list[CountedRecord]] = defaultdict(list)
        for each in self._records:
            for name in self._homes[each.source]:
                found[name].append(each)
        return dict(found)

    @cached_property
    def _members(self) -> dict[str, list[Member]]:
        with self._project.ledger.read() as conn:
            return members(conn)

    @cached_property
    def _records(self) -> list[CountedRecord]:
        with self._project.ledger.read() as conn:
            return list(_records(conn, self._members))

    @cached_property
    def _because(self) -> dict[str, str]:
        """Return why each record was merged, as it was last said."""
        with self._project.ledger.read() as conn:
            return {
                key: f"{said.event.reason} ({said.actor})"
                if said.event.method == "person"
                else said.event.reason
                for said in queries.events_since(conn, kinds=["merged"])
                if isinstance(said.event, Merged)
                for key in said.event.records
            }

    @cached_property
    def _homes(self) -> Mapping[str, frozenset[str]]:
        """Return for each source the numbers that its records stand in."""
        with self._project.ledger.read() as conn:
            rows = queries.source_rows(conn)
        twice = Counter(row.name for row in rows)
        return {row.source: _homes(row, alone=twice[row.name] == 1) for row in rows}

    @cached_property
    def _appraised(self) -> set[str]:
        return appraised_reports(self._project)

    @cached_property
    def _synthesised(self) -> set[str]:
        return synthesised_studies(self._project)


def _homes(row: SourceRow, *, alone: bool) -> frozenset[str]:
    """Return the numbers that a source's records stand in, by its name where no other has that name."""
    named = row if alone else replace(row, name=f"{row.name} ({row.source})")
    return frozenset(_counted_in(count([named], [], [], _NO_STUDY, {})))


def _counts_of(state: StateRow, reasons: Mapping[str, str]) -> frozenset[str]:
    study = StudyRow(studies=1, reports=1) if _is_included(state) else _NO_STUDY
    return frozenset(_counted_in(count([], [state], [], study, reasons)))


def _counted_in(flow: Flow) -> Iterable[str]:
    return (name for name, (_, n) in numbers(flow).items() if n)


def _is_included(state: StateRow) -> bool:
    return state.full_text == "include" and not state.category


def _line(row: Row[Any]) -> _Line:
    """Return a reference as the flow counts it; who is still missing makes no difference to it."""
    values = {name: getattr(row, name) for name in IN_FLOW}
    settled: dict[str, Any] = {
        name: "pending" if value == "awaiting_second" else value for name, value in values.items()
    }
    key = record_key(row.reference)
    report = row.report_key or key
    return _Line(key, report, row.study or report, StateRow(n=1, **settled))


def _records(conn: Connection, groups: Mapping[str, Sequence[Member]]) -> Iterable[CountedRecord]:
    member = {each.key: each for group in groups.values() for each in group}
    places = {
        record_key(row.id): (row.source_file, row.position)
        for row in conn.execute(select(RECORD.c.id, RECORD.c.source_file, RECORD.c.position))
    }
    for key, fields in queries.visible_records(conn):
        own = member[key]
        file, position = places[key]
        yield CountedRecord(
            key=key,
            reference=own.reference,
            source=own.source,
            file=file,
            position=position,
            title=fields.title or "",
            authors=fields.authors,
            year=fields.year,
        )


_NO_STUDY = StudyRow(studies=0, reports=0)
