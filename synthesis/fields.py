"""The fields that the protocol has extracted from each report, with their types."""

from enum import StrEnum
from typing import Self

from pydantic import Field as Described
from pydantic import model_validator

from screening.section import Identifier, Section


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
