"""Agreement as the tables show it: of reviewers on verdicts and reasons, of raters on scores."""

from appraisal.agreement import Agreement, agreement
from review.pipeline.agreement import agreements
from review.pipeline.appraise import all_appraisals, instrument_of
from review.pipeline.project import Project
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


def agreement_of_raters(project: Project) -> Agreement | None:
    """Return how far raters agree on the units all of them completed, None below two raters."""
    instrument = instrument_of(project)
    complete = [
        each
        for each in all_appraisals(project)
        if each.complete and each.instrument == instrument.id
    ]
    if len({each.rater for each in complete}) < 2:
        return None
    return agreement(instrument, complete)
