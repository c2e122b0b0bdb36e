"""Which themes show where: by report, or with the participants of one report."""

from collections.abc import Mapping

from screening.diagram.text import Metrics
from synthesis.figures.drawing import Drawing
from synthesis.figures.matrix import Cell, LegendEntry, Matrix, Row, lay_out
from synthesis.figures.palette import shade
from synthesis.themes import Stance, ThemeGrid, ThemeLine

_INDENT = "\u00a0" * 4
_MARKS: Mapping[Stance, tuple[str, float]] = {
    Stance.PRESENT: ("yes", 0.2),
    Stance.SUPPORTS: ("+", 0.2),
    Stance.DIFFICULTY: ("\u2212", 0.75),
    Stance.BOTH: ("\u00b1", 0.45),
    Stance.ABSENT: ("no", 0.0),
}


def theme_matrix(
    grid: ThemeGrid, labels: Mapping[str, str], title: str, metrics: Metrics
) -> Drawing:
    """Return the matrix, subthemes set in under their theme; an empty cell was not looked for.

    `labels` maps the grid's columns to what they are called. The last column counts where a theme
    shows. A theme that was looked for nowhere stands as a heading, most often over its subthemes.
    """
    used = {stance for line in grid.lines for stance in line.stances if stance is not None}
    rows = tuple(_row(line) for line in grid.lines)
    return lay_out(
        Matrix(
            id="theme-matrix",
            title=title,
            description=_description(grid, labels),
            columns=(*(labels.get(column, column) for column in grid.columns), "Shows in"),
            rows=rows,
            legend=tuple(
                LegendEntry(_cell(stance), str(stance).capitalize())
                for stance in Stance
                if stance in used
            ),
            notes=("An empty cell: not looked for.",),
            cell_width=48.0,
        ),
        metrics,
    )


def _row(line: ThemeLine) -> Row:
    name = _INDENT * line.level + line.theme.name
    if not any(line.stances):
        return Row(name, heading=True)
    shown = sum(stance not in (None, Stance.ABSENT) for stance in line.stances)
    return Row(name, (*(_cell(stance) for stance in line.stances), Cell(str(shown))))


def _cell(stance: Stance | None) -> Cell:
    if stance is None:
        return Cell()
    text, darkness = _MARKS[stance]
    return Cell(text, shade(darkness))


def _description(grid: ThemeGrid, labels: Mapping[str, str]) -> str:
    lines = []
    for line in grid.lines:
        shown = [
            f"{labels.get(column, column)} {stance}"
            for column, stance in zip(grid.columns, line.stances, strict=True)
            if stance is not None
        ]
        lines.append(f"{line.theme.name}: {', '.join(shown) or 'not looked for'}")
    return "; ".join(lines) + "." if lines else "No theme has been entered."
