"""Candidate pairs, compared, judged and scored: those that may merge or wait, and those ruled out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from screening.identification.matching.blocking import Pairs
from screening.identification.matching.columns import Columns
from screening.identification.matching.evidence import Levels
from screening.identification.matching.hopeless import hopeless
from screening.identification.matching.policy import DedupePolicy
from screening.identification.matching.rules import judge
from screening.identification.matching.scoring import compare, worth_comparing
from screening.identification.matching.signs import signs
from screening.identification.matching.spreading import Spread, here
from screening.identification.matching.title_scoring import compare_titles
from screening.identification.matching.weights import score

_AT_ONCE = 20_000
"""Pairs compared at a time: enough for a process of its own, and a dozen MB of work space."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Candidate pairs that are not ruled out and score high enough, and those that are ruled out.

    `hopeless` pairs were not compared to the end, for they cannot merge: what rules one out is only
    asked where others bring the two together.
    """

    pairs: Pairs
    scores: NDArray[np.float32]
    doubted: NDArray[np.bool_]
    rule: NDArray[np.int8]
    levels: Levels
    ruled_out: Pairs
    hopeless: Pairs


def judge_pairs(  # noqa: PLR0913, PLR0917 - each says what is judged, or how
    table: Columns,
    pairs: Pairs,
    policy: DedupePolicy,
    threads: int,
    told: Callable[[int, int], None],
    spread: Spread = here,
    *,
    thoroughly: bool = False,
) -> Judged:
    """Compare and judge pairs piece by piece, keeping of each only what the outcome needs.

    Those that cannot merge are put aside unless all are to be judged `thoroughly`.
    `told` hears after each piece how many pairs of how many are done.
    """
    kept: list[Judged] = []
    work = partial(_judge_piece, table, policy, threads, thoroughly=thoroughly)
    starts = range(0, max(len(pairs), 1), _AT_ONCE)
    for judged in spread(work, (pairs[start : start + _AT_ONCE] for start in starts)):
        kept.append(judged)
        told(min(len(kept) * _AT_ONCE, len(pairs)), len(pairs))
    return _together(kept)


def _judge_piece(
    table: Columns, policy: DedupePolicy, threads: int, pairs: Pairs, *, thoroughly: bool
) -> Judged:
    pairs = pairs[worth_comparing(table, pairs, threads)]
    title = compare_titles(table, pairs[:, 0], pairs[:, 1], threads)
    aside = np.zeros(len(pairs), dtype=bool)
    if not thoroughly:
        aside = hopeless(table, pairs, title, policy.review, threads)
    put_aside, pairs, title = pairs[aside], pairs[~aside], title[~aside]
    evidence = compare(table, pairs, threads, title)
    seen = signs(evidence)
    judgement = judge(evidence, seen, policy)
    scores = score(evidence, seen, judgement.doubted)
    kept = np.flatnonzero(~judgement.ruled_out & (scores >= policy.review))
    return Judged(
        pairs[kept],
        scores[kept],
        judgement.doubted[kept],
        judgement.rule[kept],
        evidence.levels(kept),
        pairs[judgement.ruled_out],
        put_aside,
    )


def _together(pieces: list[Judged]) -> Judged:
    if len(pieces) == 1:
        return pieces[0]
    return Judged(
        np.concatenate([piece.pairs for piece in pieces]),
        np.concatenate([piece.scores for piece in pieces]),
        np.concatenate([piece.doubted for piece in pieces]),
        np.concatenate([piece.rule for piece in pieces]),
        np.concatenate([piece.levels for piece in pieces]),
        np.concatenate([piece.ruled_out for piece in pieces]),
        np.concatenate([piece.hopeless for piece in pieces]),
    )
