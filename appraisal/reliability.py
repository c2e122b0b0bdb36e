"""Intraclass correlations between raters, in the six forms of Shrout and Fleiss (1979)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from appraisal.estimate import Estimate, not_estimable
from appraisal.icc_form import IccForm


@dataclass(frozen=True, slots=True)
class _Anova:
    """Mean squares of an n x k table, exact: rows (units), columns (raters), error and within rows."""

    n: int
    k: int
    rows: Fraction
    columns: Fraction
    error: Fraction
    within: Fraction


def icc(
    ratings: Sequence[Sequence[int | float]],
    form: IccForm = IccForm.AGREEMENT_SINGLE,
    level: float = 95.0,
) -> Estimate:
    """Return an intraclass correlation with its interval from one row per unit, one score per rater.

    Point estimates and intervals follow Shrout and Fleiss (1979) and McGraw and Wong (1996); that of
    absolute agreement uses Satterthwaite's degrees of freedom. Sums of squares are exact, so that no
    rounding error passes for variance. Raises ValueError where a row lacks a rater.
    """
    n, k = len(ratings), len(ratings[0]) if ratings else 0
    if any(len(row) != k for row in ratings):
        raise ValueError("every unit needs a score from every rater")
    name = form.full_name
    if n < 2 or k < 2:
        return not_estimable(name, "it takes two units and two raters at least", n, k)
    table = _anova(ratings)
    if table.rows == 0 and table.within == 0:
        return not_estimable(name, "every score is the same", n, k)
    if table.rows == 0:
        return not_estimable(name, "the units do not differ on average", n, k)
    single = _single(table, form)
    value = _average(single, k) if form.of_average and single is not None else single
    if single is None or value is None or not -1 <= value <= 1:
        return not_estimable(name, "the raters differ more than the units do", n, k)
    interval = _interval(table, form, single, 1 - (1 - level / 100) / 2)
    reason = ""
    if interval is None:
        reason = "there is no error variance to build one from"
    elif not interval[0] <= value <= interval[1]:
        interval, reason = None, "on so few scores its approximation misses the estimate"
    low, high = interval or (None, None)
    return Estimate(name, float(value), n, k, low, high, level, reason)


def _anova(ratings: Sequence[Sequence[int | float]]) -> _Anova:
    scores = [[Fraction(score) for score in row] for row in ratings]
    n, k = len(scores), len(scores[0])
    grand = sum((sum(row, Fraction()) for row in scores), Fraction()) / (n * k)
    by_row = [sum(row, Fraction()) / k for row in scores]
    by_column = [sum(column, Fraction()) / n for column in zip(*scores, strict=True)]
    total = sum(((score - grand) ** 2 for row in scores for score in row), Fraction())
    rows = k * sum(((mean - grand) ** 2 for mean in by_row), Fraction())
    columns = n * sum(((mean - grand) ** 2 for mean in by_column), Fraction())
    return _Anova(
        n=n,
        k=k,
        rows=rows / (n - 1),
        columns=columns / (k - 1),
        error=(total - rows - columns) / ((n - 1) * (k - 1)),
        within=(total - rows) / (n * (k - 1)),
    )


def _single(table: _Anova, form: IccForm) -> Fraction | None:
    """Return the coefficient of a single rater, from which that of their mean follows."""
    n, k = table.n, table.k
    if form in (IccForm.ONE_WAY_SINGLE, IccForm.ONE_WAY_AVERAGE):
        above, below = table.rows - table.within, table.rows + (k - 1) * table.within
    elif form in (IccForm.CONSISTENCY_SINGLE, IccForm.CONSISTENCY_AVERAGE):
        above, below = table.rows - table.error, table.rows + (k - 1) * table.error
    else:
        above = table.rows - table.error
        spread = Fraction(k, n) * (table.columns - table.error)
        below = table.rows + (k - 1) * table.error + spread
    return above / below if below > 0 else None


def _average(single: Fraction | float, k: int) -> Fraction | float | None:
    """Return the Spearman-Brown step from one rater to the mean of k."""
    below = 1 + (k - 1) * single
    return k * single / below if below > 0 else None


def _interval(
    table: _Anova, form: IccForm, single: Fraction, share: float
) -> tuple[float, float] | None:
    if single == 1:
        return None
    if form in (IccForm.AGREEMENT_SINGLE, IccForm.AGREEMENT_AVERAGE):
        bounds = _agreement_bounds(table, float(single), share)
    else:
        bounds = _ratio_bounds(table, form, share)
    if bounds is None or not form.of_average:
        return bounds
    steps = [_average(bound, table.k) for bound in bounds]
    low, high = (None if step is None else float(step) for step in steps)
    return None if low is None or high is None else (low, high)


def _ratio_bounds(table: _Anova, form: IccForm, share: float) -> tuple[float, float] | None:
    n, k = table.n, table.k
    one_way = form in (IccForm.ONE_WAY_SINGLE, IccForm.ONE_WAY_AVERAGE)
    noise = table.within if one_way else table.error
    freedom = n * (k - 1) if one_way else (n - 1) * (k - 1)
    if noise == 0:
        return None
    ratio = float(table.rows / noise)
    lowest = ratio / _f_quantile(share, n - 1, freedom)
    highest = ratio * _f_quantile(share, freedom, n - 1)
    return (lowest - 1) / (lowest + k - 1), (highest - 1) / (highest + k - 1)


def _f_quantile(share: float, upper: float, lower: float) -> float:
    """Return the quantile of the F distribution with these degrees of freedom."""
    from scipy.special import fdtri  # noqa: PLC0415 - scipy is slow to load

    return float(fdtri(upper, lower, share))


def _agreement_bounds(table: _Anova, single: float, share: float) -> tuple[float, float] | None:
    n, k = table.n, table.k
    rows, columns, noise = float(table.rows), float(table.columns), float(table.error)
    a = k * single / (n * (1 - single))
    b = 1 + k * single * (n - 1) / (n * (1 - single))
    below = (a * columns) ** 2 / (k - 1) + (b * noise) ** 2 / ((n - 1) * (k - 1))
    if below == 0:
        return None
    freedom = (a * columns + b * noise) ** 2 / below
    if freedom <= 0:
        return None
    lower = _f_quantile(share, n - 1, freedom)
    upper = _f_quantile(share, freedom, n - 1)
    scatter = k * columns + (k * n - k - n) * noise
    low = n * (rows - lower * noise) / (lower * scatter + n * rows)
    high = n * (upper * rows - noise) / (scatter + n * upper * rows)
    return low, high
