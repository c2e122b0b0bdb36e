"""The order of a report: which prose, tables, figures and places stand under which heading."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from synthesis import methods_text, results_text
from synthesis.author_text import PLACES, PlaceSpec
from synthesis.checklists import prisma_2020, prisma_s
from synthesis.figures.bland_altman import ID as BLAND_ALTMAN
from synthesis.figures.measure_matrix import ID as MEASURE_MATRIX
from synthesis.report import Block, Paragraph, Place, Report, Section, with_references
from synthesis.report_inputs import ReportInputs
from synthesis.sentences import Sentence, say
from synthesis.tables.table import Table

Prose = Callable[[ReportInputs], Iterable[Sentence]]


@dataclass(frozen=True, slots=True)
class Points:
    """Prose of which each sentence is a point of a list."""

    prose: Prose


_PLACES = {place.id: place for place in PLACES}
_SELECTION_FIGURES = ("flow", "overlap", "stopping")
_SCORE_FIGURES = ("heat-table", "score-distribution", "score-totals")
# Every extracted value with its quote fills many pages: it is for the files, not for the report.
_FILES_ONLY = {"extraction_long"}


def compose(inputs: ReportInputs) -> Report:
    """Return the report: introduction, methods, results, discussion, other information, appendices.

    Every table that was built, but for the long list of extracted values, stands in it once; those no section asks for come as appendices, and the
    checklists last. Sections without anything to say are left out.
    """
    sections = [*_introduction(inputs), *_methods(inputs), *_results(inputs), *_end(inputs)]
    sections += _appendices(inputs, sections)
    report = Report(
        title=inputs.section.title or inputs.about.title,
        authors=inputs.about.authors,
        sections=tuple(sections),
        provisional=inputs.tables.flow.provisional,
    )
    report = with_references(report)
    checklists = Section(
        "checklists", "Checklists", 1, (prisma_2020(inputs, report), prisma_s(inputs, report))
    )
    return Report(
        title=report.title,
        authors=report.authors,
        sections=(*report.sections, checklists),
        provisional=report.provisional,
    )


def _introduction(inputs: ReportInputs) -> Iterator[Section]:
    yield from _chapter(
        inputs,
        ("abstract", "Abstract", 1, _place("abstract")),
        ("introduction", "Introduction", 1, ()),
        ("rationale", "Rationale", 2, _place("rationale")),
        ("objectives", "Objectives", 2, (methods_text.objectives,)),
    )


def _methods(inputs: ReportInputs) -> Iterator[Section]:
    yield from _chapter(
        inputs,
        ("methods", "Methods", 1, ()),
        ("eligibility", "Eligibility criteria", 2, (methods_text.eligibility, "criteria")),
        ("sources", "Information sources", 2, (methods_text.information_sources, "sources")),
        ("search", "Search strategy", 2, (methods_text.search_strategy,)),
        ("deduplication", "Deduplication", 2, (methods_text.deduplication,)),
        ("selection", "Selection process", 2, (methods_text.selection,)),
        ("collection", "Data collection", 2, (methods_text.data_collection,)),
        ("items", "Data items", 2, (methods_text.data_items,)),
        ("appraisal", "Critical appraisal", 2, (methods_text.appraisal,)),
        ("bias", "Risk of bias", 2, _place("risk-of-bias-methods")),
        ("synthesis", "Synthesis methods", 2, _place("synthesis-methods")),
        (
            "bias-and-certainty",
            "Missing results and certainty",
            2,
            _place("reporting-bias-methods"),
        ),
    )


def _results(inputs: ReportInputs) -> Iterator[Section]:
    instrument = inputs.tables.instrument
    scores = instrument.id if instrument else ""
    groups = tuple(f"measures_{group}" for group in inputs.tables.measure_groups)
    groups_of_studies = tuple(f"groups_{each.field}" for each in inputs.tables.groupings)
    raters = tuple(each.id for each in inputs.figures if each.id.startswith(BLAND_ALTMAN))
    measures = tuple(each.id for each in inputs.figures if each.id.startswith(MEASURE_MATRIX))
    placed = {*raters, *measures, *_SELECTION_FIGURES, *_SCORE_FIGURES}
    figures = tuple(f"figure:{each.id}" for each in inputs.figures if each.id not in placed)
    yield from _chapter(
        inputs,
        ("results", "Results", 1, ()),
        (
            "study-selection",
            "Study selection",
            2,
            (
                results_text.study_selection,
                *(f"figure:{each}" for each in _SELECTION_FIGURES),
                "overlap",
                "agreement_screening",
                "agreement_reasons",
            ),
        ),
        (
            "characteristics",
            "Study characteristics",
            2,
            (results_text.characteristics, "characteristics", "extraction"),
        ),
        (
            "scores",
            "Critical appraisal of the reports",
            2,
            (
                # Figures stand upright, this table lies across a page of its own: figures first
                # leave no page all but empty.
                results_text.scores,
                *(f"figure:{each}" for each in _SCORE_FIGURES),
                scores,
                "agreement_appraisal",
                *(f"figure:{each}" for each in raters),
            ),
        ),
        ("bias-results", "Risk of bias in the studies", 2, _place("risk-of-bias-results")),
        (
            "measures",
            "Outcome measures",
            2,
            (
                results_text.measures,
                *(f"figure:{each}" for each in measures),
                *groups,
                "properties",
            ),
        ),
        (
            "findings",
            "Findings",
            2,
            (
                results_text.findings,
                Points(results_text.directions),
                *figures,
                "directions",
                "votes",
                *groups_of_studies,
                "arms",
                "effects",
                "combined_p",
                "predictors",
                "indicators",
                "themes",
                "summary",
                "cerqual",
            ),
        ),
        ("synthesis-results", "Results of the synthesis", 2, _place("synthesis-results")),
        (
            "certainty-results",
            "Missing results and certainty of the evidence",
            2,
            ("grade", "missing_results", *_place("certainty-results")),
        ),
    )


def _end(inputs: ReportInputs) -> Iterator[Section]:
    yield from _chapter(
        inputs,
        ("discussion", "Discussion", 1, ()),
        ("interpretation", "Interpretation", 2, _place("interpretation")),
        ("limits", "Limitations of the evidence", 2, _place("limitations-evidence")),
        ("limits-of-review", "Limitations of the review", 2, _place("limitations-review")),
        ("implications", "Implications", 2, _place("implications")),
        ("other", "Other information", 1, ()),
        ("registration", "Registration and protocol", 2, (_registration, "amendments")),
        ("support", "Support", 2, (lambda each: _stated(each.about.support),)),
        ("interests", "Competing interests", 2, (lambda each: _stated(each.about.competing_interests),)),
        ("availability", "Availability", 2, (lambda each: _stated(each.about.availability),)),
    )  # fmt: skip
    stray = tuple(p for said in inputs.author_text.stray.values() for p in said)
    if stray:
        yield Section("stray", "Text without a place", 1, stray)


def _appendices(inputs: ReportInputs, sections: Iterable[Section]) -> list[Section]:
    shown = {
        block.id for section in sections for block in section.blocks if isinstance(block, Table)
    }
    shown |= _FILES_ONLY
    rest = tuple(table for table in inputs.built if table.id not in shown and table.rows)
    return [Section("appendices", "Appendices", 1, rest)] if rest else []


Part = str | PlaceSpec | Prose | Points
Plan = tuple[str, str, int, tuple[Part, ...]]


def _chapter(inputs: ReportInputs, *plans: Plan) -> Iterator[Section]:
    """Yield the planned sections that hold anything, and their chapters where any of them does."""
    made = [
        Section(i, heading, level, tuple(_blocks(inputs, parts)))
        for i, heading, level, parts in plans
    ]
    for place, section in enumerate(made):
        below = []
        for other in made[place + 1 :]:
            if other.level <= section.level:
                break
            below.append(other)
        if section.blocks or any(other.blocks for other in below):
            yield section


def _blocks(inputs: ReportInputs, parts: Iterable[Part]) -> Iterator[Block]:
    for part in parts:
        if isinstance(part, PlaceSpec):
            if part.id not in inputs.section.leave_out:
                yield Place(part.id, part.prompt, inputs.author_text.places.get(part.id, ()))
        elif isinstance(part, Points):
            yield from (Paragraph(sentence, item=True) for sentence in part.prose(inputs))
        elif isinstance(part, str):
            found = (
                inputs.figure(part.removeprefix("figure:"))
                if part.startswith("figure:")
                else inputs.table(part)
            )
            if found is not None:
                yield found
        else:
            sentence = Sentence(())
            for each in part(inputs):
                sentence += each
            if sentence.pieces:
                yield Paragraph(sentence)


def _place(place_id: str) -> tuple[PlaceSpec, ...]:
    return (_PLACES[place_id],)


def _registration(inputs: ReportInputs) -> Iterator[Sentence]:
    about = inputs.about
    if about.registration:
        yield say(f"registration: {about.registration.rstrip('.')}.")
    if about.protocol:
        yield say(f"protocol: {about.protocol.rstrip('.')}.")
    if inputs.table("amendments"):
        yield say("amendments to the protocol are listed below.")


def _stated(text: str) -> list[Sentence]:
    return [say(f"{text.rstrip('.')}.")] if text else []
