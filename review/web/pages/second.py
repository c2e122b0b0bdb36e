"""Waiting for a second reviewer: references with one verdict where the protocol asks for two."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from review.store import queries
from review.web.paging import Paging, page_of
from review.web.reading import ReferenceView, view_of
from review.web.serving import AProject, AViewer, has_role, render
from review.web.voting import STAGES, WORDS, StageName

router = APIRouter()
PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Halfway:
    """A reference with one verdict: who gave it, never what it says."""

    reference: ReferenceView
    voters: tuple[str, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class SecondPage:
    """A page of what waits for a second reviewer at a stage."""

    stage: StageName
    stage_words: str
    halfway: tuple[Halfway, ...]
    paging: Paging


@router.get("/screen/{stage}/second")
def second(
    request: Request, viewer: AViewer, project: AProject, stage: StageName, page: int = 1
) -> Response:
    """List what waits for a second reviewer."""
    has_role(viewer, "reviewer")
    with project.ledger.read() as conn:
        keys = queries.waiting_for_second(conn, STAGES[stage])
        paging = Paging(f"/screen/{stage}/second", page_of(page), PER_PAGE, len(keys))
        shown = paging.part(keys)
        lines = queries.references_by_key(conn, shown)
        voters: dict[str, list[str]] = {}
        for vote in queries.votes(conn, STAGES[stage], references=shown):
            voters.setdefault(vote.reference, []).append(vote.reviewer)
    context = SecondPage(
        stage,
        WORDS[stage],
        tuple(
            Halfway(
                view_of(line, ()),
                tuple(sorted(voters.get(line.key, ()))),
                viewer.name in voters.get(line.key, ()),
            )
            for line in lines
        ),
        paging,
    )
    return render(request, "second.html", context, viewer=viewer)
