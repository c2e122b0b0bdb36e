"""When screening in ranked order may stop: what can be said of the relevant references not yet seen.

The test is that of Callaghan and Müller-Hansen (2020), "Statistical stopping criteria for automated
screening in systematic reviews", Systematic Reviews 9:273, doi:10.1186/s13643-020-01521-4. Nothing here
stops anything: stopping early is a person's recorded decision.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_EXACT_MOMENTS = 50
_RECALLS = tuple(round(0.5 + step / 100, 2) for step in range(50))


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The test's p-value after `screened` references, `found` of them relevant."""

    screened: int
    found: int
    p_value: float


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """The test's p-value now, for one recall."""

    recall: float
    p_value: float


@dataclass(frozen=True, slots=True)
class Stopping:
    """What can be said now, and how it came to be so.

    `p_value` is the probability of having found so few more, had the recall not been reached. `reached`
    is whether it fell below 1 - `confidence`. `sure_recall` is the highest recall on the
    frontier of which one can be that sure now, None where there is none.
    """

    total: int
    screened: int
    found: int
    recall: float
    confidence: float
    p_value: float
    reached: bool
    sure_recall: float | None
    curve: tuple[CurvePoint, ...]
    frontier: tuple[FrontierPoint, ...]


def stopping(
    labels: Sequence[bool],
    total: int,
    *,
    recall: float = 0.95,
    confidence: float = 0.95,
    points: int = 100,
) -> Stopping:
    """Weigh whether screening may stop, with the p-value's course and the frontier of recalls.

    `labels` say in the order of screening whether each reference was relevant; `total` counts all
    references, screened or not. Leave references known before screening out of both: they were not
    found by it. The curve has at most `points` + 1 points and ends at the present one.
    """
    found = np.cumsum([0, *labels])
    places = sorted({round(len(labels) * step / points) for step in range(points + 1)})
    curve = tuple(
        CurvePoint(place, int(found[place]), p_value(labels[:place], total, recall))
        for place in places
    )
    frontier = tuple(FrontierPoint(each, p_value(labels, total, each)) for each in _RECALLS)
    sure = [point.recall for point in frontier if point.p_value < 1 - confidence]
    now = curve[-1].p_value
    return Stopping(
        total=total,
        screened=len(labels),
        found=int(found[-1]),
        recall=recall,
        confidence=confidence,
        p_value=now,
        reached=now < 1 - confidence,
        sure_recall=max(sure, default=None),
        curve=curve,
        frontier=frontier,
    )


def p_value(labels: Sequence[bool], total: int, recall: float = 0.95) -> float:
    """Return the p-value of the hypothesis that `recall` has not been reached.

    Had it not, at least K = floor(found / recall) + 1 - (found before) relevant references would have
    waited at any earlier moment. The references screened since are taken as drawn at random from those
    then waiting: ranked screening finds more than chance does, which makes the test conservative. The
    probability of drawing no more relevant ones than were found is hypergeometric; the p-value is the
    lowest over all earlier moments. It is 1 while nothing relevant was found, and 0 once fewer
    references wait than would have to be relevant.

    Raises ValueError where more is labelled than there is, or the recall is not between 0 and 1.
    """
    if len(labels) > total:
        message = f"{len(labels)} references cannot have been screened of {total}."
        raise ValueError(message)
    if not 0 < recall < 1:
        message = f"A recall of {recall} cannot be tested; it must lie between 0 and 1."
        raise ValueError(message)
    relevant = np.flatnonzero(labels)
    found = len(relevant)
    if not found:
        return 1.0
    before, moments = _moments(relevant)
    required = _fewest_in_all(found, recall) - before
    waiting = total - moments
    possible = required <= waiting
    if not possible.all():
        return 0.0
    drawn = len(labels) - moments
    likely = _lowest(found - before, waiting, required, drawn)
    from scipy.stats import hypergeom  # noqa: PLC0415 - slow to load

    return float(
        hypergeom.cdf(
            (found - before)[likely], waiting[likely], required[likely], drawn[likely]
        ).min()
    )


def _moments(relevant: npt.NDArray[np.intp]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the moments at which the p-value can be lowest, and the relevant found before each.

    These are the beginning and the moments just after a relevant reference: to begin the sample
    one irrelevant reference earlier only adds a draw that found nothing.
    """
    return np.arange(len(relevant) + 1), np.concatenate([[0], relevant + 1])


def _lowest(
    hits: npt.NDArray[np.intp],
    waiting: npt.NDArray[np.intp],
    required: npt.NDArray[np.intp],
    drawn: npt.NDArray[np.intp],
) -> npt.NDArray[np.intp]:
    """Return the moments where the probability is lowest by its normal approximation.

    The exact probability costs a tenth of a millisecond and there may be thousands of moments. To leave
    one out can only raise the p-value, so the test stays conservative.
    """
    if len(hits) <= _EXACT_MOMENTS:
        return np.arange(len(hits))
    share = required / waiting
    left = (waiting - drawn) / np.maximum(waiting - 1, 1)
    spread = np.sqrt(np.maximum(drawn * share * (1 - share) * left, 1e-12))
    return np.argpartition((hits + 0.5 - drawn * share) / spread, _EXACT_MOMENTS)[:_EXACT_MOMENTS]


def _fewest_in_all(found: int, recall: float) -> int:
    """Return the fewest relevant references in all with which `found` would miss the recall."""
    return math.floor(found / recall + 1e-9) + 1
