"""Everything that the tables and figures of a review are made from, as one value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from appraisal.agreement import Agreement
from appraisal.instrument import Instrument
from appraisal.scores import UnitScores
from appraisal.section import AppraisalSection
from screening.criteria import Criterion
from screening.flow.counting import Flow
from synthesis.directions import DirectionGrid, direction_grid
from synthesis.extraction import Contact, Extracted
from synthesis.fields import Field
from synthesis.findings import Finding, Indicator, Predictor
from synthesis.grouping import Grouped, grouped_by_appraisal, grouped_by_field
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
from synthesis.section import Domain, Grouping
from synthesis.tables.agreement import ReviewerPair
from synthesis.tables.extraction import Extraction
from synthesis.tables.measures import Measures, names_by_report
from synthesis.tables.table import Table
from synthesis.themes import Presence, Quote, Theme
from synthesis.worksheets import CerqualJudgement, GradeJudgement, MissingResults, SwimItem


@dataclass(frozen=True, slots=True, kw_only=True)
class TableInputs:
    """Everything that tables are made from, already decided; the pipeline fills it from the ledger.

    `included` is in the order in which tables show reports. `extracted` are the values that count:
    agreed ones where two extractors settled; `extractors` say who extracted each. `scores` have a row per appraised unit, in order, and
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
    extractors: Mapping[str, str] = field(default_factory=dict)
    instrument: Instrument | None = None
    appraisal: AppraisalSection = field(default_factory=AppraisalSection)
    scores: Sequence[UnitScores] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    measure_groups: Mapping[str, str] = field(default_factory=dict)
    measures: Sequence[Measure] = ()
    properties: Sequence[Property] = ()
    uses: Sequence[Use] = ()
    rate_properties: bool = False
    domains: Mapping[str, Domain] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    groupings: Sequence[Grouping] = ()
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

    @property
    def study_labels(self) -> dict[str, str]:
        """Return what each column of a grid is called: a report by its label, a study by its first."""
        studies: dict[str, str] = {}
        for report in self.included:
            studies.setdefault(report.study, report.label)
        return studies | self.labels

    def scores_by_study(self) -> dict[str, UnitScores]:
        """Return the scores that stand for each study: its own, or those of its only appraised report.

        Where several reports of a study are appraised, those of the report it is named after stand
        for it, if it is: a mean of two appraisals is no score.
        """
        scores = {row.unit: row for row in self.scores if any(row.scores.values())}
        found: dict[str, UnitScores] = {}
        for study in dict.fromkeys(report.study for report in self.included):
            own = [each.key for each in self.included if each.study == study and each.key in scores]
            if study in scores:
                found[study] = scores[study]
            elif len(own) == 1:
                found[study] = scores[own[0]]
        return found

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

    def grouped(self) -> tuple[Grouped, ...]:
        """Return the studies in the groups that [synthesis] asks for, one value per grouping."""
        fields = {each.id: each for each in self.fields}
        studies = {report.key: report.study for report in self.included}
        made = []
        for each in self.groupings:
            if each.field in fields:
                field = fields[each.field]
                made.append(grouped_by_field(field, each.at, self.extracted, studies))
            elif self.instrument is not None:
                scores = self.scores_by_study()
                made.append(grouped_by_appraisal(self.instrument, studies.values(), scores))
        return tuple(made)

    def extraction(self) -> Extraction:
        """Return what rows about included reports can show as one value."""
        return Extraction(
            reports=self.included,
            fields=self.fields,
            values=self.extracted,
            extractors=self.extractors,
            findings=self.findings,
            instrument=self.instrument,
            scores={scores.unit: scores for scores in self.scores},
            measures=names_by_report(self.all_measures()),
        )
