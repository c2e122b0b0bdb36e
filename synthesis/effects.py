"""Effects computed from what arms report, each with the formula it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import exp, log, sqrt
from statistics import NormalDist

from screening.problems import Problem, note, warning
from synthesis.extraction import Arm, Role
from synthesis.results import ArmResult

_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect of an intervention arm against a comparator with its 95 % interval.

    `error` is the standard error, of the logarithm for ratios. `formula` names how it was computed,
    in words for a table's note.
    """

    metric: str
    estimate: float
    error: float
    low: float
    high: float
    formula: str


@dataclass(frozen=True, slots=True)
class ComputedEffect:
    """An effect and the two results it compares."""

    intervention: ArmResult
    comparator: ArmResult
    effect: Effect


def mean_difference(
    first: tuple[int, float, float], second: tuple[int, float, float]
) -> Effect | None:
    """Return the difference of two means given as (n, mean, SD), None below two cases in an arm."""
    pooled = _pooled(first, second)
    if pooled is None:
        return None
    error = pooled * sqrt(1 / first[0] + 1 / second[0])
    return _linear("MD", first[1] - second[1], error, "mean difference, pooled SD")


def hedges_g(first: tuple[int, float, float], second: tuple[int, float, float]) -> Effect | None:
    """Return Hedges' g of two means given as (n, mean, SD), None where it cannot be computed.

    g = J d with J = 1 - 3 / (4 df - 1) (Hedges 1981); variance as in Borenstein et al. (2009, ch. 4).
    """
    pooled = _pooled(first, second)
    if not pooled:
        return None
    n1, n2 = first[0], second[0]
    d = (first[1] - second[1]) / pooled
    variance = (n1 + n2) / (n1 * n2) + d * d / (2 * (n1 + n2))
    small = 1 - 3 / (4 * (n1 + n2 - 2) - 1)
    formula = "standardised mean difference, Hedges' g (pooled SD, small-sample correction)"
    return _linear("SMD", small * d, small * sqrt(variance), formula)


def odds_ratio(first: tuple[int, int], second: tuple[int, int]) -> Effect | None:
    """Return the odds ratio of two arms given as (events, n), None where it cannot be computed.

    With an empty cell one half is added to each (Haldane 1956), and the formula says so.
    """
    cells = _cells(first, second)
    if cells is None:
        return None
    (a, b, c, d), formula = cells
    error = sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return _ratio("OR", a * d / (b * c), error, f"odds ratio{formula}")


def risk_ratio(first: tuple[int, int], second: tuple[int, int]) -> Effect | None:
    """Return the ratio of risks of two arms given as (events, n), None where it cannot be computed."""
    cells = _cells(first, second)
    if cells is None:
        return None
    (a, b, c, d), formula = cells
    error = sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))
    return _ratio("RR", (a / (a + b)) / (c / (c + d)), error, f"risk ratio{formula}")


def computed_effects(
    results: Sequence[ArmResult], arms: Sequence[Arm]
) -> tuple[list[ComputedEffect], list[Problem]]:
    """Return the effect of every chosen result of an intervention against every comparator.

    Means with SDs give Hedges' g, turned where lower is better; events give an odds ratio. What cannot
    be computed is named, and so are effects that share an arm and must not be counted as independent.
    """
    roles = {(arm.report, arm.arm): arm.role for arm in arms}
    grouped: dict[tuple[str, str, str, str], list[ArmResult]] = {}
    for result in results:
        if result.chosen:
            at = (result.report, result.outcome, result.measure, result.time_point)
            grouped.setdefault(at, []).append(result)
    effects: list[ComputedEffect] = []
    problems: list[Problem] = []
    for group in grouped.values():
        sides: dict[Role, list[ArmResult]] = {Role.INTERVENTION: [], Role.COMPARATOR: []}
        for result in group:
            role = roles.get((result.report, result.arm))
            if role is None:
                problems.append(
                    warning(
                        _place(result),
                        f"The arm {result.arm} is not on the sheet of arms; add it, so that its result "
                        "can be compared.",
                        result.key,
                    )
                )
            else:
                sides[role].append(result)
        pairs = list(product(sides[Role.INTERVENTION], sides[Role.COMPARATOR]))
        for intervention, comparator in pairs:
            effect = _effect(intervention, comparator)
            if effect is None:
                problems.append(
                    note(
                        _place(intervention),
                        "No effect can be computed: it takes n, mean and SD, or events, in both arms.",
                        intervention.key,
                    )
                )
            else:
                effects.append(ComputedEffect(intervention, comparator, effect))
        if len(pairs) > 1:
            problems.append(
                warning(
                    _place(group[0]),
                    f"{len(pairs)} comparisons share an arm; they are not independent, so count one.",
                    group[0].key,
                )
            )
    return effects, problems


def _effect(first: ArmResult, second: ArmResult) -> Effect | None:
    if first.events is not None and second.events is not None:
        return odds_ratio((first.events, first.n), (second.events, second.n))
    if first.mean is None or second.mean is None or first.sd is None or second.sd is None:
        return None
    if first.higher_is_better:
        return hedges_g((first.n, first.mean, first.sd), (second.n, second.mean, second.sd))
    turned = hedges_g((second.n, second.mean, second.sd), (first.n, first.mean, first.sd))
    if turned is None:
        return None
    formula = f"{turned.formula}, sign turned because lower is better"
    return Effect(turned.metric, turned.estimate, turned.error, turned.low, turned.high, formula)


def _pooled(first: tuple[int, float, float], second: tuple[int, float, float]) -> float | None:
    (n1, _, s1), (n2, _, s2) = first, second
    if n1 < 2 or n2 < 2:
        return None
    return sqrt(((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / (n1 + n2 - 2))


def _cells(
    first: tuple[int, int], second: tuple[int, int]
) -> tuple[tuple[float, float, float, float], str] | None:
    a, c = float(first[0]), float(second[0])
    b, d = first[1] - a, second[1] - c
    if min(a, b, c, d) < 0 or a + b == 0 or c + d == 0 or a + c == 0 or b + d == 0:
        return None
    if min(a, b, c, d) > 0:
        return (a, b, c, d), ""
    return (a + 0.5, b + 0.5, c + 0.5, d + 0.5), ", one half added to each cell"


def _linear(metric: str, estimate: float, error: float, formula: str) -> Effect:
    return Effect(metric, estimate, error, estimate - _Z * error, estimate + _Z * error, formula)


def _ratio(metric: str, estimate: float, error: float, formula: str) -> Effect:
    low, high = exp(log(estimate) - _Z * error), exp(log(estimate) + _Z * error)
    return Effect(metric, estimate, error, low, high, formula)


def _place(result: ArmResult) -> str:
    when = f", {result.time_point}" if result.time_point else ""
    return f"result of {result.report}, {result.outcome}{when}"
