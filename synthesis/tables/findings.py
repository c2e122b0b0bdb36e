"""Findings one by one, and the directions they point in, domain by domain."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from synthesis import trace
from synthesis.findings import Direction, DirectionBasis, Domain, Finding, Predictor
from synthesis.included import IncludedReport
from synthesis.tables.table import Cell, Column, Kind, Row, Table

_DIRECTIONS = (
    (Direction.BETTER, "Better"),
    (Direction.NO_DIFFERENCE, "No difference"),
    (Direction.MIXED, "Mixed"),
    (Direction.WORSE, "Worse"),
    (Direction.UNKNOWN, "Unknown"),
)


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
            Column("outcome", "Outcome", width=1.4),
            Column("measure", "Measure", width=1.1),
            Column("contrast", "Contrast", width=1.1),
            Column("time_point", "Time point"),
            Column("direction", "Direction", width=0.9),
            Column("basis", "Direction read from"),
            Column("significance", "Significance"),
            Column("p", "p", width=0.7),
            Column("effect", "Effect", width=1.2),
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


def directions_table(
    findings: Sequence[Finding], reports: Sequence[IncludedReport], domains: Mapping[str, Domain]
) -> Table:
    """Return which reports point which way in each domain, grouped as the protocol groups domains.

    A report whose findings in a domain point different ways counts as mixed; those of unknown
    direction are set aside where others are known.
    """
    labels = {report.key: report.label for report in reports}
    rows: list[Row] = []
    group = ""
    by_domain = _by_domain(findings, domains)
    order = {report.key: number for number, report in enumerate(reports)}
    for domain, own in sorted(by_domain.items(), key=lambda item: _group_order(item[0], domains)):
        heading = domains[domain].group if domain in domains else ""
        if heading and heading != group:
            text = heading.replace("-", " ").replace("_", " ").capitalize()
            rows.append(Row((Cell(text),), heading=True, key=heading))
        group = heading
        ways: dict[Direction, list[str]] = defaultdict(list)
        for report in sorted({each.report for each in own}, key=lambda key: order.get(key, 10**9)):
            ways[_overall([each for each in own if each.report == report])].append(report)
        cells = [
            Cell("; ".join(labels.get(key, key) for key in ways[way])) for way, _ in _DIRECTIONS
        ]
        rows.append(Row((Cell(_label(domain, domains)), *cells), key=domain))
    significance = any(each.basis is DirectionBasis.SIGNIFICANCE for each in findings)
    caution = (
        "Some directions were read from statistical significance: no difference then means that none "
        "was shown, and no sign test is made of this grid."
    )
    return Table(
        id="directions",
        title="Direction of findings by outcome domain",
        columns=(
            Column("domain", "Domain", width=1.6),
            *(Column(way.replace(" ", "_"), label, width=1.8) for way, label in _DIRECTIONS),
        ),
        rows=tuple(rows),
        general_notes=(caution,) if significance else (),
        landscape=True,
        unit="domain",
    )


def directions_shown(table: Table) -> tuple[str, ...]:
    """Return the ids of the columns of the grid that hold anything."""
    return tuple(
        column.id
        for number, column in enumerate(table.columns)
        if any(row.cells[number].text for row in table.body) or column.id != Direction.UNKNOWN
    )


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
            Column("outcome", "Related to", width=1.5),
            Column("relation", "Relation", width=1.8),
            Column("label", "Report", width=1.3),
            Column("page", "Page", width=0.6),
            Column("note", "Note", width=1.5),
        ),
        rows=tuple(rows),
        unit="factor",
    )


def _overall(findings: Sequence[Finding]) -> Direction:
    known = {each.direction for each in findings} - {Direction.UNKNOWN}
    if not known:
        return Direction.UNKNOWN
    return known.pop() if len(known) == 1 else Direction.MIXED


def _by_domain(
    findings: Sequence[Finding], domains: Mapping[str, Domain]
) -> dict[str, list[Finding]]:
    """Return the findings by domain, in the protocol's order, unknown domains at the end."""
    found: dict[str, list[Finding]] = {domain: [] for domain in domains}
    for each in findings:
        found.setdefault(each.domain, []).append(each)
    places = {domain: number for number, domain in enumerate(found)}
    return {
        domain: found[domain]
        for domain in sorted(found, key=lambda each: _order(each, domains, places))
        if found[domain]
    }


def _order(
    domain: str, domains: Mapping[str, Domain], places: Mapping[str, int]
) -> tuple[float, int]:
    stated = domains[domain].order if domain in domains else None
    return (float("inf") if stated is None else stated, places[domain])


def _group_order(domain: str, domains: Mapping[str, Domain]) -> int:
    """Return the place of the domain's group, groups in order of their first domain."""
    groups = list(dict.fromkeys(each.group for each in domains.values()))
    return groups.index(domains[domain].group) if domain in domains else len(groups)


def _label(domain: str, domains: Mapping[str, Domain]) -> str:
    return domains[domain].label if domain in domains else domain
