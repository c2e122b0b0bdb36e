"""The scores of every unit by category: colour to see the pattern, numbers to read the value."""

from collections.abc import Mapping, Sequence

from appraisal.instrument import Instrument, Score
from appraisal.scores import Basis, UnitScores
from screening.diagram.text import Metrics
from synthesis.figures.drawing import Drawing
from synthesis.figures.matrix import Cell, LegendEntry, Matrix, Row, lay_out
from synthesis.figures.palette import level_fill

_CELL = 40.0


def heat_table(
    instrument: Instrument,
    rows: Sequence[UnitScores],
    labels: Mapping[str, str],
    metrics: Metrics,
) -> Drawing:
    """Return the heat table, units in the order given and categories in the instrument's order.

    `labels` maps units to what they are called. A missing score is an empty cell and leaves total and
    percent empty too.
    """
    with_total = instrument.maximum is not None
    cells = [_cells(instrument, row) for row in rows]
    widest = max((metrics.width(cell.text, 10) for each in cells for cell in each), default=0)
    columns = [category.label for category in instrument.categories]
    if with_total:
        columns += [f"Total of {instrument.maximum}", "%"]
    return lay_out(
        Matrix(
            id="heat-table",
            title=f"{instrument.name}: scores",
            description=_description(instrument, rows, labels),
            columns=tuple(columns),
            rows=tuple(
                Row(labels.get(row.unit, row.unit), each)
                for row, each in zip(rows, cells, strict=True)
            ),
            legend=_legend(instrument),
            notes=_notes(instrument, rows),
            cell_width=max(_CELL, widest + 8),
        ),
        metrics,
    )


def _cells(instrument: Instrument, row: UnitScores) -> tuple[Cell, ...]:
    cells = []
    for category in instrument.categories:
        scale = instrument.scale_of(category.id)
        score = row.scores.get(category.id)
        known = score is not None and score in scale.values
        level = scale.level(score) if known and score is not None else None
        shown = (level.symbol or level.label) if level else ""
        cells.append(Cell(shown, level_fill(scale, score)))
    if instrument.maximum is not None:
        cells += [Cell("" if n is None else str(n)) for n in (row.total, row.percent)]
    return tuple(cells)


def _legend(instrument: Instrument) -> tuple[LegendEntry, ...]:
    entries: dict[Score, LegendEntry] = {}
    for category in instrument.categories:
        scale = instrument.scale_of(category.id)
        for level in scale.levels if scale.kind != "numbers" else ():
            cell = Cell(level.symbol, level_fill(scale, level.value))
            entries.setdefault(level.value, LegendEntry(cell, level.label))
    return tuple(entries.values())


def _notes(instrument: Instrument, rows: Sequence[UnitScores]) -> tuple[str, ...]:
    notes = []
    if instrument.scale.kind == "numbers":
        notes.append(f"Scores are {instrument.scale.describe()}; darker is higher.")
    if any(score is None for row in rows for score in row.scores.values()):
        notes.append("An empty cell has no score yet.")
    if any(row.basis is Basis.NOT_SETTLED for row in rows):
        notes.append("Rows without any score are not settled between their raters.")
    return tuple(notes)


def _description(
    instrument: Instrument, rows: Sequence[UnitScores], labels: Mapping[str, str]
) -> str:
    names = [category.label for category in instrument.categories]
    lines = [
        f"{labels.get(row.unit, row.unit)}: "
        + ", ".join(
            f"{name} {'not scored' if score is None else score}"
            for name, score in zip(names, row.scores.values(), strict=True)
        )
        + ("" if row.total is None else f", total {row.total}, {row.percent} percent")
        for row in rows
    ]
    return "; ".join(lines) + "." if lines else "No unit has been appraised."
