"""How records come into the ledger, and how a wrong load leaves the review again."""

from typing import ClassVar, Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from review.store.events.base import Event, Name
from screening.problems import Problem
from screening.records import SourceKind


class _OfLoad(Event):
    load: PositiveInt

    def subjects(self) -> tuple[str, ...]:
        """Return the load."""
        return (f"load {self.load}",)


class LoadStarted(Event):
    """A file begins to be read for a source; its id is the load's id ever after.

    `source` is the id of a `[[sources]]` entry, `source_name` its name as it stood, `name` the
    file's name. The same bytes for the same source cannot be loaded twice unless retracted between.
    """

    kind: Literal["load_started"] = "load_started"
    source: Name
    source_name: str = ""
    source_kind: SourceKind
    name: Name
    sha256: Name
    size: NonNegativeInt
    format: str

    not_over: ClassVar[frozenset[str]] = frozenset({"load_started"})

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the one place this file has within its source."""
        return (("load", self.source, self.sha256),)

    def subjects(self) -> tuple[str, ...]:
        """Return the source's id."""
        return (self.source,)


class LoadCompleted(_OfLoad):
    """All records of a load are in the ledger: from here on they are visible.

    `start_tags` counts the entries of the file independently of the reader, `field_counts` how many
    records have each field.
    """

    kind: Literal["load_completed"] = "load_completed"
    provider: str | None = None
    encoding: str = ""
    start_tags: NonNegativeInt
    records: NonNegativeInt
    problems: tuple[Problem, ...] = ()
    field_counts: dict[str, int] = Field(default_factory=dict)

    not_over: ClassVar[frozenset[str]] = frozenset({"load_completed"})

    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return the one completion a load can have."""
        return (("completion", str(self.load)),)


class LoadRetracted(_OfLoad):
    """A load was a mistake: its records leave every count, and its file may be loaded again."""

    kind: Literal["load_retracted"] = "load_retracted"
    reason: Name

    withdraws: ClassVar[frozenset[str]] = frozenset({"load_started"})


class LoadReread(_OfLoad):
    """A better reader was run over the verbatim records of a load; decisions stay as they are."""

    kind: Literal["load_reread"] = "load_reread"
    reader_version: Name
