import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from screening.ranking.vectorising import text_of, vectorise
from screening.records import Fields

WORDS = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"]
texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join), min_size=1, max_size=8)


@given(texts)
def test_rows_are_those_of_scikit_learn_up_to_the_order_of_columns(written: list[str]) -> None:
    if not any(written):
        return
    ours = vectorise(written).matrix
    oracle = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).fit_transform(written)
    common = (oracle > 0).sum(axis=0) <= max(0.95 * len(written), 1)
    kept = oracle[:, np.flatnonzero(np.asarray(common).ravel())].toarray()
    lengths = np.linalg.norm(kept, axis=1, keepdims=True)
    kept = kept / np.where(lengths == 0, 1, lengths)
    assert (ours @ ours.T).toarray() == pytest.approx(kept @ kept.T, abs=1e-9)


@given(texts)
def test_every_row_has_unit_length_unless_it_has_no_words(written: list[str]) -> None:
    features = vectorise(written)
    lengths = np.sqrt((features.matrix.multiply(features.matrix)).sum(axis=1))
    assert lengths == pytest.approx(np.where(features.wordless, 0, 1))


def test_a_plural_is_its_singular_and_other_endings_stay() -> None:
    texts = ["therapies", "therapy", "analysis", "analysi", "stress", "stres", "virus", "viru"]
    similar = vectorise(texts).matrix
    likeness = (similar @ similar.T).toarray()
    assert likeness[0, 1] == pytest.approx(1)
    assert likeness[2, 3] == likeness[4, 5] == likeness[6, 7] == 0


def test_no_pair_spans_two_lines() -> None:
    features = vectorise(["one two", "one\ntwo", "three"])
    assert np.diff(features.matrix.indptr).tolist() == [3, 2, 1]


def test_no_text_is_no_trouble() -> None:
    features = vectorise([], ["anything"])
    assert features.matrix.shape == (0, 0)
    assert features.start.shape == (1, 0)


def test_a_star_stands_for_every_word_that_begins_so() -> None:
    features = vectorise(["infants play", "infancy", "adults work"], ["infan*", "unheard*"])
    likeness = (features.matrix @ features.start.T).toarray()
    assert likeness[0, 0] > 0
    assert likeness[1, 0] > 0
    assert likeness[2, 0] == 0
    assert likeness[:, 1].tolist() == [0, 0, 0]


def test_starting_texts_change_nothing_about_the_others() -> None:
    texts = ["infants play", "adults work", "work and play"]
    alone, begun = vectorise(texts), vectorise(texts, ["infants at work", "strange words"])
    assert (alone.matrix != begun.matrix).nnz == 0


def test_many_texts_are_counted_the_same_as_few(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{word} {other}" for word in WORDS for other in WORDS]
    whole = vectorise(texts).matrix
    monkeypatch.setattr("screening.ranking.vectorising._TEXTS_AT_ONCE", 5)
    assert (whole != vectorise(texts).matrix).nnz == 0


def test_features_travel_to_another_process_unchanged() -> None:
    features = vectorise(["infants play", ""], ["infant*"])
    copy = pickle.loads(pickle.dumps(features))  # noqa: S301 - just pickled
    assert (copy.matrix != features.matrix).nnz == 0
    assert copy.wordless.tolist() == [False, True]


def test_ranking_reads_title_abstract_and_keywords() -> None:
    fields = Fields(title="A title", abstract="Its abstract.", keywords=("one", "two"))
    assert text_of(fields) == "A title\nIts abstract.\none\ntwo"
    assert text_of(Fields()) == ""
