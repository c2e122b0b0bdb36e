"""Agreement between the raters of a review: per category and for the total, ready to be printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from appraisal.bland_altman import BlandAltman, bland_altman
from appraisal.estimate import Estimate
from appraisal.instrument import Category, Instrument
from appraisal.kappa import Closeness, Weights, closeness, kappa
from appraisal.reliability import IccForm, icc
from appraisal.scores import Appraisal, total, unscored


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two raters on one category: kappa beside the plain counts it must not be read without."""

    first: str
    second: str
    kappa: Estimate
    closeness: Closeness


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One category, or the total (`category` is None), with the coefficients that suit its scale."""

    category: Category | None
    label: str
    icc: Estimate | None
    pairs: tuple[PairAgreement, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement over the units that every rater has completed; the others are named, not dropped."""

    raters: tuple[str, ...]
    units: tuple[str, ...]
    left_out: tuple[str, ...]
    rows: tuple[AgreementRow, ...]
    bland_altman: tuple[tuple[str, str, BlandAltman], ...]


def agreement(
    instrument: Instrument,
    appraisals: Sequence[Appraisal],
    form: IccForm = IccForm.AGREEMENT_SINGLE,
) -> Agreement:
    """Return how far raters agree, from their own scores and never from the consensus.

    The intraclass correlation is given for scales of numbers. Kappa is weighted quadratically where
    the levels have an order and is unweighted where they have none.
    """
    raters = tuple(sorted({appraisal.rater for appraisal in appraisals}))
    by_unit: dict[str, dict[str, Appraisal]] = {}
    for appraisal in appraisals:
        by_unit.setdefault(appraisal.unit, {})[appraisal.rater] = appraisal
    shared = {
        unit: made
        for unit, made in by_unit.items()
        if set(made) == set(raters) and all(_is_done(instrument, each) for each in made.values())
    }
    tables = list(shared.values())
    rows = [_category_row(instrument, each, raters, tables, form) for each in instrument.categories]
    plots: list[tuple[str, str, BlandAltman]] = []
    if instrument.maximum is not None:
        totals = {
            rater: [total(instrument, made[rater].scores) or 0 for made in tables]
            for rater in raters
        }
        ratings = [list(each) for each in zip(*totals.values(), strict=True)]
        rows.append(AgreementRow(None, "Total", icc(ratings, form), ()))
        plots = [
            (a, b, bland_altman(list(shared), totals[a], totals[b]))
            for a, b in combinations(raters, 2)
            if shared
        ]
    return Agreement(
        raters=raters,
        units=tuple(shared),
        left_out=tuple(unit for unit in by_unit if unit not in shared),
        rows=tuple(rows),
        bland_altman=tuple(plots),
    )


def _is_done(instrument: Instrument, appraisal: Appraisal) -> bool:
    return appraisal.complete and not unscored(instrument, appraisal.scores)


def _category_row(
    instrument: Instrument,
    category: Category,
    raters: Sequence[str],
    tables: Sequence[dict[str, Appraisal]],
    form: IccForm,
) -> AgreementRow:
    scale = instrument.scale_of(category.id)
    given = {
        rater: [score for made in tables if (score := made[rater].scores[category.id]) is not None]
        for rater in raters
    }
    weights = Weights.NONE if scale.kind == "unordered" else Weights.QUADRATIC
    pairs = tuple(
        PairAgreement(
            a,
            b,
            kappa(given[a], given[b], scale.values, weights),
            closeness(given[a], given[b], scale.values),
        )
        for a, b in combinations(raters, 2)
    )
    numbers = None
    if scale.kind == "numbers":
        ratings = [
            [score for score in row if isinstance(score, int)]
            for row in zip(*given.values(), strict=True)
        ]
        numbers = icc(ratings, form)
    return AgreementRow(category, category.label, numbers, pairs)
