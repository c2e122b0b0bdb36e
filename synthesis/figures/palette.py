"""Colours that are told apart by everyone: one hue from light to dark, and never colour alone."""

from appraisal.instrument import Instrument, Scale, Score
from synthesis.figures.drawing import INK

_LIGHT = (0xF2, 0xF7, 0xFC)
_DARK = (0x0B, 0x3C, 0x6F)
_NAMED = ("#56b4e9", "#e69f00", "#d9d9d9", "#ffffff", "#009e73", "#f0e442", "#cc79a7")
"""The palette of Okabe and Ito (2008) in an order that puts its clearest contrast first."""

MISSING = "#ffffff"


def shade(share: float) -> str:
    """Return the colour at a share from 0, light, to 1, dark; beyond them the ends."""
    share = min(max(share, 0.0), 1.0)
    mixed = [round(a + (b - a) * share) for a, b in zip(_LIGHT, _DARK, strict=True)]
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def level_fill(scale: Scale, score: Score | None) -> str:
    """Return the colour of a level: darker for more on a scale with an order, else its own."""
    if score is None or score not in scale.values:
        return MISSING
    place = scale.values.index(score)
    if scale.kind == "unordered":
        return _NAMED[place % len(_NAMED)]
    return shade(place / (len(scale.values) - 1))


def legend_levels(instrument: Instrument) -> list[tuple[Score, str, str]]:
    """Return value, words and colour of every level of any category, each value once.

    The instrument's own scale comes first; categories with scales of their own add what is new.
    """
    scales = [instrument.scale, *(each.scale for each in instrument.categories if each.scale)]
    found: dict[Score, tuple[Score, str, str]] = {}
    for scale in scales:
        for level in scale.levels:
            found.setdefault(
                level.value, (level.value, level.label, level_fill(scale, level.value))
            )
    return list(found.values())


def ink_on(fill: str) -> str:
    """Return black or white, whichever stands out more on a fill (WCAG 2 relative luminance)."""
    if not fill.startswith("#"):
        return INK
    luminance = _luminance(fill)
    return "#ffffff" if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 else "#000000"


def contrast(first: str, second: str) -> float:
    """Return the WCAG 2 contrast ratio of two colours, from 1 to 21."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
