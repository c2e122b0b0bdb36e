"""Fisher's method of combining p values: evidence of an effect in at least one study."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, log

from scipy.stats import chi2

from synthesis.findings import Direction

CAUTION = (
    "A small combined p says that at least one study found an effect in the direction tested. It does "
    "not say in how many, nor how large it is."
)
"""What has to stand beside every combined p (McKenzie and Brennan, Cochrane Handbook, chapter 12)."""


@dataclass(frozen=True, slots=True)
class CombinedP:
    """Fisher's chi-squared with its degrees of freedom and p, from one-sided p values of k studies."""

    chi_squared: float
    df: int
    p: float
    k: int


def one_sided(p: float, direction: Direction) -> float:
    """Return the one-sided p, of an effect for the better, that a two-sided p with a direction means.

    Raises ValueError where p is not above 0 and at most 1, or where the direction is neither better
    nor worse: without it a two-sided p cannot be turned.
    """
    _check(p)
    if direction is Direction.BETTER:
        return p / 2
    if direction is Direction.WORSE:
        return 1 - p / 2
    raise ValueError(f"a p value with the direction {direction} has no one-sided form")


def fisher(one_sided_values: Sequence[float]) -> CombinedP | None:
    """Return Fisher's (1932) combination, -2 sum ln p on 2k degrees of freedom; None for no values.

    Each value is one study's one-sided p, all for the same direction. Raises ValueError for a p of 0,
    which no test gives ("< .001" has to be entered as its bound and said to be one).
    """
    if not one_sided_values:
        return None
    for value in one_sided_values:
        _check(value)
    statistic = -2 * fsum(log(value) for value in one_sided_values)
    k = len(one_sided_values)
    return CombinedP(statistic, 2 * k, float(chi2.sf(statistic, 2 * k)), k)


def _check(p: float) -> None:
    if not 0 < p <= 1:
        raise ValueError(f"{p} is not a p value above 0 and at most 1")
