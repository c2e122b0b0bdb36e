"""Groups out of pairs: union-find that never closes a group over a pair that is kept apart."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from screening.identification.matching.blocking import Pairs


class Groups:
    """Rows joined into groups, each group knowing whom it must not meet."""

    def __init__(self, rows: int) -> None:
        self._parent = list(range(rows))
        self._apart: dict[int, set[int]] = {}

    def root(self, row: int) -> int:
        """Return the row that stands for the group of `row`."""
        parent = self._parent
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    def keep_apart(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Forbid that the groups of these rows are ever joined; joined ones stay joined."""
        for one, other in pairs:
            low, high = self.root(one), self.root(other)
            if low != high:
                self._apart.setdefault(low, set()).add(high)
                self._apart.setdefault(high, set()).add(low)

    def join(self, one: int, other: int) -> bool:
        """Join two groups unless they are kept apart or one already; return whether they were joined."""
        parent = self._parent
        # As `root` does: these few lines are gone through for every merge.
        while parent[one] != one:
            parent[one] = one = parent[parent[one]]
        while parent[other] != other:
            parent[other] = other = parent[parent[other]]
        if one == other:
            return False
        low, high = (one, other) if one < other else (other, one)
        if not self._apart:
            parent[high] = low
            return True
        if high in self._apart.get(low, ()):
            return False
        parent[high] = low
        # Whoever must not meet one of them must not meet both.
        for row in self._apart.pop(high, ()):
            self._apart[row].discard(high)
            self._apart[row].add(low)
            self._apart.setdefault(low, set()).add(row)
        return True

    def labels(self) -> NDArray[np.int64]:
        """Return for each row the smallest row of its group."""
        labels = np.array(self._parent, dtype=np.int64)
        while True:
            higher = labels[labels]
            if (higher == labels).all():
                return labels
            labels = higher


@dataclass(frozen=True, slots=True)
class Clusters:
    """For each row the smallest row of its group, and which of the merges joined two groups."""

    labels: NDArray[np.int64]
    joined: NDArray[np.int64]


def cluster(
    rows: int,
    merges: Pairs,
    scores: NDArray[np.float32],
    apart: Pairs | tuple[()],
    decided: Pairs | tuple[()] = (),
) -> Clusters:
    """Join rows into groups.

    `decided` pairs are joined first. Then `merges` are joined, the highest score first, unless
    that would bring together a pair kept `apart`. Of equal scores the pair of smaller rows comes first,
    so the outcome depends on nothing but the values.
    """
    groups = Groups(rows)
    for one, other in np.asarray(decided).tolist():
        groups.join(one, other)
    groups.keep_apart(np.asarray(apart).tolist())
    order = np.lexsort((merges[:, 1], merges[:, 0], -scores))
    joined = [
        position
        for position, (one, other) in zip(order.tolist(), merges[order].tolist(), strict=True)
        if groups.join(one, other)
    ]
    return Clusters(groups.labels(), np.array(joined, dtype=np.int64))


def recluster(
    loose: Clusters,
    merges: Pairs,
    scores: NDArray[np.float32],
    apart: Pairs,
    decided: Pairs,
) -> Clusters:
    """Join those groups anew in which a pair is kept `apart`, and leave the others as they are."""
    labels = loose.labels
    touched = np.zeros(len(labels), dtype=bool)
    touched[labels[apart.ravel()]] = True
    touched = touched[labels]
    again = np.flatnonzero(touched[merges[:, 0]])
    chosen = decided[touched[decided[:, 0]]] if len(decided) else decided
    anew = cluster(len(labels), merges[again], scores[again], apart, chosen)
    kept = loose.joined[~touched[merges[loose.joined, 0]]]
    return Clusters(
        np.where(touched, anew.labels, labels), np.concatenate([kept, again[anew.joined]])
    )


_COMPLETED = 40
"""Largest group whose pairs are all compared: reviews know nine copies, and pairs grow with the square."""


def completing_pairs(labels: NDArray[np.int64], compared: Pairs) -> Pairs:
    """Return the pairs within groups that were not compared; of a large group, each with its first."""
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.diff(labels[order], prepend=-1))
    sizes = np.diff(starts, append=len(order))
    found = [np.empty((0, 2), dtype=np.int64)]
    for size in np.unique(sizes[sizes > 2]).tolist():
        # The groups of one size at once, a row of members for each.
        members = order[starts[sizes == size][:, None] + np.arange(size)]
        if size <= _COMPLETED:
            one, other = np.triu_indices(size, 1)
        else:
            one, other = np.zeros(size - 1, dtype=np.int64), np.arange(1, size)
        found.append(np.stack([members[:, one], members[:, other]], axis=2).reshape(-1, 2))
    pairs = np.concatenate(found)
    rows = len(labels)
    compared = compared[labels[compared[:, 0]] == labels[compared[:, 1]]]
    known = np.isin(pairs[:, 0] * rows + pairs[:, 1], compared[:, 0] * rows + compared[:, 1])
    return pairs[~known]
