"""What the tables are made from: frozen values that the pipeline fills from the ledger.

Everything here is already decided: builders and sentences only arrange it.
"""

from dataclasses import dataclass
from datetime import date

from screening.records import Category, Fields
from screening.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class IncludedReport:
    """A report included in the review, under the names it has in every output.

    `key` is its permanent key, `label` its author-year label ("Bain, 2014"; see
    `synthesis.citations.labels`), `study` the key of the study it belongs to (its own where it is
    the only report of one).
    """

    key: str
    label: str
    study: str
    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedReport:
    """A report excluded at full text. `reasons` are labels, the primary one first."""

    key: str
    label: str
    fields: Fields
    reasons: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfinishedReport:
    """A report in a category beside included and excluded: an ongoing study, or one still open."""

    key: str
    label: str
    fields: Fields
    category: Category
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingReport:
    """A report that was sought and not retrieved, with what was tried."""

    key: str
    label: str
    fields: Fields
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchedSource:
    """A source with what came of it.

    `records` is what was loaded, `unique` how many of its references no other source brought.
    `strategy` is the text as run, read from its file where the protocol names one.
    """

    source: Source
    records: int
    unique: int | None = None
    strategy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownReport:
    """A report the search had to find: `found_in` are the names of the sources that brought it."""

    name: str
    found_in: tuple[str, ...]

    @property
    def found(self) -> bool:
        """Whether any source brought it."""
        return bool(self.found_in)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A later version of the protocol: when, by whom, why, and which of its lines changed."""

    version: int
    adopted: date
    by: str
    reason: str
    changes: tuple[str, ...] = ()


NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeCheck:
    """What is known of a retraction, correction or expression of concern for one included report.

    `status` is that of `screening.notices`, or "not checked"; `notice` cites the notice; `checked`
    says when and where it was looked for.
    """

    report: str
    status: str
    notice: str = ""
    checked: str = ""
