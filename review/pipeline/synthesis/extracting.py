"""Extraction report by report: one's own values, and those that extractors gave differently."""

from collections.abc import Mapping
from dataclasses import dataclass

from review.pipeline.appraisal.units import included
from review.pipeline.project import Project
from review.pipeline.synthesis.extract import all_values, known
from review.pipeline.synthesis.sheet_rows import entered_rows, own_extracted, read_row
from review.pipeline.unchanged import ChangedMeanwhile
from review.store import queries
from review.store.events import Entered, EntryWithdrawn
from screening.problems import Problem, WinnowError
from synthesis.double_extraction import Standing, Value
from synthesis.extraction import AgreedExtracted, Extracted


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report: how many fields the viewer has looked for, and how many values wait for agreement."""

    key: str
    label: str
    looked: int
    fields: int
    differ: int


@dataclass(frozen=True, slots=True)
class OwnValue:
    """What one person gave for one field, and the event of it (0: not yet looked)."""

    event: int
    row: Extracted


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving a form: how many values were new, and what is wrong with others by field."""

    values: int
    wrong: Mapping[str, tuple[Problem, ...]]
    changed: bool


def report_lines(project: Project, viewer: str) -> list[ReportLine]:
    """Return every included report with how far its extraction has come for one person."""
    fields = project.protocol.extraction.fields
    looked: dict[str, set[str]] = {}
    for entered in entered_rows(project, Extracted, viewer):
        if isinstance(entered.row, Extracted):
            looked.setdefault(entered.row.report, set()).add(entered.row.field)
    waiting: dict[str, int] = {}
    for value in differing(project):
        waiting[value.report] = waiting.get(value.report, 0) + 1
    return [
        ReportLine(
            report.key,
            report.label,
            len(looked.get(report.key, set())),
            len(fields),
            waiting.get(report.key, 0),
        )
        for report in included(project)
    ]


def own_values(project: Project, report: str, viewer: str) -> dict[str, OwnValue]:
    """Return a person's own values of a report by field, those of the report as a whole."""
    found = {}
    for entered in own_extracted(project, report, viewer):
        row = entered.row
        if isinstance(row, Extracted) and not row.arm and not row.time_point:
            found[row.field] = OwnValue(entered.event, row)
    return found


def differing(project: Project, report: str | None = None) -> list[Value]:
    """Return the values to be agreed on: as many people as the protocol asks for gave them, unlike."""
    needed = project.protocol.extraction.extractors
    return [
        value
        for value in all_values(project)
        if report in (None, value.report)
        and value.standing is Standing.DIFFERS
        and len(value.rows) >= needed
    ]


def save_values(
    project: Project,
    actor: str,
    report: str,
    given: Mapping[str, Mapping[str, str]],
    seen: Mapping[str, int],
) -> Saved:
    """Save what a person gave for the fields of a report, each field on its own.

    A field that is emptied is withdrawn. What is wrong with one field does not keep the others from
    being saved; a field that was saved elsewhere since it was `seen` is not overwritten.
    """
    here = known(project)
    rows: dict[str, Extracted] = {}
    wrong: dict[str, tuple[Problem, ...]] = {}
    for field, texts in given.items():
        if not any(texts.values()):
            continue
        try:
            row = read_row(Extracted, {"report": report, "field": field, **texts}, here)
        except WinnowError as told:
            wrong[field] = told.problems
            continue
        if isinstance(row, Extracted):
            rows[field] = row
    number, changed = 0, False
    with project.write(actor) as writer:
        stands = {
            entry.values["field"]: entry
            for entry in queries.entries(writer.connection, Extracted.sheet, actor=actor)
            if entry.values.get("report") == report
            and not entry.values.get("arm")
            and not entry.values.get("time_point")
        }
        for field in given:
            value, entry = rows.get(field), stands.get(field)
            if field in wrong or (entry.values if entry else None) == (
                value.to_values() if value else None
            ):
                continue
            if seen.get(field, 0) != (entry.id if entry else 0):
                wrong[field], changed = ChangedMeanwhile(field).problems, True
            elif value is not None:
                writer.append(Entered(sheet=value.sheet, key=value.key, values=value.to_values()))
                number += 1
            elif entry is not None:
                writer.append(EntryWithdrawn(sheet=Extracted.sheet, key=entry.key))
                number += 1
    return Saved(number, wrong, changed)


def agree_on(
    project: Project, actor: str, value: Value, chosen: str, other: Mapping[str, str]
) -> None:
    """Settle a value that differs: as the extractor `chosen` gave it, or as `other` says.

    Raises WinnowError for a value that does not fit its field.
    """
    row = value.rows.get(chosen)
    texts = {k: str(v) for k, v in row.to_values().items()} if row else dict(other)
    first = next(iter(value.rows.values()))
    place = {"report": first.report, "field": first.field}
    place |= {"arm": first.arm, "time_point": first.time_point}
    checked = read_row(Extracted, {**texts, **place}, known(project))
    agreed = AgreedExtracted.model_validate(checked.to_values())
    with project.write(actor) as writer:
        writer.append(Entered(sheet=agreed.sheet, key=agreed.key, values=agreed.to_values()))
