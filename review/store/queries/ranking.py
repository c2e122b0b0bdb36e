"""What ranking, stopping and workload read of every reference: no text, no event, one narrow row."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from review.store.events import record_key
from review.store.projection_tables import STATE
from review.store.said import read_event
from review.store.tables import EVENT
from screening.records import Stage


class StageLine(NamedTuple):
    """Where a reference stands at a stage, and who has voted on it there; never what they said."""

    key: str
    lane: str
    state: str
    voters: tuple[str, ...]

    def voted(self, reviewer: str) -> bool:
        """Return whether a reviewer has a standing vote."""
        return reviewer in self.voters


def stage_lines(conn: Connection, stage: Stage) -> Iterator[StageLine]:
    """Yield every reference that was not removed before screening, in ledger order.

    The state is empty where the reference is not at the stage.
    """
    columns = (STATE.c.reference, STATE.c.lane, STATE.c[stage], STATE.c[f"{stage}_voters"])
    wanted = select(*columns).where(STATE.c.removed == "").order_by(STATE.c.reference)
    for reference, lane, state, voters in conn.execute(wanted):
        names = tuple(voters.strip("\n").split("\n")) if voters else ()
        yield StageLine(record_key(reference), lane, state, names)


def decided_at(
    conn: Connection, stage: Stage, reviewer: str, *, latest: int = 500
) -> list[datetime]:
    """Return when a reviewer gave their latest verdicts at a stage, one by one and not by a sheet."""
    given = (
        select(EVENT.c.id, EVENT.c.at, EVENT.c.payload)
        .where(EVENT.c.actor == reviewer, EVENT.c.kind == "decided")
        .order_by(EVENT.c.id.desc())
        .limit(latest)
    )
    # Every door but that of sheets, one after the other: within one the index has them in order.
    doors = [conn.execute(given.where(EVENT.c.door == door)) for door in ("cli", "web")]
    rows = sorted((row for door in doors for row in door), reverse=True)[:latest]
    return sorted(
        datetime.fromisoformat(row.at)
        for row in rows
        if read_event("decided", row.payload).model_dump()["stage"] == stage
    )


def first_event_since(conn: Connection, moment: datetime) -> int | None:
    """Return the id of the first event at or after a moment (with its time zone), or None."""
    at = moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return conn.execute(select(func.min(EVENT.c.id)).where(EVENT.c.at >= at)).scalar()
