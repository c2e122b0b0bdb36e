"""Sheets: every list a synthesis is built on, a row at a time or as a spreadsheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from review.pipeline.project import Project
from review.pipeline.synthesis.extract import import_sheets, known, sheets_to_fill, withdraw
from review.pipeline.synthesis.sheet_rows import EnteredRow, entered_rows, save_row
from review.web.downloads import SIGNED_IN, attachment
from review.web.forms import AForm
from review.web.saving import Outcome, attempt
from review.web.serving import CHECKED, AProject, AViewer, Viewer, has_role, render
from review.web.sheet_files import grids_sent, workbook
from screening.grid import Column
from screening.problems import Problem
from synthesis.row import Row
from synthesis.sheets import SHEETS, cells_of, columns

router = APIRouter()
ROLE = "author"


@dataclass(frozen=True, slots=True)
class Box:
    """One field of a row's form: a list of choices, a long text or a short one."""

    name: str
    label: str
    hint: str
    needed: bool
    choices: tuple[str, ...]
    long: bool
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list: its cells as text, who entered it, and whether it is the viewer's own."""

    event: int
    key: str
    actor: str
    own: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A sheet with its rows and a form for one more, or for the row that is opened (`seen`)."""

    sheet: str
    label: str
    part_of: tuple[str, str]
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]
    seen: int
    opened: str
    may_save: bool
    problems: tuple[Problem, ...]
    stands: tuple[tuple[str, str, str], ...]


@router.get("/sheets/{sheet}")
def sheet_page(
    request: Request, viewer: AViewer, project: AProject, sheet: str, row: int = 0
) -> Response:
    """Show a sheet; `row` is the event of the row to be opened in the form."""
    return _page(request, viewer, project, _type(sheet), opened=row)


@router.post("/sheets/{sheet}", dependencies=[CHECKED])
def save(request: Request, viewer: AViewer, project: AProject, sheet: str, form: AForm) -> Response:
    """Save one row."""
    has_role(viewer, ROLE)
    row_type = _type(sheet)
    values = form.starting("cell-")
    seen = form.number("seen")
    done = attempt(lambda: save_row(project, viewer.name, row_type, values, seen=seen))
    if done.value is None:
        return _page(request, viewer, project, row_type, opened=seen, values=values, done=done)
    viewer.session.tell(f"{row_type.label}: {done.value.key} is saved.")
    return RedirectResponse(f"/sheets/{sheet}", status_code=303)


@router.post("/sheets/{sheet}/withdraw", dependencies=[CHECKED])
def take_back(
    viewer: AViewer, project: AProject, sheet: str, key: Annotated[str, Form()]
) -> Response:
    """Take back one of the viewer's own rows."""
    has_role(viewer, ROLE)
    withdraw(project, viewer.name, _type(sheet).sheet, key)
    viewer.session.tell(f"{key} is taken back; the ledger keeps it.")
    return RedirectResponse(f"/sheets/{sheet}", status_code=303)


@router.get("/sheets/{sheet}/file.xlsx", dependencies=[SIGNED_IN])
def as_file(viewer: AViewer, project: AProject, sheet: str) -> Response:
    """Return the viewer's own rows as a spreadsheet, with a row for what still waits."""
    row_type = _type(sheet)
    grids = sheets_to_fill(project, [row_type.sheet], actor=viewer.name)
    return attachment(workbook(tuple(grids)), f"{row_type.sheet}.xlsx")


@router.post("/sheets/{sheet}/file", dependencies=[CHECKED])
def take_in(viewer: AViewer, project: AProject, sheet: str, form: AForm) -> Response:
    """Take in a filled-in spreadsheet: this sheet, or a workbook of several."""
    has_role(viewer, ROLE)
    new = import_sheets(project, grids_sent(form), viewer.name)
    viewer.session.tell(f"{form.file_name}: {new} rows are new or changed.")
    return RedirectResponse(f"/sheets/{sheet}", status_code=303)


def _type(sheet: str) -> type[Row]:
    if sheet not in SHEETS:
        raise HTTPException(404)
    return SHEETS[sheet]


def _page(  # noqa: PLR0913 - a sheet, and what is to be said of one row
    request: Request,
    viewer: Viewer,
    project: Project,
    row_type: type[Row],
    *,
    opened: int,
    values: Mapping[str, str] | None = None,
    done: Outcome[Row] | None = None,
) -> Response:
    done = done or Outcome(None)
    rows = entered_rows(project, row_type, viewer.name)
    mine = next((each for each in rows if each.event == opened and each.actor == viewer.name), None)
    if values is None:
        values = _texts(mine.row) if mine else {}
    stands = _same_named(rows, row_type, values) if done.changed else None
    seen = stands.event if stands else mine.event if mine else 0
    filled = {name for each in rows for name in _texts(each.row)}
    shown = [each for each in columns(row_type) if each.id in filled and each.width < _WIDE]
    page = SheetPage(
        sheet=row_type.sheet,
        label=row_type.label,
        part_of=_PART_OF.get(row_type.sheet, ("/synthesis", "Synthesis")),
        headings=tuple(column.title for column in shown),
        lines=tuple(_line(each, shown, viewer) for each in rows),
        boxes=tuple(_boxes(project, row_type, values)),
        seen=seen,
        opened=mine.key if mine else "",
        may_save=viewer.may(ROLE),
        problems=done.problems,
        stands=_differences(row_type, values, stands) if stands else (),
    )
    return render(request, "sheet.html", page, viewer=viewer, status=done.status)


def _line(entered: EnteredRow, shown: Sequence[Column], viewer: Viewer) -> Line:
    texts = _texts(entered.row)
    own = entered.actor == viewer.name
    cells = tuple(texts.get(column.id, "") for column in shown)
    return Line(entered.event, entered.key, entered.actor, own, cells)


def _boxes(project: Project, row_type: type[Row], values: Mapping[str, str]) -> list[Box]:
    ids = known(project).ids
    fields = row_type.model_fields
    boxes = []
    for column in columns(row_type):
        kind = row_type.refers.get(column.id, "")
        choices = column.choices or tuple(ids.get(kind, ()))
        if column.id == "field":
            choices = tuple(field.id for field in project.protocol.extraction.fields)
        value = values.get(column.id, "")
        if not value and fields[column.id].default and column.choices:
            value = str(fields[column.id].default)
        boxes.append(
            Box(
                name=f"cell-{column.id}",
                label=column.title,
                hint=fields[column.id].description or "",
                needed=column.needed,
                choices=tuple(dict.fromkeys(choices)),
                long=column.width >= _WIDE,
                value=value,
            )
        )
    return boxes


def _same_named(
    rows: Sequence[EnteredRow], row_type: type[Row], values: Mapping[str, str]
) -> EnteredRow | None:
    named = [values.get(name, "") for name in row_type.identity]
    for each in rows:
        texts = _texts(each.row)
        if [texts.get(name, "") for name in row_type.identity] == named:
            return each
    return None


def _differences(
    row_type: type[Row], values: Mapping[str, str], stands: EnteredRow
) -> tuple[tuple[str, str, str], ...]:
    there = _texts(stands.row)
    return tuple(
        (column.title, values.get(column.id, ""), there.get(column.id, ""))
        for column in columns(row_type)
        if values.get(column.id, "") != there.get(column.id, "")
    )


def _texts(row: Row) -> dict[str, str]:
    return {name: str(value) for name, value in cells_of(row).items()}


_WIDE = 40
_PART_OF = {
    "extraction": ("/extract", "Extract"),
    "extraction_agreed": ("/extract", "Extract"),
    "arms": ("/extract", "Extract"),
    "results": ("/extract", "Extract"),
    "contacts": ("/extract", "Extract"),
    "measures": ("/measures", "Measures"),
    "properties": ("/measures", "Measures"),
    "uses": ("/measures", "Measures"),
}
