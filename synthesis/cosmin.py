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

    Internal consistency is never rated from alpha alone: without evidence of structural validity alpha
    says nothing on whether the items measure one thing.
    """
    lowest = _lowest(measured)
    threshold = THRESHOLDS.get(measured.property)
    missing = _missing(measured, lowest, list(others))
    if missing or lowest is None or threshold is None:
        return Rated(Rating.INDETERMINATE, missing or "no threshold for this property is used here")
    met = lowest >= threshold
    relation = "reaches" if met else "is below"
    rating = Rating.SUFFICIENT if met else Rating.INSUFFICIENT
    return Rated(rating, f"{measured.statistic or 'the figure'} {relation} {threshold:.2f}")


def _missing(measured: Property, lowest: float | None, others: list[Property]) -> str:
    """Return what stands in the way of a rating, empty where nothing does."""
    if lowest is None:
        return "no figure that could be compared is given"
    if measured.unresolved:
        return "the source leaves open what the figure means"
    if measured.property is PropertyKind.INTERNAL_CONSISTENCY:
        structured = any(_supports_structure(each) for each in others)
        return "" if structured else "alpha alone: no evidence of structural validity is entered"
    if measured.property in (PropertyKind.TEST_RETEST, PropertyKind.INTER_RATER):
        statistic = measured.statistic.casefold()
        fits = any(word in statistic for word in ("icc", "intraclass", "kappa"))
        return "" if fits else "the criterion is for ICC and weighted kappa"
    return ""


def _lowest(measured: Property) -> float | None:
    if measured.status is not PropertyStatus.REPORTED or measured.operator in ("<", "<=", "~"):
        return None
    return measured.low if measured.low is not None else measured.value


def _supports_structure(other: Property) -> bool:
    reported = other.status is PropertyStatus.REPORTED
    return reported and other.property is PropertyKind.STRUCTURAL_VALIDITY
