"""Measures: which instruments the reports used, and what is known of them."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from review.pipeline.synthesis.pictures import Picture, pictures
from review.web.made import MadeTable, SheetLink, made_tables, sheet_links
from review.web.serving import AProject, AViewer, render
from synthesis.measures import Measure, Property, Use

router = APIRouter()


@dataclass(frozen=True, slots=True)
class MeasuresPage:
    """The sheets behind the tables of measures, the tables, and measures by report."""

    sheets: tuple[SheetLink, ...]
    tables: tuple[MadeTable, ...]
    pictures: tuple[Picture, ...]


@router.get("/measures")
def measures_page(request: Request, viewer: AViewer, project: AProject) -> Response:
    """Show the measures as they will be printed, and the way to the sheets behind them."""
    page = MeasuresPage(
        sheets=sheet_links(project, viewer.name, Measure, Property, Use),
        tables=made_tables(request, project, "measures", "properties"),
        pictures=pictures(project, "measure-matrix"),
    )
    return render(request, "measures.html", page, viewer=viewer)
