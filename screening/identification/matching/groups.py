"""Which records describe one publication: the door to deduplication."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from screening.identification.matching.blocking import Pairs, candidate_pairs
from screening.identification.matching.clustering import (
    Clusters,
    cluster,
    completing_pairs,
    recluster,
)
from screening.identification.matching.columns import Columns, columns
from screening.identification.matching.judged import Judged, judge_pairs
from screening.identification.matching.policy import DedupePolicy
from screening.identification.matching.reasons import findings, reasons
from screening.identification.matching.spreading import Spread, here
from screening.records import Fields


@dataclass(frozen=True, slots=True)
class Item:
    """One record as deduplication sees it: its permanent key and its fields."""

    key: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class Constraints:
    """What is already decided: pairs of keys that are merged, and pairs a person keeps apart.

    Keys that are not among the items are ignored, so a caller may pass all it knows.
    """

    merged: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one publication, with what speaks for and against it.

    `score` lies between 0 and 1. `reason` is a sentence for a reviewer; `evidence` lists (field,
    finding) in the order a person would compare them. `a` sorts before `b`.
    """

    a: str
    b: str
    score: float
    reason: str
    evidence: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one publication: keys sorted, `score` and `reason` of its weakest link."""

    keys: tuple[str, ...]
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Matching:
    """The outcome: groups of two or more records, pairs for a person, seconds per phase.

    `groups` are complete: they hold the known merges as well as the new ones. No queued pair lies
    within a group or was decided before. `unqueued` counts the doubtful pairs beyond the share of the
    policy that were left apart without asking, `candidates` all pairs compared. `phases` is empty
    without a clock, `merged` unless asked for.
    """

    groups: list[Group]
    queued: list[Pair]
    phases: dict[str, float] = field(default_factory=dict)
    unqueued: int = 0
    candidates: int = 0
    merged: list[Pair] = field(default_factory=list)


Progress = Callable[[str, int, int], None]
"""Told (phase, done, total) now and then."""


class _Run:
    """One run over a table: its policy, its clock, whom it tells."""

    def __init__(
        self,
        policy: DedupePolicy,
        progress: Progress | None,
        clock: Callable[[], float] | None,
        threads: int,
        spread: Spread,
    ) -> None:
        self.policy = policy
        self.threads = threads
        self.spread = spread
        self.phases: dict[str, float] = {}
        self._progress = progress
        self._clock = clock
        self._since = clock() if clock else 0.0

    def tell(self, phase: str, done: int, total: int) -> None:
        if self._progress:
            self._progress(phase, done, total)

    def ends(self, phase: str) -> None:
        """Book the time since the last phase ended to this one."""
        if self._clock:
            now = self._clock()
            self.phases[phase] = self.phases.get(phase, 0.0) + now - self._since
            self._since = now

    def judged(self, table: Columns, pairs: Pairs, *, thoroughly: bool = False) -> Judged:
        """Judge pairs under the policy of this run."""
        return judge_pairs(
            table,
            pairs,
            self.policy,
            self.threads,
            lambda done, total: self.tell("comparing", done, total),
            self.spread,
            thoroughly=thoroughly,
        )


def match(  # noqa: PLR0913 - each keyword is a wish of its own
    items: Sequence[Item],
    policy: DedupePolicy | None = None,
    *,
    known: Constraints | None = None,
    progress: Progress | None = None,
    clock: Callable[[], float] | None = None,
    threads: int = 1,
    list_merges: bool = False,
) -> Matching:
    """Group the records that describe one publication and queue the doubtful pairs.

    The result depends neither on the order of `items` nor on `threads`. With a `clock` (seconds, as
    time.perf_counter) the phases are timed; with `list_merges` every merged pair is explained, not only
    the weakest link of each group. Raises WinnowError when a key occurs twice.
    """
    started = clock() if clock else 0.0
    table = columns(
        [item.fields for item in items],
        (lambda done: progress("reading", done, len(items))) if progress else None,
        [item.key for item in items],
    )
    normalised = clock() - started if clock else 0.0
    found = match_columns(
        table,
        policy,
        known=known,
        progress=progress,
        clock=clock,
        threads=threads,
        list_merges=list_merges,
    )
    return replace(found, phases={"normalise": normalised, **found.phases}) if clock else found


def match_columns(  # noqa: PLR0913 - each keyword is a wish of its own
    table: Columns,
    policy: DedupePolicy | None = None,
    *,
    known: Constraints | None = None,
    progress: Progress | None = None,
    clock: Callable[[], float] | None = None,
    threads: int = 1,
    list_merges: bool = False,
    spread: Spread = here,
) -> Matching:
    """Do as `match` does with records that are already in columns, sorted by key.

    Where `spread` is given, pairs are compared by it piece by piece, as in processes of their own.
    """
    policy = policy or DedupePolicy()
    known = known or Constraints()
    run = _Run(policy, progress, clock, threads, spread)
    pairs = candidate_pairs(table, lambda done, total: run.tell("pairing", done, total), run.spread)
    run.ends("block")
    judged = run.judged(table, pairs)
    run.ends("compare")

    decided, apart = _rows_of(table.keys, known.merged), _rows_of(table.keys, known.apart)
    merging = ~judged.doubted & (judged.scores >= policy.automatic)
    loose = cluster(len(table), judged.pairs[merging], judged.scores[merging], (), decided)
    # Records brought together by a third may never have been compared themselves.
    aside = judged.hopeless
    together = aside[loose.labels[aside[:, 0]] == loose.labels[aside[:, 1]]]
    closing = run.judged(
        table,
        np.concatenate([completing_pairs(loose.labels, pairs), together]),
        thoroughly=True,
    )
    refused = np.concatenate([judged.ruled_out, closing.ruled_out, apart])
    within = loose.labels[refused[:, 0]] == loose.labels[refused[:, 1]]
    found = loose
    if within.any():
        found = recluster(
            loose, judged.pairs[merging], judged.scores[merging], refused[within], decided
        )
    run.ends("cluster")
    groups = _groups(table, judged, np.flatnonzero(merging), found)
    queued, unqueued = _queue(run, table, judged, merging, found.labels, apart)
    run.ends("explain")
    merged = (
        [_pair(table, judged, pair) for pair in np.flatnonzero(merging).tolist()]
        if list_merges
        else []
    )
    return Matching(groups, queued, run.phases, unqueued, len(pairs), merged)


def _rows_of(keys: list[str], pairs: tuple[tuple[str, str], ...]) -> Pairs:
    rows = {key: row for row, key in enumerate(keys)} if pairs else {}
    found = [sorted((rows[a], rows[b])) for a, b in pairs if a in rows and b in rows and a != b]
    return np.array(sorted(found), dtype=np.int64).reshape(len(found), 2)


def _groups(
    table: Columns, judged: Judged, merging: NDArray[np.int64], found: Clusters
) -> list[Group]:
    order = np.argsort(found.labels, kind="stable")
    labels, sizes = np.unique(found.labels, return_counts=True)
    weakest = _weakest(judged, merging[found.joined], found.labels)[labels[sizes > 1]]
    members = order[np.repeat(sizes > 1, sizes)].tolist()
    found_now = weakest[weakest >= 0]
    why = reasons(
        judged.levels[found_now], judged.rule[found_now], table.shown, judged.pairs[found_now]
    )
    told = zip(_rounded(judged.scores[found_now]), why, strict=True)
    groups = []
    start = 0
    for pair, size in zip(weakest.tolist(), sizes[sizes > 1].tolist(), strict=True):
        keys = tuple([table.keys[row] for row in members[start : start + size]])
        start += size
        groups.append(Group(keys, *(next(told) if pair >= 0 else (1.0, "merged before"))))
    return groups


def _rounded(scores: NDArray[np.float32]) -> list[float]:
    """Return scores with four digits; there are few that differ."""
    distinct, which = np.unique(scores, return_inverse=True)
    rounded = [round(score, 4) for score in distinct.tolist()]
    return [rounded[number] for number in which.tolist()]


def _weakest(
    judged: Judged, joined: NDArray[np.int64], labels: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return for the label of each group its weakest pair, the first of equals, or -1."""
    weakest = np.full(len(labels), -1, dtype=np.int64)
    # Of several writes to one place the last stays.
    order = joined[np.argsort(judged.scores[joined], kind="stable")][::-1]
    weakest[labels[judged.pairs[order, 0]]] = order
    return weakest


def _queue(  # noqa: PLR0913, PLR0917 - each is a column of the same outcome
    run: _Run,
    table: Columns,
    judged: Judged,
    merging: NDArray[np.bool_],
    labels: NDArray[np.int64],
    apart: Pairs,
) -> tuple[list[Pair], int]:
    ends = np.sort(labels[judged.pairs], axis=1)
    between = np.flatnonzero(ends[:, 0] != ends[:, 1])
    flat = ends[between, 0] * len(table) + ends[between, 1]
    refused = np.sort(labels[apart], axis=1)
    open_ = ~np.isin(flat, refused[:, 0] * len(table) + refused[:, 1])
    between, flat = between[open_], flat[open_]
    # Of the pairs between two groups the likeliest asks for all; of equals, the first.
    order = np.lexsort(
        (judged.pairs[between, 1], judged.pairs[between, 0], -judged.scores[between])
    )
    _, first = np.unique(flat[order], return_index=True)
    ranked = between[order[np.sort(first)]]
    limit = max(run.policy.review_least, int(run.policy.review_share * len(table)))
    queued = [
        _pair(table, judged, pair, refused=bool(merging[pair])) for pair in ranked[:limit].tolist()
    ]
    return queued, len(ranked) - len(queued)


def _pair(table: Columns, judged: Judged, pair: int, *, refused: bool = False) -> Pair:
    one, other = judged.pairs[pair].tolist()
    this = slice(pair, pair + 1)
    (why,) = reasons(judged.levels[this], judged.rule[this], table.shown, judged.pairs[this])
    if refused:
        why += "; merging them would bring together records that are kept apart"
    return Pair(
        table.keys[one],
        table.keys[other],
        round(float(judged.scores[pair]), 4),
        why,
        findings(tuple(judged.levels[pair].tolist())),
    )
