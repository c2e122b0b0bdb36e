"""Agreement as the tables show it: of reviewers on verdicts and reasons, of raters on scores."""

from dataclasses import replace

from appraisal.agreement import Agreement, agreement
from appraisal.consensus import open_to_all
from appraisal.icc_form import IccForm
from appraisal.scores import Appraisal
from review.pipeline.appraisal.appraise import all_appraisals
from review.pipeline.appraisal.units import instrument_of, units
from review.pipeline.project import Project
from review.pipeline.screening.agreement import agreements
from review.store.events.base import DecisionStage
from screening.records import Stage
from synthesis.tables.agreement import ReviewerPair
from synthesis.tables.reasons import ReasonPair

STAGES: tuple[DecisionStage, ...] = (Stage.TITLE_ABSTRACT, Stage.FULL_TEXT)


def reviewer_pairs(project: Project) -> list[ReviewerPair]:
    """Return each pair of reviewers who voted on the same references, stage by stage."""
    return [
        ReviewerPair(
            stage=pair.stage,
            first=pair.first,
            second=pair.second,
            statistics=pair.statistics,
            three_way=pair.three_way,
        )
        for stage in STAGES
        for pair in agreements(project, stage)
    ]


def reason_pairs(project: Project) -> list[ReasonPair]:
    """Return each pair of reviewers who excluded the same reports, with their agreement on reasons."""
    return [
        ReasonPair(pair.first, pair.second, pair.reasons)
        for pair in agreements(project, Stage.FULL_TEXT)
        if pair.reasons
    ]


def agreement_of_raters(
    project: Project, form: IccForm | None = None, *, calibration: bool = False
) -> Agreement | None:
    """Return how far raters agree, None below two raters; `form` overrules the protocol's.

    Only units count that are closed: those that as many raters as the protocol asks for have
    completed and nobody has open. So it may be shown to anyone, also to a rater who is not done.
    With `calibration` only the units of the calibration round count.
    """
    instrument, section = instrument_of(project), project.protocol.appraisal
    rated: dict[str, list[Appraisal]] = {}
    for each in all_appraisals(project):
        if not calibration or each.unit in section.calibration.units:
            rated.setdefault(each.unit, []).append(each)
    closed = [each for made in rated.values() for each in open_to_all(section.raters, made)]
    if len({each.rater for each in closed}) < 2:
        return None
    found = agreement(instrument, closed, form or section.icc)
    there = {each.unit for each in closed}
    still_open = tuple(unit for unit in units(project) if unit in rated and unit not in there)
    return replace(found, left_out=(*found.left_out, *still_open))
