"""What pages need from installed packages: the font of diagrams, plotly's own script."""

from importlib.resources import files

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from review import resources
from review.web.downloads import SIGNED_IN

router = APIRouter(dependencies=[SIGNED_IN])
_KEPT = {"Cache-Control": "private, max-age=86400"}


@router.get("/assets/font/{style}.ttf")
def font(style: str) -> Response:
    """Return one style of the font that diagrams and figures are measured with."""
    fonts = resources.fonts()
    if style not in fonts:
        raise HTTPException(404)
    return Response(fonts[style].data(), media_type="font/ttf", headers=_KEPT)


@router.get("/assets/plotly.js")
def plotly_script() -> Response:
    """Return the script that the installed plotly brings along."""
    script = files("plotly") / "package_data" / "plotly.min.js"
    return Response(script.read_bytes(), media_type="text/javascript", headers=_KEPT)
