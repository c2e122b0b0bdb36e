"""Which records describe one publication: the door to deduplication."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from screening.identification.matching.blocking import Pairs, candidate_pairs
from screening.identification.matching.clustering import Clusters, cluster, completing_pairs
from screening.identification.matching.columns import Columns, columns
from screening.identification.matching.evidence import Evidence
from screening.identification.matching.policy import DedupePolicy
from screening.identification.matching.reasons import findings, reason
from screening.identification.matching.rules import judge
from screening.identification.matching.scoring import compare, worth_comparing
from screening.identification.matching.signs import signs
from screening.identification.matching.weights import score
from screening.problems import WinnowError, error
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

_AT_ONCE = 250_000
"""Pairs compared at a time: some 150 MB of work space."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """Candidate pairs that are not ruled out and score high enough, and those that are ruled out."""

    pairs: Pairs
    scores: NDArray[np.float32]
    doubted: NDArray[np.bool_]
    rule: NDArray[np.int8]
    evidence: Evidence
    ruled_out: Pairs


class _Run:
    """One run over sorted items: its columns, its clock, whom it tells."""

    def __init__(
        self,
        items: Sequence[Item],
        policy: DedupePolicy,
        progress: Progress | None,
        clock: Callable[[], float] | None,
        threads: int,
    ) -> None:
        self.items = items
        self.policy = policy
        self.threads = threads
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

    def judged(self, table: Columns, pairs: Pairs) -> _Judged:
        """Compare pairs piece by piece, keeping of each only what the outcome needs."""
        kept: list[_Judged] = []
        for start in range(0, max(len(pairs), 1), _AT_ONCE):
            kept.append(_judge_piece(table, pairs[start : start + _AT_ONCE], self))
            self.tell("comparing", min(start + _AT_ONCE, len(pairs)), len(pairs))
        return _together(kept)


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
    policy = policy or DedupePolicy()
    known = known or Constraints()
    ordered = sorted(items, key=lambda item: item.key)
    _refuse_twins(ordered)
    run = _Run(ordered, policy, progress, clock, threads)

    table = columns(
        [item.fields for item in ordered], lambda done: run.tell("reading", done, len(ordered))
    )
    run.ends("normalise")
    pairs = candidate_pairs(table)
    run.ends("block")
    judged = run.judged(table, pairs)
    run.ends("compare")

    rows = {item.key: row for row, item in enumerate(ordered)}
    decided, apart = _rows_of(known.merged, rows), _rows_of(known.apart, rows)
    merging = ~judged.doubted & (judged.scores >= policy.automatic)
    loose = cluster(len(ordered), judged.pairs[merging], judged.scores[merging], (), decided)
    # Records brought together by a third may never have been compared themselves.
    closing = run.judged(table, completing_pairs(loose.labels, pairs))
    refused = np.concatenate([judged.ruled_out, closing.ruled_out, apart])
    within = loose.labels[refused[:, 0]] == loose.labels[refused[:, 1]]
    found = cluster(
        len(ordered), judged.pairs[merging], judged.scores[merging], refused[within], decided
    )
    run.ends("cluster")
    groups = _groups(run, judged, np.flatnonzero(merging), found)
    queued, unqueued = _queue(run, judged, merging, found.labels, apart)
    run.ends("explain")
    merged = (
        [_pair(run, judged, pair) for pair in np.flatnonzero(merging).tolist()]
        if list_merges
        else []
    )
    return Matching(groups, queued, run.phases, unqueued, len(pairs), merged)


def _refuse_twins(ordered: Sequence[Item]) -> None:
    for one, other in pairwise(ordered):
        if one.key == other.key:
            raise WinnowError(
                error(one.key, f"Two records have the key {one.key!r}; keys must be unique.")
            )


def _rows_of(pairs: Iterable[tuple[str, str]], rows: dict[str, int]) -> Pairs:
    found = [sorted((rows[a], rows[b])) for a, b in pairs if a in rows and b in rows and a != b]
    return np.array(sorted(found), dtype=np.int64).reshape(len(found), 2)


def _judge_piece(table: Columns, pairs: Pairs, run: _Run) -> _Judged:
    pairs = pairs[worth_comparing(table, pairs, run.threads)]
    evidence = compare(table, pairs, run.threads)
    seen = signs(evidence)
    judgement = judge(evidence, seen, run.policy)
    scores = score(evidence, seen, judgement.doubted)
    kept = np.flatnonzero(~judgement.ruled_out & (scores >= run.policy.review))
    return _Judged(
        pairs[kept],
        scores[kept],
        judgement.doubted[kept],
        judgement.rule[kept],
        evidence.rows(kept),
        pairs[judgement.ruled_out],
    )


def _together(pieces: list[_Judged]) -> _Judged:
    if len(pieces) == 1:
        return pieces[0]
    return _Judged(
        np.concatenate([piece.pairs for piece in pieces]),
        np.concatenate([piece.scores for piece in pieces]),
        np.concatenate([piece.doubted for piece in pieces]),
        np.concatenate([piece.rule for piece in pieces]),
        Evidence.together([piece.evidence for piece in pieces]),
        np.concatenate([piece.ruled_out for piece in pieces]),
    )


def _groups(run: _Run, judged: _Judged, merging: NDArray[np.int64], found: Clusters) -> list[Group]:
    keys = [item.key for item in run.items]
    members: dict[int, list[str]] = {}
    for row, label in enumerate(found.labels.tolist()):
        if label != row or label in members:
            members.setdefault(label, [keys[label]]).append(keys[row])
    weakest: dict[int, int] = {}
    for pair in merging[found.joined].tolist():
        label = int(found.labels[judged.pairs[pair, 0]])
        if label not in weakest or judged.scores[pair] < judged.scores[weakest[label]]:
            weakest[label] = pair
    groups = []
    for label, together in members.items():
        pair = weakest.get(label, -1)
        if pair < 0:
            groups.append(Group(tuple(together), 1.0, "merged before"))
            continue
        a, b = (run.items[row].fields for row in judged.pairs[pair].tolist())
        why = reason(judged.evidence, pair, int(judged.rule[pair]), a, b)
        groups.append(Group(tuple(together), round(float(judged.scores[pair]), 4), why))
    return groups


def _queue(
    run: _Run,
    judged: _Judged,
    merging: NDArray[np.bool_],
    labels: NDArray[np.int64],
    apart: Pairs,
) -> tuple[list[Pair], int]:
    groups_apart = {tuple(sorted(pair)) for pair in labels[apart].tolist()}
    best: dict[tuple[int, int], int] = {}
    ends = labels[judged.pairs]
    for pair in np.flatnonzero(ends[:, 0] != ends[:, 1]).tolist():
        low, high = sorted(ends[pair].tolist())
        if (low, high) in groups_apart:
            continue
        if (low, high) not in best or judged.scores[pair] > judged.scores[best[low, high]]:
            best[low, high] = pair
    ranked = sorted(best.values(), key=lambda pair: (-judged.scores[pair], *judged.pairs[pair]))
    limit = max(run.policy.review_least, int(run.policy.review_share * len(run.items)))
    queued = [_pair(run, judged, pair, refused=bool(merging[pair])) for pair in ranked[:limit]]
    return queued, len(ranked) - len(queued)


def _pair(run: _Run, judged: _Judged, pair: int, *, refused: bool = False) -> Pair:
    one, other = (run.items[row] for row in judged.pairs[pair].tolist())
    why = reason(judged.evidence, pair, int(judged.rule[pair]), one.fields, other.fields)
    if refused:
        why += "; merging them would bring together records that are kept apart"
    return Pair(
        one.key,
        other.key,
        round(float(judged.scores[pair]), 4),
        why,
        findings(judged.evidence, pair),
    )
