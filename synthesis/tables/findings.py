"""Findings one by one, under the domains they belong to; factors related to gain; indicators."""

from collections.abc import Mapping, Sequence

from synthesis import trace
from synthesis.findings import Finding, Indicator, Predictor
from synthesis.included import IncludedReport
from synthesis.section import Domain, in_order
from synthesis.tables.table import Cell, Column, Kind, Row, Table


def findings_table(
    findings: Sequence[Finding],
    reports: Sequence[IncludedReport],
    domains: Mapping[str, Domain],
    measures: Mapping[str, str],
) -> Table:
    """Return every finding, under a heading for each domain; `measures` are names by id.

    Findings of one domain follow the order of `reports`, then their own numbers.
    """
    labels = {report.key: report.label for report in reports}
    place = {report.key: number for number, report in enumerate(reports)}
    rows: list[Row] = []
    for domain, own in _by_domain(findings, domains).items():
        own.sort(key=lambda each: (place.get(each.report, len(place)), each.report, each.number))
        rows.append(Row((Cell(_label(domain, domains)),), heading=True, key=domain))
        rows += [_finding(each, labels, measures) for each in own]
    return Table(
        id="findings",
        title="Findings of the included reports by outcome domain",
        columns=(
            Column("label", "Report", width=1.3),
            Column("outcome", "Outcome", width=1.4, optional=True),
            Column("measure", "Measure", width=1.1, optional=True),
            Column("contrast", "Contrast", width=1.1),
            Column("time_point", "Time point", optional=True),
            Column("direction", "Direction", width=0.9),
            Column("basis", "Direction read from"),
            Column("significance", "Significance"),
            Column("p", "p", width=0.7, optional=True),
            Column("effect", "Effect", width=1.2, optional=True),
            Column("n", "n", Kind.NUMBER, width=0.5),
            Column("finding", "Finding", width=3),
            Column("page", "Page", width=0.6),
        ),
        rows=tuple(rows),
        general_notes=(
            "The direction of a finding says nothing of its size or of its statistical significance.",
        )
        if rows
        else (),
        abbreviations=(("ns", "not significant"),),
        landscape=True,
        unit="finding",
    )


FINDINGS_SHOWN = (
    "label",
    "outcome",
    "measure",
    "time_point",
    "direction",
    "p",
    "effect",
    "finding",
)


def _finding(each: Finding, labels: Mapping[str, str], measures: Mapping[str, str]) -> Row:
    traced = trace.of_entry(each.sheet, each.key)
    texts = (
        labels.get(each.report, each.report),
        each.outcome,
        measures.get(each.measure, each.measure),
        each.contrast,
        each.time_point,
        str(each.direction),
        str(each.basis),
        str(each.significance),
        each.p,
        each.effect,
        "" if each.n is None else str(each.n),
        each.text,
        each.page,
    )
    return Row(tuple(Cell(text, source=traced) for text in texts), key=each.report)


def predictors_table(predictors: Sequence[Predictor], labels: Mapping[str, str]) -> Table:
    """Return the factors that reports relate to gain."""
    rows = []
    for each in predictors:
        traced = trace.of_entry(each.sheet, each.key)
        texts = (
            each.factor,
            each.outcome,
            each.relation,
            labels.get(each.report, each.report),
            each.page,
            each.note,
        )
        rows.append(Row(tuple(Cell(text, source=traced) for text in texts), key=each.report))
    return Table(
        id="predictors",
        title="Factors related to gain",
        columns=(
            Column("factor", "Factor", width=2),
            Column("outcome", "Related to", width=1.5, optional=True),
            Column("relation", "Relation", width=1.8),
            Column("label", "Report", width=1.3),
            Column("page", "Page", width=0.6, optional=True),
            Column("note", "Note", width=1.5, optional=True),
        ),
        rows=tuple(rows),
        unit="factor",
    )


def indicators_table(indicators: Sequence[Indicator], labels: Mapping[str, str]) -> Table:
    """Return shares beside the thresholds set for them, as counts out of how many where these are given."""
    rows = []
    for each in indicators:
        share = f"{each.count} of {each.of}" if each.count is not None and each.of else ""
        traced = trace.of_entry(each.sheet, each.key)
        texts = (
            each.name,
            each.question,
            labels.get(each.report, each.report),
            each.group,
            each.time_point,
            share,
            "" if each.percent is None else f"{each.percent:g}",
            "" if each.threshold is None else f"{each.threshold:g}",
            each.page,
            each.note,
        )
        rows.append(Row(tuple(Cell(text, source=traced) for text in texts), key=each.report))
    return Table(
        id="indicators",
        title="Indicators beside their thresholds",
        columns=(
            Column("indicator", "Indicator", width=2),
            Column("question", "Question", width=1.8, optional=True),
            Column("label", "Report", width=1.3),
            Column("group", "Group", width=1.2, optional=True),
            Column("time_point", "Time point", optional=True),
            Column("share", "Count", optional=True),
            Column("percent", "%", Kind.NUMBER, width=0.6, optional=True),
            Column("threshold", "Threshold, %", Kind.NUMBER, width=0.8, optional=True),
            Column("page", "Page", width=0.6, optional=True),
            Column("note", "Note", width=1.5, optional=True),
        ),
        rows=tuple(rows),
        landscape=True,
        unit="indicator",
    )


def _by_domain(
    findings: Sequence[Finding], domains: Mapping[str, Domain]
) -> dict[str, list[Finding]]:
    """Return the findings by domain, in the protocol's order, unknown domains at the end."""
    found: dict[str, list[Finding]] = {domain: [] for domain in in_order(domains)}
    for each in findings:
        found.setdefault(each.domain, []).append(each)
    return {domain: own for domain, own in found.items() if own}


def _label(domain: str, domains: Mapping[str, Domain]) -> str:
    return domains[domain].label if domain in domains else domain
