"""The fonts of a drawing, checked before it is rendered: renderers leave unknown ones out in silence."""

import re
from collections.abc import Iterable
from pathlib import Path

from screening.problems import WinnowError, error

_FAMILY = re.compile(r'font-family="([^"]*)"')


def require_families(svg: str, font_files: Iterable[Path]) -> None:
    """Raise WinnowError where the drawing names first a font family that no file holds."""
    wanted = {_first(families) for families in _FAMILY.findall(svg)}
    present = {name for file in font_files for name in family_names(file.read_bytes())}
    absent = sorted(wanted - present)
    if absent:
        raise WinnowError(
            error(
                "drawing",
                f'The font family "{name}" is not among the fonts given ({", ".join(sorted(present))}):'
                " the text would be left out.",
            )
            for name in absent
        )


def family_names(data: bytes) -> set[str]:
    """Return the family names that a TrueType or OpenType file gives itself."""
    import uharfbuzz as hb  # noqa: PLC0415 - only where something is rendered

    face = hb.Face(data)
    return {
        str(name)
        for kind in (hb.OTNameIdPredefined.FONT_FAMILY, hb.OTNameIdPredefined.TYPOGRAPHIC_FAMILY)
        if (name := face.get_name(kind))
    }


def _first(families: str) -> str:
    plain = families.replace("&#39;", "'").replace("&apos;", "'")
    return plain.split(",")[0].strip().strip("'")
