"""Outcome measures group by group: what each measures, how well, and which reports used it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from synthesis import trace
from synthesis.measures import Measure, Property, PropertyKind, PropertyStatus, Use
from synthesis.tables.table import Cell, Column, Note, Row, Table
from synthesis.tables.wording import NOT_YET, with_not_yet_note

_NONE = "None reported"
_NOTHING = {PropertyStatus.NOT_REPORTED: _NONE, PropertyStatus.NOT_ASSESSED: "None assessed"}
_UNRESOLVED = Note(
    "unresolved", "The source leaves open what this figure means; it is given as printed."
)
_OPERATORS = {"<=": "\N{LESS-THAN OR EQUAL TO}", ">=": "\N{GREATER-THAN OR EQUAL TO}"}
_KINDS = {
    PropertyKind.CONVERGENT_VALIDITY: "convergent validity",
    PropertyKind.DISCRIMINANT_VALIDITY: "discriminant validity",
    PropertyKind.KNOWN_GROUPS: "known-groups validity",
    PropertyKind.PREDICTIVE_VALIDITY: "predictive validity",
    PropertyKind.DIAGNOSTIC_ACCURACY: "diagnostic accuracy",
    PropertyKind.RELIABILITY: "reliability (kind not stated)",
    PropertyKind.VALIDITY: "validity (kind not stated)",
}
# Figures of these kinds are in the measure's own units; all others are coefficients of at most 1.
_IN_OWN_UNITS = {PropertyKind.MEASUREMENT_ERROR, PropertyKind.RESPONSIVENESS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The measures of a review with their properties and uses; `groups` maps ids to headings."""

    groups: Mapping[str, str]
    measures: Sequence[Measure]
    properties: Sequence[Property] = ()
    uses: Sequence[Use] = ()


def measures_tables(measures: Measures, labels: Mapping[str, str]) -> tuple[Table, ...]:
    """Return a table per group, in the protocol's order; `labels` name the reports by key.

    Groups that measures name and the protocol does not follow at the end.
    """
    later = dict.fromkeys(m.group for m in measures.measures if m.group not in measures.groups)
    groups = {**measures.groups, **{group: group for group in later}}
    return tuple(_table(measures, group, title, labels) for group, title in groups.items())


def names_by_report(measures: Measures) -> dict[str, tuple[str, ...]]:
    """Return the abbreviation, or else the name, of each measure a report used, keyed by report."""
    names = {measure.id: measure.abbreviation or measure.name for measure in measures.measures}
    used: dict[str, dict[str, None]] = defaultdict(dict)
    for use in measures.uses:
        used[use.report][names.get(use.measure, use.measure)] = None
    return {report: tuple(found) for report, found in used.items()}


def _table(measures: Measures, group: str, title: str, labels: Mapping[str, str]) -> Table:
    own = [measure for measure in measures.measures if measure.group == group]
    properties: dict[str, list[Property]] = defaultdict(list)
    for each in sorted(measures.properties, key=lambda each: each.number):
        properties[each.measure].append(each)
    uses: dict[str, list[Use]] = defaultdict(list)
    for use in measures.uses:
        uses[use.measure].append(use)
    rows = tuple(
        _row(measure, properties.get(measure.id, []), uses.get(measure.id, []), labels)
        for measure in own
    )
    variants = sum(bool(measure.variant_of) for measure in own)
    counted = f"{len(own)} rows" if len(own) != 1 else "1 row"
    note = f"{counted}; versions and translations of one instrument have rows of their own."
    table = Table(
        id=f"measures_{group}",
        title=title,
        columns=(
            Column("measure", "Measure", width=2),
            Column("measuring", "Measuring", width=1.6),
            Column("validity_and_reliability", "Validity and reliability", width=3),
            Column("studies", "Studies", width=1.8),
            Column("origin", "Origin", width=1.3),
            Column("method", "Method"),
            Column("note", "Note", width=1.5),
        ),
        rows=rows,
        notes=(_UNRESOLVED,)
        if any(_UNRESOLVED.id in c.note_ids for r in rows for c in r.cells)
        else (),
        general_notes=(note,) if variants else (f"{counted}.",),
        landscape=True,
        unit="measure",
    )
    return with_not_yet_note(table)


MEASURES_SHOWN = ("measure", "measuring", "validity_and_reliability", "studies")


def _row(
    measure: Measure,
    properties: Sequence[Property],
    uses: Sequence[Use],
    labels: Mapping[str, str],
) -> Row:
    traced = trace.of_entry(measure.sheet, measure.key)
    unresolved = (_UNRESOLVED.id,) if any(each.unresolved for each in properties) else ()
    said = "\n".join(property_text(each) for each in properties)
    return Row(
        (
            Cell(_named(measure), source=traced),
            Cell(measure.measuring or NOT_YET, source=traced),
            Cell(said or _NONE, source=traced, note_ids=unresolved),
            Cell("; ".join(_used_by(uses, labels)) or NOT_YET, source=traced),
            Cell(measure.origin, source=traced),
            Cell(measure.method, source=traced),
            Cell(measure.note, source=traced),
        ),
        key=measure.id,
    )


def _named(measure: Measure) -> str:
    versions = [text for text in (measure.version, measure.translation) if text]
    inside = [text for text in versions if text.casefold() not in measure.name.casefold()]
    named = measure.name_with_abbreviation
    return f"{named}, {', '.join(inside)}" if inside else named


def _used_by(uses: Iterable[Use], labels: Mapping[str, str]) -> list[str]:
    times: dict[str, list[str]] = defaultdict(list)
    for use in uses:
        times[use.report] += [use.time_point] if use.time_point else []
    order = list(labels)
    reports = sorted(
        times, key=lambda key: (order.index(key) if key in labels else len(order), key)
    )
    return [
        f"{labels.get(report, report)} ({', '.join(times[report])})"
        if times[report]
        else labels.get(report, report)
        for report in reports
    ]


def property_text(each: Property) -> str:
    """Return a property as a line: "Internal consistency: Cronbach's alpha = .91 (Radloff, 1977)"."""
    label = _KINDS.get(each.property, str(each.property))
    label = label[0].upper() + label[1:]
    if each.status is not PropertyStatus.REPORTED:
        unnamed = each.property in (PropertyKind.RELIABILITY, PropertyKind.VALIDITY)
        said = _NOTHING[each.status] if unnamed else f"{label}: {each.status}"
        return f"{said} ({cited})" if (cited := _cited(each)) else said
    statistic = "" if each.statistic.casefold() == label.casefold() else each.statistic
    figure = _figure(each)
    said = f"{statistic} {figure}".strip() if statistic else figure.removeprefix("= ")
    if each.printed:
        said = f"{said}: {each.printed}" if said else each.printed
    details = [
        each.subscale,
        each.interval,
        f"n = {each.n}" if each.n is not None else "",
        each.population,
        _cited(each),
    ]
    inside = "; ".join(detail for detail in details if detail)
    return f"{label}: {said} ({inside})" if inside else f"{label}: {said}"


def _figure(each: Property) -> str:
    if each.value is not None:
        sign = _OPERATORS.get(each.operator, each.operator) or "="
        return f"{sign} {_number(each, each.value)}"
    if each.low is not None and each.high is not None:
        return f"= {_number(each, each.low)}\N{EN DASH}{_number(each, each.high)}"
    return ""


def _number(each: Property, value: float) -> str:
    """Return a figure in APA style: no zero before the point where it cannot exceed 1."""
    text = f"{value:.2f}" if round(value, 2) == value else repr(value)
    if each.property in _IN_OWN_UNITS or not -1 <= value <= 1:
        return f"{value:g}"
    return text.replace("0.", ".", 1) if abs(value) < 1 else text


def _cited(each: Property) -> str:
    if each.source and each.cited_via and each.source != each.cited_via:
        return f"{each.source}, as cited in {each.cited_via}"
    return each.source or (f"as cited in {each.cited_via}" if each.cited_via else "")
