"""How far two raters' totals lie apart (Bland and Altman 1986, 1999)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

CAUTION = (
    "Limits of agreement assume that differences are about normal, which those of few units on a "
    "short scale are not."
)
"""What stands beside limits of agreement wherever they are shown."""


@dataclass(frozen=True, slots=True)
class BlandAltman:
    """Each unit's mean and difference (first minus second), the bias and the limits of agreement.

    Intervals are (low, high) at 95 %; limits and intervals are None below two units, where nothing
    can be said about spread. Limits assume that differences are about normal, which few units on a
    short scale are not: print that beside them.
    """

    points: tuple[tuple[str, float, float], ...]
    bias: float
    limits: tuple[float, float] | None
    bias_interval: tuple[float, float] | None
    lower_interval: tuple[float, float] | None
    upper_interval: tuple[float, float] | None

    @property
    def text(self) -> str:
        """Return bias and limits in a sentence, each with its interval, or why there are none."""
        said = f"Mean difference {signed(self.bias)}{_between(self.bias_interval)}, n = {len(self.points)}"
        if self.limits is None:
            return f"{said}; limits of agreement need two units."
        low, high = self.limits
        if low == high:
            return f"{said}; the raters lie equally far apart throughout."
        return (
            f"{said}; limits of agreement {signed(low)}{_between(self.lower_interval)} and "
            f"{signed(high)}{_between(self.upper_interval)}."
        )


def signed(value: float) -> str:
    """Return points to two decimals with a minus sign that is one, and no minus before nought."""
    text = f"{value:.2f}"
    return text.removeprefix("-") if float(text) == 0 else text.replace("-", "\N{MINUS SIGN}")


def _between(interval: tuple[float, float] | None) -> str:
    if interval is None or interval[0] == interval[1]:
        return ""
    return f" (95% CI {signed(interval[0])} to {signed(interval[1])})"


def bland_altman(
    units: Sequence[str], first: Sequence[float], second: Sequence[float]
) -> BlandAltman:
    """Return the data of a Bland-Altman plot; raises ValueError where there is no unit.

    Limits are bias -+ 1.96 SD; their standard error is SD sqrt(1/n + 1.96^2 / (2(n - 1))).
    """
    if not units:
        raise ValueError("there is no unit that both raters scored")
    points = tuple(
        (unit, (a + b) / 2, a - b) for unit, a, b in zip(units, first, second, strict=True)
    )
    apart = [difference for _, _, difference in points]
    bias, n = fmean(apart), len(apart)
    if n < 2:
        return BlandAltman(points, bias, None, None, None, None)
    from scipy.special import stdtrit  # noqa: PLC0415 - scipy is slow to load

    spread = stdev(apart)
    reach = float(stdtrit(n - 1, 0.975)) * spread
    of_bias = reach * sqrt(1 / n)
    of_limit = reach * sqrt(1 / n + 1.96**2 / (2 * (n - 1)))
    low, high = bias - 1.96 * spread, bias + 1.96 * spread
    return BlandAltman(
        points=points,
        bias=bias,
        limits=(low, high),
        bias_interval=(bias - of_bias, bias + of_bias),
        lower_interval=(low - of_limit, low + of_limit),
        upper_interval=(high - of_limit, high + of_limit),
    )
