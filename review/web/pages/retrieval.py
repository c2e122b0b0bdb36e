"""Retrieve: the full texts, attached or not to be had, and each one to read."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from review.pipeline.project import Project
from review.pipeline.screening.retrieve import (
    full_text_path,
    record_outcome,
    sought,
    store_full_text,
    to_retrieve,
)
from review.store import queries
from review.store.events import Retrieved
from review.web.named import named_reference
from review.web.paging import Paging, page_of
from review.web.reading import ReferenceView, view_of
from review.web.serving import CHECKED, AProject, AViewer, has_role, render
from review.web.uploads import plain_name, read_whole
from screening.problems import WinnowError, error

router = APIRouter()
PER_PAGE = 50

# The browser's own viewer draws it; nothing inside the file may fetch, run or be framed elsewhere.
_PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; object-src 'self'; frame-ancestors 'self'"


@dataclass(frozen=True, slots=True)
class RetrievalPage:
    """Reports that are sought, a page at a time: those neither had nor given up, or with `every` all.

    `outcomes` says of each how its retrieval stands.
    """

    references: tuple[ReferenceView, ...]
    outcomes: tuple[str, ...]
    paging: Paging
    every: bool


@dataclass(frozen=True, slots=True)
class OneReportPage:
    """One report's full text: the file attached, or how it stands. `largest` is in MB."""

    reference: ReferenceView
    outcome: str
    reason: str
    file_name: str
    to_assess: bool
    largest: int
    category: str


@router.get("/retrieve")
def retrieve(
    request: Request,
    viewer: AViewer,
    project: AProject,
    page: int = 1,
    every: bool = False,  # noqa: FBT001, FBT002 - a field of the address
) -> Response:
    """List what is to be retrieved, or every report that is sought."""
    number = page_of(page)
    lines = sought(project) if every else to_retrieve(project)
    asked = {"every": "true"} if every else {}
    paging = Paging("/retrieve", number, PER_PAGE, len(lines), asked)
    shown = paging.part(lines)
    context = RetrievalPage(
        tuple(view_of(line, ()) for line in shown),
        tuple(line.standing.retrieval.replace("_", " ") for line in shown),
        paging,
        every,
    )
    return render(request, "retrieve.html", context, viewer=viewer)


@router.get("/retrieve/{reference}")
def one_report(request: Request, viewer: AViewer, project: AProject, reference: str) -> Response:
    """Show how one report's retrieval stands."""
    line = _sought(project, reference)
    with project.ledger.read() as conn:
        attached = queries.full_text_of(conn, line.key)
        known = queries.retrievals(conn).get(line.key)
    file = attached.event if attached and isinstance(attached.event, Retrieved) else None
    context = OneReportPage(
        view_of(line, ()),
        line.standing.retrieval,
        known.reason if known else "",
        file.file_name if file else "",
        bool(line.standing.full_text),
        project.protocol.web.max_upload_mb,
        line.standing.category.replace("_", " "),
    )
    return render(request, "retrieve_one.html", context, viewer=viewer)


@router.post("/retrieve/{reference}/file", dependencies=[CHECKED])
def attach(viewer: AViewer, project: AProject, reference: str, pdf: UploadFile) -> Response:
    """Keep an uploaded PDF and note that the report was retrieved."""
    has_role(viewer, "reviewer")
    line = _sought(project, reference)
    name = plain_name(pdf.filename or "")
    data = read_whole(pdf, project.protocol.web.max_upload_mb)
    if b"%PDF-" not in data[:1024]:
        raise WinnowError(
            error(
                name,
                "this is not a PDF, whatever its name. Download it again, or print the page to PDF.",
            )
        )
    store_full_text(project, viewer.name, line.key, name, data)
    viewer.session.tell(f"{name} is attached.")
    return RedirectResponse(f"/retrieve/{line.key}", 303)


@router.post("/retrieve/{reference}/outcome", dependencies=[CHECKED])
def outcome(
    viewer: AViewer,
    project: AProject,
    reference: str,
    retrieved: Annotated[bool, Form()] = False,  # noqa: FBT002 - a form field
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Note that a report was had without a file, or that it could not be had and why."""
    has_role(viewer, "reviewer")
    line = _sought(project, reference)
    if not retrieved and not reason.strip():
        raise WinnowError(error(line.key, "say why the report could not be had."))
    record_outcome(project, viewer.name, line.key, retrieved=retrieved, reason=reason.strip())
    viewer.session.tell("Noted as retrieved." if retrieved else "Noted as not retrieved.")
    return RedirectResponse("/retrieve", 303)


@router.get("/full-text/{reference}")
def full_text(viewer: AViewer, project: AProject, reference: str) -> Response:  # noqa: ARG001 - who is signed in
    """Return the attached PDF, to be shown and never to be run."""
    line = _sought(project, reference)
    with project.ledger.read() as conn:
        attached = queries.full_text_of(conn, line.key)
    event = attached.event if attached else None
    if not isinstance(event, Retrieved):
        raise HTTPException(404)
    place = full_text_path(project, event.file_sha256)
    if not place.is_file():
        raise WinnowError(
            error(
                event.file_name,
                "the file is no longer in the folder fulltexts. Attach it again.",
            )
        )
    return Response(
        place.read_bytes(),
        media_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{line.standing.report_key or line.key}.pdf"',
            "Content-Security-Policy": _PDF_POLICY,
        },
    )


def _sought(project: Project, reference: str) -> queries.ReferenceLine:
    line = named_reference(project, reference)
    if not line.standing.retrieval:
        raise HTTPException(404)
    return line
