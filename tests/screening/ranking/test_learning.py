import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.ranking.learning import rank
from screening.ranking.vectorising import vectorise

TOPIC = "infant attachment psychotherapy with mothers"
OTHER = "steel bridges under heavy traffic loads"
TEXTS = [
    text for number in range(15) for text in (f"{TOPIC} cohort{number}", f"{OTHER} sample{number}")
]
RELEVANT = set(range(0, len(TEXTS), 2))
FEATURES = vectorise(TEXTS)
histories = st.dictionaries(st.integers(0, len(TEXTS) - 1), st.booleans())


def test_one_relevant_and_one_other_are_enough_to_learn_from() -> None:
    order = rank(FEATURES, {0: True, 1: False}, seed=1).order
    assert set(order[: len(RELEVANT) - 1]) == RELEVANT - {0}


def test_a_relevant_text_alone_brings_its_like_first() -> None:
    order = rank(FEATURES, {0: True}, seed=1).order
    assert set(order[: len(RELEVANT) - 1]) == RELEVANT - {0}


@pytest.mark.parametrize("labels", [{}, {1: False}])
def test_starting_texts_order_before_anything_relevant_is_found(labels: dict[int, bool]) -> None:
    features = vectorise(TEXTS, ["attach*", "psychotherapy"])
    order = rank(features, labels, seed=1).order
    assert set(order[: len(RELEVANT)]) == RELEVANT


@pytest.mark.parametrize("labels", [{}, {1: False}])
def test_chance_orders_where_nothing_relevant_is_known(labels: dict[int, bool]) -> None:
    first, again = rank(FEATURES, labels, seed=1), rank(FEATURES, labels, seed=1)
    assert first == again
    assert first.order != rank(FEATURES, labels, seed=2).order
    assert set(first.scores) == {None}


def test_starting_texts_without_known_words_teach_nothing() -> None:
    features = vectorise(TEXTS, ["unheard", ""])
    assert rank(features, {}, seed=1).order == rank(FEATURES, {}, seed=1).order


@settings(deadline=None, max_examples=40)
@given(histories, st.integers(0, 5), st.sampled_from([0.0, 0.2, 0.5]))
def test_every_undecided_text_has_one_place_and_no_decided_one_has(
    labels: dict[int, bool], seed: int, share: float
) -> None:
    ranking = rank(FEATURES, labels, seed=seed, random_share=share)
    assert sorted(ranking.order) == sorted(set(range(len(TEXTS))) - set(labels))
    assert len(ranking.scores) == len(ranking.order)
    assert (ranking.labelled, ranking.relevant) == (len(labels), sum(labels.values()))


@settings(deadline=None, max_examples=40)
@given(histories)
def test_the_order_does_not_depend_on_the_order_of_the_decisions(labels: dict[int, bool]) -> None:
    backwards = dict(reversed(labels.items()))
    assert rank(FEATURES, labels, seed=1) == rank(FEATURES, backwards, seed=1)


@settings(deadline=None, max_examples=40)
@given(histories)
def test_scores_fall_along_the_order(labels: dict[int, bool]) -> None:
    scores = [score for score in rank(FEATURES, labels, seed=1).scores if score is not None]
    assert scores == sorted(scores, reverse=True)


def test_a_random_share_mixes_in_texts_that_the_score_would_put_last() -> None:
    labels = {0: True, 1: False}
    plain = rank(FEATURES, labels, seed=1).order
    mixed = rank(FEATURES, labels, seed=1, random_share=0.5).order
    half = len(RELEVANT) - 1
    assert set(plain[:half]) <= RELEVANT
    assert not set(mixed[:half]) <= RELEVANT
    assert mixed == rank(FEATURES, labels, seed=1, random_share=0.5).order


def test_every_tenth_place_goes_to_a_text_without_words_while_there_are_any() -> None:
    features = vectorise(["", *TEXTS, "", ""])
    order = rank(features, {1: True, 2: False}, seed=1).order
    places = [place for place, text in enumerate(order, start=3) if features.wordless[text]]
    assert places == [10, 20, 30]


def test_texts_without_words_come_even_when_nothing_else_is_left() -> None:
    assert rank(vectorise(["", "", ""]), {}, seed=1).order == (0, 1, 2)


def test_a_text_without_words_teaches_nothing() -> None:
    features = vectorise([*TEXTS, "", ""])
    bare = rank(features, {0: True, 1: False}, seed=1)
    told = rank(features, {0: True, 1: False, len(TEXTS): True}, seed=1)
    worded = [text for text in bare.order if not features.wordless[text]]
    assert [text for text in told.order if not features.wordless[text]] == worded


def test_more_exclusions_than_needed_are_thinned_and_the_order_still_learns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("screening.ranking.learning._MOST_OTHERS", 3)
    labels = {0: True, **dict.fromkeys(range(1, 21, 2), False)}
    order = rank(FEATURES, labels, seed=1).order
    assert set(order[: len(RELEVANT) - 1]) == RELEVANT - {0}


def test_a_ranking_is_made_of_plain_values_that_can_be_stored() -> None:
    ranking = rank(FEATURES, {0: True, 1: False}, seed=1)
    assert all(type(text) is int for text in ranking.order)
    assert all(type(score) is float for score in ranking.scores)
    assert "scikit-learn" in ranking.model


def test_a_label_beyond_the_texts_is_refused() -> None:
    with pytest.raises(IndexError):
        rank(FEATURES, {len(TEXTS): True}, seed=1)


def test_wordless_texts_are_spread_however_many_are_decided() -> None:
    features = vectorise([*TEXTS, *[""] * 5])
    decided = {place: place in RELEVANT for place in range(18)}
    order = rank(features, decided, seed=1).order
    assert np.flatnonzero(features.wordless[list(order)]).tolist() == [1, 11, 14, 15, 16]
