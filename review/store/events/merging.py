"""Which records are one reference."""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from review.store.events.base import Event, Name, RecordKey


class Merged(Event):
    """These records are one reference, by the rules or by a person, for a reason told."""

    kind: Literal["merged"] = "merged"
    records: Annotated[tuple[RecordKey, ...], Field(min_length=2)]
    method: Literal["automatic", "person"]
    score: float | None = None
    reason: str

    def record_keys(self) -> tuple[str, ...]:
        """Return the merged records."""
        return self.records


class Split(Event):
    """These records leave the reference they were merged into, and stay together as one.

    They are kept apart from those they leave behind until a person merges them again.
    """

    kind: Literal["split"] = "split"
    records: Annotated[tuple[RecordKey, ...], Field(min_length=1)]
    reason: str

    def record_keys(self) -> tuple[str, ...]:
        """Return the records split off."""
        return self.records


class _PairEvent(Event):
    a: RecordKey
    b: RecordKey
    reason: str

    @model_validator(mode="after")
    def _two_records(self) -> Self:
        if self.a == self.b:
            raise ValueError(f"A pair needs two records; both are {self.a}.")
        return self

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the pair's place, the same in either order."""
        return (("pair", *sorted((self.a, self.b))),)

    def record_keys(self) -> tuple[str, ...]:
        """Return both records."""
        return (self.a, self.b)


class PairQueued(_PairEvent):
    """A pair that may be one publication waits for a person, with the evidence laid out."""

    kind: Literal["pair_queued"] = "pair_queued"
    score: float
    evidence: dict[str, Any] = Field(default_factory=dict)

    not_over: ClassVar[frozenset[str]] = frozenset({"kept_apart"})


class KeptApart(_PairEvent):
    """A person says that these two are different publications."""

    kind: Literal["kept_apart"] = "kept_apart"


class DedupeCompleted(Event):
    """A run of the matching rules ended: with which version, under which policy, what it found."""

    kind: Literal["dedupe_completed"] = "dedupe_completed"
    version: Name
    policy: dict[str, Any] = Field(default_factory=dict)
    counts: dict[str, int | float] = Field(default_factory=dict)

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the place of the last run."""
        return (("dedupe",),)
