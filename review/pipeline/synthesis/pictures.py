"""Figures for pages: still ones as SVG, and those that can be explored as data for plotly."""

from dataclasses import dataclass

from appraisal.bland_altman import BlandAltman
from appraisal.profile import profile
from review import resources
from review.pipeline.appraisal.units import units
from review.pipeline.project import Project
from review.pipeline.synthesis.figures import drawing_svg, drawings
from review.pipeline.synthesis.gather import table_inputs
from synthesis.figures.bland_altman import ID as BLAND_ALTMAN
from synthesis.figures.effect_direction import ID as EFFECT_DIRECTION
from synthesis.tables.inputs import TableInputs
from synthesis.writers.png import png


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure as a page shows it. `explorable` says that there is data for plotly too."""

    id: str
    title: str
    alt: str
    svg: str
    explorable: bool


def pictures(project: Project, *names: str) -> tuple[Picture, ...]:
    """Return the figures whose ids begin with one of the names, their letters as outlines.

    The page's caption says what a figure is called, so that its own title is not drawn.
    """
    inputs = table_inputs(project)
    explorable = _explorable(inputs)
    return tuple(
        Picture(
            drawing.id,
            drawing.title,
            drawing.description,
            drawing_svg(drawing.untitled(), letters="outlined"),
            drawing.id in explorable,
        )
        for drawing in drawings(project, inputs)
        if drawing.id.startswith(names)
    )


def picture_file(project: Project, name: str, form: str) -> bytes | None:
    """Return one figure as an svg or png file, or None where there is none."""
    for drawing in drawings(project, table_inputs(project)):
        if drawing.id == name and form == "svg":
            return drawing_svg(drawing).encode()
        if drawing.id == name and form == "png":
            files = [font.path for font in resources.fonts().values()]
            return png(drawing_svg(drawing, letters="named"), files, family=resources.FONT_FAMILY)
    return None


def plotly_json(project: Project, name: str) -> str | None:
    """Return one figure as JSON for plotly, or None where it cannot be explored."""
    inputs = table_inputs(project)
    instrument, scores = inputs.instrument, inputs.scores
    if name not in _explorable(inputs) or instrument is None:
        return None
    from synthesis.figures import interactive

    match name:
        case "heat-table":
            figure = interactive.heat_table(instrument, scores, units(project))
        case "score-distribution":
            figure = interactive.distribution(instrument, profile(instrument, scores))
        case "score-totals":
            figure = interactive.totals(instrument, scores, units(project))
        case _ if name.startswith(BLAND_ALTMAN):
            figure = interactive.bland_altman(*_pairs(inputs)[name], units(project))
        case _:
            grouped = {f"{EFFECT_DIRECTION}-by-{each.id}": each for each in inputs.grouped()}
            figure = interactive.effect_directions(
                inputs.grid("study"), inputs.study_labels, grouped.get(name)
            )
    return interactive.as_json(figure)


def _explorable(inputs: TableInputs) -> set[str]:
    found: set[str] = set()
    if inputs.findings:
        found = {EFFECT_DIRECTION}
        found |= {f"{EFFECT_DIRECTION}-by-{each.id}" for each in inputs.grouped()}
    if inputs.instrument and inputs.scores:
        found |= {"heat-table", "score-distribution"}
        if inputs.instrument.maximum is not None:
            found.add("score-totals")
    return found | set(_pairs(inputs))


def _pairs(inputs: TableInputs) -> dict[str, tuple[str, str, BlandAltman]]:
    """Return each pair of raters by the id of their figure."""
    pairs = inputs.rater_agreement.bland_altman if inputs.rater_agreement else ()
    if len(pairs) == 1:
        return {BLAND_ALTMAN: pairs[0]}
    return {f"{BLAND_ALTMAN}-{number}": pair for number, pair in enumerate(pairs, start=1)}
