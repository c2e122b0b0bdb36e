"""The stopping display among the other figures: the same shapes, the same letters."""

from screening.stopping.figure import Figure, Panel
from synthesis.figures.drawing import INK, Drawing, Path, Shape, Text

_GRID, _LIMIT, _LINE = "#dddddd", "#a33b00", "#1f3a5f"
_WIDTH, _HEIGHT = 820.0, 330.0


def stopping_plot(figure: Figure) -> Drawing:
    """Return the display as `screening.stopping.figure.figure` placed it: the verdict, two panels."""
    shapes: list[Shape] = [Text(60, 22, figure.verdict, 14, bold=True)]
    for panel in figure.panels:
        shapes += _panel(panel)
    return Drawing("stopping", figure.title, figure.description, _WIDTH, _HEIGHT, tuple(shapes))


def _panel(panel: Panel) -> list[Shape]:
    shapes: list[Shape] = [Text(panel.middle, 48, panel.title, 12, bold=True, anchor="middle")]
    for tick in panel.y_ticks:
        shapes.append(_across(panel, tick.place, _GRID))
        shapes.append(Text(panel.left - 8, tick.place + 4, tick.label, 12, anchor="end"))
    for tick in panel.x_ticks:
        shapes.append(Path(f"M{tick.place:g} {panel.bottom:g} v5", "none", INK))
        shapes.append(Text(tick.place, panel.bottom + 19, tick.label, 12, anchor="middle"))
    axes = f"M{panel.left:g} {panel.top:g} V{panel.bottom:g} H{panel.right:g}"
    shapes += [
        Path(axes, "none", INK),
        _across(panel, panel.limit, _LIMIT),
        Text(panel.right + 6, panel.limit + 4, panel.limit_label, 12, fill=_LIMIT),
    ]
    if panel.line:
        shapes.append(Path(f"M{panel.line.replace(' ', ' L')}", "none", _LINE))
    shapes.append(Text(panel.middle, panel.bottom + 42, panel.x_label, 12, anchor="middle"))
    return shapes


def _across(panel: Panel, y: float, colour: str) -> Path:
    return Path(f"M{panel.left:g} {y:g} H{panel.right:g}", "none", colour)
