"""Every table of a review, built from one value and arranged as review.toml asks."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from screening.problems import Problem
from synthesis.summary_of_findings import summary_of_findings
from synthesis.tables.agreement import (
    rater_agreement_table,
    reviewer_agreement_table,
)
from synthesis.tables.amendments import amendments_table
from synthesis.tables.arranging import arrange, section_for, unknown_tables
from synthesis.tables.certainty import cerqual_table, summary_table, swim_table
from synthesis.tables.criteria import criteria_table
from synthesis.tables.directions import (
    VOTES_SHOWN,
    directions_shown,
    directions_table,
    votes_table,
)
from synthesis.tables.extraction import (
    characteristics_shown,
    characteristics_table,
    extraction_shown,
    extraction_table,
    long_table,
)
from synthesis.tables.findings import (
    FINDINGS_SHOWN,
    findings_table,
    indicators_table,
    predictors_table,
)
from synthesis.tables.flow_counts import flow_table
from synthesis.tables.groups import groups_table
from synthesis.tables.inputs import TableInputs
from synthesis.tables.measures import MEASURES_SHOWN, measures_tables
from synthesis.tables.properties import properties_table
from synthesis.tables.reports import (
    EXCLUDED_SHOWN,
    contacts_table,
    excluded_table,
    included_table,
    missing_table,
    notices_table,
    unfinished_table,
)
from synthesis.tables.scores import scores_table
from synthesis.tables.search import (
    SOURCES_SHOWN,
    history_table,
    known_table,
    sources_table,
    strategies_table,
)
from synthesis.tables.section import TableSection
from synthesis.tables.table import Table, with_used_abbreviations
from synthesis.tables.themes import themes_table
from synthesis.tables.units import by_study
from synthesis.themes import by_report

Shown = tuple[str, ...]


def build(
    inputs: TableInputs, sections: Mapping[str, TableSection], *, name: str = "review.toml"
) -> tuple[tuple[Table, ...], list[Problem]]:
    """Return all tables in the order of a report, and a problem for each thing asked for in vain.

    Tables that always belong to a review (criteria, extraction, scores, excluded ...) come even when
    they have no rows yet; the others only where there is something to show. `name` is the file that
    `sections` come from, for messages.
    """
    made = list(_made(inputs, sections))
    tables: list[Table] = []
    groups = [f"groups_{each.field}" for each in inputs.groupings]
    known = [*(table.id for table, _ in made), *OPTIONAL, *groups]
    problems = unknown_tables(sections, known, name)
    abbreviations = _abbreviations(inputs)
    for table, shown in made:
        section = section_for(table.id, sections)
        arranged, found = arrange(table, section, shown, name=name)
        problems += found
        if section.unit == "study":
            arranged = by_study(arranged, inputs.included)
        arranged = with_used_abbreviations(arranged, abbreviations)
        tables.append(replace(arranged, provisional=inputs.flow.provisional))
    return tuple(tables), problems


OPTIONAL = (
    "strategies",
    "history",
    "known",
    "missing",
    "unfinished",
    "notices",
    "extraction_long",
    "measures",
    "properties",
    "directions",
    "votes",
    "groups",
    "findings",
    "predictors",
    "indicators",
    "summary",
    "themes",
    "cerqual",
    "swim",
    "contacts",
    "amendments",
    "agreement_appraisal",
    "agreement_screening",
    "agreement_reasons",
    "overlap",
    "overlap_combinations",
    "arms",
    "effects",
    "combined_p",
    "quotes",
    "grade",
    "missing_results",
    "popay",
)
"""Tables a review may have: a section for one that is not there yet is no mistake."""


def _made(
    inputs: TableInputs, sections: Mapping[str, TableSection]
) -> Iterator[tuple[Table, Shown]]:
    labels, extraction = inputs.labels, inputs.extraction()
    yield sources_table(inputs.sources), SOURCES_SHOWN
    yield from _where_any(
        strategies_table(inputs.sources),
        history_table(inputs.sources),
        known_table(inputs.known, inputs.labels),
    )
    yield criteria_table(inputs.criteria, labels), ()
    yield flow_table(inputs.flow), ()
    yield excluded_table(inputs.excluded), EXCLUDED_SHOWN
    yield from _where_any(missing_table(inputs.missing), unfinished_table(inputs.unfinished))
    yield included_table(inputs.included), ("reference",)
    if inputs.notices is not None:
        yield notices_table(inputs.notices, labels), ()
    yield characteristics_table(extraction), characteristics_shown(extraction)
    yield extraction_table(extraction), extraction_shown(extraction)
    yield from _where_any(long_table(extraction))
    if inputs.instrument is not None:
        yield (
            scores_table(inputs.instrument, inputs.scores, inputs.unit_labels, inputs.appraisal),
            (),
        )
    for table in measures_tables(inputs.all_measures(), labels):
        yield table, MEASURES_SHOWN
    if inputs.rate_properties:
        yield from _where_any(properties_table(inputs.all_measures()))
    yield from _synthesis(inputs, section_for("directions", sections).unit)
    yield from _conduct(inputs)
    yield from _where_any(*inputs.more)


def _synthesis(inputs: TableInputs, unit: str) -> Iterator[tuple[Table, Shown]]:
    if inputs.findings:
        measures = {each.id: each.abbreviation or each.name for each in inputs.measures}
        findings = findings_table(inputs.findings, inputs.included, inputs.domains, measures)
        directions = directions_table(inputs.grid(unit), inputs.labels)
        yield directions, directions_shown(directions)
        yield votes_table(inputs.grid("study")), VOTES_SHOWN
        for grouped in inputs.grouped():
            yield groups_table(inputs.grid("study"), grouped, inputs.study_labels), ()
        yield findings, FINDINGS_SHOWN
        if inputs.grades or inputs.missing_results:
            lines = summary_of_findings(inputs.grid("study"), inputs.grades, inputs.missing_results)
            yield summary_table(lines), ()
    yield from _where_any(
        predictors_table(inputs.predictors, inputs.labels),
        indicators_table(inputs.indicators, inputs.labels),
    )
    if inputs.themes:
        grid = by_report(inputs.themes, inputs.presences, inputs.quotes, list(inputs.labels))
        yield themes_table(grid, inputs.labels), ()
    names = {theme.id: theme.name for theme in inputs.themes}
    yield from _where_any(cerqual_table(inputs.cerqual, names))
    if inputs.swim:
        yield swim_table(inputs.swim), ()


def _conduct(inputs: TableInputs) -> Iterator[tuple[Table, Shown]]:
    yield from _where_any(reviewer_agreement_table(inputs.reviewer_agreement))
    if inputs.rater_agreement is not None and inputs.instrument is not None:
        agreement = inputs.rater_agreement
        calibrated = inputs.appraisal.calibration.units
        labels = inputs.unit_labels
        yield rater_agreement_table(agreement, inputs.instrument, labels, calibrated), ()
    yield from _where_any(
        contacts_table(inputs.contacts, inputs.labels), amendments_table(inputs.amendments)
    )


def _where_any(*tables: Table) -> Iterator[tuple[Table, Shown]]:
    return ((table, ()) for table in tables if table.rows)


def _abbreviations(inputs: TableInputs) -> dict[str, str]:
    """Return every abbreviation known, one that stands for two things with both."""
    known = dict(inputs.abbreviations)
    if inputs.instrument is not None:
        known.setdefault(inputs.instrument.abbreviation, inputs.instrument.name)
    meanings: dict[str, dict[str, None]] = {}
    for measure in inputs.measures:
        if measure.abbreviation:
            meanings.setdefault(measure.abbreviation, {})[measure.name] = None
    return {short: " or ".join(names) for short, names in meanings.items()} | known
