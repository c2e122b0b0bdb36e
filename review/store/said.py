"""An event together with what the ledger knows about it: who said it, when, and where it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from review.store.events import Event


@dataclass(frozen=True, slots=True)
class Said:
    """One row of the ledger: `at` is UTC in ISO form, `protocol` the version in force."""

    id: int
    at: str
    actor: str
    door: str
    protocol: int | None
    supersedes: int | None
    event: Event


def read_event(kind: str, payload: str) -> Event:
    """Return the event of a stored row."""
    from review.store.events.kinds import KINDS  # noqa: PLC0415 - not before there is one to read

    return KINDS[kind].model_validate_json(payload)


def payload(event: Event) -> str:
    """Return the text an event is stored as; its kind has a column of its own."""
    return event.model_dump_json(exclude={"kind"})


def as_said(rows: Iterable[Row[Any]]) -> Iterator[Said]:
    """Yield rows of the event table as values."""
    for row in rows:
        event = read_event(row.kind, row.payload)
        yield Said(row.id, row.at, row.actor, row.door, row.protocol, row.supersedes, event)
