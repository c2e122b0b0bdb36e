"""Appraise: the instrument's form beside the full text, blind of every other rater until done."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from appraisal.consensus import Standing
from appraisal.instrument import Category, Descriptor, Instrument, Level, Score
from appraisal.scores import Appraisal, Mark
from review.pipeline.appraisal.appraise import appraisal_sheets, import_appraisals
from review.pipeline.appraisal.rating import (
    FullText,
    Rated,
    UnitLine,
    full_texts,
    own_appraisal,
    save_own,
    seen_by,
    unit_lines,
)
from review.pipeline.appraisal.units import instrument_of, units
from review.pipeline.project import Project
from review.web.downloads import SIGNED_IN, attachment
from review.web.forms import AForm, Sent
from review.web.saving import attempt, autosaved, not_autosaved, status_of
from review.web.serving import CHECKED, AProject, AViewer, Viewer, has_role, render
from review.web.sheet_files import grids_sent, workbook
from screening.problems import Problem

router = APIRouter()
ROLE = "appraiser"


@dataclass(frozen=True, slots=True)
class AppraisePage:
    """What there is to appraise and how far it is. Of others' work it shows that it is there."""

    instrument: Instrument
    raters: int
    lines: tuple[UnitLine, ...]
    done: int
    to_agree: int


@dataclass(frozen=True, slots=True)
class Point:
    """One point under an item with the mark it was given ("" for none yet)."""

    descriptor: Descriptor
    mark: str


@dataclass(frozen=True, slots=True)
class ItemPart:
    """One item with its points and the note a team agreed on in calibration."""

    label: str
    prompt: str
    hint: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class CategoryPart:
    """One category of the form: its score is the person's own and never follows from the marks."""

    category: Category
    levels: tuple[Level, ...]
    score: str
    note: str
    page: str
    hint: str
    items: tuple[ItemPart, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What was saved in another window, beside what this form says."""

    what: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class AppraiseFormPage:
    """The viewer's own appraisal of one unit. `seen` is the event it answers, 0 where there is none."""

    unit: str
    label: str
    instrument: Instrument
    parts: tuple[CategoryPart, ...]
    marks: tuple[str, ...]
    full_texts: tuple[FullText, ...]
    seen: int
    complete: bool
    may_save: bool
    others_seen: bool
    after: str
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]


@router.get("/appraise")
def appraise_page(request: Request, viewer: AViewer, project: AProject) -> Response:
    """List what there is to appraise."""
    lines = unit_lines(project, viewer.name)
    page = AppraisePage(
        instrument_of(project),
        project.protocol.appraisal.raters,
        tuple(lines),
        sum(line.mine == "done" for line in lines),
        sum(line.standing is Standing.TO_BE_AGREED for line in lines),
    )
    return render(request, "appraise.html", page, viewer=viewer)


@router.get("/appraise/form")
def form_page(request: Request, viewer: AViewer, project: AProject, unit: str) -> Response:
    """Show the form for one unit as the viewer has filled it in so far."""
    stands = own_appraisal(project, unit, viewer.name)
    return _form(request, viewer, project, stands)


@router.post("/appraise/form", dependencies=[CHECKED])
def save_form(request: Request, viewer: AViewer, project: AProject, form: AForm) -> Response:
    """Save the viewer's own appraisal: a draft, or complete where they say so."""
    has_role(viewer, ROLE)
    instrument = instrument_of(project)
    unit, seen = form.text("unit"), form.number("seen")
    by_itself = "x-autosave" in request.headers
    said = _read(instrument, form, unit, viewer.name)
    done = attempt(lambda: save_own(project, said, seen=seen))
    if done.value is None:
        if by_itself:
            return not_autosaved(done)
        stands = own_appraisal(project, unit, viewer.name)
        changes = _changes(instrument, said, stands.appraisal) if done.changed else ()
        draft = said.model_copy(update={"complete": False})
        here = Rated(stands.event if done.changed else seen, draft)
        return _form(request, viewer, project, here, problems=done.problems, changes=changes)
    if by_itself:
        return autosaved({"seen": done.value}, "Saved as a draft at {now}.")
    label = units(project)[unit]
    if not said.complete:
        viewer.session.tell(f"{label}: saved as a draft. Nobody else sees it.")
        return _back_to(unit)
    viewer.session.tell(f"{label}: your appraisal is complete.")
    following = _after(project, viewer.name, unit)
    return _back_to(following) if following else RedirectResponse("/appraise", status_code=303)


@router.get("/appraise/sheet.xlsx", dependencies=[SIGNED_IN])
def sheet(viewer: AViewer, project: AProject) -> Response:
    """Return the viewer's own scores as a sheet to fill in."""
    return attachment(workbook(appraisal_sheets(project, rater=viewer.name)), "appraisals.xlsx")


@router.post("/appraise/sheet", dependencies=[CHECKED])
def take_in(viewer: AViewer, project: AProject, form: AForm) -> Response:
    """Take in a filled-in sheet of scores."""
    has_role(viewer, ROLE)
    new = import_appraisals(project, grids_sent(form), viewer.name, own=True)
    viewer.session.tell(f"{form.file_name}: {new} appraisals are new or changed.")
    return RedirectResponse("/appraise", status_code=303)


def _form(  # noqa: PLR0913 - a unit, and what is to be said of it
    request: Request,
    viewer: Viewer,
    project: Project,
    stands: Rated,
    *,
    problems: tuple[Problem, ...] = (),
    changes: tuple[Change, ...] = (),
) -> Response:
    unit = stands.appraisal.unit
    known = units(project)
    if unit not in known:
        raise HTTPException(404)
    instrument = instrument_of(project)
    hints = project.protocol.appraisal.calibration.notes
    page = AppraiseFormPage(
        unit=unit,
        label=known[unit],
        instrument=instrument,
        parts=tuple(
            _part(instrument, category, stands.appraisal, hints)
            for category in instrument.categories
        ),
        marks=tuple(Mark),
        full_texts=full_texts(project, unit),
        seen=stands.event,
        complete=stands.appraisal.complete,
        may_save=viewer.may(ROLE),
        others_seen=len(seen_by(project, unit, viewer.name)) > 1,
        after=_after(project, viewer.name, unit),
        problems=problems,
        changes=changes,
    )
    status = status_of(problems, changed=bool(changes))
    return render(request, "appraise_form.html", page, viewer=viewer, status=status)


def _part(
    instrument: Instrument, category: Category, said: Appraisal, hints: Mapping[str, str]
) -> CategoryPart:
    score = said.scores.get(category.id)
    return CategoryPart(
        category=category,
        levels=instrument.scale_of(category.id).levels,
        score="" if score is None else str(score),
        note=said.notes.get(category.id, ""),
        page=said.pages.get(category.id, ""),
        hint=hints.get(category.id, ""),
        items=tuple(
            ItemPart(
                item.label,
                item.prompt,
                hints.get(item.id, ""),
                tuple(Point(each, said.marks.get(each.id, "")) for each in item.descriptors),
            )
            for item in category.items
        ),
    )


def _read(instrument: Instrument, form: Sent, unit: str, rater: str) -> Appraisal:
    points = {point.id for point in instrument.descriptors}
    categories = {category.id for category in instrument.categories}
    scores = {
        category: score
        for category, text in form.starting("score-").items()
        if category in categories and (score := score_sent(instrument, category, text)) is not None
    }
    return Appraisal(
        unit=unit,
        instrument=instrument.id,
        instrument_version=instrument.version,
        rater=rater,
        scores=scores,
        marks={
            point: Mark(mark)
            for point, mark in form.starting("mark-").items()
            if point in points and mark in tuple(Mark)
        },
        notes={k: note for k, note in form.starting("note-").items() if k in categories},
        pages={k: page for k, page in form.starting("page-").items() if k in categories},
        complete=form.text("action") == "complete",
    )


def score_sent(instrument: Instrument, category: str, text: str) -> Score | None:
    """Return the score a form sent, as a number where the scale has numbers; None where it is none."""
    for value in instrument.scale_of(category).values:
        if str(value) == text:
            return value
    return None


def _changes(instrument: Instrument, here: Appraisal, there: Appraisal) -> tuple[Change, ...]:
    found = []
    for category in instrument.categories:
        for what, ours, theirs in (
            ("score", here.scores.get(category.id), there.scores.get(category.id)),
            ("note", here.notes.get(category.id), there.notes.get(category.id)),
            ("page", here.pages.get(category.id), there.pages.get(category.id)),
        ):
            if ours != theirs:
                found.append(Change(f"{category.label}, {what}", _shown(ours), _shown(theirs)))
    for point in instrument.descriptors:
        one, other = here.marks.get(point.id), there.marks.get(point.id)
        if one != other:
            found.append(Change(point.text, _shown(one), _shown(other)))
    return tuple(found)


def _shown(value: Score | None) -> str:
    return "nothing" if value is None else str(value)


def _after(project: Project, rater: str, unit: str) -> str:
    """Return the next unit this rater has not finished, after this one or from the beginning."""
    lines = unit_lines(project, rater)
    place = next((n for n, line in enumerate(lines) if line.key == unit), 0)
    return next(
        (line.key for line in [*lines[place + 1 :], *lines[:place]] if line.mine != "done"), ""
    )


def _back_to(unit: str) -> Response:
    return RedirectResponse(f"/appraise/form?{urlencode({'unit': unit})}", status_code=303)
