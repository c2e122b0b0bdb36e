"""Reports of one study are linked, so that a study is counted once."""

from dataclasses import asdict, dataclass
from typing import Any

from review.pipeline.filing import append_by_actor
from review.pipeline.naming import resolve
from review.pipeline.project import Project
from review.store import queries
from review.store.events import Event, Linked, Unlinked
from screening.grid import Column, Grid, Sheet
from screening.identification.matching.linking import suggest_links
from screening.problems import Problem, WinnowError, has_errors

COLUMNS = (
    Column("study", "Study", width=20),
    Column("report", "Report", width=20),
    Column("reason", "Reason", needed=False, width=40),
    Column("reviewer", "Reviewer", needed=False, width=12),
)


@dataclass(frozen=True, slots=True)
class LinkSuggestion:
    """Two reports that may be of one study, how likely (an order to look in), and what speaks for it."""

    reports: tuple[str, str]
    score: float
    because: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the suggestion as JSON-ready values."""
        return {**asdict(self), "because": list(self.because), "reports": list(self.reports)}


def suggestions(project: Project) -> list[LinkSuggestion]:
    """Return pairs of reports that may be of one study, the likeliest first; nothing is linked.

    Asked of every report that is sought, because a protocol or a follow-up that is excluded still
    belongs to its study. Pairs that a person linked already are left out.
    """
    with project.ledger.read() as conn:
        lines = queries.sought_reports(conn)
    names = {line.key: line.standing.report_key or line.key for line in lines}
    studies = {line.key: line.standing.study or line.key for line in lines}
    return [
        LinkSuggestion((names[found.a], names[found.b]), found.score, found.reasons)
        for found in suggest_links([(line.key, line.reference.fields) for line in lines])
        if studies[found.a] != studies[found.b]
    ]


def link(project: Project, actor: str, study: str, reports: list[str], reason: str) -> None:
    """Say that these reports belong to one study. Raises WinnowError naming unknown reports."""
    keys = _resolved(project, reports)
    with project.write(actor) as writer:
        writer.append(Linked(study=study, reports=tuple(keys), reason=reason))


def unlink(project: Project, actor: str, reports: list[str], reason: str) -> None:
    """Say that each of these reports is a study of its own. Raises WinnowError as `link` does."""
    keys = _resolved(project, reports)
    with project.write(actor) as writer:
        writer.append(Unlinked(reports=tuple(keys), reason=reason))


def import_links(project: Project, grid: Grid, actor: str) -> int:
    """Take in a sheet of reports and their studies, and return how many links were new.

    Raises WinnowError with every mistake by its cell; nothing is written then.
    """
    sheet = Sheet(grid, COLUMNS)
    problems: list[Problem] = []
    events: list[tuple[str, Event]] = []
    with project.ledger.read() as conn:
        studies = queries.study_of(conn)
        for line in sheet.lines():
            if "study" not in line.texts or "report" not in line.texts:
                sheet.mistake(line, None, "A link needs both a study and a report.")
                continue
            key = resolve(conn, line.texts["report"], grid.place(line.row), problems)
            if key is None or studies.get(key) == line.texts["study"]:
                continue
            events.append(
                (
                    line.texts.get("reviewer", actor),
                    Linked(
                        study=line.texts["study"],
                        reports=(key,),
                        reason=line.texts.get("reason", ""),
                    ),
                )
            )
    problems = [*sheet.problems, *problems]
    if has_errors(problems):
        raise WinnowError(problems, exit_status=1)
    append_by_actor(project, events)
    return len(events)


def _resolved(project: Project, reports: list[str]) -> list[str]:
    problems: list[Problem] = []
    with project.ledger.read() as conn:
        keys = [resolve(conn, report, "", problems) for report in reports]
    if problems:
        raise WinnowError(problems, exit_status=1)
    return [key for key in keys if key is not None]
