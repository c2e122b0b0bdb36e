"""The scores of all units together: mean, median, range and distribution, from raw scores only."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from appraisal.instrument import Instrument, Score
from appraisal.scores import UnitScores


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list of numbers comes to, exactly. `lowest_units` and `highest_units` are who has them."""

    n: int
    mean: Fraction
    median: Fraction
    lowest: int
    highest: int
    lowest_units: tuple[str, ...]
    highest_units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CategoryProfile:
    """How one category was scored: units per level in the scale's order, and unscored ones."""

    id: str
    label: str
    levels: tuple[tuple[Score, int], ...]
    unscored: int
    summary: Summary | None


@dataclass(frozen=True, slots=True)
class Profile:
    """All categories in the instrument's order, and the total where there is one.

    `left_out` are the units without a total; they are missing from `total` and named here.
    """

    categories: tuple[CategoryProfile, ...]
    total: Summary | None
    maximum: int | None
    left_out: tuple[str, ...]

    @property
    def mean_percent(self) -> Fraction | None:
        """Return the mean total as an exact percent of the maximum, never from rounded percents."""
        if self.total is None or self.maximum is None:
            return None
        return self.total.mean * 100 / self.maximum


def profile(instrument: Instrument, rows: Sequence[UnitScores]) -> Profile:
    """Return the profile of the scores that count."""
    totals = [(row.unit, row.total) for row in rows if row.total is not None]
    return Profile(
        categories=tuple(_category(instrument, each.id, rows) for each in instrument.categories),
        total=_summary(totals),
        maximum=instrument.maximum,
        left_out=tuple(row.unit for row in rows if row.total is None),
    )


def half_up(value: Fraction, decimals: int = 0) -> str:
    """Return a number rounded half away from nought, exactly: 61.875 to one place is "61.9"."""
    scale = 10**decimals
    scaled = abs(value) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign = "-" if value < 0 and whole else ""
    units, rest = divmod(whole, scale)
    return f"{sign}{units}.{rest:0{decimals}d}" if decimals else f"{sign}{units}"


def _category(
    instrument: Instrument, category_id: str, rows: Sequence[UnitScores]
) -> CategoryProfile:
    category = instrument.category(category_id)
    given = [(row.unit, row.scores.get(category_id)) for row in rows]
    scores = [score for _, score in given if score is not None]
    numbers = [(unit, score) for unit, score in given if isinstance(score, int)]
    scale = instrument.scale_of(category_id)
    return CategoryProfile(
        id=category_id,
        label=category.label,
        levels=tuple((value, scores.count(value)) for value in scale.values),
        unscored=len(given) - len(scores),
        summary=_summary(numbers) if scale.kind == "numbers" else None,
    )


def _summary(given: Sequence[tuple[str, int]]) -> Summary | None:
    if not given:
        return None
    numbers = [number for _, number in given]
    low, high = min(numbers), max(numbers)
    return Summary(
        n=len(numbers),
        mean=Fraction(sum(numbers), len(numbers)),
        median=median([Fraction(number) for number in numbers]),
        lowest=low,
        highest=high,
        lowest_units=tuple(unit for unit, number in given if number == low),
        highest_units=tuple(unit for unit, number in given if number == high),
    )
