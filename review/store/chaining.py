"""What an event supersedes: the one that stands in its slot, or the one it takes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from review.store.events import DecisionWithdrawn, Event, LoadRetracted, record_id
from review.store.events.kinds import KINDS
from review.store.pieces import rows_where
from review.store.projection_tables import MEMBER, STANDING
from screening.problems import WinnowError, error


@dataclass(frozen=True, slots=True)
class Head:
    """The event that stands in a slot."""

    slot: str
    event: int
    kind: str
    actor: str


HEADS = select(STANDING.c.slot, STANDING.c.event, STANDING.c.kind, STANDING.c.actor)


def _head(row: "Row[*tuple[Any, ...]]") -> Head:
    return Head(row.slot, row.event, row.kind, row.actor)


class Chain:
    """The slots that some events are about to take, followed as they are taken one by one."""

    def __init__(self, connection: Connection, actor: str, events: Sequence[Event]) -> None:
        self._connection = connection
        self._actor = actor
        slots = {slot for event in events for slot in event.slots(actor)}
        found = rows_where(connection, HEADS, STANDING.c.slot, slots)
        self._heads = {row.slot: _head(row) for row in found}

    def take(self, identifier: int, event: Event, expected: int | None) -> int | None:
        """Let an event take its slots and return the id of the event it supersedes.

        `expected` is the id that the caller saw standing there. Raises WinnowError when another has
        come between, when the slot is not to be taken, or when there is nothing to take back.
        """
        if event.withdraws:
            return self._take_back(identifier, event, expected)
        slots = event.slots(self._actor)
        heads = [self._heads.get(slot) for slot in slots]
        for slot in slots:
            self._heads[slot] = Head(slot, identifier, event.kind, self._actor)
        for head in heads:
            if head is not None and head.kind in event.not_over:
                raise WinnowError(error("", _taken(event, head)))
        found = heads[0].event if event.chained and heads and heads[0] is not None else None
        if expected is not None and found != expected:
            raise _changed_meanwhile(event, expected, found)
        return found

    def _take_back(self, identifier: int, event: Event, expected: int | None) -> int:
        head = self._to_take_back(event, expected)
        if head is None or head.kind not in event.withdraws:
            what = " or ".join(sorted(event.withdraws)).replace("_", " ")
            raise WinnowError(
                error("", f'There is no "{what}" to take back here; it may be taken back already.')
            )
        if event.personal and head.actor != self._actor:
            raise WinnowError(
                error("", f"This is the word of {head.actor}; only they can take it back.")
            )
        self._heads[head.slot] = Head(head.slot, identifier, event.kind, head.actor)
        return head.event

    def _to_take_back(self, event: Event, expected: int | None) -> Head | None:
        if isinstance(event, LoadRetracted):
            expected = event.load
        if expected is not None:
            taken = next((head for head in self._heads.values() if head.event == expected), None)
            row = self._connection.execute(HEADS.where(STANDING.c.event == expected)).first()
            if taken is None and row is not None:
                found = _head(row)
                return self._heads.get(found.slot, found)
            return taken
        head = self._heads.get(event.slots(self._actor)[0])
        if isinstance(event, DecisionWithdrawn) and (head is None or head.kind == event.kind):
            return self._on_a_merged_record(event)
        return head

    def _on_a_merged_record(self, event: DecisionWithdrawn) -> Head | None:
        """Return the actor's latest vote made on another record of the same reference."""
        own = select(MEMBER.c.reference).where(MEMBER.c.record == record_id(event.reference))
        keys = select(MEMBER.c.record).where(MEMBER.c.reference == own.scalar_subquery())
        slots = [
            slot
            for record in self._connection.execute(keys).scalars()
            for slot in event.model_copy(update={"reference": f"r{record}"}).slots(self._actor)
        ]
        rows = rows_where(self._connection, HEADS, STANDING.c.slot, slots)
        heads = [self._heads.get(row.slot, _head(row)) for row in rows]
        votes = [head for head in heads if head.kind in event.withdraws]
        return max(votes, key=lambda head: head.event, default=None)


def _changed_meanwhile(event: Event, expected: int, found: int | None) -> WinnowError:
    what = event.kind.replace("_", " ")
    return WinnowError(
        error(
            "",
            f'Someone changed this meanwhile: your "{what}" answers event {expected}, but '
            f"{'nothing' if found is None else f'event {found}'} stands there now. "
            "Look at it again; nothing was overwritten.",
        )
    )


def _taken(event: Event, head: Head) -> str:
    match event.kind:
        case "load_started":
            return f"This file is already loaded for this source (load {head.event})."
        case "load_completed":
            return f"This load is complete already (event {head.event})."
        case "named":
            return f"The report key {event.subjects()[0]} is given already; keys are permanent."
        case "person_added":
            return f"{event.subjects()[0]} is in the review already; change them instead."
        case _:
            said = KINDS[head.kind].__name__
            return f"{', '.join(event.record_keys())}: event {head.event} ({said}) stands."
