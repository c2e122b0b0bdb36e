"""The sums that `screening.flow.counting.count` makes a Flow of; their number does not grow with the review."""

from typing import Any, cast

from sqlalchemy import Connection, func, select

from review.store.projection_tables import IN_FLOW, LOAD, MEMBER, STATE
from screening.flow.counting import MergeRow, SourceRow, StateRow, StudyRow
from screening.records import SourceKind

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


def state_rows(conn: Connection) -> list[StateRow]:
    """Return how many references stand in each state."""
    columns = [STATE.c[name] for name in IN_FLOW]
    totals: dict[tuple[Any, ...], int] = {}
    rows = conn.execute(select(*columns, func.count().label("n")).group_by(*columns))
    for row in rows:
        state = tuple(_SETTLED_AS.get(value, value) for value in row[:-1])
        totals[state] = totals.get(state, 0) + row.n
    return [
        StateRow(n=totals[state], **cast("dict[str, Any]", dict(zip(IN_FLOW, state, strict=True))))
        for state in sorted(totals)
    ]


def merge_rows(conn: Connection) -> list[MergeRow]:
    """Return the surplus records merged away, by lane; late ones apart."""
    in_dbr = func.sum(STATE.c.dbr_records - 1).filter(STATE.c.dbr_records > 0)
    beside_dbr = func.sum(STATE.c.other_records).filter(STATE.c.dbr_records > 0)
    among_other = func.sum(STATE.c.other_records - 1).filter(STATE.c.dbr_records == 0)
    row = conn.execute(
        select(
            func.coalesce(in_dbr, 0).label("dbr"),
            func.coalesce(func.sum(STATE.c.late), 0).label("late"),
            (func.coalesce(beside_dbr, 0) + func.coalesce(among_other, 0)).label("other"),
        )
    ).one()
    counts = (
        MergeRow(lane="dbr", late=False, n=int(row.dbr - row.late)),
        MergeRow(lane="dbr", late=True, n=int(row.late)),
        MergeRow(lane="other", late=False, n=int(row.other)),
    )
    return [count for count in counts if count.n]


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
