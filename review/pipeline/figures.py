"""The static figures of a review, drawn from what the tables are made of."""

from collections.abc import Iterator

from appraisal.profile import profile
from review import diagrams, resources
from review.pipeline.project import Project
from screening.diagram import layout
from synthesis.directions import DirectionGrid, direction_grid
from synthesis.figures.bars import distribution, totals
from synthesis.figures.drawing import Drawing, svg
from synthesis.figures.effect_direction import effect_direction_plot
from synthesis.figures.heat_table import heat_table
from synthesis.figures.measure_matrix import measure_matrix
from synthesis.report import Figure
from synthesis.tables.catalogue import TableInputs
from synthesis.writers.png import png


def figures(project: Project, inputs: TableInputs) -> list[Figure]:
    """Return every figure there is something to show in: the flow first, then scores and synthesis."""
    return [_flow(project, inputs), *(_figure(each) for each in drawings(project, inputs))]


def drawings(project: Project, inputs: TableInputs) -> Iterator[Drawing]:
    """Yield the drawings of appraisal and synthesis, reports in the order of the tables."""
    metrics = diagrams.metrics()
    labels = inputs.labels
    instrument = inputs.instrument
    if instrument and inputs.scores:
        yield heat_table(instrument, inputs.scores, labels, metrics)
        yield distribution(instrument, profile(instrument, inputs.scores), metrics)
        if instrument.maximum is not None:
            yield totals(instrument, inputs.scores, labels, inputs.appraisal, metrics)
    if inputs.findings:
        grid = grid_of(inputs)
        scores = {row.unit: row for row in inputs.scores}
        yield effect_direction_plot(grid, labels, scores, metrics)
    if inputs.uses:
        section = project.protocol.measures
        yield measure_matrix(section, inputs.measures, inputs.uses, labels, metrics)


def grid_of(inputs: TableInputs) -> DirectionGrid:
    """Return domains by studies: reports of one study are one voice."""
    return direction_grid(
        inputs.domains,
        inputs.findings,
        list(inputs.labels),
        {report.key: report.study for report in inputs.included},
    )


def drawing_svg(drawing: Drawing, *, embed: bool = True) -> str:
    """Return a drawing as SVG."""
    template = resources.text("templates/figures/drawing.svg")
    return svg(drawing, template, diagrams.metrics(), embed=embed)


def _figure(drawing: Drawing) -> Figure:
    named = drawing_svg(drawing, embed=False)
    files = [font.path for font in resources.fonts().values()]
    return Figure(
        id=drawing.id,
        title=drawing.title,
        alt=drawing.description,
        svg=drawing_svg(drawing),
        png=png(named, files, family=resources.FONT_FAMILY),
    )


def _flow(project: Project, inputs: TableInputs) -> Figure:
    options = project.protocol.flow
    drawn = layout(inputs.flow, diagrams.metrics(), options)
    return Figure(
        id="flow",
        title="PRISMA 2020 flow diagram",
        alt=drawn.description,
        svg=diagrams.diagram(inputs.flow, "svg", options).decode(),
        png=diagrams.diagram(inputs.flow, "png", options),
    )
