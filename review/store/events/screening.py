"""What reviewers and tools say of references on their way through the stages."""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, PositiveInt, model_validator

from review.store.events.base import DecisionStage, Event, Name, RecordKey
from screening.decisions import lacks_reason
from screening.records import Stage, Verdict

References = Annotated[tuple[RecordKey, ...], Field(min_length=1)]


class _Verdicts(Event):
    reference: RecordKey
    stage: DecisionStage
    verdict: Verdict
    reasons: tuple[Name, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _exclusion_has_reason(self) -> Self:
        if lacks_reason(self.stage, self.verdict, self.reasons):
            raise ValueError(f"Excluding {self.reference} at full text needs a reason.")
        return self

    def record_keys(self) -> tuple[str, ...]:
        """Return the reference spoken of."""
        return (self.reference,)


class Decided(_Verdicts):
    """The actor's verdict on one reference at one stage.

    `tool` names the automation tool whose word this is, where the verdict is not a human's own.
    """

    kind: Literal["decided"] = "decided"
    tool: str = ""

    personal: ClassVar[bool] = True

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the reviewer's own place on this reference and stage."""
        return (("vote", self.reference, self.stage),)


class DecisionWithdrawn(Event):
    """The actor takes back their own verdict; it stays in the ledger and counts no more."""

    kind: Literal["decision_withdrawn"] = "decision_withdrawn"
    reference: RecordKey
    stage: DecisionStage

    withdraws: ClassVar[frozenset[str]] = frozenset({"decided"})

    personal: ClassVar[bool] = True

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the reviewer's own place on this reference and stage."""
        return (("vote", self.reference, self.stage),)

    def record_keys(self) -> tuple[str, ...]:
        """Return the reference spoken of."""
        return (self.reference,)


class Adjudicated(_Verdicts):
    """The actor settles what reviewers could not agree on; their verdicts stay as they were."""

    kind: Literal["adjudicated"] = "adjudicated"

    @model_validator(mode="after")
    def _settles(self) -> Self:
        if self.verdict is Verdict.UNSURE:
            raise ValueError(f"Adjudicating {self.reference} means to include or to exclude it.")
        return self

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the one adjudication a reference has at a stage."""
        return (("adjudication", self.reference, self.stage),)


class AdjudicationWithdrawn(Event):
    """An adjudication is taken back: the conflict is open again."""

    kind: Literal["adjudication_withdrawn"] = "adjudication_withdrawn"
    reference: RecordKey
    stage: DecisionStage
    reason: str = ""

    withdraws: ClassVar[frozenset[str]] = frozenset({"adjudicated"})

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the one adjudication a reference has at a stage."""
        return (("adjudication", self.reference, self.stage),)

    def record_keys(self) -> tuple[str, ...]:
        """Return the reference spoken of."""
        return (self.reference,)


class _BeforeScreening(Event):
    references: References

    chained: ClassVar[bool] = False

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return one place per reference."""
        return tuple(("removal", key) for key in self.references)

    def record_keys(self) -> tuple[str, ...]:
        """Return the references spoken of."""
        return self.references


class Removed(_BeforeScreening):
    """References taken out before screening: by an automation tool, or for another reason."""

    kind: Literal["removed"] = "removed"
    how: Literal["automation", "other"]
    tool: str = ""
    reason: Name


class Restored(_BeforeScreening):
    """References removed before screening come back into it."""

    kind: Literal["restored"] = "restored"
    reason: str = ""


class Retrieved(Event):
    """The document behind a reference was obtained, or could not be.

    `file_sha256` and `file_name` name the attached full text, where there is one.
    """

    kind: Literal["retrieved"] = "retrieved"
    reference: RecordKey
    outcome: Literal["retrieved", "not_retrieved"]
    reason: str = ""
    file_sha256: str = ""
    file_name: str = ""

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the one retrieval outcome of a reference."""
        return (("retrieval", self.reference),)

    def record_keys(self) -> tuple[str, ...]:
        """Return the reference spoken of."""
        return (self.reference,)


class StoppedEarly(Event):
    """Screening ends although references that are loaded are unscreened; they are counted as such."""

    kind: Literal["stopped_early"] = "stopped_early"
    stage: Literal[Stage.TITLE_ABSTRACT] = Stage.TITLE_ABSTRACT
    statistics: dict[str, Any] = Field(default_factory=dict)
    reason: Name

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the one end a stage can have."""
        return (("stop", self.stage),)


class Resumed(Event):
    """An early stop is taken back: what was left unscreened waits again."""

    kind: Literal["resumed"] = "resumed"
    stage: Literal[Stage.TITLE_ABSTRACT] = Stage.TITLE_ABSTRACT
    reason: str = ""

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the one end a stage can have."""
        return (("stop", self.stage),)


class PilotDrawn(Event):
    """References drawn for a pilot round, which everyone screens to agree on the criteria."""

    kind: Literal["pilot_drawn"] = "pilot_drawn"
    stage: DecisionStage
    round: PositiveInt
    references: References

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the round's place."""
        return (("pilot", self.stage, str(self.round)),)


class Assigned(Event):
    """A reviewer's share at a stage is now exactly these references; none lifts the restriction."""

    kind: Literal["assigned"] = "assigned"
    reviewer: Name
    stage: DecisionStage
    references: tuple[RecordKey, ...]

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the reviewer's share at the stage."""
        return (("assignment", self.stage, self.reviewer),)


class Ranked(Event):
    """An order of screening proposed by a model, kept so that it can be replayed.

    `reviewer` is whose votes it learned from ("" for settled verdicts), `labels` how many.
    """

    kind: Literal["ranked"] = "ranked"
    stage: DecisionStage
    reviewer: str = ""
    model: Name
    seed: int
    labels: Annotated[int, Field(ge=0)]
    order: tuple[RecordKey, ...]

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the reviewer's order at the stage."""
        return (("rank", self.stage, self.reviewer),)
