"""The [domains], [measures], [synthesis] and [report] sections of review.toml."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, model_validator

from screening.section import Section, unwritten
from synthesis.fields import Field, FieldType


class Domain(Section):
    """An outcome domain of the protocol: one value of [domains], keyed there by its id."""

    label: str
    group: str = ""
    order: int | None = None


def in_order(domains: Mapping[str, Domain]) -> dict[str, Domain]:
    """Return the domains as they are shown: by their `order` where they state one, then as written."""
    return dict(
        sorted(
            domains.items(),
            key=lambda each: float("inf") if each[1].order is None else each[1].order,
        )
    )


class MeasuresSection(Section):
    """The [measures] section of review.toml: the groups of measures, in the order of their tables.

    `ratings` names the criteria by which properties are rated, with their version; none by default.
    """

    groups: dict[str, str] = unwritten()
    ratings: Literal["none", "cosmin-2018"] = "none"


APPRAISAL = "appraisal"
"""What [synthesis] calls the halves of the appraisal's totals, where no field has that id."""

_NO_GROUPS = (FieldType.P_VALUE, FieldType.EFFECT)


def _as_table(value: object) -> object:
    return {"field": value} if isinstance(value, str) else value


class Grouping(Section):
    """One way to group studies: by a field's id, for numbers with the values at which groups begin.

    A name alone stands for `{ field = "..." }`.
    """

    field: str
    at: tuple[float, ...] = ()

    @model_validator(mode="after")
    def _runs_upwards(self) -> Self:
        if any(low >= high for low, high in pairwise(self.at)):
            raise ValueError("the numbers of at, where groups begin, run upwards")
        return self

    def mistake(self, fields: Mapping[str, Field]) -> str:
        """Return what does not fit a field of the protocol, as a sentence; empty where all does."""
        field = fields.get(self.field)
        kind = field.type if field else None
        if field is None and self.field != APPRAISAL:
            return f'"{self.field}" is no field of [[extraction.fields]], and not "{APPRAISAL}".'
        if kind in _NO_GROUPS:
            return f"{self.field} holds effects or p values, which make no groups."
        if kind is FieldType.NUMBER and not self.at:
            return f'numbers need their groups: {{ field = "{self.field}", at = [50, 300] }}.'
        if kind is not FieldType.NUMBER and self.at:
            return f"{self.field} is no number, so that at has no meaning for it."
        return ""


class SynthesisSection(Section):
    """The [synthesis] section of review.toml: by what studies are grouped beside their domains.

    SWiM item 1 asks for the grouping and its reason, and for changes since the protocol; so this is
    part of the protocol, and a later change is an amendment.
    """

    group_by: tuple[Annotated[Grouping, BeforeValidator(_as_table)], ...] = ()

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        named = [each.field for each in self.group_by]
        if twice := sorted({each for each in named if named.count(each) > 1}):
            raise ValueError(f"group_by names {twice[0]} twice")
        return self


class ReportSection(Section):
    """The [report] section of review.toml.

    `style` is that of citations and tables. `title` stands on the first page in place of the
    review's. `abbreviations` are explained under each table that uses them. `leave_out` names the
    places for the authors' own text that they do not want; `text_file`, beside review.toml, is where
    that text lives.
    """

    style: Literal["apa"] = "apa"
    title: str = ""
    abbreviations: dict[str, str] = unwritten()
    text_file: str = "report-text.md"
    leave_out: tuple[str, ...] = ()
