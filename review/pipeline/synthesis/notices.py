"""Retractions and corrections of the included reports: what people found, what records say."""

from dataclasses import dataclass

from review.pipeline.appraisal.units import included
from review.pipeline.project import Project
from review.pipeline.synthesis.extract import rows
from review.pipeline.synthesis.notice_records import suggested_notices
from review.store import queries
from screening.notices import Notice, NoticeStatus, gravest, notices_in
from screening.problems import Problem, note, warning
from synthesis.included import NoticeCheck
from synthesis.notices import NoticeRow


@dataclass(frozen=True, slots=True)
class _Recorded:
    """The notices that the records of one report name, and the sources that sent those records."""

    notices: list[Notice]
    sources: tuple[str, ...]


def notice_checks(project: Project) -> list[NoticeCheck] | None:
    """Return the status of each included report that is known, or None where nobody has looked.

    What a person found stands before what the records say; records speak only where they name a
    notice, for their silence proves nothing.
    """
    looked = {row.report: row for row in rows(project, NoticeRow)}
    recorded = _recorded(project)
    checks = []
    for report in included(project):
        if row := looked.get(report.key):
            checks.append(
                NoticeCheck(
                    report=report.key, status=row.status, notice=row.notice, checked=row.checked
                )
            )
        elif report.key in recorded:
            found = recorded[report.key]
            texts = dict.fromkeys(notice.text for notice in found.notices if notice.text)
            checks.append(
                NoticeCheck(
                    report=report.key,
                    status=gravest(found.notices),
                    notice="; ".join(texts),
                    checked=f"As exported from {' and '.join(found.sources)}",
                )
            )
    return checks or None


def notice_problems(project: Project) -> list[Problem]:
    """Return what a review must answer for: retracted reports, contradictions, reports not looked up."""
    looked = {row.report: row for row in rows(project, NoticeRow)}
    reports = included(project)
    labels = {report.key: report.label for report in reports}
    recorded = _recorded(project)
    problems = []
    for check in notice_checks(project) or ():
        where = labels[check.report]
        said = check.status
        if said in (NoticeStatus.RETRACTED, NoticeStatus.CONCERN):
            drawn = (
                "was retracted"
                if said == NoticeStatus.RETRACTED
                else "drew an expression of concern"
            )
            cited = f" ({check.notice})" if check.notice else ""
            problems.append(
                warning(
                    where,
                    f"This included report {drawn}{cited}. Say in the review what follows from that, or"
                    " exclude it at full text.",
                    check.report,
                )
            )
        told = recorded.get(check.report)
        if told and check.report in looked and gravest(told.notices) != said:
            problems.append(
                warning(
                    where,
                    f'The sheet "{NoticeRow.label}" says {said}, but its record from'
                    f" {' and '.join(told.sources)} says {gravest(told.notices)}. Look again.",
                    check.report,
                )
            )
    for each in suggested_notices(project):
        row = looked.get(each.report)
        if row and (row.status == each.status or each.record in row.record):
            continue
        problems.append(
            warning(
                labels[each.report],
                f"The record {each.words} looks like a notice on this included report"
                f' ({each.status}). Read it and say on the sheet "{NoticeRow.label}" what you found; if'
                f" it is about something else, leave {each.record} in the column of records there.",
                each.report,
            )
        )
    missing = [report.label for report in reports if report.key not in looked]
    if missing and reports:
        whole = len(missing) == len(reports)
        which = "any included report" if whole else "; ".join(missing)
        problems.append(
            note(
                "retractions",
                f"nobody has said whether {which} was retracted or corrected. Look it up and fill in"
                f" the sheet: winnow extract --sheet {NoticeRow.sheet} --export {NoticeRow.sheet}.csv.",
                NoticeRow.sheet,
            )
        )
    return problems


def _recorded(project: Project) -> dict[str, _Recorded]:
    """Return what records say, by report key, for the reports whose records name any notice."""
    names = {source.id: source.describe() for source in project.protocol.sources}
    found = {}
    with project.ledger.read() as conn:
        for line in queries.included_reports(conn):
            spoken = [
                (each, notices)
                for each in queries.verbatim_records(conn, line.key)
                if (notices := list(notices_in(each.record)))
            ]
            if spoken:
                sources = dict.fromkeys(names.get(each.source, each.source) for each, _ in spoken)
                found[line.standing.report_key or line.key] = _Recorded(
                    [notice for _, notices in spoken for notice in notices], tuple(sources)
                )
    return found
