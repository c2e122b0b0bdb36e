"""From several raters to the scores that count: who may see what, what differs, what is agreed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from appraisal.instrument import Instrument, Score
from appraisal.scores import Appraisal, Basis, Consensus, UnitScores, unit_scores, unscored
from screening.problems import Problem, error


class Standing(StrEnum):
    """How far the appraisal of a unit has come."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    AWAITING_RATERS = "awaiting another rater"
    TO_BE_AGREED = "to be agreed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Difference:
    """What each rater gave one category; `spread` is the largest distance between two, in levels."""

    category: str
    scores: Mapping[str, Score | None]
    spread: int

    @property
    def agree(self) -> bool:
        """Return whether every rater gave the same score."""
        return len(set(self.scores.values())) == 1


def standing(
    raters: int, appraisals: Sequence[Appraisal], consensus: Consensus | None = None
) -> Standing:
    """Return how far a unit has come where the protocol asks for so many raters.

    Consensus stays locked until that many raters are done, and is open again when one reopens.
    """
    done = [appraisal for appraisal in appraisals if appraisal.complete]
    if len(done) < len(appraisals):
        return Standing.IN_PROGRESS
    if not done:
        return Standing.NOT_STARTED
    if len(done) < raters:
        return Standing.AWAITING_RATERS
    if len(done) == 1 or consensus is not None:
        return Standing.DONE
    return Standing.TO_BE_AGREED


def visible(viewer: str, raters: int, appraisals: Sequence[Appraisal]) -> tuple[Appraisal, ...]:
    """Return the appraisals of one unit that a rater may see.

    One's own always; another's only once as many raters as the protocol asks for have completed the
    unit and the viewer, where they are one of its raters, is among those who have.
    """
    done = [appraisal for appraisal in appraisals if appraisal.complete]
    still_open = any(each.rater == viewer and not each.complete for each in appraisals)
    if len(done) >= raters and not still_open:
        return tuple(each for each in appraisals if each.complete or each.rater == viewer)
    return tuple(each for each in appraisals if each.rater == viewer)


def open_to_all(raters: int, appraisals: Sequence[Appraisal]) -> tuple[Appraisal, ...]:
    """Return the appraisals of one unit where nobody is to be kept from them any more.

    That is once as many raters as the protocol asks for have completed it and no draft is open. What
    everybody sees, agreement and its figures, is made from these only.
    """
    done = len(appraisals) >= raters and all(each.complete for each in appraisals)
    return tuple(appraisals) if done else ()


def differences(instrument: Instrument, appraisals: Sequence[Appraisal]) -> tuple[Difference, ...]:
    """Return what each rater gave each category, in the instrument's order."""
    rows = []
    for category in instrument.categories:
        values = instrument.scale_of(category.id).values
        given = {each.rater: each.scores.get(category.id) for each in appraisals}
        places = [values.index(score) for score in given.values() if score in values]
        spread = max(places) - min(places) if places else 0
        rows.append(Difference(category.id, given, spread))
    return tuple(rows)


def score_problems(
    instrument: Instrument, scores: Mapping[str, Score | None], where: str
) -> list[Problem]:
    """Return every category the instrument does not have and every score its scale does not take."""
    problems = []
    known = {category.id: category.label for category in instrument.categories}
    for category_id, score in scores.items():
        if category_id not in known:
            problems.append(
                error(where, f"{category_id} is no category of the {instrument.name}.", category_id)
            )
            continue
        scale = instrument.scale_of(category_id)
        if score is not None and score not in scale.values:
            problems.append(
                error(
                    where,
                    f"{known[category_id]}: {score} is not a score; it takes {scale.describe()}.",
                    category_id,
                )
            )
    return problems


def agree(
    instrument: Instrument,
    appraisals: Mapping[int, Appraisal],
    chosen: Mapping[str, Score],
    *,
    raters: int,
    notes: Mapping[str, str] | None = None,
) -> tuple[Consensus | None, list[Problem]]:
    """Return the consensus on one unit, or None and what stands against it.

    `appraisals` are the unit's current ones by ledger id. The scores are chosen by people: any score
    of the scale may be agreed on, also one that no rater gave, but every category needs one.
    """
    units = sorted({appraisal.unit for appraisal in appraisals.values()})
    where = f"consensus on {', '.join(units)}"
    problems = score_problems(instrument, chosen, where)
    if len(units) != 1:
        problems.append(error(where, "A consensus is about exactly one unit that was appraised."))
    done = {number: each for number, each in appraisals.items() if each.complete}
    if len(done) < raters or len(done) < len(appraisals):
        problems.append(
            error(
                where,
                f"{len(done)} of {max(raters, len(appraisals))} raters have completed it; agree once "
                "all of them have.",
            )
        )
    problems += [
        error(where, f"{instrument.category(each).label} has no agreed score; choose one.", each)
        for each in unscored(instrument, chosen)
    ]
    if problems:
        return None, problems
    return (
        Consensus(
            unit=units[0],
            instrument=instrument.id,
            instrument_version=instrument.version,
            scores=dict(chosen),
            notes=dict(notes or {}),
            appraisals=tuple(done),
        ),
        [],
    )


def is_stale(consensus: Consensus, current: Collection[int]) -> bool:
    """Return whether an appraisal the consensus rests on has been replaced since."""
    return not set(consensus.appraisals) <= set(current)


def settle(
    instrument: Instrument,
    unit: str,
    appraisals: Sequence[Appraisal],
    consensus: Consensus | None = None,
    *,
    raters: int = 1,
) -> UnitScores:
    """Return the scores that count for a unit.

    They are the agreed ones; or those of the only rater, where the protocol asks for one. Where raters
    still have to agree nothing counts yet, and every score is None: no mean is ever taken.
    """
    names = tuple(each.rater for each in appraisals if each.complete)
    if consensus is not None:
        scores: Mapping[str, Score | None] = consensus.scores
        return unit_scores(instrument, unit, scores, basis=Basis.CONSENSUS, raters=names)
    if raters == 1 and len(appraisals) == 1 and names:
        only = appraisals[0].scores
        return unit_scores(instrument, unit, only, basis=Basis.ONE_RATER, raters=names)
    return unit_scores(instrument, unit, {}, basis=Basis.NOT_SETTLED, raters=names)
