"""Agreement between two raters on the levels of a scale, beyond chance and in plain counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt
from statistics import NormalDist

from appraisal.estimate import Estimate, not_estimable
from appraisal.instrument import Score


class Weights(StrEnum):
    """How near misses count: fully apart, by distance, or by squared distance."""

    NONE = "unweighted"
    LINEAR = "linearly weighted"
    QUADRATIC = "quadratically weighted"


@dataclass(frozen=True, slots=True)
class Closeness:
    """How often two raters gave the same level, and how often one at most a level apart.

    `within_one` is None where the levels are mere names, of which none is next to another.
    """

    units: int
    exact: int
    within_one: int | None

    @property
    def text(self) -> str:
        """Return both as counts: "13 of 15 the same, 15 of 15 within one"."""
        same = f"{self.exact} of {self.units} the same"
        if self.within_one is None:
            return same
        return f"{same}, {self.within_one} of {self.units} within one"


def closeness(
    first: Sequence[Score],
    second: Sequence[Score],
    levels: Sequence[Score],
    *,
    ordered: bool = True,
) -> Closeness:
    """Return exact agreement, and within-one where levels are `ordered`. Raises ValueError."""
    places = _places(first, second, levels)
    return Closeness(
        units=len(places),
        exact=sum(a == b for a, b in places),
        within_one=sum(abs(a - b) <= 1 for a, b in places) if ordered else None,
    )


def kappa(
    first: Sequence[Score],
    second: Sequence[Score],
    levels: Sequence[Score],
    weights: Weights = Weights.QUADRATIC,
    level: float = 95.0,
) -> Estimate:
    """Return Cohen's kappa over all levels of the scale, also those nobody used.

    Weighted kappa is Cohen's (1968); its interval is the normal one with the standard error of
    Fleiss, Cohen and Everitt (1969), cut off at -1 and 1. Raises ValueError where a score is no level
    or the raters differ in number of units.
    """
    places = _places(first, second, levels)
    n, size = len(places), len(levels)
    name = f"Cohen's kappa, {weights}"
    if n < 2 or size < 2:
        return not_estimable(name, "it takes two units and two levels at least", n, 2)
    weight = [[_weight(a, b, size, weights) for b in range(size)] for a in range(size)]
    row = [Fraction(sum(a == each for a, _ in places), n) for each in range(size)]
    column = [Fraction(sum(b == each for _, b in places), n) for each in range(size)]
    observed = sum((weight[a][b] for a, b in places), Fraction()) / n
    expected = sum(
        (row[a] * column[b] * weight[a][b] for a in range(size) for b in range(size)), Fraction()
    )
    if len({a for a, _ in places}) == len({b for _, b in places}) == 1:
        return not_estimable(name, "each rater gave every unit one and the same level", n, 2)
    value = (observed - expected) / (1 - expected)
    row_mean = [
        sum((column[b] * weight[a][b] for b in range(size)), Fraction()) for a in range(size)
    ]
    column_mean = [
        sum((row[a] * weight[a][b] for a in range(size)), Fraction()) for b in range(size)
    ]
    scatter = sum(
        ((weight[a][b] - (row_mean[a] + column_mean[b]) * (1 - value)) ** 2 for a, b in places),
        Fraction(),
    )
    variance = scatter / n - (value - expected * (1 - value)) ** 2
    error = sqrt(max(variance, Fraction()) / n) / float(1 - expected)
    reach = NormalDist().inv_cdf(1 - (1 - level / 100) / 2) * error
    low, high = max(-1.0, float(value) - reach), min(1.0, float(value) + reach)
    return Estimate(name, float(value), n, 2, low, high, level)


def _weight(a: int, b: int, size: int, weights: Weights) -> Fraction:
    if weights is Weights.NONE:
        return Fraction(a == b)
    distance = Fraction(abs(a - b), size - 1)
    return 1 - (distance if weights is Weights.LINEAR else distance**2)


def _places(
    first: Sequence[Score], second: Sequence[Score], levels: Sequence[Score]
) -> list[tuple[int, int]]:
    place = {level: number for number, level in enumerate(levels)}
    stray = [score for score in (*first, *second) if score not in place]
    if stray:
        raise ValueError(f"{stray[0]} is not a level of the scale")
    return [(place[a], place[b]) for a, b in zip(first, second, strict=True)]
