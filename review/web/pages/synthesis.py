"""Synthesis: findings by domain, their directions, themes, and the sheets they come from."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from review.pipeline.synthesis.pictures import Picture, pictures
from review.web.made import MadeTable, SheetLink, made_tables, sheet_links
from review.web.serving import AProject, AViewer, render
from synthesis.findings import Finding, Indicator, Predictor
from synthesis.themes import Participant, Presence, Quote, Theme
from synthesis.worksheets import (
    CerqualJudgement,
    GradeJudgement,
    MissingResults,
    PopayNote,
    SwimItem,
)

router = APIRouter()


@dataclass(frozen=True, slots=True)
class SynthesisPage:
    """What the reports find together. `judged` are the worksheets on certainty and conduct."""

    findings: tuple[SheetLink, ...]
    themes: tuple[SheetLink, ...]
    judged: tuple[SheetLink, ...]
    tables: tuple[MadeTable, ...]
    pictures: tuple[Picture, ...]


@router.get("/synthesis")
def synthesis_page(request: Request, viewer: AViewer, project: AProject) -> Response:
    """Show findings and themes as they stand, and the way to the sheets behind them."""
    name = viewer.name
    page = SynthesisPage(
        findings=sheet_links(project, name, Finding, Predictor, Indicator),
        themes=sheet_links(project, name, Theme, Participant, Presence, Quote),
        judged=sheet_links(
            project, name, PopayNote, SwimItem, GradeJudgement, CerqualJudgement, MissingResults
        ),
        tables=made_tables(
            request,
            project,
            "directions",
            "votes",
            "groups",
            "predictors",
            "themes",
            "summary",
            "cerqual",
            "swim",
        ),
        pictures=pictures(project, "effect-direction", "harvest", "theme-matrix"),
    )
    return render(request, "synthesis.html", page, viewer=viewer)
