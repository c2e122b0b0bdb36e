"""From a number or a name in an output to what stands behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from review.pipeline.open_words import without_open_words
from review.pipeline.project import Project
from review.pipeline.trace import described, trace
from review.store.queries import ReferenceLine, VerbatimRecord
from review.web.serving import AProject, AViewer, render

router = APIRouter()


@dataclass(frozen=True, slots=True)
class TracePage:
    """What stands behind a name: references, their records as they were exported, and what was said.

    Of what people say blind of each other only the viewer's own is among `events`.
    """

    what: str
    references: tuple[ReferenceLine, ...]
    records: tuple[VerbatimRecord, ...]
    sources: dict[str, str]
    events: tuple[str, ...]


@router.get("/trace/{name:path}")
def trace_page(request: Request, viewer: AViewer, project: AProject, name: str) -> Response:
    """Show what stands behind a number or a name."""
    kind, _, count = name.partition("/")
    if kind == "count":
        return RedirectResponse(f"/flow/list/{quote(count)}", status_code=303)
    found = trace(project, name)
    page = TracePage(
        what=found.what,
        references=found.references,
        records=found.records,
        sources=_source_names(project, found.records),
        events=tuple(described(without_open_words(found.events, viewer.name))),
    )
    return render(request, "trace.html", page, viewer=viewer)


def _source_names(project: Project, records: Iterable[VerbatimRecord]) -> dict[str, str]:
    named = {source.id: source.describe() for source in project.protocol.sources}
    return {each.source: named.get(each.source, each.source) for each in records}
