"""What a report is composed from; the pipeline fills it from protocol and ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from appraisal.agreement import Agreement
from screening.decisions import Policy
from screening.records import Stage
from synthesis.author_text import AuthorText
from synthesis.report import Figure
from synthesis.section import ReportSection
from synthesis.tables.inputs import TableInputs
from synthesis.tables.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the review says of itself in its protocol; whatever it does not state is empty."""

    title: str
    question: str = ""
    aims: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    builds_on: str = ""
    updates: str = ""
    registration: str = ""
    protocol: str = ""
    support: str = ""
    competing_interests: str = ""
    availability: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduplicated:
    """How duplicates were found: surplus records merged by rule and by a person.

    `program` is what did it, with its version ("Winnow 0.1.0"); `apart` counts pairs that looked
    alike and that a person kept apart.
    """

    program: str
    automatic: int
    by_person: int
    apart: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenedStage:
    """How one stage was screened, as planned and as done.

    `reviewers` are those who decided anything. `by_two` counts references with two votes or more, and
    `conflicts` those on which votes differed. `agreement` holds coefficients by full name, finished
    for print, from votes before consensus. `order` says in what order references were shown, where
    they were ranked. `stopped` is the statement on an early stop.
    """

    stage: Stage
    policy: Policy
    reviewers: tuple[str, ...]
    verified: float = 0.0
    by_two: int = 0
    conflicts: int = 0
    agreement: Mapping[str, str] = field(default_factory=dict)
    order: str = ""
    stopped: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInputs:
    """Everything a report says, already decided.

    `tables` is what the tables were built from and `built` the tables themselves. `raters` are the
    people who appraised. `figures` are finished pictures; the one of id "flow" is the PRISMA diagram.
    `author_text` is what the authors wrote in their named places. `contacts` counts questions put to
    authors of reports.
    """

    about: About
    tables: TableInputs
    built: Sequence[Table]
    section: ReportSection = field(default_factory=ReportSection)
    deduplicated: Deduplicated | None = None
    screened: Sequence[ScreenedStage] = ()
    extractors: int = 1
    selection_rule: str = ""
    raters: Sequence[str] = ()
    rater_agreement: Agreement | None = None
    contacts: int = 0
    figures: Sequence[Figure] = ()
    author_text: AuthorText = field(default_factory=AuthorText)

    def table(self, table_id: str) -> Table | None:
        """Return a built table that has rows, or None."""
        return next((each for each in self.built if each.id == table_id and each.rows), None)

    def figure(self, figure_id: str) -> Figure | None:
        """Return a figure by id, or None."""
        return next((each for each in self.figures if each.id == figure_id), None)
