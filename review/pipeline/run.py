"""Everything that needs no person, in the order of the work; each step may be done already."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from review.diagrams import diagram
from review.pipeline.adopt import adopt_protocol
from review.pipeline.appraisal.appraised_before import import_new_appraisals
from review.pipeline.check import check
from review.pipeline.flow.records import records_pages
from review.pipeline.identification.dedupe import deduplicate, import_settled, waiting
from review.pipeline.identification.load import declared_exports, load_exports
from review.pipeline.project import Project
from review.pipeline.screening.link import import_links
from review.pipeline.screening.retrieve import import_retrieval
from review.pipeline.screening.screen import import_decisions, name_sought
from review.pipeline.spreadsheets import grids_in
from review.pipeline.synthesis.drawing_aside import aside
from review.pipeline.synthesis.extract import as_sheet, import_new, unreadable_entries
from review.pipeline.synthesis.report import composed, report_inputs, write_report
from review.pipeline.synthesis.tables import write_tables
from review.store import queries
from review.store.events.base import DecisionStage
from screening.grid import Grid
from screening.problems import Problem, WinnowError, has_errors
from screening.records import Stage
from synthesis.report_inputs import ReportInputs
from synthesis.writers.table_files import Format

Say = Callable[[str], None]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run left behind: the files it wrote, and the problems it found."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """How a run tells what it does: a sentence for each step, and progress within it."""

    say: Say
    progress: Progress


def run(project: Project, actor: str, out: Path, voice: Voice, *, reason: str = "") -> Ran:
    """Run every stage that can run without a person and write the results into `out`.

    Raises WinnowError where a stage cannot go on; what came before is kept, and a second run goes
    on from there.
    """
    if adopt_protocol(project, actor, reason):
        voice.say("review.toml is in the ledger as a new version.")
    problems = _load(project, actor, voice)
    with project.ledger.read() as conn:
        if queries.record_count(conn):
            problems += _screen(project, actor, voice)
    if unreadable := unreadable_entries(project):
        raise WinnowError([*problems, *unreadable], exit_status=1)
    gathered = report_inputs(project)
    problems += check(project, gathered)
    files = write_outputs(project, out, problems, gathered[0])
    return Ran(tuple(files), tuple(problems))


def write_outputs(
    project: Project, out: Path, problems: list[Problem], inputs: ReportInputs
) -> list[Path]:
    """Write the flow, all tables, the report, the lists behind its numbers and the problems met."""
    out.mkdir(parents=True, exist_ok=True)
    flow = inputs.tables.flow
    records = records_pages(project, flow)
    with aside() as draw:
        report = composed(project, inputs, records.links, draw)
        files = [
            _write(out / "flow.svg", diagram(flow, "svg", project.protocol.flow)),
            _write(out / "flow.html", diagram(flow, "html", project.protocol.flow, records.links)),
            _write(out / "flow.json", _json(flow.boxes())),
        ]
        formats = (Format.CSV, Format.DOCX, Format.HTML)
        files += write_tables(project, out / "tables", formats, inputs.built)
        files += write_report(out, report, records)
    files.append(_write(out / "problems.json", _json([problem.as_json() for problem in problems])))
    return files


def _load(project: Project, actor: str, voice: Voice) -> list[Problem]:
    accounts = load_exports(
        project,
        list(declared_exports(project)),
        actor,
        lambda done, total: voice.progress("Loading", done, total),
    )
    fresh = [account for account in accounts if not account.known_already]
    if fresh:
        voice.say(
            f"Loaded {sum(each.records for each in fresh):,} records from {len(fresh)} files."
        )
    problems = [problem for account in fresh for problem in account.problems]
    if has_errors(problems):
        raise WinnowError(problems, exit_status=1)
    return problems


def _screen(project: Project, actor: str, voice: Voice) -> list[Problem]:
    found = deduplicate(project, actor, voice.progress)
    inputs = project.protocol.inputs
    settled = sum(
        import_settled(project, grid, actor) for _, grid in _grids(project, inputs.duplicates)
    )
    voice.say(
        f"{found.records:,} records, {found.records - found.references:,} of them merged as "
        f"duplicates; {settled:,} uncertain pairs settled by a person's word."
    )
    problems = waiting(project)
    for path, grid in _grids(project, inputs.decisions):
        new = import_decisions(project, grid, actor, stage_of(path))
        voice.say(f"{path.name}: {new:,} new decisions.")
        name_sought(project, actor)
    for path, grid in _grids(project, inputs.retrieval):
        voice.say(
            f"{path.name}: {import_retrieval(project, grid, actor):,} new outcomes of retrieval."
        )
    for path, grid in _grids(project, inputs.links):
        voice.say(f"{path.name}: {import_links(project, grid, actor):,} new links to studies.")
    for name in (*inputs.appraisals, *inputs.consensus):
        path = project.path(name)
        new, changed = import_new_appraisals(project, grids_in(path), actor)
        problems += changed
        voice.say(f"{path.name}: {new:,} new appraisals.")
    sheets = [
        as_sheet(grid, sheet)
        for sheet, names in inputs.sheets.items()
        for _, grid in _grids(project, names)
    ]
    if sheets:
        new, changed = import_new(project, sheets, actor)
        problems += changed
        voice.say(f"{', '.join(inputs.sheets)}: {new:,} new rows.")
    return problems


def _grids(project: Project, names: tuple[str, ...]) -> Iterator[tuple[Path, Grid]]:
    for name in names:
        path = project.path(name)
        for grid in grids_in(path):
            yield path, grid


def stage_of(path: Path) -> DecisionStage | None:
    """Return the stage a file of decisions is named after, for rows that do not say."""
    stages: tuple[DecisionStage, ...] = (Stage.TITLE_ABSTRACT, Stage.FULL_TEXT)
    return next((stage for stage in stages if stage in path.stem.lower()), None)


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
