"""Text as the diagram's own font sets it: how wide it is, where it breaks, how its glyphs run."""

import base64
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from unicodedata import category

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
        font = _font(data)
        glyph_of, width_of = font.get_nominal_glyph, font.get_glyph_h_advance
        em = font.face.upem
        return cls(data, {code: width_of(glyph_of(code)) / em for code in font.face.unicodes})

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
        em: int = _font(face.data).face.upem
        places: list[tuple[str, int]] = []
        x = 0.0
        for character in text:
            if ord(character) in face.advances and not character.isspace():
                places.append((_glyph_id(character, bold=bold), round(x)))
            x += face.width(character) * em
        return Outline(tuple(places), size / em)

    def glyphs(self, texts: Iterable[str], *, bold: bool = False) -> dict[str, str]:
        """Return the shape of each glyph of the texts as SVG path data, by its id in outlines."""
        font = _font(self.face(bold=bold).data)
        pen = _path_pen()
        paths: dict[str, str] = {}
        for character in sorted({c for text in texts for c in text if not c.isspace()}):
            if (glyph := font.get_nominal_glyph(ord(character))) is not None:
                path: list[str] = []
                font.draw_glyph(glyph, pen, path)
                paths[_glyph_id(character, bold=bold)] = "".join(path)
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
    import uharfbuzz as hb  # noqa: PLC0415 - only where something is drawn

    wanted = hb.SubsetInput()
    flags = hb.SubsetFlags
    wanted.flags = flags.NO_HINTING | flags.NOTDEF_OUTLINE | flags.NO_BIDI_CLOSURE
    sets = hb.SubsetInputSets
    wanted.sets(sets.UNICODE).update(codes)
    for unneeded in (sets.LAYOUT_FEATURE_TAG, sets.NAME_ID):  # no kerning, no ligatures, no names
        wanted.sets(unneeded).clear()
    return base64.b64encode(hb.subset(_font(data).face, wanted).blob.data).decode("ascii")


def _unprintable(character: str) -> bool:
    return category(character) in ("Cc", "Cs") or character in "\ufffe\uffff"


def _glyph_id(character: str, *, bold: bool) -> str:
    return f"{'bold' if bold else 'regular'}-{ord(character):x}"


@cache
def _font(data: bytes) -> Any:  # noqa: ANN401 - uharfbuzz is untyped
    import uharfbuzz as hb  # noqa: PLC0415 - only where something is drawn

    return hb.Font(hb.Face(data))


@cache
def _path_pen() -> Any:  # noqa: ANN401 - likewise
    """Return what writes a glyph's shape as SVG path data, piece by piece, into a list."""
    import uharfbuzz as hb  # noqa: PLC0415 - only where something is drawn

    def written(command: str) -> Callable[..., None]:
        def write(*said: Any) -> None:  # noqa: ANN401 - its numbers, then the list
            said[-1].append(command + " ".join(f"{number:g}" for number in said[:-1]))

        return write

    pen = hb.DrawFuncs()
    pen.set_move_to_func(written("M"))
    pen.set_line_to_func(written("L"))
    pen.set_quadratic_to_func(written("Q"))
    pen.set_cubic_to_func(written("C"))
    pen.set_close_path_func(written("Z"))
    return pen
