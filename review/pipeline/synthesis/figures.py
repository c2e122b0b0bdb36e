"""The static figures of a review, drawn from what the tables are made of."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from appraisal.profile import profile
from review import diagrams, resources
from review.pipeline.project import Project
from review.pipeline.screening.stop import stopping_now
from review.pipeline.synthesis.drawing_aside import Draw, when_asked
from review.pipeline.synthesis.extract import rows
from review.pipeline.synthesis.more_tables import source_names, source_overlap
from review.store import queries
from review.store.events import StoppedEarly
from screening.diagram.drawing import layout
from synthesis.figures.bars import distribution, totals
from synthesis.figures.bland_altman import bland_altman_plot
from synthesis.figures.drawing import Drawing, Letters, svg
from synthesis.figures.effect_direction import effect_direction_plot
from synthesis.figures.harvest import harvest_plot
from synthesis.figures.heat_table import heat_table
from synthesis.figures.measure_matrix import measure_matrices
from synthesis.figures.overlap import overlap_plot
from synthesis.figures.stopping import stopping_plot
from synthesis.figures.theme_matrix import theme_matrix
from synthesis.report import Figure, WordPicture
from synthesis.suitability import design_suitability
from synthesis.tables.inputs import TableInputs
from synthesis.themes import Participant, by_participant, by_report


def figures(
    project: Project,
    inputs: TableInputs,
    *,
    links: Mapping[str, str] | None = None,
    draw: Draw = when_asked,
) -> list[Figure]:
    """Return every figure there is something to show in: the flow first, then scores and synthesis.

    `links` maps counts of the flow to the addresses their numbers lead to, where there are pages.
    `draw` says where the pictures for Word are drawn.
    """
    drawn = drawings(project, inputs)
    return [_flow(project, inputs, links or {}, draw), *(_figure(each, draw) for each in drawn)]


def drawings(project: Project, inputs: TableInputs) -> Iterator[Drawing]:
    """Yield the drawings of search, appraisal and synthesis, reports in the order of the tables."""
    yield from _search(project)
    yield from _appraisal(inputs)
    yield from _synthesis(project, inputs)
    yield from _themes(project, inputs)


def drawing_svg(drawing: Drawing, *, letters: Letters = "embedded") -> str:
    """Return a drawing as SVG; pages that have the font ask for "named" letters, Word "outlined"."""
    template = resources.text("templates/figures/drawing.svg")
    return svg(drawing, template, diagrams.metrics(), letters=letters)


def _search(project: Project) -> Iterator[Drawing]:
    metrics = diagrams.metrics()
    found = source_overlap(project)
    if len(found.sources) > 1:
        yield overlap_plot(found, source_names(project), metrics)
    if _stopping_matters(project):
        from screening.stopping.figure import figure

        yield stopping_plot(figure(stopping_now(project)))


def _stopping_matters(project: Project) -> bool:
    """Return whether screening was stopped early, or ranked so that it could have been."""
    with project.ledger.read() as conn:
        said = [
            each.event for each in queries.events_since(conn, kinds=["stopped_early", "resumed"])
        ]
        ranked = next(queries.events_since(conn, kinds=["ranked"], limit=1), None)
    if ranked is not None:
        return True
    return bool(said) and isinstance(said[-1], StoppedEarly)


def _appraisal(inputs: TableInputs) -> Iterator[Drawing]:
    metrics = diagrams.metrics()
    instrument = inputs.instrument
    if not instrument or not inputs.scores:
        return
    labels = inputs.unit_labels
    yield heat_table(instrument, inputs.scores, labels, metrics)
    yield distribution(instrument, profile(instrument, inputs.scores), metrics)
    if instrument.maximum is not None:
        yield totals(instrument, inputs.scores, labels, inputs.appraisal, metrics)
    found = inputs.rater_agreement
    pairs = found.bland_altman if found else ()
    for number, (first, second, points) in enumerate(pairs, start=1):
        yield bland_altman_plot(
            points,
            (first, second),
            instrument.unit,
            labels,
            metrics,
            number=number if len(pairs) > 1 else None,
        )


def _synthesis(project: Project, inputs: TableInputs) -> Iterator[Drawing]:
    metrics = diagrams.metrics()
    names = inputs.study_labels
    if inputs.findings:
        grid, scores = inputs.grid("study"), inputs.scores_by_study()
        studies = {report.key: report.study for report in inputs.included}
        extraction = project.protocol.extraction
        suitability = design_suitability(extraction, inputs.extracted, studies)
        yield effect_direction_plot(grid, names, scores, metrics)
        for grouped in inputs.grouped():
            yield effect_direction_plot(grid, names, scores, metrics, grouped)
        if suitability:  # without ranks of designs every bar would be empty
            yield harvest_plot(grid, names, scores, suitability, metrics)
    if inputs.uses:
        section = project.protocol.measures
        yield from measure_matrices(section, inputs.measures, inputs.uses, inputs.labels, metrics)


def _themes(project: Project, inputs: TableInputs) -> Iterator[Drawing]:
    """Yield themes by report, and for each report with themes of its own those by participant."""
    metrics = diagrams.metrics()
    shared = [theme for theme in inputs.themes if not theme.report]
    if shared:
        grid = by_report(shared, inputs.presences, inputs.quotes, list(inputs.labels))
        yield theme_matrix(grid, inputs.labels, "Themes by report", metrics)
    participants = rows(project, Participant)
    for key, label in inputs.labels.items():
        heard = [each for each in participants if each.report == key]
        own = [theme for theme in inputs.themes if theme.report == key]
        if heard and own:
            grid = by_participant(own, inputs.presences, inputs.quotes, heard)
            title = f"Themes by participant: {label}"
            drawn = theme_matrix(grid, {}, title, metrics)
            yield replace(drawn, id=f"theme-matrix-{key}")


def _figure(drawing: Drawing, draw: Draw) -> Figure:
    """Return a drawing as the report shows it: its title is that of the caption and not drawn again."""
    shown = drawing.untitled()
    return Figure(
        id=drawing.id,
        title=drawing.title,
        alt=drawing.description,
        svg=drawing_svg(shown),
        for_word=_for_word(lambda letters: drawing_svg(shown, letters=letters), draw),
    )


def _flow(project: Project, inputs: TableInputs, links: Mapping[str, str], draw: Draw) -> Figure:
    options = project.protocol.flow
    drawn = layout(inputs.flow, diagrams.metrics(), options)
    return Figure(
        id="flow",
        title="PRISMA 2020 flow diagram",
        alt=drawn.description,
        svg=diagrams.drawing(drawn, links=links),
        for_word=_for_word(lambda letters: diagrams.drawing(drawn, text=letters), draw),
    )


def _for_word(svg: Callable[[Letters], str], draw: Draw) -> Callable[[], WordPicture]:
    """Return what makes a picture for Word of an SVG by its kind of letters; its PNG is begun now."""
    picture = draw(lambda: svg("named"))
    return lambda: WordPicture(svg=svg("outlined"), png=picture())
