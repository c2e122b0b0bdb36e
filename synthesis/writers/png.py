"""Drawings as PNG: the same pixels on every machine, because no system font takes part."""

from collections.abc import Sequence
from pathlib import Path

from synthesis.writers.svg_fonts import require_families

SVG_DPI = 96  # what a CSS pixel is: SVG's points and pixels are read by it
PRINT_DPI = 300
WORD_DPI = 150  # beside the SVG that Word shows; at 300 a report takes three times as long


def png(svg: str, font_files: Sequence[Path], *, family: str, dpi: int = PRINT_DPI) -> bytes:
    """Return the drawing as the bytes of a PNG with a white ground, at `dpi` dots per inch.

    Text is drawn with `font_files` alone; `family` is what a generic family name stands for. Raises
    WinnowError where the drawing names a font that is not among them.
    """
    import resvg_py  # noqa: PLC0415 - only where something is rendered

    require_families(svg, font_files)
    drawn: bytes = resvg_py.svg_to_bytes(
        svg_string=svg,
        background="#ffffff",
        dpi=SVG_DPI,
        zoom=dpi / SVG_DPI,
        skip_system_fonts=True,
        font_files=[str(file) for file in font_files],
        font_family=family,
        sans_serif_family=family,
        serif_family=family,
    )
    return bytes(drawn)
