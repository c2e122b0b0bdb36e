"""Whether the appraisals are complete, about included units, and within their instrument."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from appraisal.consensus import Standing, is_stale, score_problems, standing
from appraisal.instrument import Instrument
from appraisal.scores import Appraisal, Consensus, UnitScores, unscored
from appraisal.section import AppraisalSection
from screening.mistakes import nearest
from screening.problems import Problem, error, warning


def check(
    instrument: Instrument,
    section: AppraisalSection,
    included: Collection[str],
    appraisals: Sequence[Appraisal],
    agreed: Sequence[Consensus] = (),
) -> list[Problem]:
    """Return what is wrong or open with the current appraisals of a review.

    `included` are the keys of the units the synthesis is about.
    """
    problems = check_section(instrument, section, included)
    by_unit: dict[str, list[Appraisal]] = {unit: [] for unit in included}
    for appraisal in appraisals:
        made = by_unit.setdefault(appraisal.unit, [])
        if appraisal.instrument == instrument.id:
            made.append(appraisal)
        problems += _appraisal_problems(instrument, appraisal)
    consensus = {each.unit: each for each in agreed}
    for each in agreed:
        problems += score_problems(instrument, each.scores, f"consensus on {each.unit}")
    for unit, own in by_unit.items():
        if unit not in included:
            problems.append(
                error(
                    f"appraisal of {unit}",
                    f"{unit} is appraised but not included. Include it, or withdraw the appraisal.",
                    unit,
                )
            )
            continue
        problems += _standing_problems(section, unit, own, consensus)
    for unit in consensus:
        if not by_unit.get(unit):
            problems.append(
                error(
                    f"consensus on {unit}", "There is a consensus but no rater's own scores.", unit
                )
            )
    return problems


def check_standing_consensus(
    agreed: Iterable[Consensus], current: Collection[int]
) -> list[Problem]:
    """Return each consensus that rests on an appraisal which has been replaced since.

    `current` are the ledger ids of the appraisals that stand now.
    """
    return [
        warning(
            f"consensus on {each.unit}",
            "An appraisal it rests on has been changed since; agree on the scores again.",
            each.unit,
        )
        for each in agreed
        if is_stale(each, current)
    ]


def check_exclude_below(section: AppraisalSection, rows: Iterable[UnitScores]) -> list[Problem]:
    """Return each included unit whose percent lies below what the protocol keeps.

    No score excludes anything by itself: people decide, and this says where they have not yet.
    """
    lowest = section.exclude_below
    if lowest == "none":
        return []
    return [
        warning(
            f"appraisal of {row.unit}",
            f"It reaches {row.percent}%, and the protocol excludes below {lowest}%, but it is included.",
            row.unit,
        )
        for row in rows
        if row.percent is not None and row.percent < lowest
    ]


def check_section(
    instrument: Instrument, section: AppraisalSection, included: Collection[str]
) -> list[Problem]:
    """Return what the [appraisal] section asks for that its instrument or the review cannot give."""
    problems = []
    where = "review.toml, appraisal"
    if instrument.maximum is None and (section.bands or section.exclude_below != "none"):
        problems.append(
            error(
                where,
                f"The {instrument.name} has no total, so it takes neither bands nor exclude_below.",
                instrument.id,
            )
        )
    known = [each.id for each in instrument.categories]
    known += [item.id for each in instrument.categories for item in each.items]
    problems += [
        error(
            where,
            f"The scoring note on {key} belongs to no category or item of the {instrument.name}."
            f"{nearest(key, known)}",
            key,
        )
        for key in section.calibration.notes
        if key not in known
    ]
    problems += [
        error(where, f"{unit} is named for calibration but is not included.", unit)
        for unit in section.calibration.units
        if unit not in included
    ]
    return problems


def _appraisal_problems(instrument: Instrument, appraisal: Appraisal) -> list[Problem]:
    where = f"appraisal of {appraisal.unit} by {appraisal.rater}"
    if appraisal.instrument != instrument.id:
        return [
            error(
                where,
                f"It was made with {appraisal.instrument}, but the protocol names {instrument.id}.",
                appraisal.unit,
            )
        ]
    problems = []
    if appraisal.instrument_version != instrument.version:
        problems.append(
            warning(
                where,
                f"It was made with version {appraisal.instrument_version} of the {instrument.name}, "
                f"the protocol names {instrument.version}. Say so, or appraise again.",
                appraisal.unit,
            )
        )
    problems += score_problems(instrument, appraisal.scores, where)
    points = {point.id for point in instrument.descriptors}
    problems += [
        error(where, f"{mark} is no descriptor of the {instrument.name}.", mark)
        for mark in appraisal.marks
        if mark not in points
    ]
    if appraisal.complete:
        problems += [
            error(
                where,
                f"It is marked complete, but {instrument.category(each).label} has no score.",
                each,
            )
            for each in unscored(instrument, appraisal.scores)
        ]
    return problems


_OPEN: Mapping[Standing, str] = {
    Standing.NOT_STARTED: "It is included but nobody has appraised it yet.",
    Standing.IN_PROGRESS: "Its appraisal is begun but not complete.",
    Standing.AWAITING_RATERS: "The protocol asks for more raters than have appraised it.",
    Standing.TO_BE_AGREED: "Its raters are done but have not agreed on the scores.",
}


def _standing_problems(
    section: AppraisalSection,
    unit: str,
    appraisals: Sequence[Appraisal],
    consensus: Mapping[str, Consensus],
) -> list[Problem]:
    sentence = _OPEN.get(standing(section.raters, appraisals, consensus.get(unit)))
    return [warning(f"appraisal of {unit}", sentence, unit)] if sentence else []
