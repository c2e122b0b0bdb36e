"""Drawings become PNG and PDF with the fonts they are given and no others."""

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from review import resources
from screening.problems import WinnowError
from synthesis.writers.pdf import pdf
from synthesis.writers.png import png
from synthesis.writers.svg_fonts import family_names

FAMILY = resources.FONT_FAMILY
FILES = [font.path for font in resources.fonts().values()]


@pytest.fixture
def folder() -> Iterator[Path]:
    with resources.font_folder() as fonts:
        yield fonts


def drawing(text: str = "Screened", family: str = FAMILY) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="144pt" height="72pt" viewBox="0 0 144 72"'
        f' font-family="&#39;{family}&#39;, sans-serif"><text x="10" y="40" font-size="20">{text}</text></svg>'
    )


def size(image: bytes) -> tuple[int, int]:
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", image[16:24])
    return width, height


def test_a_png_has_as_many_dots_as_its_print_size_asks_for() -> None:
    assert size(png(drawing(), FILES, family=FAMILY, dpi=300)) == (600, 300)
    assert size(png(drawing(), FILES, family=FAMILY, dpi=96)) == (192, 96)


def test_the_text_is_drawn_and_differs_with_its_words() -> None:
    empty, full = (png(drawing(text), FILES, family=FAMILY) for text in ("", "Screened"))
    assert empty != full


def test_an_unknown_font_is_an_error_because_renderers_draw_nothing(folder: Path) -> None:
    unknown = drawing(family="No Such Family")
    with pytest.raises(WinnowError, match="No Such Family"):
        png(unknown, FILES, family=FAMILY)
    with pytest.raises(WinnowError, match="No Such Family"):
        pdf(unknown, folder, family=FAMILY, width=144, title="Flow", alt="A flow")


def test_fonts_tell_their_family() -> None:
    assert FAMILY in family_names(FILES[0].read_bytes())


@pytest.mark.parametrize(
    ("paper", "way", "expected"),
    [
        ("a4", "upright", (595.28, 841.89)),
        ("a4", "lying", (841.89, 595.28)),
        ("letter", "upright", (612, 792)),
        ("letter", "lying", (792, 612)),
    ],
)
def test_a_pdf_is_one_page_of_the_paper_asked_for(
    folder: Path, paper: str, way: str, expected: tuple[float, float]
) -> None:
    page = pdf(
        drawing(),
        folder,
        family=FAMILY,
        width=144,
        title="Flow",
        alt="A flow",
        paper=paper,
        landscape=way == "lying",
    )
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", page)
    assert len(boxes) == 1
    assert tuple(map(float, boxes[0])) == pytest.approx(expected, abs=0.1)


def test_a_pdf_embeds_our_font_and_keeps_the_alternative_text(folder: Path) -> None:
    page = pdf(drawing(), folder, family=FAMILY, width=144, title="Flow", alt="Sixteen included")
    whole = page + b"".join(_inflated(page))
    assert b"SourceSansPro" in whole
    assert b"Libertinus" not in whole
    assert b"Sixteen included" in whole or "Sixteen included".encode("utf-16-be") in whole


def test_text_from_a_drawing_is_never_run_as_typst(folder: Path) -> None:
    hostile = '#panic("run") $x$ `"'
    assert pdf(drawing(), folder, family=FAMILY, width=144, title=hostile, alt=hostile)


def _inflated(page: bytes) -> Iterator[bytes]:
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", page, re.DOTALL):
        try:
            yield zlib.decompress(stream)
        except zlib.error:
            continue
