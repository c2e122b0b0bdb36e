"""The sums that `screening.flow.counting.count` makes a Flow of; their number does not grow with the review."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, func, select

from review.store.projection_tables import IN_FLOW, LOAD, MEMBER, STATE, SUMMED, VOTERS
from screening.flow.counting import MergeRow, SourceRow, StateRow, StudyRow
from screening.records import SourceKind, Stage

_SETTLED_AS = {"awaiting_second": "pending"}  # the flow asks what is decided, not who is missing


def source_rows(conn: Connection) -> list[SourceRow]:
    """Return the visible records of each source, in order of loading, before any merging."""
    rows = conn.execute(
        select(
            LOAD.c.source,
            func.max(LOAD.c.source_name).label("name"),
            func.max(LOAD.c.source_kind).label("kind"),
            func.sum(LOAD.c.records).label("records"),
        )
        .where(LOAD.c.state == "complete")
        .group_by(LOAD.c.source)
        .order_by(func.min(LOAD.c.id))
    )
    return [
        SourceRow(
            source=row.source,
            name=row.name or row.source,
            kind=SourceKind(row.kind),
            records=int(row.records),
        )
        for row in rows
    ]


class FlowGroup(NamedTuple):
    """References that the flow does not tell apart (`IN_FLOW`), and on which the same people voted.

    There are `n` of them; of their records `dbr_records` and `other_records` came by either lane, and
    `late` were found late to be duplicates.
    """

    lane: str
    removed: str
    title_abstract: str
    by_automation: bool
    title_abstract_reason: str
    retrieval: str
    full_text: str
    reason: str
    category: str
    title_abstract_voters: str
    full_text_voters: str
    n: int
    dbr_records: int
    other_records: int
    late: int

    def state_at(self, stage: Stage) -> str:
        """Return their state at a stage: none where they are not at it, or set apart at full text."""
        set_apart = stage is Stage.FULL_TEXT and self.category
        state: str = "" if set_apart else getattr(self, stage)
        return state

    def voters_at(self, stage: Stage) -> str:
        """Return who voted at a stage, as `voters_text` writes it."""
        return self.full_text_voters if stage is Stage.FULL_TEXT else self.title_abstract_voters


def flow_groups(conn: Connection) -> list[FlowGroup]:
    """Return all references in groups, from one pass over the index of the flow."""
    columns = [STATE.c[name] for name in (*IN_FLOW, *VOTERS)]
    sums = [func.sum(STATE.c[name]) for name in SUMMED]
    rows = conn.execute(select(*columns, func.count(), *sums).group_by(*columns))
    whole = len(SUMMED)  # numbers, which PostgreSQL sums up as decimals
    return [FlowGroup(*row[:-whole], *map(int, row[-whole:])) for row in rows]


def flow_rows(groups: Iterable[FlowGroup]) -> tuple[list[StateRow], list[MergeRow]]:
    """Return how many references stand in each state, and the surplus records merged into them."""
    states: Counter[tuple[Any, ...]] = Counter()
    merged = dict.fromkeys(("dbr", "late", "other"), 0)
    for group in groups:
        found: tuple[Any, ...] = group[: len(IN_FLOW)]
        state = tuple(_SETTLED_AS.get(value, value) for value in found)
        states[state] += group.n
        # One record of each reference stays: of a database where it has any.
        in_databases = group.lane == "dbr"
        merged["dbr"] += group.dbr_records - group.late - (group.n if in_databases else 0)
        merged["late"] += group.late
        merged["other"] += group.other_records - (0 if in_databases else group.n)
    return [
        StateRow(n=states[state], **cast("dict[str, Any]", dict(zip(IN_FLOW, state, strict=True))))
        for state in sorted(states)
    ], [
        row
        for row in (
            MergeRow(lane="dbr", late=False, n=merged["dbr"]),
            MergeRow(lane="dbr", late=True, n=merged["late"]),
            MergeRow(lane="other", late=False, n=merged["other"]),
        )
        if row.n
    ]


def study_row(conn: Connection) -> StudyRow:
    """Return how many studies the included reports belong to; an unlinked report is one study."""
    included = conn.execute(
        select(STATE.c.study, func.count().label("n"))
        .where(STATE.c.full_text == "include", STATE.c.category == "")
        .group_by(STATE.c.study)
    ).all()
    reports = sum(row.n for row in included)
    studies = sum(1 if row.study else row.n for row in included)
    return StudyRow(studies=studies, reports=reports)


def record_count(conn: Connection) -> int:
    """Return how many records are visible."""
    return conn.execute(select(func.count()).select_from(MEMBER)).scalar_one()
