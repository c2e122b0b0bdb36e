"""Extraction, measures, findings and every other sheet: taken in, written out, brought together."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from pydantic import ValidationError

from review.pipeline.appraisal.units import included
from review.pipeline.filing import append_by_actor
from review.pipeline.project import Project
from review.pipeline.synthesis.notice_records import suggested_by_report
from review.store import queries
from review.store.events import Entered, EntryWithdrawn, Event
from screening.grid import Grid, grid_of
from screening.mistakes import sentence_for
from screening.problems import Problem, WinnowError, error, warning
from screening.toml_text import closest
from synthesis.double_extraction import Standing, Value, extracted_values
from synthesis.extraction import AgreedExtracted, Extracted
from synthesis.notices import NoticeRow
from synthesis.row import Row
from synthesis.sheet_templates import sheet_to_fill, waiting_rows
from synthesis.sheets import (
    SHEETS,
    Known,
    columns,
    read_sheet,
    read_workbook,
)
from synthesis.themes import Theme

UNREADABLE = "unreadable"
OTHERS_ROW = (
    "has entered this row. Ask them to change it, or to withdraw it first: two rows of one name would "
    "contradict each other."
)
AnyRow = TypeVar("AnyRow", bound=Row)


def rows(project: Project, row_type: type[AnyRow], *, actor: str | None = None) -> list[AnyRow]:
    """Return the standing rows of one sheet in the order they were entered, of all people or one.

    Extractors each have a value of their own. Of any other row several people brought, the last stands.
    """
    with project.ledger.read() as conn:
        entries = queries.entries(conn, row_type.sheet, actor=actor)
    if actor is None and row_type is not Extracted:
        entries = [*{entry.key: entry for entry in entries}.values()]
    return [row_type.from_values(entry.values) for entry in entries]


def known(project: Project) -> Known:
    """Return what sheets may refer to in this review."""
    protocol = project.protocol
    ids: dict[str, Sequence[str]] = {
        "report": [report.key for report in included(project)],
        "domain": list(protocol.domains),
        "group": list(protocol.measures.groups),
    }
    for row_type in SHEETS.values():
        if row_type.defines:
            with project.ledger.read() as conn:
                defined = [
                    str(entry.values["id"])
                    for entry in queries.entries(conn, row_type.sheet)
                    if "id" in entry.values
                ]
            ids[row_type.defines] = [*ids.get(row_type.defines, []), *defined]
    return Known(ids=ids, section=protocol.extraction)


def enter(project: Project, actor: str, row: Row) -> int:
    """Append one row of a sheet, superseding this person's earlier one of the same key."""
    with project.write(actor) as writer:
        return writer.append(Entered(sheet=row.sheet, key=row.key, values=row.to_values()))


def withdraw(project: Project, actor: str, sheet: str, key: str, reason: str = "") -> None:
    """Take back one's own row of a sheet."""
    with project.write(actor) as writer:
        writer.append(EntryWithdrawn(sheet=sheet, key=key, reason=reason))


def as_sheet(grid: Grid, name: str) -> Grid:
    """Return a worksheet under a sheet's name, where a file is said to hold that sheet.

    Raises WinnowError where there is no such sheet.
    """
    return replace(grid, sheet=sheet_type(name).label)


def import_sheets(project: Project, grids: Sequence[Grid], actor: str) -> int:
    """Take in filled sheets, and return how many rows were new or changed.

    A worksheet is known by its name, a CSV file by its own. Sheets given together may refer to each
    other. Values are extracted by each for themselves; any other row is changed by who entered it.
    Raises WinnowError with every mistake by its cell; nothing is written then.
    """
    return _take_in(project, _rows_of(project, grids), actor)


def import_new(project: Project, grids: Sequence[Grid], actor: str) -> tuple[int, list[Problem]]:
    """Take in the rows of sheets that nobody ever entered, and return how many there were.

    For files that are read at every run: a row that was changed or withdrawn elsewhere since stays so,
    whoever runs, and a warning names it. Raises WinnowError as `import_sheets` does.
    """
    read = _rows_of(project, grids)
    with project.ledger.read() as conn:
        heard: dict[tuple[str, str], list[queries.Entry]] = {}
        for entry in queries.ever_entered(conn):
            heard.setdefault((entry.sheet, entry.key), []).append(entry)
    new: list[Row] = []
    problems: list[Problem] = []
    for row in read:
        said = heard.get((row.sheet, row.key), [])
        who = [entry.actor for entry in said if entry.values == row.to_values()]
        if not who:
            new.append(row)
        elif [each for each in said if each.actor == who[-1]][-1].values != row.to_values():
            problems.append(
                warning(
                    f"{row.label}, {row.key}",
                    f"{who[-1]} has changed this since it was read from a file of [inputs]; the change "
                    "stands. Correct the file, or take the file in with winnow extract --import.",
                    row.key,
                )
            )
    return _take_in(project, new, actor), problems


def _rows_of(project: Project, grids: Sequence[Grid]) -> Sequence[Row]:
    read = read_workbook(grids, known(project))
    if read.problems:
        raise WinnowError(read.problems, exit_status=1)
    return read.rows


def _take_in(project: Project, read: Sequence[Row], actor: str) -> int:
    with project.ledger.read() as conn:
        standing = {
            (name, entry.key): entry
            for name in {row.sheet for row in read}
            for entry in queries.entries(
                conn, name, actor=actor if name == Extracted.sheet else None
            )
        }
    changed = [
        row
        for row in read
        if (entry := standing.get((row.sheet, row.key))) is None or entry.values != row.to_values()
    ]
    others = [
        error(f"{row.label}, {row.key}", f"{entry.actor} {OTHERS_ROW}")
        for row in changed
        if (entry := standing.get((row.sheet, row.key))) is not None and entry.actor != actor
    ]
    if others:
        raise WinnowError(others, exit_status=1)
    events: list[tuple[str, Event]] = [
        (actor, Entered(sheet=row.sheet, key=row.key, values=row.to_values())) for row in changed
    ]
    append_by_actor(project, events)
    return len(events)


def sheet_type(name: str) -> type[Row]:
    """Return the row type of a sheet by its name; raises WinnowError where there is none."""
    if name not in SHEETS:
        raise WinnowError(
            error(
                "",
                f'there is no sheet "{name}".{closest(name, SHEETS)} Known: {", ".join(SHEETS)}.',
            )
        )
    return SHEETS[name]


def sheets_to_fill(
    project: Project,
    names: Sequence[str],
    *,
    actor: str | None = None,
    extractor: str | None = None,
) -> list[Grid]:
    """Return sheets as filled so far, with a row for everything that still waits to be filled in.

    With an `actor` they hold that person's rows only. With an `extractor` they hold everybody's, but
    of extracted values that person's alone where several extract: they do so blind to each other.
    """
    blind = extractor if project.protocol.extraction.extractors > 1 else None
    types = [sheet_type(name) for name in names or SHEETS]
    waiting = waiting_rows(
        project.protocol.extraction,
        [report.key for report in included(project)],
        project.protocol.domains,
        [theme.id for theme in rows(project, Theme)],
        suggested_by_report(project) if NoticeRow in types else None,
    )
    return [
        sheet_to_fill(each, rows(project, each, actor=whose), waiting.get(each, ()))
        for each in types
        for whose in (actor or (blind if each is Extracted else None),)
    ]


def all_values(project: Project) -> list[Value]:
    """Return every field of every included report with how far its extraction has come."""
    with project.ledger.read() as conn:
        entries = [
            (entry.actor, Extracted.from_values(entry.values))
            for entry in queries.entries(conn, Extracted.sheet)
        ]
    return extracted_values(
        project.protocol.extraction,
        [report.key for report in included(project)],
        entries,
        rows(project, AgreedExtracted),
    )


def open_differences(project: Project) -> list[Problem]:
    """Return a warning for each value that extractors gave differently and nobody agreed on.

    It says what each gave once as many have given it as the protocol asks for, and not before.
    """
    needed = project.protocol.extraction.extractors
    return [
        warning(
            f"{value.report}, {value.field}",
            f"{' and '.join(sorted(value.rows))} gave different values{_given(value, needed)}. Agree "
            f"on one in the sheet {AgreedExtracted.label}.",
            value.report,
        )
        for value in all_values(project)
        if value.standing is Standing.DIFFERS
    ]


def _given(value: Value, needed: int) -> str:
    if len(value.rows) < needed:
        return ""
    said = (f"{who}: {row.value or row.status}" for who, row in sorted(value.rows.items()))
    return f" ({'; '.join(said)})"


def unreadable_entries(project: Project) -> list[Problem]:
    """Return an error for each stored row that this version of the sheets cannot read."""
    problems = []
    with project.ledger.read() as conn:
        for name, row_type in SHEETS.items():
            for entry in queries.entries(conn, name):
                try:
                    row_type.from_values(entry.values)
                except ValidationError as invalid:
                    problems.append(
                        error(f"{name}, {entry.key}", sentence_for(invalid.errors()[0]), UNREADABLE)
                    )
    return problems


def enter_value(project: Project, actor: str, values: dict[str, str]) -> int:
    """Append one extracted value as a person gave it, checked as a sheet's row would be.

    Raises WinnowError with everything that is wrong with it.
    """
    grid = grid_of(Extracted.label, columns(Extracted), [values])
    read = read_sheet(replace(grid, file="this value"), Extracted, known(project))
    if read.problems:
        raise WinnowError(
            [error(values["report"], problem.message) for problem in read.problems], exit_status=1
        )
    return enter(project, actor, read.rows[0])


def done_by_field(project: Project) -> dict[str, tuple[int, int]]:
    """Return for each field how many of the included reports have a settled value, and of how many."""
    done: dict[str, tuple[int, int]] = {}
    for value in all_values(project):
        settled, total = done.get(value.field, (0, 0))
        done[value.field] = (settled + (value.standing is Standing.STANDS), total + 1)
    return done
