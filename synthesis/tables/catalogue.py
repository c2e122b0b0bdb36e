"""Every table of a review, built from one value and arranged as review.toml asks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from appraisal.agreement import Agreement
from appraisal.instrument import Instrument
from appraisal.scores import UnitScores
from appraisal.section import AppraisalSection
from screening.criteria import Criterion
from screening.flow.counting import Flow
from screening.problems import Problem
from synthesis.directions import DirectionGrid, direction_grid
from synthesis.extraction import Contact, Extracted, Field
from synthesis.findings import Domain, Finding, Indicator, Predictor
from synthesis.included import (
    Amendment,
    ExcludedReport,
    IncludedReport,
    KnownReport,
    MissingReport,
    NoticeCheck,
    SearchedSource,
    UnfinishedReport,
)
from synthesis.measures import Measure, Property, Use
from synthesis.summary_of_findings import summary_of_findings
from synthesis.tables.agreement import (
    ReviewerPair,
    rater_agreement_table,
    reviewer_agreement_table,
)
from synthesis.tables.amendments import amendments_table
from synthesis.tables.certainty import cerqual_table, summary_table, swim_table
from synthesis.tables.criteria import criteria_table
from synthesis.tables.directions import (
    VOTES_SHOWN,
    directions_shown,
    directions_table,
    votes_table,
)
from synthesis.tables.extraction import (
    Extraction,
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
from synthesis.tables.measures import MEASURES_SHOWN, Measures, measures_tables, names_by_report
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
from synthesis.tables.section import TableSection, arrange, section_for, unknown_tables
from synthesis.tables.table import Table, with_used_abbreviations
from synthesis.tables.themes import themes_table
from synthesis.tables.units import by_study
from synthesis.themes import Presence, Quote, Theme, by_report
from synthesis.worksheets import CerqualJudgement, GradeJudgement, MissingResults, SwimItem


@dataclass(frozen=True, slots=True, kw_only=True)
class TableInputs:
    """Everything that tables are made from, already decided; the pipeline fills it from the ledger.

    `included` is in the order in which tables show reports. `extracted` are the values that count:
    agreed ones where two extractors settled. `scores` have a row per appraised unit, in order, and
    `units` call these by label where they are not the included reports themselves.
    `measure_groups` maps group ids to headings. `abbreviations` are the authors' own, beside those
    of measures and instrument. `notices` is None where nobody has looked for retractions.
    """

    flow: Flow
    sources: Sequence[SearchedSource] = ()
    known: Sequence[KnownReport] = ()
    criteria: Sequence[Criterion] = ()
    included: Sequence[IncludedReport] = ()
    excluded: Sequence[ExcludedReport] = ()
    missing: Sequence[MissingReport] = ()
    unfinished: Sequence[UnfinishedReport] = ()
    fields: Sequence[Field] = ()
    extracted: Sequence[Extracted] = ()
    instrument: Instrument | None = None
    appraisal: AppraisalSection = field(default_factory=AppraisalSection)
    scores: Sequence[UnitScores] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    measure_groups: Mapping[str, str] = field(default_factory=dict)
    measures: Sequence[Measure] = ()
    properties: Sequence[Property] = ()
    uses: Sequence[Use] = ()
    domains: Mapping[str, Domain] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    predictors: Sequence[Predictor] = ()
    indicators: Sequence[Indicator] = ()
    contacts: Sequence[Contact] = ()
    themes: Sequence[Theme] = ()
    presences: Sequence[Presence] = ()
    quotes: Sequence[Quote] = ()
    grades: Sequence[GradeJudgement] = ()
    missing_results: Sequence[MissingResults] = ()
    cerqual: Sequence[CerqualJudgement] = ()
    swim: Sequence[SwimItem] = ()
    reviewer_agreement: Sequence[ReviewerPair] = ()
    rater_agreement: Agreement | None = None
    amendments: Sequence[Amendment] = ()
    notices: Sequence[NoticeCheck] | None = None
    more: Sequence[Table] = ()
    abbreviations: Mapping[str, str] = field(default_factory=dict)

    @property
    def labels(self) -> dict[str, str]:
        """Return the label of each included report by key, in the order of tables."""
        return {report.key: report.label for report in self.included}

    @property
    def unit_labels(self) -> dict[str, str]:
        """Return the label of everything the instrument is about: reports, studies or results."""
        return dict(self.units) or self.labels

    def all_measures(self) -> Measures:
        """Return measures, properties and uses as one value."""
        return Measures(
            groups=self.measure_groups,
            measures=self.measures,
            properties=self.properties,
            uses=self.uses,
        )

    def grid(self, unit: str) -> DirectionGrid:
        """Return domains by reports, or by studies, with the directions of their findings."""
        studies = {report.key: report.study for report in self.included}
        return direction_grid(
            self.domains, self.findings, list(studies), studies if unit == "study" else None
        )

    def extraction(self) -> Extraction:
        """Return what rows about included reports can show as one value."""
        return Extraction(
            reports=self.included,
            fields=self.fields,
            values=self.extracted,
            findings=self.findings,
            instrument=self.instrument,
            scores={scores.unit: scores for scores in self.scores},
            measures=names_by_report(self.all_measures()),
        )


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
    problems = unknown_tables(sections, [*(table.id for table, _ in made), *OPTIONAL], name)
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
    "directions",
    "votes",
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
        strategies_table(inputs.sources), history_table(inputs.sources), known_table(inputs.known)
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
        yield rater_agreement_table(agreement, inputs.instrument, inputs.unit_labels), ()
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
