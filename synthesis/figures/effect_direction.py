"""The effect-direction plot: which way each study points in each domain (Boon and Thomson 2021)."""

from collections.abc import Iterator, Mapping

from appraisal.scores import UnitScores
from screening.diagram.text import Metrics
from synthesis.directions import DirectionGrid, GridCell
from synthesis.figures.drawing import Drawing
from synthesis.figures.glyphs import Glyph
from synthesis.figures.matrix import Cell, LegendEntry, Matrix, Row, lay_out
from synthesis.figures.palette import shade
from synthesis.findings import Direction, DirectionBasis
from synthesis.grouping import Grouped

ID = "effect-direction"
"""The id of the plot; of one by groups, "effect-direction-by-" and the grouping's id."""

GLYPHS: Mapping[Direction, Glyph] = {
    Direction.BETTER: Glyph.UP,
    Direction.WORSE: Glyph.DOWN,
    Direction.MIXED: Glyph.SIDEWAYS,
    Direction.NO_DIFFERENCE: Glyph.NONE,
    Direction.UNKNOWN: Glyph.UNKNOWN,
}

_LARGE, _MIDDLING, _SMALL = 1.0, 0.75, 0.5


def effect_direction_plot(
    grid: DirectionGrid,
    labels: Mapping[str, str],
    scores: Mapping[str, UnitScores],
    metrics: Metrics,
    grouped: Grouped | None = None,
) -> Drawing:
    """Return the plot: a row per study (or report), a column per domain that anyone reports on.

    A mark's size shows the number finally analysed in the intervention; marks without a number are
    hollow. The first column shows the appraisal's percent, shaded by it. A digit beside a mark says
    how many outcomes it joins. `scores` are by column of the grid: for a
    study give those of the report that stands for it. Missing ones stay blank. With `grouped` rows stand
    under the headings of their groups.
    """
    domains = [(key, domain) for key, domain in grid.domains if grid.row(key)]
    rows = []
    for heading, columns in in_groups(grid, grouped):
        if heading:
            rows.append(Row(heading, heading=True))
        for column in columns:
            cells = [_score_cell(scores.get(column))]
            for key, _ in domains:
                found = grid.cells.get((key, column))
                cells.append(Cell() if found is None else _direction_cell(found))
            rows.append(Row(labels.get(column, column), tuple(cells)))
    by = f", by {grouped.label}" if grouped else ""
    significance = any(
        finding.basis is DirectionBasis.SIGNIFICANCE
        for cell in grid.cells.values()
        for finding in cell.findings
    )
    return lay_out(
        Matrix(
            id=f"{ID}-by-{grouped.id}" if grouped else ID,
            title=f"Direction of effect by {grid.unit} and domain{by}",
            description=_description(grid, labels, grouped),
            columns=("Appraisal, %", *(domain.label for _, domain in domains)),
            rows=tuple(rows),
            legend=legend(),
            notes=(
                *_notes(grid.unit, significance=significance),
                *(grouped.notes if grouped else ()),
            ),
            cell_width=34.0,
        ),
        metrics,
    )


def in_groups(
    grid: DirectionGrid, grouped: Grouped | None
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each group with its columns of the grid; without groups all columns under no heading."""
    if grouped is None:
        yield "", grid.columns
        return
    for group in grouped.groups:
        if members := grouped.members(group, grid.columns):
            yield group, members


def legend() -> tuple[LegendEntry, ...]:
    """Return what each mark means."""
    return tuple(
        LegendEntry(Cell(glyph=glyph, size=0.9), words)
        for glyph, words in (
            (Glyph.UP, "Better with the intervention"),
            (Glyph.DOWN, "Worse with the intervention"),
            (Glyph.SIDEWAYS, "Mixed: fewer than 70% of the outcomes point the same way"),
            (Glyph.NONE, "No difference"),
            (Glyph.UNKNOWN, "Direction unknown"),
        )
    )


def _notes(unit: str, *, significance: bool) -> tuple[str, ...]:
    notes = [
        (
            "Large marks: over 300 in the intervention; middling: 50 to 300; small: below 50; hollow: "
            "number not reported. A digit counts the outcomes joined. An empty cell: nothing reported."
        ),
        "The direction says nothing of the size or the precision of an effect.",
    ]
    if significance:
        notes.append(
            "Some directions were read from statistical significance, so no sign test is made."
        )
    if unit == "report":
        notes.append("Rows are reports; several may come from one study and are not independent.")
    return tuple(notes)


def _direction_cell(found: GridCell) -> Cell:
    number = found.n_intervention
    size = _MIDDLING
    if number is not None:
        size = _LARGE if number > 300 else _MIDDLING if number >= 50 else _SMALL
    text = str(found.outcomes) if found.outcomes > 1 else ""
    return Cell(text, glyph=GLYPHS[found.direction], size=size, hollow=number is None)


def _score_cell(score: UnitScores | None) -> Cell:
    if score is None or score.percent is None:
        return Cell()
    return Cell(str(score.percent), shade(score.percent / 100))


def _description(grid: DirectionGrid, labels: Mapping[str, str], grouped: Grouped | None) -> str:
    groups = [
        f"{grouped.label} {heading}: {', '.join(labels.get(each, each) for each in columns)}"
        for heading, columns in in_groups(grid, grouped)
        if grouped
    ]
    lines = [
        f"{domain.label}: "
        + ", ".join(f"{labels.get(c.column, c.column)} {c.direction}" for c in grid.row(key))
        for key, domain in grid.domains
        if grid.row(key)
    ]
    lines = groups + lines
    return "; ".join(lines) + "." if lines else "No finding has been entered."
