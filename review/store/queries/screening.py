"""What waits for whom at a stage."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    union_all,
)

from review.store.asking import ask, foresee
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
from review.store.queries.flow import FlowGroup, flow_groups
from review.store.queries.reference_lines import text_conditions
from review.store.said import as_said
from review.store.tables import EVENT
from screening.decisions import State
from screening.records import Stage

Order = Literal["random", "year", "source", "title", "ranked"]
"""How a queue is ordered; "ranked" is the latest order proposed for the reviewer, or for all."""

_OPEN = (State.PENDING, State.AWAITING_SECOND)
_WINDOW = 50  # places of an order that are looked at together; then four times as many, and so on


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
    after: str = "",
    text: str = "",
    limit: int = 1,
    skip: Sequence[str] = (),
) -> list[str]:
    """Return the next references that wait for a reviewer's verdict at a stage.

    Whoever has a share assigned at the stage is given that alone. Nobody is given what they have
    voted on, nor what has all the votes it needs. The random order is the review's own, begun at
    `start` (a whole number below 2**31), so that reviewers can begin at different places of it, or
    gone on with at the reference `after`: a reviewer who is far ahead of the others would else be
    searched for among all that they have voted on. Either way it comes round to its beginning.
    `text` narrows as in `ReferenceFilter`, `skip` leaves references out. What a ranking does not
    know comes after what it knows, at random.
    """
    if after and order == "random":
        share = {"at": str(stage), "reviewer": reviewer}
        foresee(conn, [(_ANY_SHARE, share), (_PLACE, {"reference": record_id(after)})])
    wait = _Wait(stage, _has_share(conn, stage, reviewer), text, bool(skip))
    if after and order == "random":
        place = ask(conn, _PLACE, {"reference": record_id(after)})
        start = place[0].shuffle if place else start
    values = {
        **_whose(stage, reviewer),
        "skipped": [record_id(key) for key in skip],
        "limit": limit,
        "start": start,
    }
    if order == "ranked":
        found = _ranked(conn, wait, reviewer, values)
        if len(found) < limit:
            placed = set(found)
            others = _next(conn, wait, "random", values)
            found += [one for one in others if one not in placed][: limit - len(found)]
    elif order == "random" and start:
        found = _next(conn, wait, "from start", values)
        if len(found) < limit:
            found += _next(conn, wait, "up to start", {**values, "limit": limit - len(found)})
    else:
        found = _next(conn, wait, order, values)
    return [record_key(one) for one in found]


def count_queue(conn: Connection, stage: Stage, reviewer: str, *, text: str = "") -> int:
    """Return how many references wait for a reviewer's verdict at a stage."""
    wait = _Wait(stage, _has_share(conn, stage, reviewer), text)
    counted = wait.among(select(func.count()).select_from(STATE)).where(_state(stage).in_(_OPEN))
    number: int = conn.execute(counted, _whose(stage, reviewer)).scalar_one()
    return number


def waiting_for_second(conn: Connection, stage: Stage) -> list[str]:
    """Return the references that have a vote and wait for a second one."""
    return _in_state(conn, stage, State.AWAITING_SECOND)


def conflicts(conn: Connection, stage: Stage) -> list[str]:
    """Return the references on which reviewers disagree and nobody has adjudicated."""
    return _in_state(conn, stage, State.CONFLICT)


def state_counts(
    conn: Connection, stage: Stage, groups: Iterable[FlowGroup] | None = None
) -> dict[str, int]:
    """Return how many references stand in each state of a stage, those not at it left out.

    At full text those that await classification or are ongoing are left out as well: they are settled.
    `groups` are what `flow_groups` says, where it was asked already.
    """
    counts: Counter[str] = Counter()
    for group in flow_groups(conn) if groups is None else groups:
        if state := group.state_at(stage):
            counts[state] += group.n
    return dict(sorted(counts.items()))


def progress(
    conn: Connection, stage: Stage, groups: Iterable[FlowGroup] | None = None
) -> list[Progress]:
    """Return what each reviewer has done and what waits for them, by name.

    `groups` are what `flow_groups` says, where it was asked already.
    """
    done: Counter[str] = Counter()
    seen: Counter[str] = Counter()  # what is still open, with their vote already in
    still_open = 0
    for group in flow_groups(conn) if groups is None else groups:
        voters = group.voters_at(stage)
        votes = dict.fromkeys(voters.strip("\n").split("\n"), group.n) if voters else {}
        done.update(votes)
        if group.state_at(stage) in _OPEN:
            still_open += group.n
            seen.update(votes)
    shares = conn.execute(
        select(SHARE.c.reviewer, func.count(MEMBER.c.reference.distinct()).label("n"))
        .join(MEMBER, MEMBER.c.record == SHARE.c.record)
        .where(SHARE.c.stage == stage)
        .group_by(SHARE.c.reviewer)
    )
    shared = {row.reviewer: row.n for row in shares}
    return [
        Progress(
            name,
            done[name],
            count_queue(conn, stage, name) if name in shared else still_open - seen[name],
            shared.get(name),
        )
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


_Places = Literal["random", "from start", "up to start", "year", "source", "title", "ranked"]


@dataclass(frozen=True, slots=True)
class _Wait:
    """What waits for someone at a stage: within their share if they have one, with some words."""

    stage: Stage
    shared: bool
    text: str
    skips: bool = False

    def among(self, statement: Select[Any]) -> Select[Any]:
        """Narrow a statement on the states of references to what the reviewer has not voted on."""
        voters = _voters(self.stage)
        # Not LIKE, which takes "Anna" for "anna" on SQLite.
        statement = statement.where(func.replace(voters, bindparam("own"), "") == voters)
        if self.stage is Stage.FULL_TEXT:  # awaiting classification and ongoing are final
            statement = statement.where(STATE.c.category == "")
        if self.shared:
            mine = select(MEMBER.c.record).join(SHARE, SHARE.c.record == MEMBER.c.record)
            mine = mine.where(_IN_SHARE, MEMBER.c.reference == STATE.c.reference)
            statement = statement.where(mine.correlate(STATE).exists())
        if self.text:
            statement = statement.join(REFERENCE, REFERENCE.c.id == STATE.c.reference)
            statement = statement.where(*text_conditions(self.text))
        return statement


def _whose(stage: Stage, reviewer: str) -> dict[str, Any]:
    return {"own": voters_text([reviewer]), "at": str(stage), "reviewer": reviewer}


_IN_SHARE = and_(SHARE.c.stage == bindparam("at"), SHARE.c.reviewer == bindparam("reviewer"))
_ANY_SHARE = select(SHARE.c.record).where(_IN_SHARE).limit(1)
_PLACE = select(STATE.c.shuffle).where(STATE.c.reference == bindparam("reference"))
_LAST_PLACE = select(func.max(RANK_PLACE.c.place)).where(
    RANK_PLACE.c.stage == bindparam("at"), RANK_PLACE.c.reviewer == bindparam("whose")
)


def _has_share(conn: Connection, stage: Stage, reviewer: str) -> bool:
    return bool(ask(conn, _ANY_SHARE, {"at": str(stage), "reviewer": reviewer}))


@lru_cache(maxsize=64)
def _first(wait: _Wait, places: _Places, limit: int) -> Select[Any] | CompoundSelect[Any]:
    """Return the statement for the first references by some order, put together once for each.

    PostgreSQL plans it once where it knows how many are wanted, and else with every question.
    """
    statement = wait.among(select(STATE.c.reference)).limit(literal_column(str(limit)))
    if wait.skips:
        statement = statement.where(STATE.c.reference.not_in(bindparam("skipped", expanding=True)))
    key: ColumnElement[Any] = STATE.c.shuffle
    match places:
        case "from start":
            statement = statement.where(STATE.c.shuffle >= bindparam("start"))
        case "up to start":
            statement = statement.where(STATE.c.shuffle < bindparam("start"))
        case "year":
            key = STATE.c.newest_first
        case "source":
            key = STATE.c.source
        case "title":
            key = REFERENCE.c.title_sort
            if not wait.text:
                statement = statement.join(REFERENCE, REFERENCE.c.id == STATE.c.reference)
        case "ranked":
            of_order = and_(
                RANK_PLACE.c.stage == bindparam("at"), RANK_PLACE.c.reviewer == bindparam("whose")
            )
            window = RANK_PLACE.c.place.between(bindparam("first"), bindparam("last"))
            return (
                statement.join(MEMBER, MEMBER.c.reference == STATE.c.reference)
                .join(RANK_PLACE, RANK_PLACE.c.record == MEMBER.c.record)
                .where(of_order, window, _state(wait.stage).in_(_OPEN))
                .group_by(STATE.c.reference)
                .order_by(func.min(RANK_PLACE.c.place))
            )
    statement = statement.add_columns(key.label("place")).order_by(key, STATE.c.reference)
    parts = (
        statement.where(_state(wait.stage) == bindparam(f"state{n}")).subquery()
        for n in range(len(_OPEN))
    )
    return union_all(*(select(part.c.place, part.c.reference) for part in parts))


def _next(conn: Connection, wait: _Wait, places: _Places, values: Mapping[str, Any]) -> list[int]:
    """Return the first references by an order: each state in the order of its own index."""
    statement = _first(wait, places, values["limit"])
    own = {**values, **{f"state{n}": str(state) for n, state in enumerate(_OPEN)}}
    rows = conn.execute(statement, own) if wait.skips else ask(conn, statement, own)
    found = sorted((row[0], row[1]) for row in rows)
    return [reference for _, reference in found[: values["limit"]]]


def _ranked(conn: Connection, wait: _Wait, reviewer: str, values: Mapping[str, Any]) -> list[int]:
    """Return the first references of an order, a window of its places at a time."""
    ends = (
        (name, conn.execute(_LAST_PLACE, {"at": str(wait.stage), "whose": name}).scalar())
        for name in (reviewer, "")
    )
    whose, end = next(((name, end) for name, end in ends if end is not None), ("", -1))
    statement = _first(wait, "ranked", values["limit"])
    found: dict[int, None] = {}
    first, width = 0, _WINDOW
    while first <= end and len(found) < values["limit"]:
        window = {"whose": whose, "first": first, "last": first + width - 1}
        found |= dict.fromkeys(conn.execute(statement, {**values, **window}).scalars())
        first, width = first + width, width * 4
    return list(found)[: values["limit"]]


def _in_state(conn: Connection, stage: Stage, state: State) -> list[str]:
    wanted = select(STATE.c.reference).where(_state(stage) == state).order_by(STATE.c.reference)
    return [record_key(found) for found in conn.execute(wanted).scalars()]
