"""What appraisers and extractors enter about units that are included."""

from typing import Any, ClassVar, Literal

from pydantic import Field, PositiveInt

from review.store.events.base import Event, Name


class Appraised(Event):
    """The actor's scores of one unit on one instrument; a draft until `complete`.

    `scores` maps the instrument's categories to the values of its scale, or None where still open, `marks` its descriptors to
    what was marked, `notes` and `pages` categories to text.
    """

    kind: Literal["appraised"] = "appraised"
    unit: Name
    instrument: Name
    instrument_version: str
    scores: dict[str, int | str | None]
    marks: dict[str, str] = Field(default_factory=dict)
    notes: dict[str, str] = Field(default_factory=dict)
    pages: dict[str, str] = Field(default_factory=dict)
    complete: bool

    personal: ClassVar[bool] = True

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the rater's own place on this unit and instrument."""
        return (("appraisal", self.unit, self.instrument),)

    def subjects(self) -> tuple[str, ...]:
        """Return the unit."""
        return (self.unit,)


class ConsensusReached(Event):
    """The agreed scores of one unit, with the appraisals (event ids) they were agreed from."""

    kind: Literal["consensus_reached"] = "consensus_reached"
    unit: Name
    instrument: Name
    instrument_version: str
    scores: dict[str, int | str | None]
    notes: dict[str, str] = Field(default_factory=dict)
    appraisals: tuple[PositiveInt, ...] = ()

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the one consensus a unit has on an instrument."""
        return (("consensus", self.unit, self.instrument),)

    def subjects(self) -> tuple[str, ...]:
        """Return the unit."""
        return (self.unit,)


class Entered(Event):
    """One row of a synthesis sheet as the actor entered it, checked by that sheet beforehand."""

    kind: Literal["entered"] = "entered"
    sheet: Name
    key: Name
    values: dict[str, Any]

    personal: ClassVar[bool] = True

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the actor's own row of the sheet."""
        return (("entry", self.sheet, self.key),)

    def subjects(self) -> tuple[str, ...]:
        """Return the row's key."""
        return (self.key,)


class EntryWithdrawn(Event):
    """The actor takes back a row of a sheet."""

    kind: Literal["entry_withdrawn"] = "entry_withdrawn"
    sheet: Name
    key: Name
    reason: str = ""

    withdraws: ClassVar[frozenset[str]] = frozenset({"entered"})

    personal: ClassVar[bool] = True

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the actor's own row of the sheet."""
        return (("entry", self.sheet, self.key),)

    def subjects(self) -> tuple[str, ...]:
        """Return the row's key."""
        return (self.key,)
