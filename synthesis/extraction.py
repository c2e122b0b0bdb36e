"""What is taken from each report: values that know their page and their extractor."""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar, Self

from pydantic import Field as Described
from pydantic import model_validator

from synthesis.row import Row


class Status(StrEnum):
    """Whether a report gives a value. What has no row at all has not been looked for yet."""

    REPORTED = "reported"
    NOT_REPORTED = "not reported"
    NOT_APPLICABLE = "not applicable"


class Extracted(Row):
    """One value taken from one report, with its place.

    `value` is written as its field type writes it (see `synthesis.values`) and checked against the
    field when it is entered. `arm` and `time_point` are given where a value belongs to one of them.
    """

    sheet: ClassVar[str] = "extraction"
    label: ClassVar[str] = "Extraction"
    identity: ClassVar[tuple[str, ...]] = ("report", "field", "arm", "time_point")
    prefilled: ClassVar[frozenset[str]] = frozenset({"report", "field"})
    refers: ClassVar[Mapping[str, str]] = {"report": "report"}

    report: str = Described(min_length=1, title="Report", description="The report's key.")
    field: str = Described(min_length=1, title="Field", description="The field's id.")
    status: Status = Described(
        default=Status.REPORTED,
        title="Status",
        description="reported, not reported or not applicable. A missing row means: not yet looked.",
    )
    value: str = Described(default="", title="Value", description="What the report says.")
    arm: str = Described(
        default="", title="Arm", description="The arm's id, where it is of one arm."
    )
    time_point: str = Described(default="", title="Time point", description="When it was measured.")
    page: str = Described(default="", title="Page", description="Where the report says so.")
    quote: str = Described(default="", title="Quote", description="The words it rests on.")
    note: str = Described(default="", title="Note", description="What a reader should know.")

    @model_validator(mode="after")
    def _says_what_it_claims(self) -> Self:
        if self.status is Status.REPORTED and not self.value:
            raise ValueError(
                "a reported value is empty; write it, or set the status to not reported"
            )
        if self.status is not Status.REPORTED and self.value:
            raise ValueError(f"a value is given although the status is {self.status}")
        return self


class AgreedExtracted(Extracted):
    """A value two extractors settled on; it stands for both of theirs, which are kept."""

    sheet: ClassVar[str] = "extraction_agreed"
    label: ClassVar[str] = "Agreed extraction"


class Role(StrEnum):
    """What an arm is in its comparison."""

    INTERVENTION = "intervention"
    COMPARATOR = "comparator"


class Arm(Row):
    """A group of participants that a report compares."""

    sheet: ClassVar[str] = "arms"
    label: ClassVar[str] = "Arms"
    identity: ClassVar[tuple[str, ...]] = ("report", "arm")
    refers: ClassVar[Mapping[str, str]] = {"report": "report"}

    report: str = Described(min_length=1, title="Report", description="The report's key.")
    arm: str = Described(min_length=1, title="Arm", description="A short id, such as cpp.")
    name: str = Described(min_length=1, title="Name", description="The arm as the report names it.")
    role: Role = Described(
        default=Role.INTERVENTION, title="Role", description="intervention or comparator."
    )
    randomised: int | None = Described(default=None, ge=0, title="Randomised", description="n.")
    analysed: int | None = Described(default=None, ge=0, title="Analysed", description="n.")
    unit: str = Described(default="", title="Unit", description="dyads, mothers, children ...")
    page: str = Described(default="", title="Page", description="Where the report says so.")


class Contact(Row):
    """A question put to a report's authors, and what came of it."""

    sheet: ClassVar[str] = "contacts"
    label: ClassVar[str] = "Author contacts"
    identity: ClassVar[tuple[str, ...]] = ("report", "date", "asked")
    refers: ClassVar[Mapping[str, str]] = {"report": "report"}

    report: str = Described(min_length=1, title="Report", description="The report's key.")
    date: str = Described(min_length=4, title="Date", description="When they were asked.")
    person: str = Described(default="", title="Person", description="Who was asked.")
    asked: str = Described(min_length=1, title="Asked", description="What was asked for.")
    answered: str = Described(default="", title="Answered", description="When, if they did.")
    answer: str = Described(default="", title="Answer", description="What they said or sent.")
