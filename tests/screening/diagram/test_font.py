"""What is measured and embedded of a font is what fontTools, which reads all of it, finds there."""

import base64
import io
from typing import Any

import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.svgLib.path import parse_path
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from review import resources
from screening.diagram.text import Face, Metrics, embedded

STYLES = ("Regular", "Bold")
FACES = {style: Face.read(resources.fonts()[style].data()) for style in STYLES}
KNOWN = {style: TTFont(io.BytesIO(face.data)) for style, face in FACES.items()}
CODES = sorted(KNOWN["Regular"].getBestCmap())
ACUTE = "\N{LATIN SMALL LETTER E WITH ACUTE}"


def part(style: str, *texts: str) -> TTFont:
    data = base64.b64decode(embedded(FACES[style], texts))
    return TTFont(io.BytesIO(data), checkChecksums=2)


def outline(font: TTFont, code: int) -> list[Any]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getBestCmap()[code]].draw(pen)
    return pen.value


@pytest.mark.parametrize("style", STYLES)
def test_every_character_is_as_wide_as_the_font_says(style: str) -> None:
    font = KNOWN[style]
    widths = font["hmtx"].metrics
    assert FACES[style].advances == {
        code: widths[name][0] / font["head"].unitsPerEm for code, name in font.getBestCmap().items()
    }


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=15)
@given(data=st.data())
def test_a_part_draws_its_characters_as_the_whole_does_and_no_others(
    style: str, data: st.DataObject
) -> None:
    codes = data.draw(st.sets(st.sampled_from(CODES), min_size=1, max_size=40))
    found = part(style, *map(chr, codes))
    assert set(found.getBestCmap()) == codes
    for code in codes:
        assert outline(found, code) == outline(KNOWN[style], code)
        names = (found.getBestCmap()[code], KNOWN[style].getBestCmap()[code])
        assert found["hmtx"][names[0]] == KNOWN[style]["hmtx"][names[1]]


def test_a_part_is_small_and_without_hints() -> None:
    font = part("Bold", f"Winnow {ACUTE}")
    assert all(not font["glyf"][name].program.getBytecode() for name in font.getGlyphOrder()
               if hasattr(font["glyf"][name], "program"))  # fmt: skip
    assert len(embedded(FACES["Bold"], [f"Winnow {ACUTE}"])) < 6_000


def test_a_part_is_the_same_file_whatever_order_is_asked_for() -> None:
    face = FACES["Regular"]
    assert embedded(face, ["AB", ACUTE]) == embedded(face, [f"{ACUTE}B", "AA"])
    assert embedded(face, ["A\U0010ffff"]) == embedded(face, ["A"])


@pytest.mark.parametrize("style", STYLES)
def test_a_letter_as_a_shape_covers_what_the_font_draws(style: str) -> None:
    metrics, font = Metrics(FACES["Regular"], FACES["Bold"]), KNOWN[style]
    letters = [chr(code) for code in CODES[::9] if not chr(code).isspace()]
    shapes = metrics.glyphs(letters, bold=style == "Bold")
    assert len(shapes) == len(letters)
    glyphs = font.getGlyphSet()
    for letter, path in zip(letters, shapes.values(), strict=True):
        drawn, known = AreaPen(), AreaPen(glyphs)
        parse_path(path, drawn)
        glyphs[font.getBestCmap()[ord(letter)]].draw(known)
        assert drawn.value == pytest.approx(known.value)
