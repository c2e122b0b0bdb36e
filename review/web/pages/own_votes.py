"""One's own verdicts: every one of them can be looked at again and changed."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from review.store import queries
from review.web.paging import Paging, page_of
from review.web.reading import ReferenceView, reason_choices, view_of
from review.web.serving import AProject, AViewer, render
from review.web.voting import STAGES, WORDS, StageName, may_screen

router = APIRouter()
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class OwnVote:
    """One of the viewer's own verdicts."""

    reference: ReferenceView
    verdict: str
    reasons: tuple[str, ...]
    note: str
    at: str


@dataclass(frozen=True, slots=True)
class OwnVotesPage:
    """A page of the viewer's own verdicts at a stage, the latest first."""

    stage: StageName
    stage_words: str
    votes: tuple[OwnVote, ...]
    paging: Paging


@router.get("/screen/{stage}/mine")
def own_votes(
    request: Request, viewer: AViewer, project: AProject, stage: StageName, page: int = 1
) -> Response:
    """List the viewer's own verdicts, each of which can be changed."""
    may_screen(viewer, project, stage)
    with project.ledger.read() as conn:
        votes = queries.own_votes(conn, STAGES[stage], viewer.name)[::-1]
        paging = Paging(f"/screen/{stage}/mine", page_of(page), PER_PAGE, len(votes))
        shown = paging.part(votes)
        lines = {
            line.key: line
            for line in queries.references_by_key(conn, [vote.reference for vote in shown])
        }
    labels = {each.id: each.label for each in reason_choices(project, STAGES[stage])}
    context = OwnVotesPage(
        stage,
        WORDS[stage],
        tuple(
            OwnVote(
                view_of(lines[vote.reference], ()),
                str(vote.verdict),
                tuple(labels.get(each, each) for each in vote.reasons),
                vote.note,
                vote.at[:16].replace("T", " "),
            )
            for vote in shown
        ),
        paging,
    )
    return render(request, "own_votes.html", context, viewer=viewer)
