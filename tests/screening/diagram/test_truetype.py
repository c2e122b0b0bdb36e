"""Fonts read and cut by us are what fontTools, which reads all of a font, finds in them."""

import io
from typing import Any

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from review import resources
from screening.diagram.truetype import TrueType

STYLES = ("Regular", "Bold")
FONTS = {style: resources.fonts()[style].data() for style in STYLES}
KNOWN = {style: TTFont(io.BytesIO(data)) for style, data in FONTS.items()}
CODES = sorted(KNOWN["Regular"].getBestCmap())


def outline(font: TTFont, code: int) -> list[Any]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getBestCmap()[code]].draw(pen)
    return pen.value


@pytest.mark.parametrize("style", STYLES)
def test_every_character_is_as_wide_as_the_font_says(style: str) -> None:
    font = KNOWN[style]
    widths = font["hmtx"].metrics
    assert TrueType.read(FONTS[style]).advances() == {
        code: widths[name][0] / font["head"].unitsPerEm for code, name in font.getBestCmap().items()
    }


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=15)
@given(data=st.data())
def test_a_part_draws_its_characters_as_the_whole_does_and_no_others(
    style: str, data: st.DataObject
) -> None:
    codes = data.draw(st.sets(st.sampled_from(CODES), max_size=40))
    part = TTFont(io.BytesIO(TrueType.read(FONTS[style]).part(codes)))
    assert set(part.getBestCmap()) == codes
    for code in codes:
        assert outline(part, code) == outline(KNOWN[style], code)
        names = (part.getBestCmap()[code], KNOWN[style].getBestCmap()[code])
        assert part["hmtx"][names[0]] == KNOWN[style]["hmtx"][names[1]]


def test_characters_of_32_bits_and_letters_with_accents_are_in_a_part() -> None:
    wide = [code for code in CODES if code > 0xFFFF]
    codes = {ord("\N{LATIN SMALL LETTER E WITH ACUTE}"), ord("A"), *wide[:2]}
    part = TTFont(io.BytesIO(TrueType.read(FONTS["Regular"]).part(codes)))
    assert set(part.getBestCmap()) == codes
    assert wide


def test_a_part_has_right_sums_and_no_hints() -> None:
    data = TrueType.read(FONTS["Bold"]).part(map(ord, "Winnow \N{LATIN SMALL LETTER E WITH ACUTE}"))
    font = TTFont(io.BytesIO(data), checkChecksums=2)
    assert all(not font["glyf"][name].program.getBytecode() for name in font.getGlyphOrder()
               if hasattr(font["glyf"][name], "program"))  # fmt: skip
    assert len(data) < 5_000


def test_a_part_is_the_same_file_whatever_order_is_asked_for() -> None:
    font = TrueType.read(FONTS["Regular"])
    assert font.part([65, 66, 233]) == font.part([233, 66, 65, 65])
    assert font.part([65, 0x10FFFF]) == font.part([65])
