"""One row of a sheet at a time: read as a sheet's row would be, and saved over what was seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError
from sqlalchemy import Connection

from review.pipeline.project import Project
from review.pipeline.synthesis.extract import OTHERS_ROW, known
from review.pipeline.unchanged import ChangedMeanwhile, append_unless_changed
from review.store import queries
from review.store.events import Entered, EntryWithdrawn
from screening.grid import grid_of
from screening.problems import WinnowError, error
from synthesis.extraction import Extracted
from synthesis.row import Row
from synthesis.sheets import Known, columns, read_sheet

BLIND: tuple[type[Row], ...] = (Extracted,)
"""Sheets that several people fill in without seeing each other's rows."""


@dataclass(frozen=True, slots=True)
class EnteredRow:
    """A row as it stands, who entered it, and the event that a newer one supersedes."""

    event: int
    actor: str
    row: Row

    @property
    def key(self) -> str:
        """Return what names the row on its sheet."""
        return self.row.key


def entered_rows(project: Project, row_type: type[Row], viewer: str) -> list[EnteredRow]:
    """Return the rows of a sheet that a viewer may see; those this version cannot read are left out."""
    with project.ledger.read() as conn:
        return _entered(conn, row_type, viewer)


def read_row(row_type: type[Row], values: Mapping[str, str], known_here: Known) -> Row:
    """Return a row as a person filled it in; raises WinnowError with everything wrong with it."""
    grid = grid_of(row_type.label, columns(row_type), [dict(values)])
    read = read_sheet(replace(grid, file=""), row_type, known_here)
    if read.problems:
        raise WinnowError(
            [error("", problem.message, problem.subject) for problem in read.problems],
            exit_status=1,
        )
    if not read.rows:
        raise WinnowError(error("", "Nothing is filled in yet."), exit_status=1)
    return read.rows[0]


def save_row(
    project: Project,
    actor: str,
    row_type: type[Row],
    values: Mapping[str, str],
    *,
    seen: int = 0,
) -> Row:
    """Append a row. `seen` is the event of the row that was opened to be changed, 0 for a new one.

    A row whose identity changes is entered anew and the old one withdrawn. Raises WinnowError for
    what is wrong with the row or where someone else has entered it, and ChangedMeanwhile where it
    was saved elsewhere since.
    """
    row = read_row(row_type, values, known(project))
    with project.write(actor) as writer:
        standing = _entered(writer.connection, row_type, actor)
        opened = next((each for each in standing if each.event == seen), None)
        if seen and opened is None:
            raise ChangedMeanwhile(row_type.label)
        same_key = [each for each in standing if each.key == row.key]
        if others := [each for each in same_key if each.actor != actor]:
            raise WinnowError(
                error(row.key, f"{others[0].actor} {OTHERS_ROW}"),
                exit_status=1,
            )
        event = Entered(sheet=row.sheet, key=row.key, values=row.to_values())
        mine = same_key[0] if same_key else None
        if mine is not None and mine.row == row:
            return row
        renamed = opened is not None and opened.key != row.key
        append_unless_changed(
            writer,
            event,
            stands=mine.event if mine else None,
            seen=0 if renamed else seen,
            where=row_type.label,
        )
        if renamed and opened is not None:
            writer.append(
                EntryWithdrawn(
                    sheet=row_type.sheet, key=opened.key, reason=f"entered anew as {row.key}"
                )
            )
    return row


def own_extracted(project: Project, report: str, actor: str) -> Sequence[EnteredRow]:
    """Return what one person has extracted from a report so far."""
    rows = entered_rows(project, Extracted, actor)
    return [each for each in rows if isinstance(each.row, Extracted) and each.row.report == report]


def _entered(conn: Connection, row_type: type[Row], viewer: str) -> list[EnteredRow]:
    actor = viewer if row_type in BLIND else None
    found = []
    for entry in queries.entries(conn, row_type.sheet, actor=actor):
        try:
            row = row_type.from_values(entry.values)
        except ValidationError:
            continue  # `winnow check` names it
        found.append(EnteredRow(entry.id, entry.actor, row))
    return found
