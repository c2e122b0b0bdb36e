"""The same figures for the pages, as plotly figures in JSON; plotly's script is loaded by the page."""

from collections.abc import Mapping, Sequence
from html import escape

import plotly.graph_objects as go
import plotly.io

from appraisal.bland_altman import BlandAltman, signed
from appraisal.instrument import Instrument
from appraisal.profile import Profile
from appraisal.scores import UnitScores
from synthesis.directions import DirectionGrid
from synthesis.figures.effect_direction import GLYPHS, in_groups
from synthesis.figures.glyphs import Glyph
from synthesis.figures.palette import ink_on, legend_levels, level_fill, shade
from synthesis.findings import Direction
from synthesis.grouping import Grouped

_SYMBOLS: Mapping[Glyph, str] = {
    Glyph.UP: "triangle-up",
    Glyph.DOWN: "triangle-down",
    Glyph.SIDEWAYS: "diamond-wide",
    Glyph.NONE: "line-ew",
    Glyph.UNKNOWN: "circle-open",
}
_LAYOUT = {"template": "none", "font": {"family": "Source Sans Pro, sans-serif", "size": 14}}
_ROW = 28


def heat_table(
    instrument: Instrument, rows: Sequence[UnitScores], labels: Mapping[str, str]
) -> go.Figure:
    """Return the heat table; cells carry finished strings, and hovering says them in words."""
    values, texts = [], []
    for row in rows:
        places, shown = [], []
        for category in instrument.categories:
            scale = instrument.scale_of(category.id)
            score = row.scores.get(category.id)
            known = score is not None and score in scale.values
            places.append(scale.values.index(score) / (len(scale.values) - 1) if known else None)
            shown.append("" if score is None else str(score))
        values.append(places)
        texts.append(shown)
    first = instrument.scale
    stops = [
        [place / (len(first.values) - 1), level_fill(first, value)]
        for place, value in enumerate(first.values)
    ]
    figure = go.Figure(
        go.Heatmap(
            z=values,
            x=[_plain(category.label) for category in instrument.categories],
            y=[_named(row, labels) for row in rows],
            text=texts,
            texttemplate="%{text}",
            hovertemplate="%{y}<br>%{x}: %{text}<extra></extra>",
            colorscale=stops,
            zmin=0,
            zmax=1,
            showscale=False,
            xgap=1,
            ygap=1,
        )
    )
    figure.update_yaxes(autorange="reversed", automargin=True)
    figure.update_xaxes(side="top", automargin=True)
    return figure.update_layout(height=120 + _ROW * len(rows), **_LAYOUT)


def distribution(instrument: Instrument, profiled: Profile) -> go.Figure:
    """Return units by level in each category as stacked bars."""
    figure = go.Figure()
    for value, label, fill in legend_levels(instrument):
        counts = [dict(category.levels).get(value, 0) for category in profiled.categories]
        figure.add_bar(
            name=_plain(label),
            y=[_plain(category.label) for category in profiled.categories],
            x=counts,
            text=[str(count) if count else "" for count in counts],
            textposition="inside",
            orientation="h",
            marker={"color": fill, "line": {"width": 1}},
            hovertemplate="%{y}<br>" + _plain(label) + ": %{x}<extra></extra>",
        )
    figure.update_yaxes(autorange="reversed", automargin=True)
    figure.update_xaxes(title=f"{instrument.unit.capitalize()}s")
    height = 160 + _ROW * len(profiled.categories)
    return figure.update_layout(barmode="stack", height=height, **_LAYOUT)


def totals(
    instrument: Instrument, rows: Sequence[UnitScores], labels: Mapping[str, str]
) -> go.Figure:
    """Return the totals as bars; units without one have no bar. Raises ValueError without a total."""
    if instrument.maximum is None:
        raise ValueError(f"the {instrument.name} has no total")
    figure = go.Figure(
        go.Bar(
            y=[_named(row, labels) for row in rows],
            x=[row.total for row in rows],
            text=["" if row.total is None else f"{row.total} ({row.percent}%)" for row in rows],
            textposition="outside",
            orientation="h",
            marker={"color": shade(0.65)},
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    figure.update_yaxes(autorange="reversed", automargin=True)
    figure.update_xaxes(
        range=[0, instrument.maximum * 1.15], title=f"Total of {instrument.maximum}"
    )
    return figure.update_layout(height=120 + _ROW * len(rows), **_LAYOUT)


def bland_altman(
    first: str, second: str, found: BlandAltman, labels: Mapping[str, str]
) -> go.Figure:
    """Return the Bland-Altman plot of two raters; hovering names the units of a mark."""
    places: dict[tuple[float, float], list[str]] = {}
    for unit, mean, apart in found.points:
        places.setdefault((mean, apart), []).append(_plain(labels.get(unit, unit)))
    figure = go.Figure(
        go.Scatter(
            x=[mean for mean, _ in places],
            y=[apart for _, apart in places],
            text=[str(len(here)) if len(here) > 1 else "" for here in places.values()],
            customdata=["<br>".join(here) for here in places.values()],
            mode="markers+text",
            textfont={"color": ink_on(shade(0.65))},
            marker={
                "color": shade(0.65),
                "size": [12 if len(h) == 1 else 20 for h in places.values()],
            },
            hovertemplate="%{customdata}<br>mean %{x}, difference %{y}<extra></extra>",
        )
    )
    figure.add_hline(y=found.bias, annotation_text=f"Mean {signed(found.bias)}")
    for name, limit in zip(("Lower", "Upper"), found.limits or (), strict=False):
        figure.add_hline(
            y=limit, line={"dash": "dash"}, annotation_text=f"{name} limit {signed(limit)}"
        )
    figure.update_xaxes(title=_plain(f"Mean of the totals of {first} and {second}"))
    figure.update_yaxes(title=_plain(f"{first} minus {second}"), automargin=True)
    return figure.update_layout(height=420, showlegend=False, **_LAYOUT)


def effect_directions(
    grid: DirectionGrid, labels: Mapping[str, str], grouped: Grouped | None = None
) -> go.Figure:
    """Return units by domains with a mark per direction; hovering gives the findings' own words.

    With `grouped` units stand in the order of their groups, each named with its group.
    """
    rows = [
        (
            column,
            _plain(
                f"{group}: {labels.get(column, column)}" if group else labels.get(column, column)
            ),
        )
        for group, columns in in_groups(grid, grouped)
        for column in columns
    ]
    domains = {key: _plain(domain.label) for key, domain in grid.domains if grid.row(key)}
    figure = go.Figure()
    for direction in Direction:
        cells = [
            (row, cell)
            for column, row in rows
            for cell in grid.cells.values()
            if cell.column == column and cell.direction is direction
        ]
        if not cells:
            continue
        figure.add_scatter(
            name=str(direction),
            mode="markers",
            x=[domains[cell.domain] for _, cell in cells],
            y=[row for row, _ in cells],
            text=[
                "<br>".join(_plain(f.text or f.direction) for f in cell.findings)
                for _, cell in cells
            ],
            marker={
                "symbol": _SYMBOLS[GLYPHS[direction]],
                "size": 16,
                "color": shade(0.8),
                "line": {"width": 2, "color": shade(0.8)},
            },
            hovertemplate="%{y}<br>%{x}: " + str(direction) + "<br>%{text}<extra></extra>",
        )
    figure.update_xaxes(
        side="top",
        automargin=True,
        categoryorder="array",
        categoryarray=list(domains.values()),
    )
    figure.update_yaxes(
        autorange="reversed",
        automargin=True,
        categoryorder="array",
        categoryarray=[row for _, row in rows],
    )
    return figure.update_layout(height=200 + _ROW * len(rows), **_LAYOUT)


def as_json(figure: go.Figure) -> str:
    """Return the figure as JSON for `Plotly.newPlot`, safe inside a script element."""
    text = str(figure.to_json())
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def as_html(figure: go.Figure, element_id: str) -> str:
    """Return a fragment that draws the figure in a page which has loaded plotly's own script."""
    return str(
        plotly.io.to_html(figure, full_html=False, include_plotlyjs=False, div_id=element_id)
    )


def _named(row: UnitScores, labels: Mapping[str, str]) -> str:
    return _plain(labels.get(row.unit, row.unit))


def _plain(text: str) -> str:
    """Return a text as plotly shows it literally: it takes a few elements of HTML in any text."""
    return escape(text, quote=False)
