"""A statistic with its full name and interval, or the reason why there is none."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A coefficient that may not exist: never nan, never outside what it can be.

    `value` is None where it is not estimable and `reason` then says why; an interval may be missing
    beside a value, again with its reason. `units` and `raters` are what it was computed from, `level`
    is the interval's, in percent.
    """

    name: str
    value: float | None
    units: int
    raters: int
    low: float | None = None
    high: float | None = None
    level: float = 95.0
    reason: str = ""

    @property
    def text(self) -> str:
        """Return the value with its interval as print wants it: ".74, 95% CI [.50, .88]"."""
        if self.value is None:
            return f"not estimable ({self.reason})"
        value = coefficient(self.value)
        if self.low is None or self.high is None:
            return f"{value} (interval not estimable: {self.reason})"
        return f"{value}, {self.level:g}% CI [{coefficient(self.low)}, {coefficient(self.high)}]"


def not_estimable(name: str, reason: str, units: int, raters: int) -> Estimate:
    """Return an estimate that says why it does not exist."""
    return Estimate(name, None, units, raters, reason=reason)


def coefficient(value: float, decimals: int = 2) -> str:
    """Return a number that cannot exceed 1 as APA prints it, without the leading zero: "-.13"."""
    text = f"{value:.{decimals}f}"
    if float(text) == 0:
        text = text.removeprefix("-")
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text
