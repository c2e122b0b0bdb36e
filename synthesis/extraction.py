"""What is taken from each report: typed fields, and values that know their page and their extractor."""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar, Self

from pydantic import Field as Described
from pydantic import model_validator

from appraisal.instrument import Identifier
from screening.section import Section
from synthesis.row import Row


class FieldType(StrEnum):
    """The kind of value a field takes."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    P_VALUE = "p_value"
    EFFECT = "effect"


class Field(Section):
    """One thing to extract, as the protocol defines it.

    `units` are the words a number may carry ("dyads"); with more than one, a value names its own.
    """

    id: Identifier
    label: str
    type: FieldType = FieldType.TEXT
    choices: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    help: str = ""

    @model_validator(mode="after")
    def _has_what_its_type_needs(self) -> Self:
        chosen = self.type in (FieldType.CHOICE, FieldType.CHOICES)
        if chosen and len(self.choices) < 2:
            raise ValueError(f"the field {self.id} offers a choice and needs at least two choices")
        if self.choices and not chosen:
            raise ValueError(f"the field {self.id} has choices but is of the type {self.type}")
        if any(";" in choice for choice in self.choices):
            raise ValueError("a choice holds no semicolon: it stands between choices in a cell")
        if self.units and self.type is not FieldType.NUMBER:
            raise ValueError(f"the field {self.id} has units but is of the type {self.type}")
        return self


class ExtractionSection(Section):
    """The [extraction] section of review.toml: the fields, how many extract, and which result counts.

    `selection_rule` says how one result is chosen where a report gives several for one outcome.
    `design_field` names the choice field that holds the design; its choices then stand in order, the
    design most suitable to the question first, and give the harvest plot its heights.
    """

    fields: tuple[Field, ...] = ()
    extractors: int = Described(default=1, ge=1, le=5)
    selection_rule: str = ""
    design_field: str = ""

    @model_validator(mode="after")
    def _has_sound_fields(self) -> Self:
        ids = [field.id for field in self.fields]
        ranked = [field.id for field in self.fields if field.type is FieldType.CHOICE]
        if self.design_field and self.design_field not in ranked:
            raise ValueError(
                f"design_field names {self.design_field}, which is no field of one choice"
            )
        if twice := sorted({each for each in ids if ids.count(each) > 1}):
            raise ValueError(f"two fields have the id {twice[0]}")
        return self

    def field(self, field_id: str) -> Field:
        """Return a field by id; raises KeyError."""
        for field in self.fields:
            if field.id == field_id:
                return field
        raise KeyError(field_id)


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
