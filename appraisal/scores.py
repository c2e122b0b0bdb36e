"""One rater's scores for one unit, the scores a team agrees on, and how they add up."""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from appraisal.instrument import Instrument, Score


class Mark(StrEnum):
    """What an appraiser found of a descriptor. Marks guide a score and are never summed into one."""

    PRESENT = "present"
    ABSENT = "absent"
    NOT_APPLICABLE = "not applicable"


class _Judgement(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    unit: str
    instrument: str
    instrument_version: str
    notes: dict[str, str] = {}


class Appraisal(_Judgement):
    """One rater's scores of one unit by one version of an instrument.

    Scores, notes and pages are keyed by category id, marks by descriptor id. A score that is None or
    absent has not been given yet. `complete` is the rater's own word that nothing is left to do.
    """

    rater: str
    scores: dict[str, Score | None] = {}
    marks: dict[str, Mark] = {}
    pages: dict[str, str] = {}
    complete: bool = False


class Consensus(_Judgement):
    """The scores a team chose for one unit, with the ledger ids of the appraisals it rests on.

    A consensus is chosen, never computed: the mean of two raters is no score of any instrument.
    """

    scores: dict[str, Score]
    appraisals: tuple[int, ...] = ()


class Basis(StrEnum):
    """Where the scores that count for a unit come from."""

    CONSENSUS = "consensus"
    ONE_RATER = "one rater"
    NOT_SETTLED = "not settled"


class UnitScores(BaseModel):
    """The scores that count for one unit, as tables and figures show them.

    `total` and `percent` are None where the instrument has no total or a score is missing; nothing is
    ever filled in for a missing score.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    unit: str
    basis: Basis
    raters: tuple[str, ...]
    scores: dict[str, Score | None]
    total: int | None = None
    maximum: int | None = None
    percent: int | None = None


def percent_half_up(total: int, maximum: int) -> int:
    """Return total as a whole percent of maximum, halves rounded up, in exact integers.

    For the 40 points of the CCAT this is `(total * 100 + 20) // 40`: 21 of 40 is 52.5, hence 53.
    Floating point goes wrong here: 23 / 40 * 100 is 57.49999999999999.
    """
    return (total * 200 + maximum) // (2 * maximum)


def total(instrument: Instrument, scores: Mapping[str, Score | None]) -> int | None:
    """Return the sum over all categories, or None where a score is missing or nothing adds up."""
    if instrument.maximum is None:
        return None
    numbers = [scores.get(category.id) for category in instrument.categories]
    points = [number for number in numbers if isinstance(number, int)]
    return sum(points) if len(points) == len(numbers) else None


def unscored(instrument: Instrument, scores: Mapping[str, Score | None]) -> tuple[str, ...]:
    """Return the ids of the categories that have no score yet, in the instrument's order."""
    return tuple(each.id for each in instrument.categories if scores.get(each.id) is None)


def unit_scores(
    instrument: Instrument,
    unit: str,
    scores: Mapping[str, Score | None],
    *,
    basis: Basis = Basis.ONE_RATER,
    raters: tuple[str, ...] = (),
) -> UnitScores:
    """Return a unit's scores in the instrument's order with total and percent where they exist."""
    points = total(instrument, scores)
    maximum = instrument.maximum
    return UnitScores(
        unit=unit,
        basis=basis,
        raters=raters,
        scores={category.id: scores.get(category.id) for category in instrument.categories},
        total=points,
        maximum=maximum,
        percent=None if points is None or maximum is None else percent_half_up(points, maximum),
    )
