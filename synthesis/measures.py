"""Outcome measures, what is known of their properties, and which report used them when."""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from synthesis.row import Row


class Measure(Row):
    """An outcome instrument, one row for each version or translation that is told apart."""

    sheet: ClassVar[str] = "measures"
    label: ClassVar[str] = "Measures"
    identity: ClassVar[tuple[str, ...]] = ("id",)
    refers: ClassVar[Mapping[str, str]] = {"group": "group", "variant_of": "measure"}
    defines: ClassVar[str] = "measure"

    id: str = Field(min_length=1, title="Id", description="A short name that never changes.")
    name: str = Field(min_length=1, title="Measure", description="The measure's full name.")
    abbreviation: str = Field(default="", title="Abbreviation", description="As it is cited.")
    group: str = Field(min_length=1, title="Group", description="A group of [measures].")
    measuring: str = Field(default="", title="Measuring", description="What it measures.")
    version: str = Field(default="", title="Version", description="Edition or form.")
    translation: str = Field(default="", title="Translation", description="The language used.")
    variant_of: str = Field(default="", title="Variant of", description="The id it derives from.")
    method: str = Field(default="", title="Method", description="self-report, observed ...")
    origin: str = Field(default="", title="Origin", description="Who made it, as cited.")
    note: str = Field(default="", title="Note", description="What a reader should know.")

    @property
    def name_with_abbreviation(self) -> str:
        """Return "Brief Symptom Inventory (BSI)", or the bare name where it has no abbreviation."""
        return f"{self.name} ({self.abbreviation})" if self.abbreviation else self.name


class PropertyKind(StrEnum):
    """A measurement property in the COSMIN taxonomy (Mokkink et al. 2010), with its usual parts.

    `VALIDITY` and `RELIABILITY` are for sources that say no more than that.
    """

    INTERNAL_CONSISTENCY = "internal consistency"
    TEST_RETEST = "test-retest reliability"
    INTER_RATER = "inter-rater reliability"
    RELIABILITY = "reliability, kind not stated"
    MEASUREMENT_ERROR = "measurement error"
    CONTENT_VALIDITY = "content validity"
    FACE_VALIDITY = "face validity"
    STRUCTURAL_VALIDITY = "structural validity"
    CONSTRUCT_VALIDITY = "construct validity"
    CONVERGENT_VALIDITY = "hypothesis testing: convergent"
    DISCRIMINANT_VALIDITY = "hypothesis testing: discriminant"
    KNOWN_GROUPS = "hypothesis testing: known groups"
    CROSS_CULTURAL = "cross-cultural validity"
    CRITERION_VALIDITY = "criterion validity"
    PREDICTIVE_VALIDITY = "criterion validity: predictive"
    DIAGNOSTIC_ACCURACY = "criterion validity: sensitivity and specificity"
    VALIDITY = "validity, kind not stated"
    RESPONSIVENESS = "responsiveness"


class PropertyStatus(StrEnum):
    """Whether a source speaks of a property: not reported is not the same as never assessed."""

    REPORTED = "reported"
    NOT_REPORTED = "not reported"
    NOT_ASSESSED = "not assessed"


class Property(Row):
    """One reliability or validity coefficient of a measure, or a statement about one.

    `operator` belongs to the value ("> 0.75"). `printed` keeps the words where a source gives no
    number. `unresolved` says that the source leaves open what a figure means; it stays as printed.
    """

    sheet: ClassVar[str] = "properties"
    label: ClassVar[str] = "Measure properties"
    identity: ClassVar[tuple[str, ...]] = ("measure", "number")
    refers: ClassVar[Mapping[str, str]] = {"measure": "measure"}

    measure: str = Field(min_length=1, title="Measure", description="The measure's id.")
    number: int = Field(ge=1, title="No.", description="1, 2, 3 ... within the measure.")
    property: PropertyKind = Field(title="Property", description="The COSMIN property.")
    status: PropertyStatus = Field(
        default=PropertyStatus.REPORTED,
        title="Status",
        description="reported, not reported or not assessed.",
    )
    subscale: str = Field(default="", title="Subscale", description="Where it is of a part.")
    statistic: str = Field(default="", title="Statistic", description="Cronbach's alpha ...")
    operator: Literal["", "<", ">", "<=", ">=", "~"] = Field(
        default="",
        title="Operator",
        description="<, >, <=, >= or ~, where it is not an equals sign.",
    )
    value: float | None = Field(default=None, title="Value", description="One figure.")
    low: float | None = Field(default=None, title="From", description="Of a range.")
    high: float | None = Field(default=None, title="To", description="Of a range.")
    interval: str = Field(default="", title="Interval", description="95% CI .70 to .82 ...")
    printed: str = Field(default="", title="In words", description="Where no figure is given.")
    n: int | None = Field(default=None, ge=0, title="n", description="Participants.")
    population: str = Field(default="", title="Population", description="Whose answers.")
    source: str = Field(default="", title="Source", description="Who reported it.")
    cited_via: str = Field(default="", title="Cited via", description="Where it was read.")
    page: str = Field(default="", title="Page", description="Where it stands.")
    unresolved: bool = Field(default=False, title="Unresolved", description="yes where unclear.")

    @model_validator(mode="after")
    def _gives_one_figure_or_words(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise ValueError("a range needs both its ends")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"the range runs backwards, from {self.low} to {self.high}")
        if self.value is not None and self.low is not None:
            raise ValueError("give a value or a range, not both; use two rows for two figures")
        says = self.value is not None or self.low is not None or bool(self.printed)
        if self.status is PropertyStatus.REPORTED and not says:
            raise ValueError("a reported property needs a value, a range or words")
        if self.status is not PropertyStatus.REPORTED and says:
            raise ValueError(f"a figure is given although the status is {self.status}")
        return self


class Use(Row):
    """That a report used a measure, at one time point or at all of them."""

    sheet: ClassVar[str] = "uses"
    label: ClassVar[str] = "Measure uses"
    identity: ClassVar[tuple[str, ...]] = ("measure", "report", "time_point")
    refers: ClassVar[Mapping[str, str]] = {"measure": "measure", "report": "report"}

    measure: str = Field(min_length=1, title="Measure", description="The measure's id.")
    report: str = Field(min_length=1, title="Report", description="The report's key.")
    time_point: str = Field(default="", title="Time point", description="baseline, 12 weeks ...")
    note: str = Field(default="", title="Note", description="The version used ...")
