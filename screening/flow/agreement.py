"""Whether a flow agrees with what stands beside it: merges, tables, text, wording (I1b, I12 to I14)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from screening.flow.finding import Finding, worded
from screening.flow.labels import LABELS
from screening.flow.values import Flow
from screening.problems import Severity

_UNITS = {"record": "records", "report": "reports", "study": "studies", "studies": "studies"}
_UNIT_WORD = re.compile(r"\b(record|report|stud(?:y|ies))s?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRows:
    """How many rows the tables of a review have; None where there is no such table.

    `extraction_unit` and `appraisal_unit` say what one row stands for: appraisal follows its
    instrument (the CCAT's unit is the report).
    """

    extraction: int | None = None
    extraction_unit: Literal["reports", "studies"] = "reports"
    appraisal: int | None = None
    appraisal_unit: Literal["reports", "studies"] = "reports"
    excluded: int | None = None


def check_merges(flow: Flow, sizes: Iterable[int]) -> list[Finding]:
    """Check I1b: duplicates are the surplus of each group of merged database and register records.

    `sizes` are the numbers of records behind each reference of that lane.
    """
    surplus = sum(size - 1 for size in sizes)
    if flow.duplicates is None:
        return []
    counted = flow.duplicates + (flow.late_duplicates or 0)
    return _differing("I1b", "Duplicates, early and late", counted, "the merged groups", surplus)


def check_tables(flow: Flow, rows: TableRows) -> list[Finding]:
    """Check I12: each table has one row for each thing the flow counts."""
    excluded = [flow.dbr_excluded, *([flow.other_excluded] if flow.template.other_methods else [])]
    pairs = (
        ("extraction table", rows.extraction, getattr(flow, rows.extraction_unit)),
        ("appraisal table", rows.appraisal, getattr(flow, rows.appraisal_unit)),
        (
            "list of excluded reports",
            rows.excluded,
            None if None in excluded else sum(n for n in excluded if n is not None),
        ),
    )
    return [
        finding
        for name, shown, counted in pairs
        if shown is not None and counted is not None
        for finding in _differing("I12", f"The rows of the {name}", shown, "the flow", counted)
    ]


def check_quoted(flow: Flow, quoted: Iterable[tuple[str, int]]) -> list[Finding]:
    """Check I14: numbers quoted in a text, as (id of the count, number), equal those of the diagram."""
    return [
        finding
        for name, n in quoted
        if (counted := getattr(flow, name)) is not None
        for finding in _differing(
            "I14", f"In the text, {worded(name, flow)}", n, "the flow", counted
        )
    ]


def check_labels(labels: Mapping[str, str]) -> list[Finding]:
    """Check I13: wording of the review's own, by id of the count, speaks of the unit it counts."""
    return list(_misnamed(labels))


def _misnamed(labels: Mapping[str, str]) -> Iterator[Finding]:
    for name, text in labels.items():
        first = _UNIT_WORD.search(text)
        said = _UNITS[first[1].lower()] if first else LABELS[name].unit
        if said != LABELS[name].unit:
            yield Finding(
                "I13",
                Severity.WARNING,
                f'"{text}" speaks of {said}, but {name} counts {LABELS[name].unit}: records until a'
                " report is sought, reports until it is included, studies only among what is included.",
            )


def _differing(rule: str, what: str, shown: int, against: str, counted: int) -> list[Finding]:
    if shown == counted:
        return []
    gap = shown - counted
    message = f"{what}: {shown}, but {against} gives {counted}: a gap of {gap:+d}."
    return [Finding(rule, Severity.ERROR, message, gap)]
