"""Figures: as files, and as data for those who explore them in the page."""

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from review.pipeline.synthesis.pictures import picture_file, plotly_json
from review.web.downloads import SIGNED_IN, attachment
from review.web.serving import AProject

router = APIRouter(dependencies=[SIGNED_IN])


@router.get("/figures/file/{name}.{form}")
def figure_as_file(name: str, form: str, project: AProject) -> Response:
    """Return a figure as SVG or PNG."""
    content = picture_file(project, name, form)
    if content is None:
        raise HTTPException(404)
    return attachment(content, f"{name}.{form}")


@router.get("/figures/data/{name}")
def figure_as_data(name: str, project: AProject) -> Response:
    """Return a figure as plotly reads it."""
    content = plotly_json(project, name)
    if content is None:
        raise HTTPException(404)
    return Response(content, media_type="application/json")
