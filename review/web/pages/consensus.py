"""Consensus: what each rater gave, shown once all are done, and the scores the team agrees on."""

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from appraisal.consensus import Standing, differences
from appraisal.instrument import Category, Instrument, Level
from appraisal.scores import total
from review.pipeline.appraisal.rating import (
    Agreed,
    Rated,
    UnitLine,
    agreed_on,
    save_agreed,
    seen_by,
    unit_lines,
)
from review.pipeline.appraisal.units import instrument_of, units
from review.pipeline.project import Project
from review.pipeline.synthesis.agreements import agreement_of_raters
from review.pipeline.synthesis.pictures import Picture, pictures
from review.web.forms import AForm, Sent
from review.web.pages.appraise import ROLE, score_sent
from review.web.saving import Outcome, attempt
from review.web.serving import CHECKED, AProject, AViewer, Viewer, has_role, render
from screening.problems import Problem
from synthesis.tables.agreement import rater_agreement_table
from synthesis.writers.html import fragment

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ConsensusPage:
    """The units to agree on and those agreed, with agreement where the viewer may see it."""

    instrument: Instrument
    raters: int
    to_agree: tuple[UnitLine, ...]
    agreed: tuple[UnitLine, ...]
    agreement: Markup
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class RatersWord:
    """What one rater gave a category."""

    rater: str
    score: str
    note: str
    page: str


@dataclass(frozen=True, slots=True)
class AgreedPart:
    """One category: every rater's word, whether they differ, and what was chosen ("" for open)."""

    category: Category
    levels: tuple[Level, ...]
    words: tuple[RatersWord, ...]
    differ: bool
    spread: int
    chosen: str
    note: str


@dataclass(frozen=True, slots=True)
class ConsensusFormPage:
    """One unit to agree on. `stands` and `by` tell of scores agreed meanwhile by someone else."""

    unit: str
    label: str
    instrument: Instrument
    parts: tuple[AgreedPart, ...]
    totals: tuple[tuple[str, int], ...]
    seen: int
    by: str
    may_save: bool
    problems: tuple[Problem, ...]
    meanwhile: tuple[tuple[str, str, str], ...]


@router.get("/consensus")
def consensus_page(request: Request, viewer: AViewer, project: AProject) -> Response:
    """List the units to agree on."""
    lines = unit_lines(project, viewer.name)
    instrument, raters = instrument_of(project), project.protocol.appraisal.raters
    found = agreement_of_raters(project)
    table = rater_agreement_table(found, instrument, units(project)) if found else None
    page = ConsensusPage(
        instrument,
        raters,
        tuple(line for line in lines if line.standing is Standing.TO_BE_AGREED),
        tuple(line for line in lines if line.standing is Standing.DONE) if raters > 1 else (),
        Markup(fragment(table) if table else ""),  # noqa: S704 - escaped there
        pictures(project, "bland-altman") if found else (),
    )
    return render(request, "consensus.html", page, viewer=viewer)


@router.get("/consensus/form")
def form_page(request: Request, viewer: AViewer, project: AProject, unit: str) -> Response:
    """Show what each rater gave one unit, once all of them are done."""
    stands = agreed_on(project, unit)
    return _form(request, viewer, project, unit, stands)


@router.post("/consensus/form", dependencies=[CHECKED])
def save_form(request: Request, viewer: AViewer, project: AProject, form: AForm) -> Response:
    """Save the scores that were agreed on."""
    has_role(viewer, ROLE)
    instrument = instrument_of(project)
    unit, seen = form.text("unit"), form.number("seen")
    chosen = {
        category.id: score
        for category in instrument.categories
        if (score := score_sent(instrument, category.id, form.text(f"score-{category.id}")))
        is not None
    }
    known = {category.id for category in instrument.categories}
    notes = {k: note for k, note in form.starting("note-").items() if k in known}
    done = attempt(lambda: save_agreed(project, viewer.name, unit, chosen, notes, seen=seen))
    if done.problems:
        stands = agreed_on(project, unit)
        here = Agreed(stands.event if done.changed else seen, stands.actor, stands.consensus)
        return _form(request, viewer, project, unit, here, sent=form, done=done)
    viewer.session.tell(f"{units(project)[unit]}: agreed. Each rater's own scores are kept.")
    return RedirectResponse("/consensus", status_code=303)


def _form(  # noqa: PLR0913 - a unit, and what is to be said of it
    request: Request,
    viewer: Viewer,
    project: Project,
    unit: str,
    stands: Agreed,
    *,
    sent: Sent | None = None,
    done: Outcome[None] | None = None,
) -> Response:
    done = done or Outcome(None)
    known, instrument = units(project), instrument_of(project)
    if unit not in known:
        raise HTTPException(404)
    rated = seen_by(project, unit, viewer.name)
    if len([each for each in rated if each.appraisal.complete]) < 2:
        rated = ()
    parts = tuple(_parts(instrument, rated, stands, sent))
    page = ConsensusFormPage(
        unit=unit,
        label=known[unit],
        instrument=instrument,
        parts=parts if rated else (),
        totals=tuple(
            (each.appraisal.rater, points)
            for each in rated
            if (points := total(instrument, each.appraisal.scores)) is not None
        ),
        seen=stands.event,
        by=stands.actor,
        may_save=viewer.may(ROLE),
        problems=done.problems,
        meanwhile=_meanwhile(parts, stands) if done.changed else (),
    )
    return render(request, "consensus_form.html", page, viewer=viewer, status=done.status)


def _parts(
    instrument: Instrument, rated: tuple[Rated, ...], stands: Agreed, sent: Sent | None
) -> list[AgreedPart]:
    given = [each.appraisal for each in rated]
    agreed = stands.consensus
    parts = []
    for category, difference in zip(
        instrument.categories, differences(instrument, given), strict=True
    ):
        only = {str(score) for score in difference.scores.values()} if difference.agree else set()
        if sent is not None:
            chosen = sent.text(f"score-{category.id}")
            note = sent.text(f"note-{category.id}")
        elif agreed is not None:
            chosen = str(agreed.scores.get(category.id, ""))
            note = agreed.notes.get(category.id, "")
        else:
            chosen, note = (only.pop() if len(only) == 1 else ""), ""
        parts.append(
            AgreedPart(
                category=category,
                levels=instrument.scale_of(category.id).levels,
                words=tuple(
                    RatersWord(
                        each.rater,
                        str(each.scores.get(category.id, "")),
                        each.notes.get(category.id, ""),
                        each.pages.get(category.id, ""),
                    )
                    for each in given
                ),
                differ=not difference.agree,
                spread=difference.spread,
                chosen=chosen,
                note=note,
            )
        )
    return parts


def _meanwhile(parts: tuple[AgreedPart, ...], stands: Agreed) -> tuple[tuple[str, str, str], ...]:
    there = stands.consensus.scores if stands.consensus else {}
    return tuple(
        (part.category.label, part.chosen or "nothing", str(there.get(part.category.id, "nothing")))
        for part in parts
        if part.chosen != str(there.get(part.category.id, ""))
    )
