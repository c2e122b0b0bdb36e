"""Duplicates: uncertain pairs side by side, and what was merged, to be looked at and undone."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel

from review.pipeline.identification.dedupe import deduplicate, import_settled, pair_sheet
from review.pipeline.identification.pairs import (
    Decision,
    MergedReference,
    SideBySide,
    merge_by_hand,
    merged_reference,
    settle_pair,
    side_by_side,
    split_by_hand,
    waiting_pairs,
)
from review.pipeline.project import Project
from review.store import queries
from review.store.queries import QueuedPair, ReferenceFilter, ReferenceLine
from review.web.downloads import SIGNED_IN, attachment
from review.web.forms import AForm
from review.web.paging import Paging, page_of
from review.web.serving import CHECKED, AProject, AViewer, has_role, render
from review.web.sheet_files import grids_sent, workbook

router = APIRouter()
ROLE = "reviewer"
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class DuplicatesPage:
    """One pair that waits, or none, and how many wait. `sources` names them by id."""

    waiting: int
    pair: QueuedPair | None
    beside: SideBySide | None
    sources: dict[str, str]
    following: int


@dataclass(frozen=True, slots=True)
class MergedPage:
    """References that are made of several records."""

    words: str
    references: tuple[ReferenceLine, ...]
    paging: Paging


@dataclass(frozen=True, slots=True)
class MergedReferencePage:
    """One reference with its records beside each other and the merges that made it."""

    merged: MergedReference
    sources: dict[str, str]


class Settling(BaseModel):
    """A person's word on a pair (the event that queued it), and the pair to show next."""

    pair: int
    decision: Decision
    note: str = ""
    following: int = 0


@router.get("/duplicates")
def duplicates_page(
    request: Request, viewer: AViewer, project: AProject, pair: int = 0
) -> Response:
    """Show the pair asked for, or the one most likely to be a duplicate."""
    pairs = waiting_pairs(project)
    place = next((n for n, each in enumerate(pairs) if each.event == pair), 0)
    shown = pairs[place] if pairs else None
    page = DuplicatesPage(
        waiting=len(pairs),
        pair=shown,
        beside=side_by_side(project, (shown.a, shown.b)) if shown else None,
        sources=_sources(project),
        following=pairs[(place + 1) % len(pairs)].event if len(pairs) > 1 else 0,
    )
    return render(request, "duplicates.html", page, viewer=viewer)


@router.post("/duplicates", dependencies=[CHECKED])
def settle(viewer: AViewer, project: AProject, said: Annotated[Settling, Form()]) -> Response:
    """Settle a pair and go on to the next."""
    has_role(viewer, ROLE)
    settle_pair(project, viewer.name, said.pair, said.decision, said.note.strip())
    viewer.session.tell(
        "Merged. You find it under Merged, where it can be split again."
        if said.decision == "merge"
        else "Kept apart."
    )
    address = f"/duplicates?pair={said.following}" if said.following else "/duplicates"
    return RedirectResponse(address, status_code=303)


@router.post("/duplicates/run", dependencies=[CHECKED])
def run(viewer: AViewer, project: AProject) -> Response:
    """Let the rules look over everything that was loaded."""
    has_role(viewer, ROLE)
    found = deduplicate(project, viewer.name)
    viewer.session.tell(
        f"{found.records:,} records are {found.references:,} references. Uncertain pairs found, those "
        f"settled before among them: {found.queued:,}."
    )
    return RedirectResponse("/duplicates", status_code=303)


@router.get("/duplicates/merged")
def merged_page(
    request: Request, viewer: AViewer, project: AProject, q: str = "", page: int = 1
) -> Response:
    """List the references that were merged, those with certain words where some are asked for."""
    number = page_of(page)
    wanted = ReferenceFilter(merged=True, text=q)
    with project.ledger.read() as conn:
        total = queries.count_references(conn, wanted)
        lines = queries.references(
            conn, wanted, limit=PER_PAGE, offset=(number - 1) * PER_PAGE, sort="title"
        )
    paging = Paging("/duplicates/merged", number, PER_PAGE, total, {"q": q} if q else {})
    context = MergedPage(q, tuple(lines), paging)
    return render(request, "duplicates_merged.html", context, viewer=viewer)


@router.get("/duplicates/merged/{name}")
def reference_page(request: Request, viewer: AViewer, project: AProject, name: str) -> Response:
    """Show the records of one reference beside each other, with why they were merged."""
    found = merged_reference(project, name)
    if found is None:
        raise HTTPException(404)
    context = MergedReferencePage(found, _sources(project))
    return render(request, "duplicates_reference.html", context, viewer=viewer)


@router.post("/duplicates/merged/{name}/split", dependencies=[CHECKED])
def split(
    viewer: AViewer,
    project: AProject,
    name: str,
    record: Annotated[list[str] | None, Form()] = None,
    note: Annotated[str, Form()] = "",
) -> Response:
    """Take records out of a reference."""
    has_role(viewer, ROLE)
    split_by_hand(project, viewer.name, name, record or [], note.strip())
    viewer.session.tell("Split: what left is a reference of its own and is kept apart from now on.")
    return RedirectResponse(f"/duplicates/merged/{name}", status_code=303)


@router.post("/duplicates/merged/{name}/merge", dependencies=[CHECKED])
def merge(
    viewer: AViewer,
    project: AProject,
    name: str,
    other: Annotated[str, Form()],
    note: Annotated[str, Form()] = "",
) -> Response:
    """Merge a reference with another one that the rules did not find."""
    has_role(viewer, ROLE)
    key = merge_by_hand(project, viewer.name, name, other.strip(), note.strip())
    viewer.session.tell("Merged.")
    return RedirectResponse(f"/duplicates/merged/{key}", status_code=303)


@router.get("/duplicates/sheet.xlsx", dependencies=[SIGNED_IN])
def sheet(project: AProject) -> Response:
    """Return the pairs that wait as a sheet to fill in."""
    return attachment(workbook((pair_sheet(project),)), "pairs.xlsx")


@router.post("/duplicates/sheet", dependencies=[CHECKED])
def take_in(viewer: AViewer, project: AProject, form: AForm) -> Response:
    """Take in a sheet of settled pairs."""
    has_role(viewer, ROLE)
    new = sum(import_settled(project, grid, viewer.name) for grid in grids_sent(form))
    viewer.session.tell(f"{form.file_name}: {new} pairs are settled by it.")
    return RedirectResponse("/duplicates", status_code=303)


def _sources(project: Project) -> dict[str, str]:
    return {source.id: source.describe() for source in project.protocol.sources}
