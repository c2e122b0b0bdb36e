"""Everything the tables and the report are made from, gathered from the ledger once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from sqlalchemy import Connection

from review.pipeline.adopt import changed_sections
from review.pipeline.appraisal.appraise import settled_scores
from review.pipeline.appraisal.units import instrument_of, units
from review.pipeline.flow.flow import current_flow, reason_names
from review.pipeline.identification.known import known_references
from review.pipeline.project import Project
from review.pipeline.synthesis.agreements import agreement_of_raters, reviewer_pairs
from review.pipeline.synthesis.extract import all_values, rows
from review.pipeline.synthesis.more_tables import more_tables
from review.pipeline.synthesis.notices import notice_checks
from review.store import queries
from screening.problems import WinnowError, error
from screening.records import Category, Stage
from screening.sources import Source
from synthesis import trace
from synthesis.citations import labels
from synthesis.extraction import Contact
from synthesis.findings import Finding, Indicator, Predictor
from synthesis.included import (
    Amendment,
    ExcludedReport,
    IncludedReport,
    KnownReport,
    MissingReport,
    SearchedSource,
    UnfinishedReport,
)
from synthesis.measures import Measure, Property, Use
from synthesis.tables.inputs import TableInputs
from synthesis.themes import Presence, Quote, Theme
from synthesis.worksheets import CerqualJudgement, GradeJudgement, MissingResults, SwimItem


def table_inputs(project: Project) -> TableInputs:
    """Return the whole review as the tables need it; what is not there yet is simply empty."""
    protocol = project.protocol
    included = included_reports(project)
    settled = [
        (value.stands, value.by) for value in all_values(project) if value.stands is not None
    ]
    inputs = TableInputs(
        flow=current_flow(project),
        sources=searched_sources(project),
        known=known_reports(project),
        criteria=protocol.criteria,
        included=included,
        excluded=excluded_reports(project),
        missing=missing_reports(project),
        unfinished=unfinished_reports(project),
        fields=protocol.extraction.fields,
        extracted=[value for value, _ in settled],
        extractors={trace.of_entry(value.sheet, value.key): by for value, by in settled},
        instrument=instrument_of(project),
        appraisal=protocol.appraisal,
        scores=settled_scores(project),
        units=units(project),
        measure_groups=protocol.measures.groups,
        measures=rows(project, Measure),
        properties=rows(project, Property),
        uses=rows(project, Use),
        rate_properties=protocol.measures.ratings != "none",
        domains=protocol.domains,
        findings=rows(project, Finding),
        groupings=protocol.synthesis.group_by,
        predictors=rows(project, Predictor),
        indicators=rows(project, Indicator),
        contacts=rows(project, Contact),
        notices=notice_checks(project),
        themes=rows(project, Theme),
        presences=rows(project, Presence),
        quotes=rows(project, Quote),
        grades=rows(project, GradeJudgement),
        missing_results=rows(project, MissingResults),
        cerqual=rows(project, CerqualJudgement),
        swim=rows(project, SwimItem),
        reviewer_agreement=reviewer_pairs(project),
        rater_agreement=agreement_of_raters(project),
        amendments=amendments(project),
        abbreviations=protocol.report.abbreviations,
    )
    return replace(inputs, more=more_tables(project, inputs))


def included_reports(project: Project) -> list[IncludedReport]:
    """Return the included reports in order of their labels, each with its study."""
    with project.ledger.read() as conn:
        lines = queries.included_reports(conn)
    names = labels({_key(line): line.reference.fields for line in lines})
    reports = [
        IncludedReport(
            key=_key(line),
            label=names[_key(line)],
            study=line.standing.study or _key(line),
            fields=line.reference.fields,
        )
        for line in lines
    ]
    return sorted(reports, key=lambda report: (report.label.casefold(), report.key))


def excluded_reports(project: Project) -> list[ExcludedReport]:
    """Return the reports excluded at full text with the labels of their reasons and the notes given."""
    named = reason_names(project)
    with project.ledger.read() as conn:
        lines = queries.excluded_reports(conn)
        notes = _notes(conn, [line.key for line in lines])
    texts = labels({_key(line): line.reference.fields for line in lines})
    reports = [
        ExcludedReport(
            key=_key(line),
            label=texts[_key(line)],
            fields=line.reference.fields,
            reasons=tuple(named.get(reason, reason) for reason in line.standing.reasons),
            note=notes.get(line.key, ""),
        )
        for line in lines
    ]
    return sorted(reports, key=lambda report: (report.label.casefold(), report.key))


def missing_reports(project: Project) -> list[MissingReport]:
    """Return the reports that were sought and not retrieved, with what was said of that."""
    with project.ledger.read() as conn:
        lines = [
            line
            for line in queries.sought_reports(conn)
            if line.standing.retrieval == "not_retrieved"
        ]
        outcomes = queries.retrievals(conn)
    texts = labels({_key(line): line.reference.fields for line in lines})
    return [
        MissingReport(
            key=_key(line),
            label=texts[_key(line)],
            fields=line.reference.fields,
            reason=outcomes[line.key].reason if line.key in outcomes else "",
        )
        for line in lines
    ]


def unfinished_reports(project: Project) -> list[UnfinishedReport]:
    """Return the reports that await classification and those of ongoing studies."""
    with project.ledger.read() as conn:
        lines = queries.classified_reports(conn)
    texts = labels({_key(line): line.reference.fields for line in lines})
    return [
        UnfinishedReport(
            key=_key(line),
            label=texts[_key(line)],
            fields=line.reference.fields,
            category=Category(line.standing.category),
        )
        for line in lines
    ]


def searched_sources(project: Project) -> list[SearchedSource]:
    """Return each source of the protocol with what it brought and its strategy as run."""
    with project.ledger.read() as conn:
        counts = {each.source: each for each in queries.source_counts(conn)}
    return [
        SearchedSource(
            source=source,
            records=counts[source.id].records if source.id in counts else 0,
            unique=counts[source.id].alone if source.id in counts else None,
            strategy=_strategy(project, source),
        )
        for source in project.protocol.sources
    ]


def known_reports(project: Project) -> list[KnownReport]:
    """Return the reports the search had to find, each with the sources that brought it.

    A known report is named by its report key, its DOI, its PMID or its title.
    """
    found = []
    names = {source.id: source.describe() for source in project.protocol.sources}
    with project.ledger.read() as conn:
        held = known_references(conn, project.protocol)
        for wanted in project.protocol.known.reports:
            key = held[wanted]
            brought = [] if key is None else queries.verbatim_records(conn, key)
            sources = dict.fromkeys(names.get(each.source, each.source) for each in brought)
            found.append(KnownReport(name=wanted, found_in=tuple(sources)))
    return found


def amendments(project: Project) -> list[Amendment]:
    """Return the protocol versions after the first, with the sections each of them changed."""
    with project.ledger.read() as conn:
        versions = queries.protocol_versions(conn)
    return [
        Amendment(
            version=number,
            adopted=date.fromisoformat(later.at[:10]),
            by=later.actor,
            reason=later.reason,
            changes=changed_sections(earlier.text, later.text),
        )
        for number, (earlier, later) in enumerate(pairwise(versions), start=2)
    ]


def _notes(conn: Connection, references: Sequence[str]) -> dict[str, str]:
    """Return what reviewers noted when they assessed these reports, several notes joined."""
    notes: dict[str, list[str]] = {}
    for vote in queries.votes(conn, Stage.FULL_TEXT, references=references):
        if vote.note:
            notes.setdefault(vote.reference, []).append(vote.note)
    return {reference: " ".join(dict.fromkeys(said)) for reference, said in notes.items()}


def _key(line: queries.ReferenceLine) -> str:
    return line.standing.report_key or line.key


def _strategy(project: Project, source: Source) -> str:
    if not source.strategy_file:
        return source.strategy
    path = project.path(source.strategy_file)
    if not path.is_file():
        raise WinnowError(
            error(
                "review.toml",
                f'the search strategy of the source "{source.id}" is not there: {path}. '
                "Correct strategy_file.",
                f"sources.{source.id}",
            ),
            exit_status=1,
        )
    return path.read_text(encoding="utf-8-sig").strip()
