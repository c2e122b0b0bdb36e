"""Whether the measures, their properties and their uses hold together."""

import re
from collections.abc import Collection, Iterable, Sequence

from screening.problems import Problem, error, note, warning
from synthesis.measures import Measure, Property, Use
from synthesis.section import MeasuresSection


def check_measures(
    measures: Sequence[Measure],
    properties: Iterable[Property],
    uses: Sequence[Use],
    reports: Collection[str],
    section: MeasuresSection,
) -> list[Problem]:
    """Return unknown names, abbreviations with two meanings, impossible citations, and gaps."""
    ids = {measure.id for measure in measures}
    problems: list[Problem] = []
    for measure in measures:
        where = f"measure {measure.id}"
        if measure.group not in section.groups:
            problems.append(error(where, f"{measure.group} is no group of [measures].", measure.id))
        if measure.variant_of and (
            measure.variant_of not in ids or measure.variant_of == measure.id
        ):
            problems.append(
                error(where, f"It is a variant of {measure.variant_of}, which is no other measure.")
            )
    problems += _shared_abbreviations(measures)
    problems += _property_problems(properties, ids)
    problems += _use_problems(uses, ids, reports)
    described = {each.measure for each in uses}
    problems += [
        warning(f"measure {each.id}", f"No report is entered as using {each.name}.", each.id)
        for each in measures
        if each.id not in described
    ]
    using = {use.report for use in uses}
    problems += [
        warning("measures", f"{report} is included but has no measure.", report)
        for report in reports
        if report not in using
    ]
    return problems


def without_properties(
    measures: Iterable[Measure], properties: Iterable[Property]
) -> tuple[Measure, ...]:
    """Return the measures of which no property is reported, in order."""
    told = {each.measure for each in properties if each.status == "reported"}
    return tuple(measure for measure in measures if measure.id not in told)


def _shared_abbreviations(measures: Sequence[Measure]) -> list[Problem]:
    by_abbreviation: dict[str, list[Measure]] = {}
    for measure in measures:
        if measure.abbreviation:
            by_abbreviation.setdefault(measure.abbreviation.casefold(), []).append(measure)
    problems = []
    for same in by_abbreviation.values():
        families = {measure.variant_of or measure.id for measure in same}
        if len(families) > 1:
            names = " and ".join(measure.name for measure in same)
            problems.append(
                warning(
                    "measures",
                    f"{same[0].abbreviation} stands for {names}; tell them apart, or mark one as a "
                    "variant of the other.",
                    same[0].id,
                )
            )
    return problems


def _property_problems(properties: Iterable[Property], ids: Collection[str]) -> list[Problem]:
    problems = []
    for each in properties:
        where = f"property {each.number} of {each.measure}"
        if each.measure not in ids:
            problems.append(error(where, f"{each.measure} is no measure.", each.measure))
        source, via = _years(each.source), _years(each.cited_via)
        if source and via and max(via) < min(source):
            problems.append(
                error(
                    where,
                    f"{each.source} cannot be cited in {each.cited_via}, which is older; look the "
                    "source up.",
                    each.measure,
                )
            )
        if each.unresolved:
            problems.append(
                note(
                    where,
                    "It stays as printed: its source leaves open what it means.",
                    each.measure,
                )
            )
    return problems


def _use_problems(
    uses: Iterable[Use], ids: Collection[str], reports: Collection[str]
) -> list[Problem]:
    problems = []
    for use in uses:
        where = f"use of {use.measure} by {use.report}"
        if use.measure not in ids:
            problems.append(error(where, f"{use.measure} is no measure.", use.measure))
        if use.report not in reports:
            problems.append(error(where, f"{use.report} is not an included report.", use.report))
    return problems


def _years(citation: str) -> list[int]:
    return [int(year) for year in re.findall(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", citation)]
