"""Lists of reports: included, excluded with reasons, not retrieved, unfinished, and their notices."""

from collections.abc import Mapping, Sequence

from screening.records import Category, Fields
from synthesis import trace
from synthesis.citations import entry, sort_key
from synthesis.extraction import Contact
from synthesis.included import (
    NOT_CHECKED,
    ExcludedReport,
    IncludedReport,
    MissingReport,
    NoticeCheck,
    UnfinishedReport,
)
from synthesis.tables.table import Cell, Column, Row, Table
from synthesis.tables.wording import NOT_YET, with_not_yet_note

_CATEGORIES = {Category.ONGOING: "Ongoing study", Category.AWAITING: "Awaiting classification"}


def included_table(reports: Sequence[IncludedReport]) -> Table:
    """Return the reference list of the included reports in APA style, by author and year."""
    labels = {report.key: report.label for report in reports}
    rows = tuple(
        Row(
            (
                _reference(report.key, report.fields, report.label),
                Cell(labels.get(report.study, report.study)),
                Cell(report.key),
            ),
            key=report.key,
        )
        for report in sorted(reports, key=lambda report: sort_key(report.label))
    )
    return Table(
        id="included",
        title="Reports included in the review",
        columns=(
            Column("reference", "Reference", width=5),
            Column("study", "Study", width=1.4),
            Column("key", "Key", width=1.2),
        ),
        rows=rows,
        unit="report",
    )


def excluded_table(reports: Sequence[ExcludedReport]) -> Table:
    """Return the reports excluded at full text with the reasons (PRISMA 2020 item 16b)."""
    rows = tuple(
        Row(
            (
                Cell(report.label, source=trace.of_report(report.key)),
                _reference(report.key, report.fields, report.label),
                Cell(report.reasons[0] if report.reasons else NOT_YET),
                Cell("; ".join(report.reasons[1:])),
                Cell(report.note),
                Cell(report.key),
            ),
            key=report.key,
        )
        for report in sorted(reports, key=lambda report: sort_key(report.label))
    )
    table = Table(
        id="excluded",
        title="Reports excluded at full text, with reasons",
        columns=(
            Column("label", "Report", width=1.3),
            Column("reference", "Reference", width=4),
            Column("reason", "Reason", width=1.8),
            Column("other_reasons", "Further reasons", width=1.5),
            Column("note", "Note", width=1.5, optional=True),
            Column("key", "Key", width=1.2),
        ),
        rows=rows,
        unit="report",
    )
    return with_not_yet_note(table)


EXCLUDED_SHOWN = ("reference", "reason", "note")


def missing_table(reports: Sequence[MissingReport]) -> Table:
    """Return the reports that were sought and not retrieved."""
    rows = tuple(
        Row(
            (_reference(report.key, report.fields, report.label), Cell(report.reason or NOT_YET)),
            key=report.key,
        )
        for report in sorted(reports, key=lambda report: sort_key(report.label))
    )
    table = Table(
        id="missing",
        title="Reports sought and not retrieved",
        columns=(Column("reference", "Reference", width=4), Column("reason", "Reason", width=1.5)),
        rows=rows,
        unit="report",
    )
    return with_not_yet_note(table)


def unfinished_table(reports: Sequence[UnfinishedReport]) -> Table:
    """Return ongoing studies and those awaiting classification: neither included nor excluded."""
    rows: list[Row] = []
    for category, heading in _CATEGORIES.items():
        own = [report for report in reports if report.category is category]
        own.sort(key=lambda report: sort_key(report.label))
        rows += [
            Row(
                (
                    _reference(report.key, report.fields, report.label),
                    Cell(heading),
                    Cell("; ".join(report.fields.registrations)),
                    Cell(report.note),
                ),
                key=report.key,
            )
            for report in own
        ]
    return Table(
        id="unfinished",
        title="Ongoing studies and studies awaiting classification",
        columns=(
            Column("reference", "Reference", width=4),
            Column("category", "Category", width=1.4),
            Column("registration", "Registration", width=1.3, optional=True),
            Column("note", "Note", width=2, optional=True),
        ),
        rows=tuple(rows),
        unit="report",
    )


def notices_table(checks: Sequence[NoticeCheck], labels: Mapping[str, str]) -> Table:
    """Return the retraction or correction status of each included report, checked or not."""
    by_report = {check.report: check for check in checks}
    rows = []
    for key, label in labels.items():
        check = by_report.get(key, NoticeCheck(report=key, status=NOT_CHECKED))
        rows.append(
            Row(
                (
                    Cell(label, source=trace.of_report(key)),
                    Cell(check.status.capitalize()),
                    Cell(check.notice),
                    Cell(check.checked or NOT_YET),
                ),
                key=key,
            )
        )
    table = Table(
        id="notices",
        title="Retractions and corrections of the included reports",
        columns=(
            Column("label", "Report", width=1.5),
            Column("status", "Status", width=1.2),
            Column("notice", "Notice", width=3, optional=True),
            Column("checked", "Checked", width=1.5),
        ),
        rows=tuple(rows),
        unit="report",
    )
    return with_not_yet_note(table)


def contacts_table(contacts: Sequence[Contact], labels: Mapping[str, str]) -> Table:
    """Return the questions put to the authors of reports, and what came of them."""
    rows = []
    for each in contacts:
        source = trace.of_entry(each.sheet, each.key)
        texts = (
            labels.get(each.report, each.report),
            each.date,
            each.person,
            each.asked,
            each.answered or "No answer",
            each.answer,
        )
        rows.append(Row(tuple(Cell(text, source=source) for text in texts), key=each.report))
    return Table(
        id="contacts",
        title="Questions put to authors of reports",
        columns=(
            Column("label", "Report", width=1.3),
            Column("date", "Asked on"),
            Column("person", "Person", optional=True),
            Column("asked", "Question", width=2.2),
            Column("answered", "Answered on"),
            Column("answer", "Answer", width=2.2, optional=True),
        ),
        rows=tuple(rows),
        unit="question",
    )


def _reference(key: str, fields: Fields, label: str) -> Cell:
    said = entry(fields, label)
    return Cell(said.text, source=trace.of_report(key), emphasis=said.emphasis)
