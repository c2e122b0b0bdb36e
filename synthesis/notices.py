"""The sheet on which people say whether an included report was retracted or corrected."""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from screening.notices import NoticeStatus
from synthesis.row import Row


class NoticeRow(Row):
    """What a person found on the retraction or correction of one included report."""

    sheet: ClassVar[str] = "notices"
    label: ClassVar[str] = "Retractions"
    identity: ClassVar[tuple[str, ...]] = ("report",)
    prefilled: ClassVar[frozenset[str]] = frozenset({"report", "record"})
    refers: ClassVar[Mapping[str, str]] = {"report": "report"}

    report: str = Field(min_length=1, title="Report", description="The report's key.")
    status: NoticeStatus = Field(
        title="Status",
        description="retracted, expression of concern, corrected or none found.",
    )
    notice: str = Field(
        default="", title="Notice", description="The notice as you would cite it, with its DOI."
    )
    checked: str = Field(
        min_length=1,
        title="Checked",
        description="When and where you looked, such as: 1 May 2024, Retraction Watch.",
    )
    record: str = Field(
        default="",
        title="Record that may be the notice",
        description="Records of this review that look like a notice on this report; whether one is, you say.",
    )
