"""Vote counting by direction of effect: the sign test with its share, interval and caution."""

from dataclasses import dataclass
from math import comb, sqrt
from statistics import NormalDist

CAUTION = (
    "Vote counting by direction asks only whether there is an effect in one direction more often than "
    "chance would have it. It says nothing of how large an effect is, and a small study counts as much "
    "as a large one."
)
"""What has to stand beside every sign test (McKenzie and Brennan, Cochrane Handbook, chapter 12)."""


@dataclass(frozen=True, slots=True)
class SignTest:
    """How many of those with a direction point the better way, the share, and the chance of that.

    `p` is two-sided; the interval is Wilson's at 95 %. All are None where nothing has a direction.
    `left_out` counts what is in the denominator of the review but not in the test.
    """

    better: int
    worse: int
    left_out: int
    p: float | None
    share: float | None
    low: float | None
    high: float | None

    @property
    def counted(self) -> int:
        """Return how many entered the test."""
        return self.better + self.worse


def sign_test(better: int, worse: int, left_out: int = 0) -> SignTest:
    """Return the two-sided binomial test of better against worse with Wilson's interval."""
    n = better + worse
    if n == 0:
        return SignTest(better, worse, left_out, None, None, None, None)
    low, high = wilson(better, n)
    # Exact: both tails as far out as what was seen, of the 2^n equally likely outcomes.
    tail = sum(comb(n, k) for k in range(min(better, worse) + 1))
    p = min(1.0, 2 * tail / 2**n)
    return SignTest(better, worse, left_out, p, better / n, low, high)


def wilson(successes: int, n: int, level: float = 95.0) -> tuple[float, float]:
    """Return Wilson's (1927) score interval of a share; raises ValueError for n below 1."""
    if n < 1:
        raise ValueError("a share needs at least one case")
    z = NormalDist().inv_cdf(1 - (1 - level / 100) / 2)
    share = successes / n
    middle = share + z * z / (2 * n)
    reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    below = 1 + z * z / n
    # At the ends the bound is the end itself, which floating point just misses.
    low = 0.0 if successes == 0 else max(0.0, (middle - reach) / below)
    high = 1.0 if successes == n else min(1.0, (middle + reach) / below)
    return low, high
