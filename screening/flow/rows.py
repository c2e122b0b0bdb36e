"""The sums over a ledger that a flow is counted from: a few dozen rows, however large the review."""

from dataclasses import dataclass
from typing import Literal

from screening.records import SourceKind

Lane = Literal["dbr", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """How many records one source brought in, before any merging."""

    source: str
    name: str
    kind: SourceKind
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    """How many references (`n`) stand in one state.

    A reference found in both lanes is of lane "dbr". References of lane "other" enter at retrieval;
    what they carry under `title_abstract` matters only where a person excluded them there. `reason`
    is the id of the one primary reason at full text, `category` a final category beside included and
    excluded.
    """

    lane: Lane
    n: int
    removed: Literal["", "automation", "other"] = ""
    title_abstract: Literal["", "pending", "conflict", "include", "exclude", "unscreened"] = ""
    by_automation: bool = False
    title_abstract_reason: str = ""
    retrieval: Literal["", "pending", "retrieved", "not_retrieved"] = ""
    full_text: Literal["", "pending", "conflict", "include", "exclude"] = ""
    reason: str = ""
    category: Literal["", "awaiting_classification", "ongoing"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeRow:
    """How many surplus records were merged away: for each reference, its records but one.

    `lane` is that of the surplus record (where a reference has records of both lanes, one of its
    database or register records is the one that stays). `late` says that the losing reference had
    already been sought.
    """

    lane: Lane
    late: bool
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRow:
    """How many studies the included reports belong to."""

    studies: int
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """What the previous version of an updated review had included."""

    studies: int
    reports: int
