"""Set apart: reports that await classification and ongoing studies, which are no exclusions."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from review.pipeline.screening import screen as screening
from review.store import queries
from review.web.named import named_reference
from review.web.reading import ReferenceView, view_of
from review.web.serving import CHECKED, AProject, AViewer, has_role, render
from screening.problems import WinnowError, error
from screening.records import Category

router = APIRouter()
WORDS: dict[Category, str] = {
    Category.AWAITING: "Awaiting classification",
    Category.ONGOING: "Ongoing studies",
}
MEANINGS: dict[Category, str] = {
    Category.AWAITING: "What is at hand does not tell whether they belong in the review.",
    Category.ONGOING: "They seem to belong in the review, and their results are still to come.",
}


@dataclass(frozen=True, slots=True)
class SetApart:
    """One report that is set apart, by whom and why."""

    reference: ReferenceView
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class ApartPage:
    """What is set apart, by category, each with what the category means."""

    groups: tuple[tuple[str, str, tuple[SetApart, ...]], ...]


@router.get("/apart")
def apart(request: Request, viewer: AViewer, project: AProject) -> Response:
    """List what is set apart."""
    with project.ledger.read() as conn:
        lines = queries.classified_reports(conn)
        said = queries.classifications(conn)
    groups = []
    for category, words in WORDS.items():
        own = [line for line in lines if line.standing.category == category]
        groups.append(
            (
                words,
                MEANINGS[category],
                tuple(SetApart(view_of(line, ()), *said[line.key]) for line in own),
            )
        )
    return render(request, "apart.html", ApartPage(tuple(groups)), viewer=viewer)


@router.post("/apart/{reference}", dependencies=[CHECKED])
def set_apart(  # noqa: PLR0913, PLR0917 - what a form has
    viewer: AViewer,
    project: AProject,
    reference: str,
    category: Annotated[Literal["awaiting_classification", "ongoing", "none"], Form()],
    note: Annotated[str, Form()] = "",
    onwards: Annotated[bool, Form()] = False,  # noqa: FBT002 - a form field
) -> Response:
    """Give a sought report its final category, or take that away again."""
    has_role(viewer, "reviewer")
    line = named_reference(project, reference)
    if not line.standing.retrieval:
        raise HTTPException(404)
    named = line.standing.report_key or line.key
    chosen = None if category == "none" else Category(category)
    if chosen is None and not line.standing.category:
        raise WinnowError(error(named, "this is not set apart; nothing was changed."))
    screening.classify(project, viewer.name, line.key, chosen, note.strip())
    viewer.session.tell(
        f"{named} goes on as before: it waits for whom it waited."
        if chosen is None
        else f"{named} is set apart: {WORDS[chosen].lower()}. It counts as no exclusion."
    )
    return RedirectResponse("/screen/full_text" if onwards else "/apart", 303)
