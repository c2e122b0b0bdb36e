"""The Flow of the review as it stands, and the names of the reasons in it."""

import tomllib
from collections.abc import Mapping, Sequence

from review.pipeline.project import Project
from review.store import queries
from screening.flow.counting import Finding, Flow, Previous, check, count


def current_flow(project: Project, groups: Sequence[queries.FlowGroup] | None = None) -> Flow:
    """Return the PRISMA 2020 counts of the review at this moment.

    `groups` are what `queries.flow_groups` says, where it was asked already.
    """
    protocol = project.protocol
    previous = protocol.review.previous
    reasons = reason_names(project)
    appraised, synthesised = appraised_reports(project), synthesised_studies(project)
    with project.ledger.read() as conn:
        return count(
            queries.source_rows(conn),
            *queries.flow_rows(queries.flow_groups(conn) if groups is None else groups),
            queries.study_row(conn),
            reasons,
            Previous(studies=previous.studies, reports=previous.reports) if previous else None,
            appraised=len(appraised) if appraised else None,
            synthesised=len(synthesised) if synthesised else None,
            final_despite=protocol.flow.final_despite,
        )


def flow_findings(flow: Flow) -> list[Finding]:
    """Return every identity that the flow breaks."""
    return list(check(flow))


def reason_names(project: Project) -> dict[str, str]:
    """Return the label of every exclusion reason by id, in protocol order.

    Reasons that only an earlier version of the protocol knows follow those of today.
    """
    with project.ledger.read() as conn:
        versions = queries.protocol_versions(conn)
    names: dict[str, str] = {}
    for text in (project.text, *(version.text for version in reversed(versions))):
        for reason, name in _names_in(tomllib.loads(text)).items():
            names.setdefault(reason, name)
    return names


def appraised_reports(project: Project) -> set[str]:
    """Return the included reports that a rater has completed an appraisal of."""
    with project.ledger.read() as conn:
        complete = [
            each.appraisal.unit for each in queries.appraisals(conn) if each.appraisal.complete
        ]
    if not complete:
        return set()
    from review.pipeline.appraisal.appraised_units import reports_of_units
    from review.pipeline.appraisal.units import included, instrument_of

    return reports_of_units(instrument_of(project), included(project), complete)


def synthesised_studies(project: Project) -> set[str]:
    """Return the included studies that the synthesis speaks of: by a finding, a share or a theme."""
    with project.ledger.read() as conn:
        if not queries.anything_entered(conn):
            return set()
        from synthesis.findings import Finding as Result
        from synthesis.findings import Indicator
        from synthesis.themes import Presence

        told = {
            entry.values.get("report")
            for sheet in (Result.sheet, Indicator.sheet, Presence.sheet)
            for entry in queries.entries(conn, sheet)
        }
    if not told:
        return set()
    from review.pipeline.appraisal.units import included

    return {report.study for report in included(project) if report.key in told}


def _names_in(data: Mapping[str, object]) -> dict[str, str]:
    """Read reasons and criteria leniently: an old text need not be valid today."""
    criteria = {
        str(entry["id"]): str(
            entry.get("label") or str(entry["id"]).replace("-", " ").replace("_", " ").capitalize()
        )
        for entry in _tables(data.get("criteria"))
        if "id" in entry
    }
    names: dict[str, str] = {}
    screening = data.get("screening")
    for stage in ("full_text", "title_abstract"):
        section = screening.get(stage) if isinstance(screening, Mapping) else None
        reasons = section.get("reasons") if isinstance(section, Mapping) else None
        for reason in reasons if isinstance(reasons, list) else []:
            if isinstance(reason, str):
                names.setdefault(reason, criteria.get(reason, reason))
            elif isinstance(reason, Mapping) and "id" in reason:
                fallback = criteria.get(str(reason["id"]), str(reason["id"]))
                names.setdefault(str(reason["id"]), str(reason.get("label") or fallback))
    return {**names, **{name: label for name, label in criteria.items() if name not in names}}


def _tables(value: object) -> list[Mapping[str, object]]:
    return (
        [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []
    )
