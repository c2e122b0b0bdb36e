"""Every identity and completeness rule over the ledger, as problems."""

from appraisal.checks import check as check_appraisals
from review.pipeline.appraise import all_appraisals, all_consensuses, instrument_of, units
from review.pipeline.extract import open_differences, rows, unreadable_entries
from review.pipeline.flow import current_flow, flow_findings
from review.pipeline.gather import known_reports
from review.pipeline.load import against_reported
from review.pipeline.project import Project
from review.pipeline.tables import tables
from review.store import queries
from review.store.projections.rebuilding import Difference
from screening.problems import Problem, error, note, warning
from synthesis.checks import check_arms, check_findings, check_grades, check_indicators
from synthesis.extraction import Arm
from synthesis.findings import Finding, Indicator
from synthesis.measure_checks import check_measures
from synthesis.measures import Measure, Property, Use
from synthesis.worksheets import GradeJudgement


def check(project: Project) -> list[Problem]:
    """Return everything in the review that does not add up, is missing or is still open."""
    flow = current_flow(project)
    problems = [finding.as_problem() for finding in flow_findings(flow)]
    problems += against_reported(project)
    problems += _unfinished_loads(project)
    problems += check_appraisals(
        instrument_of(project),
        project.protocol.appraisal,
        list(units(project)),
        all_appraisals(project),
        all_consensuses(project),
    )
    problems += _known_not_found(project)
    unreadable = unreadable_entries(project)
    if not unreadable:
        problems += _synthesis(project)
        problems += tables(project)[1]
    return [*problems, *unreadable]


def rebuild(project: Project, *, repair: bool) -> list[Problem]:
    """Recompute every projection from the ledger and return each difference as an error."""
    return [_difference(each) for each in project.ledger.rebuild(repair=repair)]


def _synthesis(project: Project) -> list[Problem]:
    included = list(units(project))
    measures = rows(project, Measure)
    properties = rows(project, Property)
    uses = rows(project, Use)
    findings = rows(project, Finding)
    problems = open_differences(project)
    if measures:
        problems += check_measures(measures, properties, uses, included, project.protocol.measures)
    if findings:
        arms = rows(project, Arm)
        problems += check_findings(findings, included, project.protocol.domains, arms)
        problems += check_arms(arms)
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
