import tracemalloc

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from screening.identification.matching.clustering import cluster, completing_pairs

ROWS = 12
PAIRS = st.lists(
    st.tuples(st.integers(0, ROWS - 1), st.integers(0, ROWS - 1))
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: (min(pair), max(pair))),
    max_size=25,
    unique=True,
)


def as_pairs(pairs: list[tuple[int, int]]) -> np.ndarray:
    return np.array(pairs, dtype=np.int64).reshape(len(pairs), 2)


@given(PAIRS, PAIRS)
def test_no_group_holds_a_pair_kept_apart(
    merges: list[tuple[int, int]], apart: list[tuple[int, int]]
) -> None:
    scores = np.linspace(0.5, 1, len(merges), dtype=np.float32)
    labels = cluster(ROWS, as_pairs(merges), scores, as_pairs(apart)).labels
    assert all(labels[one] != labels[other] for one, other in apart)


@given(PAIRS)
def test_without_pairs_apart_groups_are_the_connected_rows(merges: list[tuple[int, int]]) -> None:
    scores = np.ones(len(merges), dtype=np.float32)
    labels = cluster(ROWS, as_pairs(merges), scores, ()).labels
    assert all(labels[one] == labels[other] for one, other in merges)
    assert len(set(labels.tolist())) >= ROWS - len(merges)


@given(PAIRS, st.permutations(range(25)))
def test_the_order_of_merges_does_not_matter(
    merges: list[tuple[int, int]], order: list[int]
) -> None:
    apart = as_pairs([(0, 1), (2, 3)])
    scores = np.array([0.5 + (a + b) / 100 for a, b in merges], dtype=np.float32)
    places = [place for place in order if place < len(merges)]
    one = cluster(ROWS, as_pairs(merges), scores, apart).labels
    other = cluster(ROWS, as_pairs([merges[n] for n in places]), scores[places], apart).labels
    assert one.tolist() == other.tolist()


def test_a_decision_goes_before_every_score() -> None:
    merges, scores = as_pairs([(0, 1)]), np.ones(1, dtype=np.float32)
    labels = cluster(3, merges, scores, as_pairs([(0, 1)]), as_pairs([(1, 2)])).labels
    assert labels.tolist() == [0, 1, 1]


def test_pairs_within_a_group_that_were_not_compared_are_named() -> None:
    labels = np.array([0, 0, 0, 3])
    assert completing_pairs(labels, as_pairs([(0, 1), (1, 2)])).tolist() == [[0, 2]]


def test_thousands_of_copies_are_compared_with_the_first_and_cost_no_square() -> None:
    tracemalloc.start()
    try:
        pairs = completing_pairs(np.zeros(3000, dtype=np.int64), as_pairs([(0, 1)]))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert pairs.tolist() == [[0, other] for other in range(2, 3000)]
    assert most < 3000 * 3000  # a byte for each pair
