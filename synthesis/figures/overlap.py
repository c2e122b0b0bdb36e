"""How the sources of a search overlap: a bar per combination over the dots that name its sources.

The arrangement is that of UpSet plots (Lex et al. 2014, doi:10.1109/TVCG.2014.2346248), which stay
readable where circles no longer do.
"""

from collections.abc import Mapping

from screening.diagram.text import Metrics
from screening.identification.overlap import Overlap
from synthesis.figures.drawing import INK, RULE, Drawing, Path, Rect, Shape, Text, stacked
from synthesis.figures.glyphs import Glyph, path
from synthesis.figures.palette import shade
from synthesis.sentences import series

MOST = 20
"""Combinations that are drawn; what is left over is summed up in a note."""

_MARGIN = 12.0
_LABEL_WIDTH = 220.0
_COLUMN, _TALLEST, _LEADING = 24.0, 110.0, 12.0
_HEADING = 22.0
_EMPTY = shade(0.1)


def overlap_plot(found: Overlap, names: Mapping[str, str], metrics: Metrics) -> Drawing:
    """Return the plot: a column per combination, the largest first, a row per source.

    `names` are what sources are called; the number beside a source counts the references it holds,
    the number over a bar those that exactly the marked sources hold.
    """
    shown = found.combinations[:MOST]
    most = max((n for _, n in shown), default=1)
    left = _MARGIN + _LABEL_WIDTH + 44
    width = max(left + len(shown) * _COLUMN + _MARGIN, 420.0)
    title = "References by the sources that hold them"
    shapes: list[Shape] = [*stacked([title], _MARGIN, _MARGIN + 10, size=12, bold=True)]
    ground = _MARGIN + 34 + _TALLEST
    for place, (_, n) in enumerate(shown):
        height = max(_TALLEST * n / most, 1.0)
        x = left + place * _COLUMN
        shapes.append(Rect(x + 4, ground - height, _COLUMN - 8, height, shade(0.65)))
        middle = x + _COLUMN / 2
        shapes.append(Text(middle, ground - height - 4, str(n), 8.5, anchor="middle"))
    shapes.append(Path(f"M{left:g} {ground:g} H{width - _MARGIN:g}", "none", RULE))
    y = ground + 8
    centres: dict[str, float] = {}
    for each in found.sources:
        lines = metrics.wrap(names.get(each.source, each.source), _LABEL_WIDTH, 10)
        height = len(lines) * _LEADING + 8
        centres[each.source] = y + height / 2
        shapes += stacked(lines, _MARGIN, y + 4 + _LEADING * 0.8)
        number = Text(left - 10, centres[each.source] + 3.5, str(each.references), anchor="end")
        shapes.append(number)
        y += height
    for place, (together, _) in enumerate(shown):
        middle = left + (place + 0.5) * _COLUMN
        marked = [centres[source] for source in together]
        if len(marked) > 1:
            shapes.append(Path(f"M{middle:g} {min(marked):g} V{max(marked):g}", "none", INK))
        for source, centre in centres.items():
            fill = INK if source in together else _EMPTY
            shapes.append(Path(path(Glyph.DOT, middle, centre, 5.0), fill))
    for words in _notes(found):
        lines = metrics.wrap(words, width - 2 * _MARGIN, 9)
        shapes += stacked(lines, _MARGIN, y + 14, size=9)
        y += len(lines) * 10.8 + 4
    described = _description(found, names)
    return Drawing(
        "overlap",
        title,
        described,
        width,
        y + 2 * _MARGIN,
        tuple(shapes),
        heading=1,
        heading_room=_HEADING,
    )


def _notes(found: Overlap) -> list[str]:
    notes = [
        (
            "The number beside a source counts the references it holds; a bar counts those that "
            "exactly the sources marked below it hold."
        )
    ]
    if rest := found.combinations[MOST:]:
        together = sum(n for _, n in rest)
        notes.append(
            f"{len(rest)} smaller combinations, {together:,} references together, are not drawn."
        )
    return notes


def _description(found: Overlap, names: Mapping[str, str]) -> str:
    parts = [
        f"{series(names.get(source, source) for source in together)}: {n}"
        for together, n in found.combinations[:MOST]
    ]
    return f"References held by exactly these sources. {'; '.join(parts)}."
