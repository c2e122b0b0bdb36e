"""Which report used which measure."""

from collections.abc import Mapping, Sequence

from screening.diagram.text import Metrics
from synthesis.figures.drawing import Drawing
from synthesis.figures.glyphs import Glyph
from synthesis.figures.matrix import Cell, Matrix, Row, lay_out
from synthesis.measures import Measure, MeasuresSection, Use


def measure_matrix(
    section: MeasuresSection,
    measures: Sequence[Measure],
    uses: Sequence[Use],
    labels: Mapping[str, str],
    metrics: Metrics,
) -> Drawing:
    """Return the matrix: measures by group in rows, reports in columns, a dot where one was used.

    `labels` maps reports to what they are called, in the order of the columns. The last column counts
    the reports that used a measure. Measures of an unknown group come last under that group's name.
    """
    used = {(use.measure, use.report) for use in uses}
    groups = dict(section.groups)
    for measure in measures:
        groups.setdefault(measure.group, measure.group)
    rows: list[Row] = []
    for group, heading in groups.items():
        own = [measure for measure in measures if measure.group == group]
        if not own:
            continue
        rows.append(Row(heading, heading=True))
        for measure in own:
            marks = [(measure.id, report) in used for report in labels]
            cells = [Cell(glyph=Glyph.DOT, size=0.6) if mark else Cell() for mark in marks]
            rows.append(Row(measure.name_with_abbreviation, (*cells, Cell(str(sum(marks))))))
    spoken = "; ".join(
        f"{measure.name}: "
        + (", ".join(labels[r] for r in labels if (measure.id, r) in used) or "no report")
        for measure in measures
    )
    return lay_out(
        Matrix(
            id="measure-matrix",
            title="Outcome measures by report",
            description=f"{spoken}." if spoken else "No measure has been entered.",
            columns=(*labels.values(), "Reports"),
            rows=tuple(rows),
            notes=("A dot: the report used the measure.",),
            cell_width=26.0,
        ),
        metrics,
    )
