"""From a number or a name in an output to what stands behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from review.pipeline.flow.counted import Counting
from review.pipeline.flow.flow import current_flow
from review.pipeline.flow.listed import lists_of
from review.pipeline.open_words import without_open_words
from review.pipeline.project import Project
from review.pipeline.trace import trace
from review.store.queries import ReferenceLine, VerbatimRecord
from review.web.serving import AProject, AViewer, render
from review.web.telling import in_full

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """One event of the ledger in words."""

    id: int
    at: str
    actor: str
    what: str
    told: str


@dataclass(frozen=True, slots=True)
class TracePage:
    """What stands behind a name: references, their records as they were exported, and what was said.

    `listed` is where the records of a source are listed, `number` how many they are. Of what people say
    blind of each other only the viewer's own is among `events`.
    """

    what: str
    number: int | None
    listed: str
    references: tuple[ReferenceLine, ...]
    records: tuple[VerbatimRecord, ...]
    sources: dict[str, str]
    events: tuple[ToldEvent, ...]


@router.get("/trace/{name:path}")
def trace_page(request: Request, viewer: AViewer, project: AProject, name: str) -> Response:
    """Show what stands behind a number or a name."""
    kind, _, count = name.partition("/")
    counted = count if kind == "count" else name
    if kind == "count" or counted in lists_of(current_flow(project)):
        return RedirectResponse(f"/flow/list/{quote(counted)}", status_code=303)
    found = trace(project, name)
    home = Counting(project).homes().get(count if kind == "source" else name, "")
    page = TracePage(
        what=found.what,
        number=found.n,
        listed=f"/flow/list/{quote(home)}" if home else "",
        references=found.references,
        records=found.records,
        sources=_source_names(project, found.records),
        events=tuple(
            ToldEvent(
                said.id,
                said.at[:16].replace("T", " "),
                said.actor,
                said.event.kind.replace("_", " "),
                in_full(said.event),
            )
            for said in without_open_words(found.events, viewer.name)
        ),
    )
    return render(request, "trace.html", page, viewer=viewer)


def _source_names(project: Project, records: Iterable[VerbatimRecord]) -> dict[str, str]:
    named = {source.id: source.describe() for source in project.protocol.sources}
    return {each.source: named.get(each.source, each.source) for each in records}
