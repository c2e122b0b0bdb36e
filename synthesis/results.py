"""Numbers as reports give them for each arm, from which effects are computed."""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from synthesis.row import Row


class ArmResult(Row):
    """One arm's result on one outcome at one time: a mean with its SD, or events out of n.

    `higher_is_better` says which way the scale runs; `chosen` marks the result that counts where a
    report gives several for the outcome, and `why_chosen` says by which part of the protocol's rule.
    """

    sheet: ClassVar[str] = "results"
    label: ClassVar[str] = "Results by arm"
    identity: ClassVar[tuple[str, ...]] = ("report", "outcome", "measure", "arm", "time_point")
    refers: ClassVar[Mapping[str, str]] = {
        "report": "report",
        "domain": "domain",
        "measure": "measure",
    }

    report: str = Field(min_length=1, title="Report", description="The report's key.")
    domain: str = Field(min_length=1, title="Domain", description="A domain's id.")
    outcome: str = Field(min_length=1, title="Outcome", description="What was measured.")
    measure: str = Field(default="", title="Measure", description="The measure's id.")
    arm: str = Field(min_length=1, title="Arm", description="The arm's id.")
    time_point: str = Field(default="", title="Time point", description="When.")
    n: int = Field(ge=0, title="n", description="Analysed in this arm.")
    mean: float | None = Field(default=None, title="Mean", description="Mean.")
    sd: float | None = Field(default=None, ge=0, title="SD", description="Standard deviation.")
    events: int | None = Field(default=None, ge=0, title="Events", description="How many had it.")
    higher_is_better: bool = Field(default=True, title="Higher is better", description="yes or no.")
    chosen: bool = Field(default=True, title="Chosen", description="yes where this one counts.")
    why_chosen: str = Field(default="", title="Why chosen", description="By which rule.")
    page: str = Field(default="", title="Page", description="Where the report says so.")
