"""Marks drawn as paths, so that no font has to have them."""

from enum import StrEnum


class Glyph(StrEnum):
    """A mark in a cell."""

    UP = "up"
    DOWN = "down"
    SIDEWAYS = "sideways"
    NONE = "none"
    UNKNOWN = "unknown"
    DOT = "dot"


def path(glyph: Glyph, x: float, y: float, radius: float) -> str:
    """Return the path data of a mark around a centre."""
    return _PATHS[glyph].format(
        left=_n(x - radius),
        right=_n(x + radius),
        top=_n(y - radius),
        bottom=_n(y + radius),
        inner_left=_n(x - radius * 0.15),
        inner_right=_n(x + radius * 0.15),
        near_top=_n(y - radius * 0.18),
        near_bottom=_n(y + radius * 0.18),
        x=_n(x),
        y=_n(y),
        r=_n(radius),
        small=_n(radius * 0.6),
        small_left=_n(x - radius * 0.6),
        double=_n(radius * 2),
        double_small=_n(radius * 1.2),
    )


_PATHS = {
    Glyph.UP: "M{x} {top} L{right} {bottom} L{left} {bottom} Z",
    Glyph.DOWN: "M{x} {bottom} L{right} {top} L{left} {top} Z",
    Glyph.SIDEWAYS: (
        "M{left} {y} L{inner_left} {top} L{inner_left} {bottom} Z "
        "M{right} {y} L{inner_right} {top} L{inner_right} {bottom} Z"
    ),
    Glyph.NONE: "M{left} {near_top} H{right} V{near_bottom} H{left} Z",
    Glyph.UNKNOWN: (
        "M{small_left} {y} a{small} {small} 0 1 0 {double_small} 0 "
        "a{small} {small} 0 1 0 -{double_small} 0 Z"
    ),
    Glyph.DOT: "M{left} {y} a{r} {r} 0 1 0 {double} 0 a{r} {r} 0 1 0 -{double} 0 Z",
}


def _n(value: float) -> str:
    return f"{round(value, 2):g}"
