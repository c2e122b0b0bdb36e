"""Extract: the protocol's fields for one report beside its full text, and what extractors agree on."""

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from review.pipeline.appraisal.rating import FullText, full_text_of
from review.pipeline.appraisal.units import included
from review.pipeline.project import Project
from review.pipeline.synthesis.extract import import_sheets, sheets_to_fill
from review.pipeline.synthesis.extracting import (
    ReportLine,
    agree_on,
    differing,
    own_values,
    report_lines,
    save_values,
)
from review.web.downloads import SIGNED_IN, attachment
from review.web.forms import AForm
from review.web.made import SheetLink, sheet_links
from review.web.saving import attempt, autosaved, status_of
from review.web.serving import CHECKED, AProject, AViewer, Viewer, has_role, render
from review.web.sheet_files import grids_sent, workbook
from screening.problems import Problem, error
from synthesis.double_extraction import Value
from synthesis.extraction import AgreedExtracted, Arm, Contact, Extracted, Status
from synthesis.fields import Field, FieldType
from synthesis.results import ArmResult

router = APIRouter()
ROLE = "author"
_PARTS = ("value", "status", "page", "quote", "note")


@dataclass(frozen=True, slots=True)
class ExtractPage:
    """The included reports with how far extraction has come for the viewer, and the sheets beside it."""

    extractors: int
    lines: tuple[ReportLine, ...]
    sheets: tuple[SheetLink, ...]


@dataclass(frozen=True, slots=True)
class FieldPart:
    """One field of the form with what the viewer has given; `seen` is the event of that."""

    field: Field
    choices: tuple[str, ...]
    hint: str
    long: bool
    given: dict[str, str]
    seen: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ExtractFormPage:
    """The viewer's own values of one report; nothing of any other extractor's is in it."""

    report: str
    label: str
    rule: str
    parts: tuple[FieldPart, ...]
    statuses: tuple[str, ...]
    full_text: FullText
    differ: int
    after: str
    may_save: bool
    wrong: int


@dataclass(frozen=True, slots=True)
class AgreePage:
    """The values of one report that extractors gave differently, all of them having given one."""

    report: str
    label: str
    values: tuple[tuple[Field, Value], ...]
    may_save: bool
    problems: tuple[Problem, ...]


@router.get("/extract")
def extract_page(request: Request, viewer: AViewer, project: AProject) -> Response:
    """List the reports to extract from."""
    page = ExtractPage(
        project.protocol.extraction.extractors,
        tuple(report_lines(project, viewer.name)),
        sheet_links(project, viewer.name, Extracted, AgreedExtracted, Arm, ArmResult, Contact),
    )
    return render(request, "extract.html", page, viewer=viewer)


@router.get("/extract/form")
def form_page(request: Request, viewer: AViewer, project: AProject, report: str) -> Response:
    """Show the form for one report."""
    return _form(request, viewer, project, report)


@router.post("/extract/form", dependencies=[CHECKED])
def save_form(request: Request, viewer: AViewer, project: AProject, form: AForm) -> Response:
    """Save the viewer's values, each field on its own."""
    has_role(viewer, ROLE)
    report = form.text("report")
    label = _label(project, report)
    fields = [field.id for field in project.protocol.extraction.fields]
    given = {
        field: {part: form.text(f"{part}-{field}") for part in _PARTS}
        for field in fields
        if f"value-{field}" in form.fields
    }
    seen = {field: form.number(f"seen-{field}") for field in fields}
    saved = save_values(project, viewer.name, report, given, seen)
    if "x-autosave" in request.headers:
        return _told(project, viewer, report, len(saved.wrong))
    if saved.wrong:
        kept = Kept(given, dict(saved.wrong), saved.changed)
        return _form(request, viewer, project, report, kept=kept)
    viewer.session.tell(f"{label}: {saved.values} values are new or changed.")
    following = _after(project, viewer.name, report) if form.text("action") == "next" else report
    address = f"/extract/form?{urlencode({'report': following})}" if following else "/extract"
    return RedirectResponse(address, status_code=303)


@router.get("/extract/agree")
def agree_page(request: Request, viewer: AViewer, project: AProject, report: str) -> Response:
    """Show what extractors gave differently."""
    return _agree(request, viewer, project, report)


@router.post("/extract/agree", dependencies=[CHECKED])
def agreed(request: Request, viewer: AViewer, project: AProject, form: AForm) -> Response:
    """Settle one value that differs."""
    has_role(viewer, ROLE)
    report, place = form.text("report"), form.text("place")
    value = next((each for each in differing(project, report) if place_of(each) == place), None)
    if value is None:
        gone = error("", "This value differs no longer; nothing was saved.")
        return _agree(request, viewer, project, report, (gone,))
    other = {part: form.text(part) for part in _PARTS}
    done = attempt(lambda: agree_on(project, viewer.name, value, form.text("chosen"), other))
    if done.problems:
        return _agree(request, viewer, project, report, done.problems)
    viewer.session.tell("Agreed. What each extractor gave is kept.")
    return RedirectResponse(f"/extract/agree?{urlencode({'report': report})}", status_code=303)


@router.get("/extract/sheet.xlsx", dependencies=[SIGNED_IN])
def sheet(viewer: AViewer, project: AProject) -> Response:
    """Return the viewer's values as a sheet, with a row for every field that still waits."""
    grids = sheets_to_fill(project, [Extracted.sheet], actor=viewer.name)
    return attachment(workbook(tuple(grids)), "extraction.xlsx")


@router.post("/extract/sheet", dependencies=[CHECKED])
def take_in(viewer: AViewer, project: AProject, form: AForm) -> Response:
    """Take in a filled-in sheet, or a workbook of several."""
    has_role(viewer, ROLE)
    new = import_sheets(project, grids_sent(form), viewer.name)
    viewer.session.tell(f"{form.file_name}: {new} rows are new or changed.")
    return RedirectResponse("/extract", status_code=303)


def place_of(value: Value) -> str:
    """Return what names a value among those of its report."""
    row = next(iter(value.rows.values()))
    return f"{row.field}/{row.arm}/{row.time_point}"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a person had filled in when something was amiss, so that nothing of it is lost."""

    given: dict[str, dict[str, str]]
    wrong: dict[str, tuple[Problem, ...]]
    changed: bool


def _form(
    request: Request,
    viewer: Viewer,
    project: Project,
    report: str,
    *,
    kept: Kept | None = None,
) -> Response:
    section = project.protocol.extraction
    own = own_values(project, report, viewer.name)
    parts = []
    for field in section.fields:
        mine = own.get(field.id)
        given = {k: str(v) for k, v in mine.row.to_values().items()} if mine else {}
        problems = kept.wrong.get(field.id, ()) if kept else ()
        shown = kept.given[field.id] if kept and problems and field.id in kept.given else given
        parts.append(
            FieldPart(
                field=field,
                choices=("yes", "no") if field.type is FieldType.YES_NO else _choices(field),
                hint=_hint(field),
                long=field.type is FieldType.TEXT,
                given={part: shown.get(part, "") for part in _PARTS},
                seen=mine.event if mine else 0,
                problems=problems,
            )
        )
    page = ExtractFormPage(
        report=report,
        label=_label(project, report),
        rule=section.selection_rule,
        parts=tuple(parts),
        statuses=tuple(Status),
        full_text=full_text_of(project, report),
        differ=len(differing(project, report)),
        after=_after(project, viewer.name, report),
        may_save=viewer.may(ROLE),
        wrong=len(kept.wrong) if kept else 0,
    )
    status = status_of(kept, changed=kept is not None and kept.changed)
    return render(request, "extract_form.html", page, viewer=viewer, status=status)


def _agree(
    request: Request,
    viewer: Viewer,
    project: Project,
    report: str,
    problems: tuple[Problem, ...] = (),
) -> Response:
    section = project.protocol.extraction
    page = AgreePage(
        report,
        _label(project, report),
        tuple((section.field(value.field), value) for value in differing(project, report)),
        viewer.may(ROLE),
        problems,
    )
    status = 422 if problems else 200
    return render(request, "extract_agree.html", page, viewer=viewer, status=status)


def _told(project: Project, viewer: Viewer, report: str, wrong: int) -> Response:
    own = own_values(project, report, viewer.name)
    amiss = f" {wrong} cannot be saved yet: press Save to see why." if wrong else ""
    seen = {f"seen-{field}": value.event for field, value in own.items()}
    return autosaved(seen, "Saved at {now}." + amiss)


def _label(project: Project, report: str) -> str:
    for each in included(project):
        if each.key == report:
            return each.label
    raise HTTPException(404)


def _choices(field: Field) -> tuple[str, ...]:
    return field.choices if field.type is FieldType.CHOICE else ()


def _hint(field: Field) -> str:
    hints = [field.help]
    if field.type is FieldType.CHOICES:
        hints.append(f"One or more of: {'; '.join(field.choices)}. Part them by semicolons.")
    if field.type is FieldType.NUMBER:
        units = f" with its unit ({' or '.join(field.units)})" if len(field.units) > 1 else ""
        hints.append(f"A number{units}.")
    if field.type is FieldType.P_VALUE:
        hints.append("As in = .02, < .001 or ns.")
    if field.type is FieldType.EFFECT:
        hints.append("As in SMD 0.41 [0.10, 0.72].")
    return " ".join(hint for hint in hints if hint)


def _after(project: Project, viewer: str, report: str) -> str:
    lines = report_lines(project, viewer)
    place = next((n for n, line in enumerate(lines) if line.key == report), 0)
    later = [*lines[place + 1 :], *lines[:place]]
    return next((line.key for line in later if line.looked < line.fields), "")
