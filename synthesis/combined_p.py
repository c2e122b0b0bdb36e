"""Fisher's method of combining p values: evidence of an effect in at least one study."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, lgamma, log

from synthesis.directions import DirectionGrid, GridCell
from synthesis.findings import Direction
from synthesis.values import read_p_value

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
    return CombinedP(statistic, 2 * k, _beyond(statistic, k), k)


def _beyond(chi_squared: float, k: int) -> float:
    """Return the probability of more than a chi-squared on 2k degrees of freedom.

    With an even number of them it is the sum of the first k terms of a Poisson distribution.
    """
    mean = chi_squared / 2
    if mean == 0:
        return 1.0
    return min(1.0, fsum(exp(i * log(mean) - mean - lgamma(i + 1)) for i in range(k)))


@dataclass(frozen=True, slots=True)
class DomainP:
    """The combination over one domain: each study's one-sided p, and why others have none."""

    combined: CombinedP | None
    used: Mapping[str, float]
    left_out: Mapping[str, str]


def combine_domain(grid: DirectionGrid, domain: str) -> DomainP:
    """Return Fisher's combination over the studies of a domain, for an effect for the better.

    A study enters with one exact two-sided p and a direction. One that has no p, only a bound, several
    p values, or no direction is left out and told why: picking among them is not for a program.
    Raises ValueError for a grid by report, whose p values are not independent.
    """
    if grid.unit != "study":
        raise ValueError("p values are combined over studies; make the grid by study")
    used: dict[str, float] = {}
    left_out: dict[str, str] = {}
    for cell in grid.row(domain):
        value = _exact_one_sided(cell)
        if isinstance(value, str):
            left_out[cell.column] = value
        else:
            used[cell.column] = value
    return DomainP(fisher(list(used.values())), used, left_out)


def _exact_one_sided(cell: GridCell) -> float | str:
    given = [finding for finding in cell.findings if finding.p]
    if not given:
        return "no p value is reported"
    if len(given) > 1:
        return f"{len(given)} p values are reported; none is chosen"
    (finding,) = given
    try:
        p = read_p_value(finding.p)
    except ValueError as wrong:
        return str(wrong)
    if p.value is None or p.operator != "=":
        return f"only a bound is reported ({finding.p})"
    if finding.direction not in (Direction.BETTER, Direction.WORSE):
        return "the result has no direction"
    return one_sided(p.value, finding.direction)


def _check(p: float) -> None:
    if not 0 < p <= 1:
        raise ValueError(f"{p} is not a p value above 0 and at most 1")
