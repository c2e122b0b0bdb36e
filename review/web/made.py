"""What several pages of the author show: tables as they will be printed, and the sheets behind them."""

from dataclasses import dataclass

from fastapi import Request
from markupsafe import Markup

from review.pipeline.project import Project
from review.pipeline.synthesis.sheet_rows import entered_rows
from review.pipeline.synthesis.tables import tables
from review.web.downloads import Download
from review.web.serving import server_of
from review.web.tracing import address_of
from synthesis.row import Row
from synthesis.writers.html import fragment


@dataclass(frozen=True, slots=True)
class SheetLink:
    """A sheet that the page is made of: where it is, what it is called, how many rows it has."""

    address: str
    label: str
    rows: int


@dataclass(frozen=True, slots=True)
class MadeTable:
    """A table as it will be printed, with its files."""

    html: Markup
    downloads: tuple[Download, ...]


def sheet_links(project: Project, viewer: str, *types: type[Row]) -> tuple[SheetLink, ...]:
    """Return the way to each sheet with the number of rows the viewer may see."""
    return tuple(
        SheetLink(f"/sheets/{each.sheet}", each.label, len(entered_rows(project, each, viewer)))
        for each in types
    )


def made_tables(request: Request, project: Project, *names: str) -> tuple[MadeTable, ...]:
    """Return the tables whose ids begin with one of the names, as they will be printed."""
    return tuple(
        MadeTable(
            Markup(fragment(table, link=address_of)),  # noqa: S704 - escaped there
            tuple(
                Download(f"/tables/file/{table.id}.{form}", words)
                for form, words in (("docx", "Word"), ("xlsx", "Excel"), ("csv", "CSV"))
            ),
        )
        for table in server_of(request).remembered.of(project, tables)[0]
        if table.rows and table.id.startswith(names)
    )
