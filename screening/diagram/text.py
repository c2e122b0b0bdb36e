"""Text as the diagram's own font sets it: how wide it is, where it breaks, how its glyphs run."""

import base64
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from unicodedata import category

from screening.diagram.truetype import TrueType

NO_BREAK_SPACE = "\u00a0"


def plain(text: str) -> str:
    """Return a text on one line, without the control characters that no XML file may hold."""
    return " ".join("".join(" " if _unprintable(c) else c for c in text).split())


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: advance widths by character, in units of an em."""

    data: bytes
    advances: dict[int, float]
    # A character the font lacks is drawn by whatever font the viewer has: allow it a full em.
    absent: float = 1.0

    @classmethod
    def read(cls, data: bytes) -> "Face":
        """Read the TrueType file `data`."""
        return cls(data, _file(data).advances())

    def width(self, text: str) -> float:
        """Return the width of a text in ems, without kerning, which the drawing turns off."""
        return sum(self.advances.get(ord(character), self.absent) for character in text)


@dataclass(frozen=True, slots=True)
class Outline:
    """A text as glyphs (id, distance from its start), in font units with y upwards, and their scale."""

    places: tuple[tuple[str, int], ...]
    scale: float


@dataclass(frozen=True, slots=True)
class Metrics:
    """The two faces of the diagram: what is measured with them is what is drawn with them."""

    regular: Face
    bold: Face
    family: str = "Source Sans Pro"

    @classmethod
    def read(cls, regular: bytes, bold: bytes, family: str = "Source Sans Pro") -> "Metrics":
        """Read both faces from the bytes of their TrueType files."""
        return cls(Face.read(regular), Face.read(bold), family)

    def face(self, *, bold: bool) -> Face:
        """Return the face of a weight."""
        return self.bold if bold else self.regular

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return the width of a text at a size, in the unit of the size."""
        return self.face(bold=bold).width(text) * size

    def absent(self, text: str) -> str:
        """Return the characters of a text that the font cannot draw, each once."""
        known = self.regular.advances
        return "".join(dict.fromkeys(c for c in text if ord(c) not in known and not c.isspace()))

    def wrap(self, text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
        """Break a text into lines no wider than `width`.

        Lines break at spaces; a word that is wider than a line alone breaks between its characters.
        """
        lines: list[str] = []
        line, taken = "", 0.0
        space = self.width(" ", size, bold=bold)
        for word in text.split(" "):
            for piece, needed in self._pieces(word, width, size, bold=bold):
                if line and taken + space + needed > width:
                    lines.append(line)
                    line, taken = piece, needed
                elif line:
                    line, taken = f"{line} {piece}", taken + space + needed
                else:
                    line, taken = piece, needed
        return [*lines, line] if line else lines

    def outline(self, text: str, size: float, *, bold: bool = False) -> "Outline":
        """Return where each glyph of a text stands when it starts at the origin."""
        face = self.face(bold=bold)
        font = _font(face.data)
        em: int = font["head"].unitsPerEm
        names, x = font.getBestCmap(), 0.0
        places: list[tuple[str, int]] = []
        for character in text:
            if ord(character) in names and not character.isspace():
                places.append((_glyph_id(character, bold=bold), round(x)))
            x += face.width(character) * em
        return Outline(tuple(places), size / em)

    def glyphs(self, texts: Iterable[str], *, bold: bool = False) -> dict[str, str]:
        """Return the shape of each glyph of the texts as SVG path data, by its id in outlines."""
        from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415 - only for pictures in Word

        font = _font(self.face(bold=bold).data)
        shapes, names = font.getGlyphSet(), font.getBestCmap()
        paths: dict[str, str] = {}
        for character in sorted({c for text in texts for c in text if not c.isspace()}):
            if name := names.get(ord(character)):
                pen = SVGPathPen(shapes)
                shapes[name].draw(pen)
                paths[_glyph_id(character, bold=bold)] = str(pen.getCommands())
        return paths

    def _pieces(
        self, word: str, width: float, size: float, *, bold: bool
    ) -> Iterator[tuple[str, float]]:
        """Yield the word with its width, or parts of it that are no wider than a line."""
        piece, taken = "", 0.0
        for character in word:
            needed = self.width(character, size, bold=bold)
            if piece and taken + needed > width:
                yield piece, taken
                piece, taken = "", 0.0
            piece, taken = piece + character, taken + needed
        yield piece, taken


def embedded(face: Face, texts: Sequence[str]) -> str:
    """Return the part of a face that draws the texts, as base64 of a TrueType file."""
    return _part(face.data, tuple(sorted({ord(c) for text in texts for c in text})))


@lru_cache(maxsize=64)
def _part(data: bytes, codes: tuple[int, ...]) -> str:
    """Return the part of a font for some characters; one diagram asks for the same several times."""
    return base64.b64encode(_file(data).part(codes)).decode("ascii")


def _unprintable(character: str) -> bool:
    return category(character) in ("Cc", "Cs") or character in "\ufffe\uffff"


def _glyph_id(character: str, *, bold: bool) -> str:
    return f"{'bold' if bold else 'regular'}-{ord(character):x}"


@cache
def _file(data: bytes) -> TrueType:
    return TrueType.read(data)


@cache
def _font(data: bytes) -> Any:  # noqa: ANN401 - fontTools is untyped
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - only for letters as shapes, in Word

    return TTFont(io.BytesIO(data), recalcTimestamp=False)
