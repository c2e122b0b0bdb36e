"""Full texts: attached, or the reason why a report could not be had."""

import hashlib
from pathlib import Path

from review.pipeline.decision_sheet import read_named
from review.pipeline.filing import append_by_actor
from review.pipeline.naming import Names, resolve
from review.pipeline.project import Project
from review.store import queries
from review.store.events import Event, Retrieved
from screening.grid import CellValue, Column, Grid, Sheet, grid_of
from screening.problems import Problem, WinnowError, error, has_errors

FOLDER = "fulltexts"
COLUMNS = (
    Column("file", "File", needed=False, width=24),
    Column("position", "Position", needed=False, width=9),
    Column("reference", "Reference", needed=False, width=12),
    Column("report", "Report", needed=False, width=18),
    Column("title", "Title", needed=False, width=60),
    Column("outcome", "Outcome", choices=("retrieved", "not retrieved"), width=14),
    Column("reason", "Reason", needed=False, width=40),
    Column("reviewer", "Reviewer", needed=False, width=12),
)


def attach(project: Project, actor: str, report: str, pdf: Path) -> None:
    """Attach a PDF to a report; it is kept by its content beside the ledger.

    Raises WinnowError where the report is unknown or the file is no PDF.
    """
    data = pdf.read_bytes()
    if b"%PDF-" not in data[:1024]:
        raise WinnowError(
            error(
                pdf.name,
                "this is not a PDF, whatever its name. Download it again, or print the page to PDF.",
            )
        )
    store_full_text(project, actor, _reference(project, report), pdf.name, data)


def store_full_text(project: Project, actor: str, reference: str, name: str, data: bytes) -> None:
    """Keep a full text's bytes and append that its report was retrieved."""
    digest = hashlib.sha256(data).hexdigest()
    place = full_text_path(project, digest)
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        unfinished = place.with_suffix(".part")
        unfinished.write_bytes(data)
        unfinished.replace(place)
    with project.write(actor) as writer:
        writer.append(
            Retrieved(reference=reference, outcome="retrieved", file_sha256=digest, file_name=name)
        )


def full_text_path(project: Project, digest: str) -> Path:
    """Return where the full text with this SHA-256 is kept."""
    return project.directory / FOLDER / f"{digest}.pdf"


def record_outcome(
    project: Project, actor: str, report: str, *, retrieved: bool, reason: str = ""
) -> None:
    """Append that a report was or was not retrieved; the latter needs a reason.

    Raises WinnowError where the report is unknown or the reason is missing.
    """
    reference = _reference(project, report)
    if not retrieved and not reason:
        raise WinnowError(error(report, 'say why it could not be had: --reason "..."'))
    with project.write(actor) as writer:
        writer.append(
            Retrieved(
                reference=reference,
                outcome="retrieved" if retrieved else "not_retrieved",
                reason=reason,
            )
        )


def import_retrieval(project: Project, grid: Grid, actor: str) -> int:
    """Take in a sheet of retrieval outcomes, and return how many were new.

    Raises WinnowError with every mistake by its cell; nothing is written then.
    """
    sheet = Sheet(grid, COLUMNS)
    problems: list[Problem] = []
    events: list[tuple[str, Event]] = []
    with project.ledger.read() as conn:
        known = queries.retrievals(conn)
        names = Names(conn)
        for line in sheet.lines():
            outcome = line.texts.get("outcome", "").casefold().replace(" ", "_")
            if not outcome:
                continue
            if outcome not in ("retrieved", "not_retrieved"):
                sheet.mistake(line, "outcome", "Write retrieved or not retrieved.")
                continue
            reason = line.texts.get("reason", "")
            if outcome == "not_retrieved" and not reason:
                sheet.mistake(line, "reason", "Say why the report could not be had.")
            named = read_named(sheet, line)
            reference = names.reference(named, grid.place(line.row), problems)
            if reference is None:
                continue
            before = known.get(reference)
            if before and (before.outcome, before.reason) == (outcome, reason):
                continue
            who = line.texts.get("reviewer", actor)
            event = Retrieved(reference=reference, outcome=outcome, reason=reason)
            events.append((who, event))
    problems = [*sheet.problems, *problems]
    if has_errors(problems):
        raise WinnowError(problems, exit_status=1)
    append_by_actor(project, events)
    return len(events)


def _reference(project: Project, report: str) -> str:
    problems: list[Problem] = []
    with project.ledger.read() as conn:
        found = resolve(conn, report, "", problems)
    if found is None:
        raise WinnowError(problems, exit_status=1)
    return found


def to_retrieve(project: Project) -> list[queries.ReferenceLine]:
    """Return the reports that are sought and have neither been retrieved nor given up."""
    return [line for line in sought(project) if line.standing.retrieval == "pending"]


def sought(project: Project) -> list[queries.ReferenceLine]:
    """Return every report that is sought, however its retrieval stands."""
    with project.ledger.read() as conn:
        return queries.sought_reports(conn)


def retrieval_sheet(project: Project) -> Grid:
    """Return the reports to be retrieved as a sheet to fill in."""
    lines: list[dict[str, CellValue]] = [
        {
            "reference": line.key,
            "report": line.standing.report_key,
            "title": line.reference.fields.title,
        }
        for line in to_retrieve(project)
    ]
    return grid_of("Retrieval", COLUMNS, lines)
