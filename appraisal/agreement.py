"""Agreement between the raters of a review: per category and for the total, ready to be printed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from appraisal.bland_altman import BlandAltman, bland_altman
from appraisal.estimate import Estimate
from appraisal.icc_form import IccForm
from appraisal.instrument import Category, Instrument, Score
from appraisal.kappa import Closeness, Weights, closeness, kappa
from appraisal.reliability import icc
from appraisal.scores import Appraisal, total, unscored


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two raters on one category, with kappa beside the plain counts it must not be read without.

    On the total, which has no levels of its own, they have an intraclass correlation instead.
    """

    first: str
    second: str
    kappa: Estimate | None
    closeness: Closeness
    icc: Estimate | None = None


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One category, or the total (`category` is None), with the coefficients that suit its scale."""

    category: Category | None
    label: str
    icc: Estimate | None
    pairs: tuple[PairAgreement, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of raters: of all together over the units that every one of them has completed.

    Each pair is compared over all units the two have completed, so that teams in which every unit is
    scored by another pair see their agreement too. `left_out` are the units some rater has not done.
    """

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
        if set(made) == set(raters) and _is_done(instrument, *made.values())
    }
    tables = [[made[rater] for rater in raters] for made in shared.values()]
    pairs = {
        (a, b): [
            (made[a], made[b])
            for made in by_unit.values()
            if a in made and b in made and _is_done(instrument, made[a], made[b])
        ]
        for a, b in combinations(raters, 2)
    }
    rows = [_category_row(instrument, each, pairs, tables, form) for each in instrument.categories]
    plots: list[tuple[str, str, BlandAltman]] = []
    if instrument.maximum is not None:
        ratings = [[total(instrument, each.scores) or 0 for each in made] for made in tables]
        compared = []
        for (a, b), both in pairs.items():
            one, other = (
                [total(instrument, each[place].scores) or 0 for each in both] for place in (0, 1)
            )
            compared.append(_on_totals(a, b, one, other, form))
            if both:
                plots.append((a, b, bland_altman([first.unit for first, _ in both], one, other)))
        rows.append(AgreementRow(None, "Total", icc(ratings, form), tuple(compared)))
    return Agreement(
        raters=raters,
        units=tuple(shared),
        left_out=tuple(unit for unit in by_unit if unit not in shared),
        rows=tuple(rows),
        bland_altman=tuple(plots),
    )


def _on_totals(
    first: str, second: str, one: Sequence[int], other: Sequence[int], form: IccForm
) -> PairAgreement:
    given = (*one, *other)
    levels = range(min(given), max(given) + 1) if given else range(0)
    ratings = [list(pair) for pair in zip(one, other, strict=True)]
    return PairAgreement(first, second, None, closeness(one, other, levels), icc(ratings, form))


def _is_done(instrument: Instrument, *appraisals: Appraisal) -> bool:
    return all(each.complete and not unscored(instrument, each.scores) for each in appraisals)


def _category_row(
    instrument: Instrument,
    category: Category,
    pairs: Mapping[tuple[str, str], Sequence[tuple[Appraisal, Appraisal]]],
    tables: Sequence[Sequence[Appraisal]],
    form: IccForm,
) -> AgreementRow:
    scale = instrument.scale_of(category.id)
    weights = Weights.NONE if scale.kind == "unordered" else Weights.QUADRATIC
    compared = []
    for (a, b), both in pairs.items():
        first = _given(category, [one for one, _ in both])
        second = _given(category, [other for _, other in both])
        compared.append(
            PairAgreement(
                a,
                b,
                kappa(first, second, scale.values, weights),
                closeness(first, second, scale.values, ordered=scale.kind != "unordered"),
            )
        )
    numbers = None
    if scale.kind == "numbers":
        scores = (_given(category, made) for made in tables)
        ratings = [[score for score in row if isinstance(score, int)] for row in scores]
        numbers = icc(ratings, form)
    return AgreementRow(category, category.label, numbers, tuple(compared))


def _given(category: Category, appraisals: Iterable[Appraisal]) -> list[Score]:
    return [score for each in appraisals if (score := each.scores[category.id]) is not None]
