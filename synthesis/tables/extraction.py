"""What was extracted from the included reports: characteristics, and the extraction tables."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from appraisal.instrument import Instrument
from appraisal.scores import UnitScores
from synthesis import trace
from synthesis.extraction import Extracted, Status
from synthesis.fields import Field, FieldType
from synthesis.findings import Finding
from synthesis.included import IncludedReport
from synthesis.tables.table import Cell, Column, Kind, Row, Table
from synthesis.tables.wording import NOT_YET, with_not_yet_note

_ABSENT = {Status.NOT_REPORTED: "Not reported", Status.NOT_APPLICABLE: "Not applicable"}
_WIDE = {FieldType.TEXT: 2.0, FieldType.CHOICES: 1.5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything a row about one included report can show.

    `values` are the rows that count: agreed ones where two extractors settled; `extractors` say who
    extracted each, by its trace (`trace.of_entry`). `scores` are keyed by unit; `measures` name the measures each report used, keyed by report.
    """

    reports: Sequence[IncludedReport]
    fields: Sequence[Field] = ()
    values: Sequence[Extracted] = ()
    extractors: Mapping[str, str] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    instrument: Instrument | None = None
    scores: Mapping[str, UnitScores] = field(default_factory=dict)
    measures: Mapping[str, Sequence[str]] = field(default_factory=dict)


def extraction_table(extraction: Extraction) -> Table:
    """Return the short extraction table: a row per report, each field and score a column."""
    return _wide(extraction, "extraction", "Study extraction table")


def characteristics_table(extraction: Extraction) -> Table:
    """Return the characteristics of the included reports (PRISMA 2020 item 17)."""
    return _wide(extraction, "characteristics", "Characteristics of the included reports")


def extraction_shown(extraction: Extraction) -> tuple[str, ...]:
    """Return the ids of the columns that the short table shows unless review.toml selects others."""
    fields = [each.id for each in extraction.fields]
    findings = [] if "findings" in fields else ["findings"]
    return ("label", *fields, *findings, *_total_ids(extraction.instrument))


def characteristics_shown(extraction: Extraction) -> tuple[str, ...]:
    """Return the ids of the columns that the table of characteristics shows by default."""
    return ("label", "study", *(each.id for each in extraction.fields))


def long_table(extraction: Extraction) -> Table:
    """Return every extracted value on a row of its own, with its place in the report and its quote."""
    columns = (
        Column("label", "Report", width=1.3),
        Column("field", "Field", width=1.2),
        Column("value", "Value", width=2.5),
        Column("arm", "Arm", optional=True),
        Column("time_point", "Time point", optional=True),
        Column("page", "Page", width=0.6, optional=True),
        Column("quote", "Quote", width=2.5, optional=True),
        Column("note", "Note", width=1.5, optional=True),
        Column("by", "Extracted by", optional=True),
    )
    fields = {each.id: each.label for each in extraction.fields}
    order = list(fields)
    rows: list[Row] = []
    for report in extraction.reports:
        own = [value for value in extraction.values if value.report == report.key]
        own.sort(
            key=lambda value: order.index(value.field) if value.field in fields else len(order)
        )
        rows += [
            _value_row(report, value, fields.get(value.field, value.field), extraction.extractors)
            for value in own
        ]
    return Table(
        id="extraction_long",
        title="Extracted values with their places",
        columns=columns,
        rows=tuple(rows),
        landscape=True,
        unit="value",
    )


def _value_row(
    report: IncludedReport, value: Extracted, label: str, extractors: Mapping[str, str]
) -> Row:
    traced = trace.of_entry(value.sheet, value.key)
    place = (value.arm, value.time_point, value.page, value.quote, value.note)
    texts = (label, _text(value), *place, extractors.get(traced, ""))
    return Row(
        (
            Cell(report.label, source=trace.of_report(report.key)),
            *(Cell(text, source=traced) for text in texts),
        ),
        key=report.key,
    )


def _wide(extraction: Extraction, table_id: str, title: str) -> Table:
    values: dict[tuple[str, str], list[Extracted]] = defaultdict(list)
    for value in extraction.values:
        values[value.report, value.field].append(value)
    findings: dict[str, list[str]] = defaultdict(list)
    for finding in extraction.findings:
        findings[finding.report].append(finding.text or finding.outcome)
    rows = tuple(_report_row(extraction, report, values, findings) for report in extraction.reports)
    table = Table(
        id=table_id,
        title=title,
        columns=tuple(_columns(extraction)),
        rows=rows,
        landscape=True,
        unit="report",
    )
    return with_not_yet_note(table)


def _columns(extraction: Extraction) -> list[Column]:
    columns = [
        Column("label", "Author & year", width=1.2),
        Column("key", "Key"),
        Column("study", "Study", width=1.2, optional=True),
        Column("title", "Title", width=2),
        Column("journal", "Journal", width=1.5),
        Column("year", "Year", Kind.NUMBER, width=0.6),
    ]
    columns += [
        Column(each.id, each.label, width=_WIDE.get(each.type, 1.0)) for each in extraction.fields
    ]
    if all(each.id != "findings" for each in extraction.fields):
        columns.append(Column("findings", "Findings & conclusions", width=3))
    columns.append(Column("measures", "Outcome measures", width=1.5))
    if instrument := extraction.instrument:
        columns += [
            Column(f"{instrument.id}.{category.id}", category.label, Kind.NUMBER, width=0.6)
            for category in instrument.categories
        ]
        labels = (f"{instrument.abbreviation} score", "%")
        columns += [
            Column(column_id, label, Kind.NUMBER, width=0.6)
            for column_id, label in zip(_total_ids(instrument), labels, strict=False)
        ]
    return columns


def _total_ids(instrument: Instrument | None) -> tuple[str, ...]:
    if instrument is None or instrument.maximum is None:
        return ()
    return (f"{instrument.id}.total", f"{instrument.id}.percent")


def _report_row(
    extraction: Extraction,
    report: IncludedReport,
    values: Mapping[tuple[str, str], Sequence[Extracted]],
    findings: Mapping[str, Sequence[str]],
) -> Row:
    about = trace.of_report(report.key)
    fields = report.fields
    cells = [
        Cell(report.label, source=about),
        Cell(report.key, source=about),
        Cell(_family(extraction, report), source=about),
        Cell(fields.title or NOT_YET, source=about),
        Cell(fields.journal or NOT_YET, source=about),
        Cell(str(fields.year) if fields.year else NOT_YET, source=about),
    ]
    cells += [_field_cell(values.get((report.key, each.id), ())) for each in extraction.fields]
    if all(each.id != "findings" for each in extraction.fields):
        cells.append(Cell("\n".join(findings.get(report.key, ())) or NOT_YET, source=about))
    cells.append(Cell("; ".join(extraction.measures.get(report.key, ())) or NOT_YET, source=about))
    if extraction.instrument:
        cells += _score_cells(extraction.instrument, report, extraction.scores)
    return Row(tuple(cells), key=report.key)


def _family(extraction: Extraction, report: IncludedReport) -> str:
    """Return the label of the study, or nothing where the report is the only one of its study."""
    same = [each for each in extraction.reports if each.study == report.study]
    own = next((each.label for each in same if each.key == report.study), same[0].label)
    return own if len(same) > 1 else ""


def _field_cell(values: Sequence[Extracted]) -> Cell:
    if not values:
        return Cell(NOT_YET)
    lines = dict.fromkeys(_placed(value) for value in values)
    return Cell("\n".join(lines), source=trace.of_entry(values[0].sheet, values[0].key))


def _placed(value: Extracted) -> str:
    place = ", ".join(part for part in (value.arm, value.time_point) if part)
    return f"{place}: {_text(value)}" if place else _text(value)


def _text(value: Extracted) -> str:
    return _ABSENT.get(value.status, value.value)


def _score_cells(
    instrument: Instrument, report: IncludedReport, scores: Mapping[str, UnitScores]
) -> list[Cell]:
    """Return the scores of the report, or of its study where the instrument appraises studies."""
    unit = report.study if instrument.unit == "study" else report.key
    own = scores.get(unit)
    numbers: list[int | str | None] = [
        own.scores.get(category.id) if own else None for category in instrument.categories
    ]
    if instrument.maximum is not None:
        numbers += [own.total, own.percent] if own else [None, None]
    traced = trace.of_score(unit)
    return [Cell(NOT_YET if number is None else str(number), source=traced) for number in numbers]
