"""The [appraisal] section of review.toml."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from appraisal.icc_form import IccForm
from screening.section import Section, unwritten


class Calibration(Section):
    """A first round on a few units, and the scoring notes a team agreed on in it.

    `notes` are keyed by category or item id and shown beside it for every later unit.
    """

    units: tuple[str, ...] = ()
    notes: dict[str, str] = unwritten()


class AppraisalSection(Section):
    """Which instrument is used, by how many raters, and what is done with its totals.

    `instrument` names an instrument by id and version ("ccat-1.4"); `instrument_file` is the review's
    own file where it brings one. `exclude_below` is a whole percent of the total, or "none". `bands`
    are lowest whole percents by label; there are none unless the authors define them, and tables then
    print them as the authors' own. `icc` is the form of the intraclass correlation between raters.
    """

    instrument: str = "ccat-1.4"
    instrument_file: str | None = None
    raters: int = Field(default=1, ge=1, le=10)
    exclude_below: Literal["none"] | Annotated[int, Field(ge=1, le=100)] = "none"
    bands: dict[str, int] = unwritten()
    icc: IccForm = IccForm.AGREEMENT_SINGLE
    calibration: Calibration = unwritten()

    @model_validator(mode="after")
    def _has_sound_bands(self) -> Self:
        lowest = list(self.bands.values())
        if lowest and min(lowest) != 0:
            raise ValueError(
                "the lowest band must begin at 0 percent, so that every total has a band"
            )
        if len(set(lowest)) < len(lowest) or any(not 0 <= each <= 100 for each in lowest):
            raise ValueError("bands begin at different percents between 0 and 100")
        return self

    def band(self, percent: int) -> str | None:
        """Return the label of the authors' band for a percent, or None where they defined none."""
        reached = [(lowest, label) for label, lowest in self.bands.items() if percent >= lowest]
        return max(reached)[1] if reached else None
