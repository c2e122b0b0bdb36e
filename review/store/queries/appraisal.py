"""What appraisers and extractors have entered, as it stands."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from review.store.events import Appraised, ConsensusReached, Entered, slot
from review.store.projection_tables import STANDING
from review.store.said import Said, as_said
from review.store.tables import EVENT


@dataclass(frozen=True, slots=True)
class RatedUnit:
    """A rater's appraisal of a unit as it stands; `id` is the event a newer one supersedes."""

    id: int
    at: str
    rater: str
    appraisal: Appraised


@dataclass(frozen=True, slots=True)
class AgreedUnit:
    """The consensus on a unit as it stands, and who entered it."""

    id: int
    at: str
    actor: str
    consensus: ConsensusReached


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a sheet as its actor last entered it; `id` is the event a newer one supersedes."""

    id: int
    at: str
    actor: str
    sheet: str
    key: str
    values: dict[str, Any]


def appraisals(
    conn: Connection, *, unit: str | None = None, rater: str | None = None
) -> list[RatedUnit]:
    """Return the standing appraisals, drafts too, of all units or one, by all raters or one.

    Pages of a rater who is blind ask with their own name as `rater`.
    """
    return [
        RatedUnit(said.id, said.at, said.actor, said.event)
        for said in _standing(conn, "appraised")
        if isinstance(said.event, Appraised)
        and unit in (None, said.event.unit)
        and rater in (None, said.actor)
    ]


def consensuses(conn: Connection, *, unit: str | None = None) -> list[AgreedUnit]:
    """Return the standing consensus of every unit that has one, or of one unit."""
    return [
        AgreedUnit(said.id, said.at, said.actor, said.event)
        for said in _standing(conn, "consensus_reached")
        if isinstance(said.event, ConsensusReached) and unit in (None, said.event.unit)
    ]


def entries(conn: Connection, sheet: str, *, actor: str | None = None) -> list[Entry]:
    """Return the standing rows of a sheet in the order they were entered, by all or by one."""
    # Slots begin with what they are of: rows of other sheets are not even read.
    own = slot("entry", sheet)[:-1] + ","
    return [
        Entry(said.id, said.at, said.actor, sheet, said.event.key, said.event.values)
        for said in _standing(conn, "entered", STANDING.c.slot.startswith(own, autoescape=True))
        if isinstance(said.event, Entered)
        and said.event.sheet == sheet
        and actor in (None, said.actor)
    ]


def anything_entered(conn: Connection) -> bool:
    """Return whether any sheet has a row that stands."""
    found = conn.execute(select(STANDING.c.event).where(STANDING.c.kind == "entered").limit(1))
    return found.first() is not None


def ever_appraised(conn: Connection) -> list[tuple[str, Appraised | ConsensusReached]]:
    """Return every appraisal and consensus anyone ever saved, oldest first, each with who did."""
    kinds = ("appraised", "consensus_reached")
    rows = conn.execute(select(EVENT).where(EVENT.c.kind.in_(kinds)).order_by(EVENT.c.id))
    return [
        (said.actor, said.event)
        for said in as_said(rows)
        if isinstance(said.event, Appraised | ConsensusReached)
    ]


def ever_entered(conn: Connection) -> list[Entry]:
    """Return every row of every sheet as anyone ever entered it, also what was changed or withdrawn."""
    rows = conn.execute(select(EVENT).where(EVENT.c.kind == "entered").order_by(EVENT.c.id))
    return [
        Entry(said.id, said.at, said.actor, said.event.sheet, said.event.key, said.event.values)
        for said in as_said(rows)
        if isinstance(said.event, Entered)
    ]


def _standing(conn: Connection, kind: str, *narrower: ColumnElement[bool]) -> list[Said]:
    rows = conn.execute(
        select(EVENT)
        .join(STANDING, STANDING.c.event == EVENT.c.id)
        .where(STANDING.c.kind == kind, *narrower)
        .order_by(EVENT.c.id)
    )
    return list(as_said(rows))
