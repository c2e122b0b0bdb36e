"""Findings: what one report says on one outcome, its direction kept apart from its significance."""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from synthesis.row import Row


class Direction(StrEnum):
    """Which way a finding points, whatever its size or p value."""

    BETTER = "better"
    WORSE = "worse"
    NO_DIFFERENCE = "no difference"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class DirectionBasis(StrEnum):
    """What a direction was read from. One read from significance allows no sign test."""

    ESTIMATE = "estimate"
    SIGNIFICANCE = "significance"
    STATEMENT = "authors' statement"


class Significance(StrEnum):
    """Whether the report calls a finding statistically significant."""

    SIGNIFICANT = "significant"
    NOT_SIGNIFICANT = "not significant"
    NOT_TESTED = "not tested"
    NOT_REPORTED = "not reported"


class Finding(Row):
    """What one report says on one outcome.

    `contrast` names the groups compared, `p` is written with its operator ("= .02", "< .001"),
    `effect` with its metric and interval ("SMD 0.41 [0.10, 0.72]"); see `synthesis.values`.
    """

    sheet: ClassVar[str] = "findings"
    label: ClassVar[str] = "Findings"
    identity: ClassVar[tuple[str, ...]] = ("report", "number")
    refers: ClassVar[Mapping[str, str]] = {
        "report": "report",
        "domain": "domain",
        "measure": "measure",
    }

    report: str = Field(min_length=1, title="Report", description="The report's key.")
    number: int = Field(ge=1, title="No.", description="1, 2, 3 ... within the report.")
    domain: str = Field(min_length=1, title="Domain", description="A domain's id.")
    outcome: str = Field(default="", title="Outcome", description="What was measured.")
    measure: str = Field(default="", title="Measure", description="The measure's id.")
    contrast: str = Field(default="", title="Contrast", description="The groups compared.")
    time_point: str = Field(default="", title="Time point", description="When.")
    direction: Direction = Field(
        title="Direction", description="better, worse, no difference, mixed or unknown."
    )
    basis: DirectionBasis = Field(
        default=DirectionBasis.ESTIMATE,
        title="Direction read from",
        description="estimate, significance or authors' statement.",
    )
    significance: Significance = Field(
        default=Significance.NOT_REPORTED,
        title="Significance",
        description="significant, not significant, not tested or not reported.",
    )
    p: str = Field(default="", title="p", description="= .02, < .001, ns ...")
    effect: str = Field(default="", title="Effect", description="SMD 0.41 [0.10, 0.72] ...")
    n: int | None = Field(default=None, ge=0, title="n", description="Analysed in the end.")
    n_intervention: int | None = Field(
        default=None, ge=0, title="n intervention", description="Of these, in the intervention."
    )
    text: str = Field(default="", title="Finding", description="In the review's own words.")
    page: str = Field(default="", title="Page", description="Where the report says so.")


class Predictor(Row):
    """A factor that a report relates to the gain from an intervention."""

    sheet: ClassVar[str] = "predictors"
    label: ClassVar[str] = "Predictors"
    identity: ClassVar[tuple[str, ...]] = ("report", "factor", "outcome")
    refers: ClassVar[Mapping[str, str]] = {"report": "report"}

    report: str = Field(min_length=1, title="Report", description="The report's key.")
    factor: str = Field(min_length=1, title="Factor", description="What was looked at.")
    outcome: str = Field(default="", title="Outcome", description="What it was related to.")
    relation: str = Field(min_length=1, title="Relation", description="greater gain ...")
    page: str = Field(default="", title="Page", description="Where the report says so.")
    note: str = Field(default="", title="Note", description="What a reader should know.")


class Indicator(Row):
    """A share that a report gives for a group at a time, beside the threshold set for it."""

    sheet: ClassVar[str] = "indicators"
    label: ClassVar[str] = "Indicators"
    identity: ClassVar[tuple[str, ...]] = ("report", "id", "group", "time_point")
    refers: ClassVar[Mapping[str, str]] = {"report": "report"}

    report: str = Field(min_length=1, title="Report", description="The report's key.")
    id: str = Field(min_length=1, title="Id", description="The indicator's short name.")
    name: str = Field(min_length=1, title="Indicator", description="What is counted.")
    question: str = Field(default="", title="Question", description="The question it answers.")
    group: str = Field(default="", title="Group", description="Whose share it is.")
    time_point: str = Field(default="", title="Time point", description="When.")
    count: int | None = Field(default=None, ge=0, title="Count", description="How many did.")
    of: int | None = Field(default=None, ge=1, title="Of", description="Out of how many.")
    percent: float | None = Field(
        default=None, ge=0, le=100, title="Percent", description="As printed."
    )
    threshold: float | None = Field(
        default=None, ge=0, le=100, title="Threshold", description="The percent aimed at."
    )
    page: str = Field(default="", title="Page", description="Where the report says so.")
    note: str = Field(default="", title="Note", description="What a reader should know.")
