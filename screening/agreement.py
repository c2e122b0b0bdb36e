"""Agreement between two reviewers, from votes as cast before any consensus."""

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from screening.records import Verdict

_TWO_SIDED_95 = 1.959963984540054


class Unsure(StrEnum):
    """How an "unsure" is counted: on its way to the next stage, out, as its own word, or not at all."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    CATEGORY = "category"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Statistics of agreement over the references both reviewers voted on.

    `categories` name rows (first reviewer) and columns (second) of `table`. A statistic is None where
    it cannot be estimated: everything without references, kappa and alpha where all votes are one word.
    `prevalence` is the share of include among all votes. `interval` is the 95 % interval of kappa.
    """

    categories: tuple[str, ...]
    table: tuple[tuple[int, ...], ...]
    references: int
    agreed: float | None
    prevalence: float | None
    kappa: float | None
    interval: tuple[float, float] | None
    pabak: float | None
    ac1: float | None
    alpha: float | None


@dataclass(frozen=True, slots=True)
class ReasonAgreement:
    """Agreement on one reason, over the references that both excluded.

    `both`, `first_only`, `second_only` and `neither` count references; `specific` is the share 2 both / (2 both +
    first_only + second_only) of Dice, None where nobody gave the reason.
    """

    reason: str
    both: int
    first_only: int
    second_only: int
    neither: int
    specific: float | None
    kappa: float | None


def agreement(
    pairs: Sequence[tuple[Verdict, Verdict]], *, unsure: Unsure = Unsure.INCLUDE
) -> Agreement:
    """Compare two reviewers' verdicts on the same references.

    By default an "unsure" counts as include, because it sends the reference on to the next stage;
    with `Unsure.CATEGORY` the comparison is three-way, with `Unsure.MISSING` references with an unsure
    vote are left out. `table`, `agreed` and all statistics speak of the verdicts so counted.
    """
    counted = [pair for pair in pairs if unsure is not Unsure.MISSING or Verdict.UNSURE not in pair]
    words = [tuple(_word(verdict, unsure) for verdict in pair) for pair in counted]
    categories = [Verdict.INCLUDE, Verdict.EXCLUDE]
    if unsure is Unsure.CATEGORY:
        categories.append(Verdict.UNSURE)
    table = [[words.count((row, column)) for column in categories] for row in categories]
    number = len(words)
    votes = [word for pair in words for word in pair]
    return Agreement(
        categories=tuple(str(category) for category in categories),
        table=tuple(tuple(row) for row in table),
        references=number,
        agreed=observed(table),
        prevalence=votes.count(Verdict.INCLUDE) / len(votes) if votes else None,
        kappa=kappa(table),
        interval=kappa_interval(table),
        pabak=pabak(table),
        ac1=ac1(table),
        alpha=alpha(words),
    )


def agreement_on_reasons(
    pairs: Sequence[tuple[frozenset[str], frozenset[str]]], reasons: Sequence[str]
) -> tuple[ReasonAgreement, ...]:
    """Compare the reasons two reviewers gave for the references that both excluded, reason by reason."""
    found = []
    for reason in reasons:
        given = [(reason in first, reason in second) for first, second in pairs]
        both, first_only = given.count((True, True)), given.count((True, False))
        second_only, neither = given.count((False, True)), given.count((False, False))
        named = 2 * both + first_only + second_only
        found.append(
            ReasonAgreement(
                reason=reason,
                both=both,
                first_only=first_only,
                second_only=second_only,
                neither=neither,
                specific=2 * both / named if named else None,
                kappa=kappa([[both, first_only], [second_only, neither]]),
            )
        )
    return tuple(found)


def observed(table: Sequence[Sequence[int]]) -> float | None:
    """Return the share of references on which both said the same."""
    number = sum(map(sum, table))
    return sum(row[i] for i, row in enumerate(table)) / number if number else None


def kappa(table: Sequence[Sequence[int]]) -> float | None:
    """Return Cohen's kappa (1960): agreement beyond what the reviewers' own shares would give by chance."""
    return _beyond_chance(
        table, lambda rows, columns: sum(r * c for r, c in zip(rows, columns, strict=True))
    )


def pabak(table: Sequence[Sequence[int]]) -> float | None:
    """Return prevalence- and bias-adjusted kappa (Byrt 1993), in k categories (k * agreed - 1) / (k - 1)."""
    return _beyond_chance(table, lambda rows, _: 1 / len(rows))


def ac1(table: Sequence[Sequence[int]]) -> float | None:
    """Return Gwet's AC1 (2008, doi:10.1348/000711006X126600), which one-sided tables do not drag down."""

    def chance(rows: Sequence[float], columns: Sequence[float]) -> float:
        means = [(r + c) / 2 for r, c in zip(rows, columns, strict=True)]
        return sum(mean * (1 - mean) for mean in means) / (len(means) - 1)

    return _beyond_chance(table, chance)


def kappa_interval(table: Sequence[Sequence[int]]) -> tuple[float, float] | None:
    """Return kappa's 95 % interval by the large-sample variance of Fleiss, Cohen and Everitt (1969).

    The interval is cut at -1 and 1. None where kappa is.
    """
    value = kappa(table)
    if value is None:
        return None
    number, rows, columns = _margins(table)
    expected = sum(r * c for r, c in zip(rows, columns, strict=True))
    agreed = apart = 0.0
    for i, row in enumerate(table):
        for j, count in enumerate(row):
            share = count / number
            if i == j:
                agreed += share * (1 - (rows[i] + columns[i]) * (1 - value)) ** 2
            else:
                apart += share * (columns[i] + rows[j]) ** 2
    centre = (value - expected * (1 - value)) ** 2
    spread = max(agreed + apart * (1 - value) ** 2 - centre, 0) / number
    reach = _TWO_SIDED_95 * math.sqrt(spread) / (1 - expected)
    return max(-1.0, value - reach), min(1.0, value + reach)


def alpha(units: Sequence[Sequence[Hashable | None]]) -> float | None:
    """Return Krippendorff's alpha for nominal words; one unit per reference, None for no vote.

    Takes any number of reviewers. Units with fewer than two votes do not count; None where all votes
    that count are one word (or there are none), as nothing then could have disagreed.
    """
    totals: dict[Hashable, float] = {}
    disagreed = 0.0
    for unit in units:
        votes = [vote for vote in unit if vote is not None]
        if len(votes) < 2:
            continue
        for word in set(votes):
            times = votes.count(word)
            totals[word] = totals.get(word, 0) + times
            disagreed += times * (len(votes) - times) / (len(votes) - 1)
    number = sum(totals.values())
    expected = sum(count * (number - count) for count in totals.values())
    return 1 - (number - 1) * disagreed / expected if expected else None


def _word(verdict: Verdict, unsure: Unsure) -> Verdict:
    if verdict is not Verdict.UNSURE or unsure in (Unsure.CATEGORY, Unsure.MISSING):
        return verdict
    return Verdict(unsure)


def _margins(table: Sequence[Sequence[int]]) -> tuple[int, list[float], list[float]]:
    """Return the number of references and each reviewer's share of every category."""
    number = sum(map(sum, table))
    rows = [sum(row) / number for row in table]
    columns = [sum(column) / number for column in zip(*table, strict=True)]
    return number, rows, columns


def _beyond_chance(
    table: Sequence[Sequence[int]], chance: Callable[[Sequence[float], Sequence[float]], float]
) -> float | None:
    agreed = observed(table)
    if agreed is None:
        return None
    _, rows, columns = _margins(table)
    expected = chance(rows, columns)
    return None if math.isclose(expected, 1) else (agreed - expected) / (1 - expected)
