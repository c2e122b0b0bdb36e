"""Load: exports in, each with its accounting, and single records added by hand."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import APIRouter, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from review.pipeline.identification.add import add_record
from review.pipeline.identification.load import (
    Export,
    Loaded,
    against_reported,
    declared_exports,
    exports_in,
    load_exports,
)
from review.pipeline.identification.reread import retract_load
from review.pipeline.project import Project
from review.store import queries
from review.web.serving import CHECKED, AProject, AViewer, Viewer, has_role, render
from review.web.uploads import plain_name, read_whole
from screening.identification.texts.dois import bare_doi
from screening.problems import Problem, WinnowError, error
from screening.records import Fields
from screening.sources import Source

router = APIRouter()
_TYPED = ("source", "title", "authors", "year", "journal", "doi", "url", "abstract", "found")


@dataclass(frozen=True, slots=True)
class LoadPage:
    """Everything that was loaded, what was just loaded, and what review.toml names."""

    sources: tuple[tuple[str, str], ...]
    loads: tuple[queries.Load, ...]
    accounts: tuple[Loaded, ...]
    declared: int
    problems: tuple[Problem, ...]
    largest: int


@dataclass(frozen=True, slots=True)
class AddPage:
    """The form for one record by hand."""

    sources: tuple[tuple[str, str], ...]
    values: dict[str, str]
    problems: tuple[Problem, ...]


@router.get("/load")
def load(request: Request, viewer: AViewer, project: AProject) -> Response:
    """Show what was loaded."""
    return _page(request, viewer, project)


@router.post("/load/files", dependencies=[CHECKED])
def load_files(
    request: Request,
    viewer: AViewer,
    project: AProject,
    files: list[UploadFile],
    source: Annotated[str, Form()] = "",
) -> Response:
    """Load files that were chosen or dropped, for one source."""
    has_role(viewer, "reviewer")
    chosen = project.protocol.source(source)
    if chosen is None:
        raise WinnowError(error("", "say which source the files are from; nothing was loaded."))
    with TemporaryDirectory(prefix="winnow-upload-") as folder:
        exports, refused = _kept(files, Path(folder), chosen, project.protocol.web.max_upload_mb)
        accounts = load_exports(project, exports, viewer.name)
    return _page(request, viewer, project, tuple(accounts), tuple(refused))


@router.post("/load/declared", dependencies=[CHECKED])
def load_declared(request: Request, viewer: AViewer, project: AProject) -> Response:
    """Load every export that review.toml names."""
    has_role(viewer, "reviewer")
    accounts = load_exports(project, list(declared_exports(project)), viewer.name)
    return _page(request, viewer, project, tuple(accounts))


@router.post("/load/retract", dependencies=[CHECKED])
def retract(
    viewer: AViewer,
    project: AProject,
    load: Annotated[int, Form(ge=1, lt=2**31)],
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Take back a wrong load."""
    has_role(viewer, "reviewer")
    if not reason.strip():
        raise WinnowError(error("", "say why the load is taken back; nothing was changed."))
    retract_load(project, viewer.name, load, reason.strip())
    viewer.session.tell("The load is taken back: its records are in no count any more.")
    return RedirectResponse("/load", 303)


@router.get("/load/record")
def add_form(request: Request, viewer: AViewer, project: AProject) -> Response:
    """Show the form for one record by hand."""
    return render(
        request,
        "add.html",
        AddPage(_sources(project), dict.fromkeys(_TYPED, ""), ()),
        viewer=viewer,
    )


@router.post("/load/record", dependencies=[CHECKED])
def add(  # noqa: PLR0913, PLR0917 - what a record has
    request: Request,
    viewer: AViewer,
    project: AProject,
    source: Annotated[str, Form()] = "",
    title: Annotated[str, Form()] = "",
    authors: Annotated[str, Form()] = "",
    year: Annotated[str, Form()] = "",
    journal: Annotated[str, Form()] = "",
    doi: Annotated[str, Form()] = "",
    url: Annotated[str, Form()] = "",
    abstract: Annotated[str, Form()] = "",
    found: Annotated[str, Form()] = "",
) -> Response:
    """Append one record typed in by a person."""
    has_role(viewer, "reviewer")
    typed = (source, title, authors, year, journal, doi, url, abstract, found)
    values = {
        name: value.replace("\0", "").strip() for name, value in zip(_TYPED, typed, strict=True)
    }
    try:
        fields = _fields(values)
        key = add_record(project, viewer.name, values["source"], fields, values["found"])
    except WinnowError as told:
        page = AddPage(_sources(project), values, told.problems)
        return render(request, "add.html", page, viewer=viewer, status=422)
    viewer.session.tell(f"Added as {key}. Deduplicate to see whether it was found before.")
    return RedirectResponse("/load", 303)


def _fields(values: dict[str, str]) -> Fields:
    problems = []
    doi = bare_doi(values["doi"]) if values["doi"] else None
    if values["doi"] and doi is None:
        problems.append(error("DOI", f'"{values["doi"]}" is no DOI; it looks like 10.1000/182.'))
    year = values["year"]
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        problems.append(error("Year", f'"{year}" is no year; write four digits.'))
    if problems:
        raise WinnowError(problems)
    return Fields(
        title=values["title"] or None,
        authors=tuple(each.strip() for each in values["authors"].splitlines() if each.strip()),
        year=int(year) if year else None,
        journal=values["journal"] or None,
        doi=doi,
        abstract=values["abstract"] or None,
        urls=(values["url"],) if values["url"] else (),
        notes=(values["found"],) if values["found"] else (),
    )


def _kept(
    files: list[UploadFile], folder: Path, source: Source, largest: int
) -> tuple[list[Export], list[Problem]]:
    """Write uploaded files into a folder of their own each, and return them as exports."""
    exports: list[Export] = []
    refused: list[Problem] = []
    for number, file in enumerate(files):
        place = folder / str(number)
        place.mkdir()
        path = place / plain_name(file.filename or "")
        try:
            path.write_bytes(read_whole(file, largest))
            exports += exports_in(path, source)
        except WinnowError as told:
            refused += told.problems
    return exports, refused


def _sources(project: Project) -> tuple[tuple[str, str], ...]:
    return tuple((source.id, source.describe()) for source in project.protocol.sources)


def _page(
    request: Request,
    viewer: Viewer,
    project: Project,
    accounts: tuple[Loaded, ...] = (),
    refused: tuple[Problem, ...] = (),
) -> Response:
    with project.ledger.read() as conn:
        loads = tuple(queries.loads(conn))
    found = (
        *refused,
        *(problem for each in accounts if not each.known_already for problem in each.problems),
        *against_reported(project),
    )
    page = LoadPage(
        _sources(project),
        loads,
        accounts,
        sum(len(source.exports) for source in project.protocol.sources),
        found,
        project.protocol.web.max_upload_mb,
    )
    return render(request, "load.html", page, viewer=viewer)
