"""What the ledger refuses to take, whoever says it."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from review.store.events import Event, LoadCompleted, LoadReread, Merged, record_id
from review.store.pieces import rows_where
from review.store.projection_tables import APART, LOAD, MEMBER
from review.store.tables import RECORD
from screening.problems import Problem, WinnowError, error

RECORDS = select(MEMBER.c.record, MEMBER.c.reference)


def check_events(connection: Connection, events: Sequence[Event]) -> None:
    """Raise WinnowError, with every problem at once, for events that contradict the ledger."""
    problems = [
        *_unknown_records(connection, events),
        *_kept_apart(connection, events),
        *(problem for event in events for problem in _load_problems(connection, event)),
    ]
    if problems:
        raise WinnowError(problems)


def check_loading(connection: Connection, load: int) -> None:
    """Raise WinnowError unless a load is open for more records."""
    state = connection.execute(select(LOAD.c.state).where(LOAD.c.id == load)).scalar()
    if state != "loading":
        raise WinnowError(
            error("", f"Load {load} takes no more records: it is {state or 'unknown'}.")
        )


def _unknown_records(connection: Connection, events: Sequence[Event]) -> list[Problem]:
    named = {key for event in events for key in event.record_keys()}
    ids = [record_id(key) for key in named]
    visible = set(_visible(connection, ids))
    return [
        error(
            "",
            f"There is no reference {key} in this review; its load may be incomplete or retracted.",
            key,
        )
        for key in sorted(named, key=record_id)
        if record_id(key) not in visible
    ]


def _visible(connection: Connection, ids: Sequence[int]) -> list[int]:
    rows = rows_where(connection, RECORDS, MEMBER.c.record, ids)
    return [row.record for row in rows]


def _kept_apart(connection: Connection, events: Sequence[Event]) -> list[Problem]:
    """Return where rules would merge what a person keeps apart."""
    automatic = [e for e in events if isinstance(e, Merged) and e.method == "automatic"]
    if not automatic:
        return []
    group_of: dict[int, set[int]] = {}
    for number, event in enumerate(automatic):
        for key in event.records:
            group_of.setdefault(record_id(key), set()).add(number)
    pairs = rows_where(
        connection, select(APART.c.a, APART.c.b, APART.c.event), APART.c.a, list(group_of)
    )
    return [
        error(
            "",
            f"r{pair.a} and r{pair.b} are kept apart by a person (event {pair.event}); "
            "no rule merges them.",
            f"r{pair.a}",
        )
        for pair in pairs
        if group_of[pair.a] & group_of.get(pair.b, set())
    ]


def _load_problems(connection: Connection, event: Event) -> list[Problem]:
    if isinstance(event, LoadCompleted):
        counted = select(func.count()).select_from(RECORD).where(RECORD.c.load == event.load)
        there = connection.execute(counted).scalar_one()
        check_loading(connection, event.load)
        if there != event.records:
            return [
                error(
                    "",
                    f"Load {event.load} would be completed with {event.records} records, but the "
                    f"ledger holds {there} of it. Nothing was completed; load the file again.",
                )
            ]
    if isinstance(event, LoadReread):
        state = connection.execute(select(LOAD.c.state).where(LOAD.c.id == event.load)).scalar()
        if state != "complete":
            return [
                error("", f"Load {event.load} cannot be read again: it is {state or 'unknown'}.")
            ]
    return []
