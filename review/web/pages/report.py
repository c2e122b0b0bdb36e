"""Report: the whole results package, what is still missing from it, and both its files."""

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from review.pipeline.flow.flow import current_flow
from review.pipeline.synthesis.handing_out import REPORT_FORMATS, report_file, report_now
from review.pipeline.synthesis.report import author_text
from review.pipeline.synthesis.tables import tables
from review.web.downloads import SIGNED_IN, Download, attachment
from review.web.serving import AProject, AViewer, render, server_of
from screening.problems import Problem
from synthesis.author_text import PLACES

router = APIRouter()
# The preview carries its own style and pictures, runs nothing and asks for nothing.
_PREVIEW = {
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data:; font-src data:; frame-ancestors 'self'"
}


@dataclass(frozen=True, slots=True)
class OwnText:
    """A place for the authors' own text: under which heading, what belongs there, whether it does."""

    heading: str
    prompt: str
    written: bool


@dataclass(frozen=True, slots=True)
class ReportPage:
    """What goes into the report. `text_file` is where the authors' own words are kept."""

    provisional: bool
    places: tuple[OwnText, ...]
    text_file: str
    problems: tuple[Problem, ...]
    downloads: tuple[Download, ...]


@router.get("/report")
def report_page(request: Request, viewer: AViewer, project: AProject) -> Response:
    """Show what the authors still have to write, what does not fit, and the report's files."""
    written, problems = author_text(project)
    left_out = project.protocol.report.leave_out
    page = ReportPage(
        provisional=current_flow(project).provisional,
        places=tuple(
            OwnText(place.heading, place.prompt, bool(written.places.get(place.id)))
            for place in PLACES
            if place.id not in left_out
        ),
        text_file=project.protocol.report.text_file,
        problems=(*problems, *server_of(request).remembered.of(project, tables)[1]),
        downloads=(
            Download("/report/file/report.docx", "Word"),
            Download("/report/file/report.html", "HTML"),
        ),
    )
    return render(request, "report.html", page, viewer=viewer)


@router.get("/report/file/report.{form}", dependencies=[SIGNED_IN])
def report_as_file(form: str, project: AProject) -> Response:
    """Return the report as a file."""
    for known in REPORT_FORMATS:
        if form == known:
            report, _ = report_now(project)
            return attachment(report_file(report, known), f"report.{form}")
    raise HTTPException(404)


@router.get("/report/preview", dependencies=[SIGNED_IN])
def preview(project: AProject) -> Response:
    """Return the report as a page to look at."""
    report, _ = report_now(project)
    content = report_file(report, "html")
    return Response(content, media_type="text/html; charset=utf-8", headers=_PREVIEW)
