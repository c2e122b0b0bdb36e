"""Drawings as PDF: one page with its text selectable and its alternative text kept."""

from pathlib import Path
from typing import Literal

from synthesis.writers.svg_fonts import require_families

Paper = Literal["a4", "letter"]
_TYPST_PAPER = {"a4": "a4", "letter": "us-letter"}

# The drawing, its title and its alternative text come in as inputs: nothing is pasted into the source.
_PAGE = """
#set document(title: sys.inputs.title)
#set page(paper: sys.inputs.paper, flipped: sys.inputs.landscape == "yes", margin: 0pt)
#set text(font: sys.inputs.family)
#align(center + horizon, image(
  bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt, alt: sys.inputs.alt,
))
"""


def pdf(  # noqa: PLR0913 - each is a fact of the page
    svg: str,
    font_folder: Path,
    *,
    family: str,
    width: float,
    title: str,
    alt: str,
    paper: Paper = "a4",
    landscape: bool = False,
) -> bytes:
    """Return the drawing in the middle of one page, `width` points wide, as the bytes of a PDF.

    `font_folder` holds the font files, one for each style (two for one style would make the choice
    depend on the machine). Raises WinnowError where the drawing names a font that is not there.
    """
    import typst  # noqa: PLC0415 - only where something is rendered

    require_families(svg, sorted(font_folder.iterdir()))
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder)]
    )
    return bytes(
        typst.compile(
            _PAGE.encode(),
            format="pdf",
            font_paths=fonts,
            sys_inputs={
                "svg": svg,
                "family": family,
                "width": f"{width:.2f}",
                "title": title,
                "alt": alt,
                "paper": _TYPST_PAPER[paper],
                "landscape": "yes" if landscape else "no",
            },
            timestamp=0,
        )
    )
