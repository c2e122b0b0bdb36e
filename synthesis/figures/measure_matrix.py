"""Which report used which measure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from screening.diagram.text import Metrics
from synthesis.figures.drawing import Drawing
from synthesis.figures.glyphs import Glyph
from synthesis.figures.matrix import Cell, Matrix, Row, lay_out
from synthesis.measures import Measure, Use
from synthesis.section import MeasuresSection
from synthesis.sentences import REPORT, counted, say, verb

ID = "measure-matrix"
"""The id of the matrix; where it takes several, "measure-matrix-1" and so on."""

# Rows that still can be read when they are shrunk to the height of a page.
_MOST = 24
_TITLE = "Outcome measures by report"


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands in one matrix: its title, and its measures under the headings of their groups."""

    title: str
    groups: tuple[tuple[str, tuple[Measure, ...]], ...]

    @property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(measure for _, measures in self.groups for measure in measures)


def measure_matrices(
    section: MeasuresSection,
    measures: Sequence[Measure],
    uses: Sequence[Use],
    labels: Mapping[str, str],
    metrics: Metrics,
) -> Iterator[Drawing]:
    """Yield the matrix: measures by group in rows, reports in columns, a dot where one was used.

    `labels` maps reports to what they are called, in the order of the columns. The last column counts
    the reports that used a measure. Measures of an unknown group come last under that group's name.
    What is too long for a page comes as a matrix for each group, a long one in parts; a report has a
    column where it used any of the measures shown, and a note counts those left out.
    """
    used = {(use.measure, use.report) for use in uses}
    groups = dict(section.groups)
    for measure in measures:
        groups.setdefault(measure.group, measure.group)
    ordered = [
        (heading, own)
        for group, heading in groups.items()
        if (own := tuple(measure for measure in measures if measure.group == group))
    ]
    parts = [_Part(_TITLE, tuple(ordered))]
    if len(measures) > _MOST:
        parts = [part for heading, own in ordered for part in _parts(heading, own)]
    for place, part in enumerate(parts, start=1):
        yield _matrix(f"{ID}-{place}" if len(parts) > 1 else ID, part, used, labels, metrics)


def _parts(heading: str, measures: Sequence[Measure]) -> Iterator[_Part]:
    """Yield the parts of one group, about equally long."""
    most = ceil(len(measures) / _MOST)
    size = ceil(len(measures) / most)
    for place in range(most):
        title = f"{_TITLE}: {heading}"
        if most > 1:
            title += f" ({place + 1} of {most})"
        yield _Part(title, (("", tuple(measures[place * size : (place + 1) * size])),))


def _matrix(
    name: str,
    part: _Part,
    used: set[tuple[str, str]],
    labels: Mapping[str, str],
    metrics: Metrics,
) -> Drawing:
    shown = {measure.id for measure in part.measures}
    users = {report for measure, report in used if measure in shown}
    columns = {report: label for report, label in labels.items() if report in users}
    rows: list[Row] = []
    for heading, measures in part.groups:
        if heading:
            rows.append(Row(heading, heading=True))
        for measure in measures:
            marks = [(measure.id, report) in used for report in columns]
            cells = [Cell(glyph=Glyph.DOT, size=0.6) if mark else Cell() for mark in marks]
            rows.append(Row(measure.name_with_abbreviation, (*cells, Cell(str(sum(marks))))))
    notes = ["A dot: the report used the measure."]
    if apart := len(labels) - len(columns):
        left_out = counted(apart, REPORT, start=True)
        has = verb(apart, "has", "have")
        notes.append(say(left_out, f" that used none of these {has} no column.").text)
    spoken = "; ".join(
        f"{measure.name}: "
        + (", ".join(columns[r] for r in columns if (measure.id, r) in used) or "no report")
        for measure in part.measures
    )
    return lay_out(
        Matrix(
            id=name,
            title=part.title,
            description=f"{spoken}." if spoken else "No measure has been entered.",
            columns=(*columns.values(), "Reports"),
            rows=tuple(rows),
            notes=tuple(notes),
            cell_width=26.0,
        ),
        metrics,
    )
