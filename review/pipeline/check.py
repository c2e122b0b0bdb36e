"""Every identity and completeness rule over the ledger, as problems."""

from typing import Literal

from appraisal.checks import check as check_scores
from appraisal.checks import check_exclude_below, check_standing_consensus
from review.pipeline.appraisal.appraise import all_appraisals, all_consensuses, settled_scores
from review.pipeline.appraisal.units import included, instrument_of, units
from review.pipeline.flow.flow import current_flow, flow_findings
from review.pipeline.identification.load import against_reported
from review.pipeline.identification.members import database_sizes, members
from review.pipeline.project import Project
from review.pipeline.synthesis.extract import open_differences, rows, unreadable_entries
from review.pipeline.synthesis.gather import known_reports
from review.pipeline.synthesis.notices import notice_problems
from review.pipeline.synthesis.quoted import quoted_counts
from review.pipeline.synthesis.report import Gathered, report_inputs
from review.store import queries
from review.store.projections.rebuilding import Difference
from screening.flow.agreement import (
    TableRows,
    check_labels,
    check_merges,
    check_quoted,
    check_tables,
)
from screening.flow.counting import Finding as Broken
from screening.flow.counting import Flow
from screening.problems import Problem, error, note, warning
from synthesis import themes
from synthesis.checks import (
    check_arms,
    check_findings,
    check_grades,
    check_indicators,
    check_results,
)
from synthesis.effects import computed_effects
from synthesis.extraction import Arm
from synthesis.findings import Finding, Indicator
from synthesis.measure_checks import check_measures
from synthesis.measures import Measure, Property, Use
from synthesis.report_inputs import ReportInputs
from synthesis.report_outline import compose
from synthesis.results import ArmResult
from synthesis.tables.table import Table
from synthesis.worksheets import GradeJudgement


def check(project: Project, gathered: Gathered | None = None) -> list[Problem]:
    """Return everything in the review that does not add up, is missing or is still open.

    `gathered` is what the report says, where that is gathered already.
    """
    flow = current_flow(project)
    problems = [finding.as_problem() for finding in (*flow_findings(flow), *_merges(project, flow))]
    problems += [
        each.as_problem("[flow.labels]") for each in check_labels(project.protocol.flow.labels)
    ]
    problems += against_reported(project)
    problems += _unfinished_loads(project)
    problems += _appraisals(project)
    problems += _known_not_found(project)
    unreadable = unreadable_entries(project)
    if not unreadable:
        problems += _synthesis(project)
        problems += notice_problems(project)
        inputs, found = gathered or report_inputs(project, begin=False)
        problems += found
        problems += [each.as_problem("tables") for each in check_tables(flow, table_rows(inputs))]
        quoted = quoted_counts(compose(inputs))
        problems += [each.as_problem("report") for each in check_quoted(flow, quoted)]
    return [*problems, *unreadable]


def rebuild(project: Project, *, repair: bool) -> list[Problem]:
    """Recompute every projection from the ledger and return each difference as an error."""
    return [_difference(each) for each in project.ledger.rebuild(repair=repair)]


def table_rows(inputs: ReportInputs) -> TableRows:
    """Return how many rows the tables have that must have one for each thing the flow counts.

    A table of results has no such number: a report gives as many as it likes.
    """
    tables = {table.id: table for table in inputs.built}
    extraction, excluded = tables.get("extraction"), tables.get("excluded")
    instrument = inputs.tables.instrument
    scores = tables.get(instrument.id) if instrument and instrument.unit != "result" else None
    return TableRows(
        extraction=len(extraction.body) if extraction else None,
        extraction_unit=_unit(extraction),
        appraisal=len(scores.body) if scores else None,
        appraisal_unit=_unit(scores),
        excluded=len(excluded.body) if excluded else None,
    )


def _unit(table: Table | None) -> Literal["reports", "studies"]:
    return "studies" if table is not None and table.unit == "study" else "reports"


def _merges(project: Project, flow: Flow) -> list[Broken]:
    with project.ledger.read() as conn:
        return check_merges(flow, database_sizes(members(conn).values()))


def _appraisals(project: Project) -> list[Problem]:
    section = project.protocol.appraisal
    agreed = all_consensuses(project)
    with project.ledger.read() as conn:
        current = [each.id for each in queries.appraisals(conn)]
    return [
        *check_scores(
            instrument_of(project),
            section,
            list(units(project)),
            all_appraisals(project, of_any_instrument=True),
            agreed,
        ),
        *check_standing_consensus(agreed, current),
        *check_exclude_below(section, settled_scores(project)),
    ]


def _synthesis(project: Project) -> list[Problem]:
    reports = [report.key for report in included(project)]
    measures = rows(project, Measure)
    findings = rows(project, Finding)
    arms = rows(project, Arm)
    results = rows(project, ArmResult)
    problems = open_differences(project)
    if measures:
        problems += check_measures(
            measures,
            rows(project, Property),
            rows(project, Use),
            reports,
            project.protocol.measures,
        )
    if findings:
        problems += check_findings(findings, reports, project.protocol.domains, arms)
    problems += check_arms(arms)
    problems += check_results(results)
    problems += computed_effects(results, arms)[1]
    problems += themes.check(
        rows(project, themes.Theme),
        rows(project, themes.Presence),
        rows(project, themes.Quote),
        rows(project, themes.Participant),
    )
    problems += check_indicators(rows(project, Indicator))
    problems += check_grades(rows(project, GradeJudgement))
    return problems


def _difference(each: Difference) -> Problem:
    return error(
        "ledger",
        f"{each}. The ledger itself is whole; winnow check --rebuild --repair writes it anew.",
        "projection",
    )


def _unfinished_loads(project: Project) -> list[Problem]:
    with project.ledger.read() as conn:
        return [
            warning(
                load.name,
                "loading this file was interrupted; nothing of it counts yet. winnow load goes on "
                "where it stopped.",
                f"load.{load.id}",
            )
            for load in queries.unfinished_loads(conn)
        ]


def _known_not_found(project: Project) -> list[Problem]:
    known = known_reports(project)
    missed = [each for each in known if not each.found]
    problems = [
        warning(
            "review.toml",
            f'the known report "{each.name}" was found by no source. Does the search miss it, or '
            "is it named otherwise? A DOI or PMID is looked for too.",
            "known",
        )
        for each in missed
    ]
    if known and not missed:
        problems.append(note("", f"all {len(known)} known reports were found.", "known"))
    return problems
