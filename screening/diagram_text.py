"""Text as the diagram's own font sets it: how wide it is, where it breaks, how its glyphs run."""

import base64
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

NO_BREAK_SPACE = "\u00a0"


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
        font = _font(data)
        em, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        return cls(data, {code: widths[name][0] / em for code, name in font.getBestCmap().items()})

    def width(self, text: str) -> float:
        """Return the width of a text in ems, without kerning, which the drawing turns off."""
        return sum(self.advances.get(ord(character), self.absent) for character in text)


@dataclass(frozen=True, slots=True)
class Outline:
    """The shapes of a text as SVG path data, in font units with y upwards, and their scale."""

    path: str
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
        line = ""
        for word in text.split(" "):
            for piece in self._pieces(word, width, size, bold=bold):
                longer = f"{line} {piece}" if line else piece
                if line and self.width(longer, size, bold=bold) > width:
                    lines.append(line)
                    longer = piece
                line = longer
        return [*lines, line] if line else lines

    def outline(self, text: str, size: float, *, bold: bool = False) -> "Outline":
        """Return the shapes of a text's glyphs, starting at the origin."""
        from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415 - only for pictures in Word
        from fontTools.pens.transformPen import TransformPen  # noqa: PLC0415 - likewise

        face = self.face(bold=bold)
        font = _font(face.data)
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        em: int = font["head"].unitsPerEm
        pen, x = SVGPathPen(glyphs), 0.0
        for character in text:
            if name := names.get(ord(character)):
                glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, round(x), 0)))
            x += face.width(character) * em
        return Outline(str(pen.getCommands()), size / em)

    def _pieces(self, word: str, width: float, size: float, *, bold: bool) -> Iterable[str]:
        while self.width(word, size, bold=bold) > width and len(word) > 1:
            end = 1
            while end < len(word) and self.width(word[: end + 1], size, bold=bold) <= width:
                end += 1
            yield word[:end]
            word = word[end:]
        yield word


def embedded(face: Face, texts: Sequence[str]) -> str:
    """Return the part of a face that draws the texts, as base64 of a TrueType file."""
    from fontTools import subset  # noqa: PLC0415 - only for drawings that carry their font

    options = subset.Options(
        hinting=False, layout_features=[], name_IDs=[], notdef_outline=True, recalc_timestamp=False
    )
    font = _font(face.data, fresh=True)
    # Kerning and ligatures are off; taking their tables out first spares reading them.
    for table in ("BASE", "DSIG", "GDEF", "GPOS", "GSUB"):
        if table in font:
            del font[table]
    worker = subset.Subsetter(options)
    worker.populate(unicodes=sorted({ord(c) for text in texts for c in text}))
    worker.subset(font)
    out = io.BytesIO()
    font.save(out, reorderTables=True)
    return base64.b64encode(out.getvalue()).decode("ascii")


def _font(data: bytes, *, fresh: bool = False) -> "TTFont":
    return _parsed.__wrapped__(data) if fresh else _parsed(data)


@cache
def _parsed(data: bytes) -> Any:  # noqa: ANN401 - fontTools is untyped
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - only where a diagram is drawn

    return TTFont(io.BytesIO(data), recalcTimestamp=False)
