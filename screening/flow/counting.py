"""The one place that counts: aggregate rows of a review become the Flow of PRISMA 2020.

The rows are sums the store makes over its projections, so their number does not grow with the
review. Pages, diagram, tables and sentences take the Flow and never count for themselves.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from screening.flow.finding import Finding
from screening.flow.rows import MergeRow, Previous, SourceRow, StateRow, StudyRow
from screening.flow.rules import check, derive
from screening.flow.values import OTHER_SOURCES, Count, Counts, Flow, Named, Pending, Template
from screening.records import Category, SourceKind

__all__ = [
    "OTHER_SOURCES",
    "Count",
    "Counts",
    "Finding",
    "Flow",
    "MergeRow",
    "Named",
    "Pending",
    "Previous",
    "SourceRow",
    "StateRow",
    "StudyRow",
    "Template",
    "check",
    "count",
    "derive",
]

Open = Literal["awaiting_classification", "ongoing", "unscreened"]

NO_REASON = "No reason given"


def count(  # noqa: PLR0913, PLR0917 - each argument is one of the sums the store makes
    sources: Iterable[SourceRow],
    states: Iterable[StateRow],
    merges: Iterable[MergeRow],
    studies: StudyRow,
    reasons: Mapping[str, str],
    previous: Previous | None = None,
    *,
    appraised: int | None = None,
    synthesised: int | None = None,
    final_despite: Collection[Open] = (),
) -> Flow:
    """Return the Flow of a review from the sums over its ledger.

    `reasons` maps the id of each exclusion reason to its label, in protocol order. `previous` selects
    the templates of an updated review. `appraised` and `synthesised` fill the optional boxes.
    Undecided references make the flow provisional; `final_despite` names those kinds the authors
    declare they publish with. The identities hold exactly when the rows agree with each other:
    `check` the result.
    """
    sources, states, merges = list(sources), list(states), list(merges)
    other_methods = any(row.kind.lane == "other" for row in sources) or any(
        row.lane == "other" for row in states
    )
    databases = _database_lane([row for row in states if row.lane == "dbr"], merges, reasons)
    others = _other_lane([row for row in states if row.lane == "other"], merges, reasons)
    pending = Pending(
        title_abstract=databases.waiting["title_abstract"],
        dbr_retrieval=databases.waiting["retrieval"],
        dbr_full_text=databases.waiting["full_text"],
        other_retrieval=others.waiting["retrieval"],
        other_full_text=others.waiting["full_text"],
        conflicts=databases.waiting["conflicts"] + others.waiting["conflicts"],
    )
    undecided = {
        str(category): databases.categories[category] + others.categories[category]
        for category in Category
    }
    unscreened = databases.counts["unscreened"]
    is_open = {**undecided, "unscreened": unscreened}
    totals = (
        {}
        if previous is None
        else {
            "previous_studies": previous.studies,
            "previous_reports": previous.reports,
            "total_studies": previous.studies + studies.studies,
            "total_reports": previous.reports + studies.reports,
        }
    )
    return Flow(
        **_sources(sources, other_methods=other_methods),
        **databases.counts,
        **(others.counts if other_methods else {}),
        **undecided,
        **{f"dbr_{kind}": databases.categories[kind] for kind in Category},
        **{f"other_{kind}": others.categories[kind] for kind in Category if other_methods},
        **totals,
        studies=studies.studies,
        reports=studies.reports,
        title_abstract_reasons=databases.title_abstract_reasons,
        dbr_excluded_reasons=databases.reasons,
        other_excluded_reasons=others.reasons,
        appraised=appraised,
        synthesised=synthesised,
        template=Template.of(updated=previous is not None, other_methods=other_methods),
        pending=pending,
        provisional=pending.total > 0
        or any(n for kind, n in is_open.items() if kind not in final_despite),
    )


@dataclass(frozen=True, slots=True)
class _Lane:
    """The counts of one lane, what waits in it, and its reasons."""

    counts: dict[str, int]
    waiting: Counter[str]
    categories: Counter[Category]
    reasons: Named
    title_abstract_reasons: Named = ()


def _database_lane(
    states: list[StateRow], merges: list[MergeRow], reasons: Mapping[str, str]
) -> _Lane:
    late = sum(row.n for row in merges if row.lane == "dbr" and row.late)
    kept = [row for row in states if not row.removed]
    sought = [row for row in kept if row.title_abstract == "include"]
    excluded = [row for row in kept if row.title_abstract == "exclude"]
    reports = _reports(sought, reasons)
    waiting = [row for row in kept if row.title_abstract in ("", "pending", "conflict")]
    reports.waiting["title_abstract"] = _sum(waiting)
    reports.waiting["conflicts"] += _sum(r for r in waiting if r.title_abstract == "conflict")
    by_automation = _sum(row for row in excluded if row.by_automation)
    counts = {
        "duplicates": sum(row.n for row in merges if row.lane == "dbr" and not row.late),
        "automation": _sum(row for row in states if row.removed == "automation"),
        "other_removed": _sum(row for row in states if row.removed == "other"),
        "unscreened": _sum(row for row in kept if row.title_abstract == "unscreened"),
        # A late duplicate was screened and sought before anyone saw that it was one.
        "screened": _sum(sought) + _sum(excluded) + late,
        "records_excluded": _sum(excluded),
        "records_excluded_by_human": _sum(excluded) - by_automation,
        "records_excluded_by_automation": by_automation,
        "dbr_sought": _sum(sought) + late,
        "late_duplicates": late,
    }
    return _Lane(
        counts | {f"dbr_{name}": n for name, n in reports.counts.items()},
        reports.waiting,
        reports.categories,
        reports.reasons,
        # Reasons are optional at title/abstract: none given at all is no breakdown.
        _by_reason(((row.title_abstract_reason, row.n) for row in excluded), reasons)
        if any(row.title_abstract_reason for row in excluded)
        else (),
    )


def _other_lane(
    states: list[StateRow], merges: list[MergeRow], reasons: Mapping[str, str]
) -> _Lane:
    aside = [
        row for row in states if row.removed or row.title_abstract in ("exclude", "unscreened")
    ]
    sought = [row for row in states if row not in aside]
    reports = _reports(sought, reasons)
    counts = {
        "not_sought": _sum(aside) + sum(row.n for row in merges if row.lane == "other"),
        "sought": _sum(sought),
        **reports.counts,
    }
    return _Lane(
        {f"other_{name}": n for name, n in counts.items()},
        reports.waiting,
        reports.categories,
        reports.reasons,
    )


def _reports(sought: list[StateRow], reasons: Mapping[str, str]) -> _Lane:
    """Return what became of the reports sought: each ends in exactly one place."""
    ends: Counter[str] = Counter()
    categories: Counter[Category] = Counter()
    excluded: list[tuple[str, int]] = []
    for row in sought:
        end = _end(row)
        ends[end] += row.n
        if end == "category":
            categories[Category(row.category)] += row.n
        elif end == "exclude":
            excluded.append((row.reason, row.n))
    return _Lane(
        {
            "not_retrieved": ends["not_retrieved"],
            "assessed": ends["include"] + ends["exclude"] + ends["category"],
            "excluded": ends["exclude"],
        },
        Counter(
            retrieval=ends["retrieval"],
            full_text=ends["full_text"],
            conflicts=_sum(
                row for row in sought if row.full_text == "conflict" and _end(row) == "full_text"
            ),
        ),
        categories,
        _by_reason(excluded, reasons),
    )


def _end(row: StateRow) -> str:
    """Return where a sought report stands.

    A final category outranks a verdict; a verdict proves that the text was at hand; a text that
    nobody has is told as such, whatever category is meant for it.
    """
    if row.full_text in ("include", "exclude") and not row.category:
        return row.full_text
    if row.retrieval == "not_retrieved":
        return "not_retrieved"
    if row.category:
        return "category"
    if row.retrieval == "retrieved" or row.full_text == "conflict":
        return "full_text"
    return "retrieval"


def _by_reason(pairs: Iterable[tuple[str, int]], reasons: Mapping[str, str]) -> Named:
    """Return (label, count) in protocol order, then reasons the protocol no longer has, by id."""
    totals: Counter[str] = Counter()
    for reason, n in pairs:
        totals[reason] += n
    later = sorted(reason for reason in totals if reason not in reasons)
    order = [*reasons, *(reason for reason in later if reason), ""]
    by_label: Counter[str] = Counter()
    for reason in order:
        if totals[reason]:
            by_label[reasons.get(reason, reason) or NO_REASON] += totals[reason]
    return tuple(by_label.items())


def _sources(rows: list[SourceRow], *, other_methods: bool) -> dict[str, int | dict[str, int]]:
    names = Counter(row.name for row in rows)
    by_kind: dict[SourceKind, dict[str, int]] = {kind: {} for kind in SourceKind}
    for row in rows:
        label = row.name if names[row.name] == 1 else f"{row.name} ({row.source})"
        by_kind[row.kind][label] = by_kind[row.kind].get(label, 0) + row.records
    counts: dict[str, int | dict[str, int]] = {
        "databases": sum(by_kind[SourceKind.DATABASE].values()),
        "registers": sum(by_kind[SourceKind.REGISTER].values()),
        "database_specific": by_kind[SourceKind.DATABASE],
        "register_specific": by_kind[SourceKind.REGISTER],
    }
    if other_methods:
        counts |= {
            "websites": sum(by_kind[SourceKind.WEBSITE].values()),
            "organisations": sum(by_kind[SourceKind.ORGANISATION].values()),
            "citations": sum(by_kind[SourceKind.CITATION_SEARCHING].values()),
            "other_sources": by_kind[SourceKind.OTHER],
        }
    return counts


def _sum(rows: Iterable[StateRow]) -> int:
    return sum(row.n for row in rows)
