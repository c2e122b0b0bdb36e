"""The counts of a PRISMA 2020 flow as frozen values (Page et al. 2021, doi:10.1136/bmj.n71).

Units change along the way: records until a report is sought, reports until it is included, studies
only among what is included. None means "not known" and is never read as 0.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=0, strict=True)]
Named = tuple[tuple[str, Count], ...]

OTHER_SOURCES = ("websites", "organisations", "citations")


class Template(StrEnum):
    """One of the four official PRISMA 2020 flow diagrams."""

    NEW_V1 = "new_v1"
    NEW_V2 = "new_v2"
    UPDATED_V1 = "updated_v1"
    UPDATED_V2 = "updated_v2"

    @classmethod
    def of(cls, *, updated: bool, other_methods: bool) -> "Template":
        """Return the template of a review that updates another one or uses other methods."""
        return cls(f"{'updated' if updated else 'new'}_{'v2' if other_methods else 'v1'}")

    @property
    def updated(self) -> bool:
        """Whether the diagram shows the previous review and the totals."""
        return self in (Template.UPDATED_V1, Template.UPDATED_V2)

    @property
    def other_methods(self) -> bool:
        """Whether the diagram has the lane of websites, organisations, citation searching."""
        return self in (Template.NEW_V2, Template.UPDATED_V2)


class Counts(BaseModel):
    """What a flow may state: one attribute per count of the diagram, None where unknown.

    Names are those of `winnow flow --from`. `database_specific` and `register_specific` break
    `databases` and `registers` down by source; `other_sources` holds other methods that have no line
    of their own. Reasons are (label, count) in the order of the diagram. `other_not_sought` counts
    records found by other methods that were duplicates or set aside before any report was sought: the
    template has no box for them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    previous_studies: Count | None = None
    previous_reports: Count | None = None

    databases: Count | None = None
    registers: Count | None = None
    database_specific: dict[str, Count] = {}
    register_specific: dict[str, Count] = {}
    duplicates: Count | None = None
    automation: Count | None = None
    other_removed: Count | None = None
    unscreened: Count | None = None
    screened: Count | None = None
    records_excluded: Count | None = None
    records_excluded_by_human: Count | None = None
    records_excluded_by_automation: Count | None = None
    title_abstract_reasons: Named = ()
    dbr_sought: Count | None = None
    dbr_not_retrieved: Count | None = None
    late_duplicates: Count | None = None
    dbr_assessed: Count | None = None
    dbr_excluded: Count | None = None
    dbr_excluded_reasons: Named = ()

    websites: Count | None = None
    organisations: Count | None = None
    citations: Count | None = None
    other_sources: dict[str, Count] = {}
    other_not_sought: Count | None = None
    other_sought: Count | None = None
    other_not_retrieved: Count | None = None
    other_assessed: Count | None = None
    other_excluded: Count | None = None
    other_excluded_reasons: Named = ()

    awaiting_classification: Count | None = None
    ongoing: Count | None = None
    studies: Count | None = None
    reports: Count | None = None
    total_studies: Count | None = None
    total_reports: Count | None = None
    total_studies_ma: Count | None = None
    total_reports_ma: Count | None = None
    appraised: Count | None = None
    synthesised: Count | None = None

    @property
    def identified_by_other_methods(self) -> int | None:
        """Return the records found by other methods, or None where no such source is stated."""
        stated = [n for name in OTHER_SOURCES if (n := getattr(self, name)) is not None]
        stated += self.other_sources.values()
        return sum(stated) if stated else None

    def has_other_methods(self) -> bool:
        """Return whether anything at all is stated of the other-methods lane."""
        return self.identified_by_other_methods is not None or any(
            getattr(self, f"other_{name}") not in (None, ())
            for name in ("sought", "not_retrieved", "assessed", "excluded", "excluded_reasons")
        )

    def has_previous_review(self) -> bool:
        """Return whether anything is stated of a previous version of the review."""
        return any(
            n is not None
            for n in (
                self.previous_studies,
                self.previous_reports,
                self.total_studies,
                self.total_reports,
            )
        )


class Pending(BaseModel):
    """How many references or reports still wait for a person, by stage and lane.

    A conflict is pending at its stage and is counted in `conflicts` as well.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    title_abstract: Count = 0
    dbr_retrieval: Count = 0
    dbr_full_text: Count = 0
    other_retrieval: Count = 0
    other_full_text: Count = 0
    conflicts: Count = 0

    @property
    def retrieval(self) -> int:
        """Reports of both lanes still to be retrieved."""
        return self.dbr_retrieval + self.other_retrieval

    @property
    def full_text(self) -> int:
        """Reports of both lanes still to be assessed."""
        return self.dbr_full_text + self.other_full_text

    @property
    def total(self) -> int:
        """Everything that waits, each reference once."""
        return self.title_abstract + self.retrieval + self.full_text


class Flow(Counts):
    """A PRISMA 2020 flow: the one value that diagram, tables and sentences are made from.

    `derived` names the counts that were not stated but follow from the others. `provisional` is true
    while anything is undecided; every output then has to say so. The four counts here say which lane
    the reports of `awaiting_classification` and `ongoing` came through, where that is known.
    """

    dbr_awaiting_classification: Count | None = None
    dbr_ongoing: Count | None = None
    other_awaiting_classification: Count | None = None
    other_ongoing: Count | None = None

    template: Template = Template.NEW_V1
    pending: Pending = Pending()
    provisional: bool = False
    derived: tuple[str, ...] = ()

    def still_open(self) -> dict[str, int]:
        """Return what is undecided, in words, with how many: what makes a flow provisional."""
        waiting = {
            "at title and abstract": self.pending.title_abstract,
            "to be retrieved": self.pending.retrieval,
            "at full text": self.pending.full_text,
            "awaiting classification": self.awaiting_classification,
            "of ongoing studies": self.ongoing,
            "left unscreened": self.unscreened,
        }
        return {words: n for words, n in waiting.items() if n}

    def boxes(self) -> dict[str, int | dict[str, int] | None]:
        """Return every count by its id, tables of sources and reasons as dicts, unknown as None."""
        values = self.model_dump(exclude={"template", "pending", "provisional", "derived"})
        return {
            name: dict(value) if isinstance(value, (tuple, list, Mapping)) else value
            for name, value in values.items()
        }
