"""The Flow of the review as it stands, and the names of the reasons in it."""

import tomllib
from collections.abc import Mapping

from review.pipeline.project import Project
from review.store import queries
from screening.flow import Finding, Flow, Previous, check, count


def current_flow(project: Project) -> Flow:
    """Return the PRISMA 2020 counts of the review at this moment."""
    protocol = project.protocol
    previous = protocol.review.previous
    with project.ledger.read() as conn:
        appraised = {each.appraisal.unit for each in queries.appraisals(conn)}
        return count(
            queries.source_rows(conn),
            queries.state_rows(conn),
            queries.merge_rows(conn),
            queries.study_row(conn),
            reason_names(project),
            Previous(studies=previous.studies, reports=previous.reports) if previous else None,
            appraised=len(appraised) if appraised else None,
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
