"""The COSMIN criteria for good measurement properties, as Prinsen et al. (2018) give them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from synthesis.measures import Property, PropertyKind, PropertyStatus

VERSION = "Prinsen et al. (2018)"
"""The version of the thresholds; a table that shows a rating names it."""

THRESHOLDS: Mapping[PropertyKind, float] = {
    PropertyKind.INTERNAL_CONSISTENCY: 0.70,
    PropertyKind.TEST_RETEST: 0.70,
    PropertyKind.INTER_RATER: 0.70,
    PropertyKind.CRITERION_VALIDITY: 0.70,
}
"""Lowest sufficient alpha, ICC or weighted kappa, and correlation with the standard or AUC."""

FIT_ABOVE: Mapping[str, float] = {"cfi": 0.95, "tli": 0.95}
FIT_BELOW: Mapping[str, float] = {"rmsea": 0.06, "srmr": 0.08}
"""Structural validity: one of these fits of a confirmatory factor analysis beyond its figure."""


class Rating(StrEnum):
    """Whether a property meets its criterion; a figure without a criterion here is indeterminate."""

    SUFFICIENT = "sufficient"
    INSUFFICIENT = "insufficient"
    INDETERMINATE = "indeterminate"


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating with the reason and the version of the criteria it was made by."""

    rating: Rating
    because: str
    version: str = VERSION


def rate(measured: Property, others: Iterable[Property]) -> Rated:
    """Return the rating of one property of a measure beside the measure's other properties.

    Internal consistency is never rated from alpha alone: unless the structural validity of the same
    scale is sufficient, alpha says nothing on whether the items measure one thing.
    """
    threshold = THRESHOLDS.get(measured.property)
    if measured.status is not PropertyStatus.REPORTED:
        return Rated(Rating.INDETERMINATE, f"{measured.status}")
    if measured.unresolved:
        return Rated(Rating.INDETERMINATE, "the source leaves open what the figure means")
    if measured.property is PropertyKind.STRUCTURAL_VALIDITY:
        return _rate_structure(measured)
    if threshold is None:
        return Rated(Rating.INDETERMINATE, "no threshold for this property is used here")
    met = _reaches(measured, threshold)
    missing = _missing(measured, others)
    if met is None or missing:
        because = "no figure that could be compared is given" if met is None else missing
        return Rated(Rating.INDETERMINATE, because)
    relation = "reaches" if met else "is below"
    rating = Rating.SUFFICIENT if met else Rating.INSUFFICIENT
    return Rated(rating, f"{measured.statistic or 'the figure'} {relation} {threshold:.2f}")


def _rate_structure(measured: Property) -> Rated:
    """Return the rating of structural validity by the fit of a confirmatory factor analysis."""
    named = measured.statistic.casefold()
    exact = measured.value is not None and not measured.operator
    for fit, figure in {**FIT_ABOVE, **FIT_BELOW}.items():
        if fit in named and exact and measured.value is not None:
            above = fit in FIT_ABOVE
            met = measured.value > figure if above else measured.value < figure
            rating = Rating.SUFFICIENT if met else Rating.INSUFFICIENT
            asked = f"{'above' if above else 'below'} {figure:.2f}"
            return Rated(rating, f"{fit.upper()} is {'' if met else 'not '}{asked}")
    return Rated(Rating.INDETERMINATE, "no CFI, TLI, RMSEA or SRMR is given")


def _missing(measured: Property, others: Iterable[Property]) -> str:
    """Return what stands in the way of a rating, empty where nothing does."""
    if measured.property is PropertyKind.INTERNAL_CONSISTENCY:
        structured = any(_supports_structure(each, measured) for each in others)
        return "" if structured else "alpha alone: no sufficient structural validity is entered"
    if measured.property in (PropertyKind.TEST_RETEST, PropertyKind.INTER_RATER):
        statistic = measured.statistic.casefold()
        fits = any(word in statistic for word in ("icc", "intraclass", "kappa"))
        return "" if fits else "the criterion is for ICC and weighted kappa"
    return ""


def _reaches(measured: Property, threshold: float) -> bool | None:
    """Return whether all of a figure reaches a threshold; None where it leaves that open.

    "> .60" says nothing on .70, and "< .90" neither.
    """
    lowest = measured.low if measured.low is not None else measured.value
    if lowest is None or measured.operator == "~":
        return None
    if measured.operator in ("<", "<="):
        under = lowest < threshold or (lowest == threshold and measured.operator == "<")
        return False if under else None
    if lowest >= threshold:
        return True
    return None if measured.operator in (">", ">=") else False


def _supports_structure(other: Property, measured: Property) -> bool:
    return (
        other.property is PropertyKind.STRUCTURAL_VALIDITY
        and other.subscale in ("", measured.subscale)
        and other.status is PropertyStatus.REPORTED
        and not other.unresolved
        and _rate_structure(other).rating is Rating.SUFFICIENT
    )
