"""What waits for whom at a stage."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, and_, func, select

from review.store.events import Ranked, record_id, record_key, slot
from review.store.projection_tables import (
    MEMBER,
    RANK_PLACE,
    REFERENCE,
    SHARE,
    STANDING,
    STATE,
    voters_text,
)
from review.store.queries.references import text_conditions
from review.store.said import as_said
from review.store.tables import EVENT
from screening.decisions import State
from screening.records import Stage

Order = Literal["random", "year", "source", "title", "ranked"]
"""How a queue is ordered; "ranked" is the latest order proposed for the reviewer, or for all."""

_OPEN = (State.PENDING, State.AWAITING_SECOND)
_WINDOW = 1_000  # places of an order that are looked at together


@dataclass(frozen=True, slots=True)
class Progress:
    """One reviewer's work at a stage: totals only, whatever the verdicts are."""

    reviewer: str
    done: int
    waiting: int
    assigned: int | None


def queue(  # noqa: PLR0913 - a queue is narrowed and ordered in as many ways as a reviewer asks for
    conn: Connection,
    stage: Stage,
    reviewer: str,
    *,
    order: Order = "random",
    start: int = 0,
    text: str = "",
    limit: int = 1,
    skip: Sequence[str] = (),
) -> list[str]:
    """Return the next references that wait for a reviewer's verdict at a stage.

    Whoever has a share assigned at the stage is given that alone. Nobody is given what they have
    voted on, nor what has all the votes it needs. The random order is the review's own, begun at
    `start` (a whole number below 2**31), so that reviewers can begin at different places of it.
    `text` narrows as in `ReferenceFilter`, `skip` leaves references out. What a ranking does not
    know comes after what it knows, at random.
    """
    conditions = _waiting(conn, stage, reviewer, text)
    conditions.append(STATE.c.reference.not_in([record_id(key) for key in skip]))
    match order:
        case "random":
            first = [STATE.c.shuffle >= start] if start else []
            found = _next(conn, stage, [*conditions, *first], (STATE.c.shuffle,), limit)
            if start and len(found) < limit:
                again = [*conditions, STATE.c.shuffle < start]
                found += _next(conn, stage, again, (STATE.c.shuffle,), limit - len(found))
        case "year":
            found = _next(conn, stage, conditions, (STATE.c.newest_first,), limit)
        case "source":
            found = _next(conn, stage, conditions, (STATE.c.source,), limit)
        case "title":
            found = _next(conn, stage, conditions, (REFERENCE.c.title_sort,), limit)
        case "ranked":
            found = _ranked(conn, stage, reviewer, conditions, limit)
            if len(found) < limit:
                rest = [*conditions, STATE.c.reference.not_in(found)]
                found += _next(conn, stage, rest, (STATE.c.shuffle,), limit - len(found))
    return [record_key(one) for one in found]


def count_queue(conn: Connection, stage: Stage, reviewer: str, *, text: str = "") -> int:
    """Return how many references wait for a reviewer's verdict at a stage."""
    return conn.execute(
        select(func.count())
        .select_from(STATE.join(REFERENCE, REFERENCE.c.id == STATE.c.reference) if text else STATE)
        .where(_state(stage).in_(_OPEN), *_waiting(conn, stage, reviewer, text))
    ).scalar_one()


def waiting_for_second(conn: Connection, stage: Stage) -> list[str]:
    """Return the references that have a vote and wait for a second one."""
    return _in_state(conn, stage, State.AWAITING_SECOND)


def conflicts(conn: Connection, stage: Stage) -> list[str]:
    """Return the references on which reviewers disagree and nobody has adjudicated."""
    return _in_state(conn, stage, State.CONFLICT)


def state_counts(conn: Connection, stage: Stage) -> dict[str, int]:
    """Return how many references stand in each state of a stage, those not at it left out.

    At full text those that await classification or are ongoing are left out as well: they are settled.
    """
    column = STATE.c.retrieval if stage is Stage.RETRIEVAL else _state(stage)
    wanted = select(column, func.count()).where(column != "").group_by(column)
    if stage is Stage.FULL_TEXT:
        wanted = wanted.where(STATE.c.category == "")
    rows = conn.execute(wanted)
    return dict(sorted((row[0], row[1]) for row in rows))


def progress(conn: Connection, stage: Stage) -> list[Progress]:
    """Return what each reviewer has done and what waits for them, by name."""
    voters = _voters(stage)
    done: Counter[str] = Counter()
    rows = conn.execute(select(voters, func.count()).where(voters != "").group_by(voters))
    for names, n in rows:
        done.update(dict.fromkeys(names.strip("\n").split("\n"), n))
    shares = conn.execute(
        select(SHARE.c.reviewer, func.count(MEMBER.c.reference.distinct()).label("n"))
        .join(MEMBER, MEMBER.c.record == SHARE.c.record)
        .where(SHARE.c.stage == stage)
        .group_by(SHARE.c.reviewer)
    )
    shared = {row.reviewer: row.n for row in shares}
    return [
        Progress(name, done[name], count_queue(conn, stage, name), shared.get(name))
        for name in sorted({*done, *shared})
    ]


def ranked_order(conn: Connection, stage: Stage, reviewer: str = "") -> Ranked | None:
    """Return the latest order proposed for a reviewer at a stage, or None."""
    rows = conn.execute(
        select(EVENT)
        .join(STANDING, STANDING.c.event == EVENT.c.id)
        .where(STANDING.c.slot == slot("rank", stage, reviewer))
    )
    return next((said.event for said in as_said(rows) if isinstance(said.event, Ranked)), None)


def _state(stage: Stage) -> ColumnElement[str]:
    return STATE.c.full_text if stage is Stage.FULL_TEXT else STATE.c.title_abstract


def _voters(stage: Stage) -> ColumnElement[str]:
    if stage is Stage.FULL_TEXT:
        return STATE.c.full_text_voters
    return STATE.c.title_abstract_voters


def _waiting(conn: Connection, stage: Stage, reviewer: str, text: str) -> list[ColumnElement[bool]]:
    """Return what a reference must meet, beside being open, to wait for a reviewer."""
    voters = _voters(stage)
    # Not LIKE, which takes "Anna" for "anna" on SQLite.
    conditions = [func.replace(voters, voters_text([reviewer]), "") == voters]
    if stage is Stage.FULL_TEXT:  # what awaits classification or is ongoing has its final category
        conditions.append(STATE.c.category == "")
    own = and_(SHARE.c.stage == stage, SHARE.c.reviewer == reviewer)
    if conn.execute(select(SHARE.c.record).where(own).limit(1)).first():
        shared = select(MEMBER.c.record).join(SHARE, SHARE.c.record == MEMBER.c.record)
        mine = shared.where(own, MEMBER.c.reference == STATE.c.reference)
        conditions.append(mine.correlate(STATE).exists())
    return conditions + text_conditions(text)


def _next(
    conn: Connection,
    stage: Stage,
    conditions: Sequence[ColumnElement[bool]],
    keys: tuple[ColumnElement[Any], ...],
    limit: int,
) -> list[int]:
    """Return the first references by some keys: each state in the order of its own index."""
    statement = (
        select(STATE.c.reference, *keys)
        .join(REFERENCE, REFERENCE.c.id == STATE.c.reference)
        .where(*conditions)
        .order_by(*keys, STATE.c.reference)
        .limit(limit)
    )
    found = [
        (*row[1:], row[0])
        for state in _OPEN
        for row in conn.execute(statement.where(_state(stage) == state))
    ]
    return [reference for *_, reference in sorted(found)[:limit]]


def _ranked(
    conn: Connection,
    stage: Stage,
    reviewer: str,
    conditions: Sequence[ColumnElement[bool]],
    limit: int,
) -> list[int]:
    """Return the first references of an order, a window of its places at a time."""
    of_stage = RANK_PLACE.c.stage == stage
    last = select(func.max(RANK_PLACE.c.place)).where(of_stage)
    orders = (
        (name, conn.execute(last.where(RANK_PLACE.c.reviewer == name)).scalar())
        for name in (reviewer, "")
    )
    whose, end = next(((name, end) for name, end in orders if end is not None), ("", -1))
    place = func.min(RANK_PLACE.c.place)
    statement = (
        select(STATE.c.reference)
        .join(REFERENCE, REFERENCE.c.id == STATE.c.reference)
        .join(MEMBER, MEMBER.c.reference == STATE.c.reference)
        .join(RANK_PLACE, RANK_PLACE.c.record == MEMBER.c.record)
        .where(of_stage, RANK_PLACE.c.reviewer == whose)
        .where(_state(stage).in_(_OPEN), *conditions)
        .group_by(STATE.c.reference)
        .order_by(place)
    )
    found: dict[int, None] = {}
    for start in range(0, end + 1, _WINDOW):
        window = RANK_PLACE.c.place.between(start, start + _WINDOW - 1)
        found |= dict.fromkeys(conn.execute(statement.where(window)).scalars())
        if len(found) >= limit:
            break
    return list(found)[:limit]


def _in_state(conn: Connection, stage: Stage, state: State) -> list[str]:
    wanted = select(STATE.c.reference).where(_state(stage) == state).order_by(STATE.c.reference)
    return [record_key(found) for found in conn.execute(wanted).scalars()]
