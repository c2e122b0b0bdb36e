"""Tables: each as it will be printed, and as files."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from markupsafe import Markup

from review.pipeline.synthesis.handing_out import tables_file
from review.pipeline.synthesis.tables import tables
from review.web.downloads import SIGNED_IN, Download, attachment
from review.web.serving import AProject, AViewer, render, server_of
from review.web.tracing import address_of
from screening.problems import Problem
from synthesis.tables.table import Table
from synthesis.writers.html import fragment
from synthesis.writers.table_files import Format

router = APIRouter()
_NAMES = {
    Format.DOCX: "Word",
    Format.XLSX: "Excel",
    Format.HTML: "HTML",
    Format.CSV: "CSV",
    Format.LATEX: "LaTeX",
    Format.MARKDOWN: "Markdown",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One table of the list: where it is, what it is called, how many rows it has."""

    address: str
    title: str
    rows: int


@dataclass(frozen=True, slots=True)
class TablesPage:
    """Every table of the review in the order of a report, and what was asked for in vain."""

    tables: tuple[Listed, ...]
    problems: tuple[Problem, ...]
    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class TablePage:
    """One table as it will be printed, with the tables before and after it."""

    title: str
    table: Markup
    downloads: tuple[Download, ...]
    before: Listed | None
    after: Listed | None


@router.get("/tables")
def tables_page(request: Request, viewer: AViewer, project: AProject) -> Response:
    """List the tables."""
    made, problems = server_of(request).remembered.of(project, tables)
    page = TablesPage(tuple(map(_listed, made)), tuple(problems), _downloads("tables"))
    return render(request, "tables.html", page, viewer=viewer)


@router.get("/tables/file/{name}.{form}", dependencies=[SIGNED_IN])
def tables_as_file(request: Request, name: str, form: Format, project: AProject) -> Response:
    """Return one table, or all of them ("tables"), as a file."""
    made, _ = server_of(request).remembered.of(project, tables)
    wanted = made if name == "tables" else (made[_place(made, name)],)
    file, content = tables_file(project, wanted, form)
    return attachment(content, file)


@router.get("/tables/{name}")
def table_page(request: Request, viewer: AViewer, project: AProject, name: str) -> Response:
    """Show one table; every number leads to what stands behind it."""
    made, _ = server_of(request).remembered.of(project, tables)
    place = _place(made, name)
    table = made[place]
    page = TablePage(
        title=table.title,
        table=Markup(fragment(table, place + 1, link=address_of)),  # noqa: S704 - escaped there
        downloads=_downloads(table.id),
        before=_listed(made[place - 1]) if place else None,
        after=_listed(made[place + 1]) if place + 1 < len(made) else None,
    )
    return render(request, "table.html", page, viewer=viewer)


def _place(made: Sequence[Table], name: str) -> int:
    for place, table in enumerate(made):
        if table.id == name:
            return place
    raise HTTPException(404)


def _listed(table: Table) -> Listed:
    return Listed(f"/tables/{table.id}", table.title, len(table.body))


def _downloads(name: str) -> tuple[Download, ...]:
    return tuple(Download(f"/tables/file/{name}.{form}", words) for form, words in _NAMES.items())
