"""What the log tells of an event: who did what to what, and of a vote what it said once it may show."""

from collections.abc import Callable, Mapping
from typing import Any

from review.store import queries
from review.store.events import (
    Adjudicated,
    AdjudicationWithdrawn,
    Classified,
    Decided,
    DedupeCompleted,
    Event,
    LoadCompleted,
    LoadRetracted,
    LoadStarted,
    Merged,
    PersonAdded,
    PersonChanged,
    ProtocolAdopted,
    Removed,
    Resumed,
    Retrieved,
    Split,
    StoppedEarly,
)
from screening.decisions import State

_SETTLED = (State.CONFLICT, State.INCLUDE, State.EXCLUDE)


def is_open_vote(event: Event, line: queries.ReferenceLine | None) -> bool:
    """Return whether an event is a vote whose content nobody but its reviewer may know yet.

    A vote is open until its reference has all the verdicts it needs at that stage.
    """
    if not isinstance(event, Decided):
        return False
    return line is None or getattr(line.standing, event.stage) not in _SETTLED


def details(event: Event) -> str:
    """Return what an event says beyond its kind, in a few words; nothing for kinds that keep theirs.

    Only kinds listed here are told: what raters scored and what a ranking learnt from a reviewer's
    votes stays with their own pages.
    """
    tell = _DETAILS.get(type(event))
    return tell(event) if tell else ""


def in_full(event: Event) -> str:
    """Return what an event says, for whoever may read all of it."""
    if told := details(event):
        return told
    values = event.model_dump(mode="json", exclude=_APART, exclude_defaults=True)
    return "; ".join(f"{name.replace('_', ' ')} {_words(value)}" for name, value in values.items())


def _words(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_words(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(_words, value))
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


_APART = {"kind", "text", "sha256", "file_sha256", "field_counts"}


def _verdict(event: Decided | Adjudicated) -> str:
    words = [f"{event.verdict} at {_stage(event.stage)}"]
    if event.reasons:
        words.append(f"because {', '.join(event.reasons)}")
    if event.note:
        words.append(f"“{event.note}”")
    return ", ".join(words)


def _stage(stage: str) -> str:
    return stage.replace("_", " ")


_DETAILS: Mapping[type[Event], Callable[[Any], str]] = {
    Decided: _verdict,
    Adjudicated: _verdict,
    AdjudicationWithdrawn: lambda e: f"at {_stage(e.stage)} {e.reason}".strip(),
    Classified: lambda e: f"{(e.category or 'none').replace('_', ' ')} {e.note}".strip(),
    DedupeCompleted: lambda _: "",
    LoadCompleted: lambda e: f"{e.records:,} records",
    LoadRetracted: lambda e: e.reason,
    LoadStarted: lambda e: f"{e.name} for {e.source_name or e.source}",
    Merged: lambda e: f"{len(e.records)} records: {e.reason}",
    PersonAdded: lambda e: ", ".join(e.roles),
    PersonChanged: lambda e: ", ".join(e.roles) + ("" if e.active else "; no longer takes part"),
    ProtocolAdopted: lambda e: e.reason,
    Removed: lambda e: f"{len(e.references)} references: {e.reason}",
    Resumed: lambda e: e.reason,
    Retrieved: lambda e: " ".join(
        p for p in (e.outcome.replace("_", " "), e.reason, e.file_name) if p
    ),
    Split: lambda e: e.reason,
    StoppedEarly: lambda e: e.reason,
}
