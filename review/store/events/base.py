"""What every event of the ledger has in common: it is frozen, it has a kind, it may hold a slot.

A slot is a place where only the last word counts: one reviewer's verdict on one reference at one
stage, one rater's scores of one report, the protocol itself. The event that stands in a slot is
superseded by the next one that takes it, so a change of mind is a chain of rows and never an edit.
"""

import json
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from screening.records import Stage

RecordKey = Annotated[str, StringConstraints(pattern=r"^r[1-9][0-9]*$")]
"""The permanent key of a record, and of the reference whose earliest record it is: "r1042"."""

DecisionStage = Literal[Stage.TITLE_ABSTRACT, Stage.FULL_TEXT]
"""A stage at which reviewers give verdicts; retrieval has outcomes instead."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A word that names something and so may not be empty."""


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def record_id(key: str) -> int:
    """Return the ledger id behind a record key: 1042 for "r1042"."""
    return int(key[1:])


def record_key(identifier: int) -> str:
    """Return the permanent key of a record: "r1042" for 1042."""
    return f"r{identifier}"


def slot(*parts: str) -> str:
    """Return the name of a slot, unambiguous whatever characters its parts contain."""
    return _ENCODER.encode(parts)


class Event(BaseModel):
    """One thing that a person, a file or a rule said; a row of the ledger once appended."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    kind: str

    not_over: ClassVar[frozenset[str]] = frozenset()
    """The kinds this event may not take a slot from."""
    chained: ClassVar[bool] = True
    """Whether it supersedes what stood in its slot; events that take many slots at once do not."""
    personal: ClassVar[bool] = False
    """Whether every actor has a place of their own."""
    withdraws: ClassVar[frozenset[str]] = frozenset()
    """The kinds this event takes back; it then stands, empty, in the slot of what it supersedes."""

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return what this event has the last word on, each as words; nothing for a statement."""
        return ()

    def slots(self, actor: str) -> tuple[str, ...]:
        """Return the slots this event takes when `actor` says it."""
        own = (actor,) if self.personal else ()
        return tuple(slot(*place, *own) for place in self.places())

    def record_keys(self) -> tuple[str, ...]:
        """Return the keys of the records this event is about; each must be visible."""
        return ()

    def subjects(self) -> tuple[str, ...]:
        """Return what a trace can look this event up by, the records aside."""
        return ()
