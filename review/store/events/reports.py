"""What is said of the documents behind references, and of the studies behind those."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from review.store.events.base import Event, Name, RecordKey
from screening.records import Category

Reports = Annotated[tuple[RecordKey, ...], Field(min_length=1)]


class Named(Event):
    """A reference that is sought gets a permanent report key ("lieberman2005")."""

    kind: Literal["named"] = "named"
    reference: RecordKey
    report_key: Name

    not_over: ClassVar[frozenset[str]] = frozenset({"named"})

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the name's place: a name is given once."""
        return (("name", self.report_key),)

    def record_keys(self) -> tuple[str, ...]:
        """Return the reference named."""
        return (self.reference,)

    def subjects(self) -> tuple[str, ...]:
        """Return the report key."""
        return (self.report_key,)


class _OfStudy(Event):
    reports: Reports
    reason: str = ""

    chained: ClassVar[bool] = False

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return one place per report: a report belongs to one study."""
        return tuple(("study", key) for key in self.reports)

    def record_keys(self) -> tuple[str, ...]:
        """Return the references of the reports."""
        return self.reports


class Linked(_OfStudy):
    """These reports are of one study."""

    kind: Literal["linked"] = "linked"
    study: Name

    def subjects(self) -> tuple[str, ...]:
        """Return the study."""
        return (self.study,)


class Unlinked(_OfStudy):
    """These reports are no longer linked: each is a study of its own again."""

    kind: Literal["unlinked"] = "unlinked"


class Classified(Event):
    """A reference awaits classification or is an ongoing study; no category lifts it again."""

    kind: Literal["classified"] = "classified"
    reference: RecordKey
    category: Category | None
    note: str = ""

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the one category a reference can have."""
        return (("category", self.reference),)

    def record_keys(self) -> tuple[str, ...]:
        """Return the reference spoken of."""
        return (self.reference,)
