"""The order of screening: likely relevant references first, learnt from the decisions so far."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import sklearn
from scipy import sparse
from sklearn.svm import LinearSVC

from screening.ranking.vectorising import Features, Numbers

MODEL = f"tf-idf-svm-1 (scikit-learn {sklearn.__version__})"

# Penalty and class ratio of ELAS u4, the default of ASReview 2 and 3, found there by tuning over many
# labelled reviews; see docs/ranking.md for what changed here and what it measures.
_PENALTY = 0.11
_CLASS_RATIO = 9.8
_TOLERANCE = 0.01  # liblinear's own 0.0001 orders no better and takes up to three times as long
_MOST_OTHERS = 5000  # to learn from more takes over half a second at 50,000 references
_WORDLESS_EVERY = 10


@dataclass(frozen=True, slots=True)
class Ranking:
    """An order of the undecided texts, with what is needed to say later how it came about.

    `order` holds positions in the texts ranked, the first to be screened first; `scores` runs beside it
    (the higher, the likelier relevant; comparable within one ranking only; None where
    nothing relevant is known yet or the text has no words). `model` names method and library version.
    """

    order: tuple[int, ...]
    scores: tuple[float | None, ...]
    model: str
    seed: int
    labelled: int
    relevant: int


def rank(
    features: Features, labels: Mapping[int, bool], *, seed: int, random_share: float = 0.0
) -> Ranking:
    """Order the undecided texts by what the decided ones teach.

    `labels` maps positions of texts to whether they were found relevant; pass only decisions the
    reviewer may see, then no order can tell of another's. With decisions of both kinds (starting
    texts count as relevant, the less the more is found) a linear support vector machine learns to tell them
    apart, relevant ones weighing more; with relevant ones alone, likeness to their mean decides;
    without any, chance. Equal scores keep the order of the texts, so the same input gives the same order.

    A text without words cannot be judged by machine, which is no evidence against it: every tenth place
    goes to one while there are any. `random_share` of the places go to texts drawn by chance with `seed`.
    """
    undecided = np.setdiff1d(np.arange(features.matrix.shape[0]), np.fromiter(labels, int))
    wordless = features.wordless[undecided]
    worded = undecided[~wordless]
    chance = np.random.default_rng((seed, len(labels)))
    scores = _scores(features, labels, chance)
    best_first = (
        chance.permutation(worded)
        if scores is None
        else worded[np.argsort(-scores[worded], kind="stable")]
    )
    order = best_first.tolist()
    if random_share:
        turns = chance.random(len(worded)) < random_share
        order = _dealt(chance.permutation(worded).tolist(), order, turns.tolist())
    turns = np.arange(len(labels) + 1, len(labels) + len(undecided) + 1) % _WORDLESS_EVERY == 0
    order = _dealt(undecided[wordless].tolist(), order, turns.tolist())
    return Ranking(
        order=tuple(order),
        scores=tuple(
            None if scores is None or wordless else float(scores[place])
            for place, wordless in zip(order, features.wordless[order].tolist(), strict=True)
        ),
        model=MODEL,
        seed=seed,
        labelled=len(labels),
        relevant=sum(labels.values()),
    )


def _scores(
    features: Features, labels: Mapping[int, bool], chance: np.random.Generator
) -> Numbers | None:
    """Return a score per text, or None where nothing relevant with words is known."""
    decided = np.array(sorted(labels), dtype=np.int64)
    decided = decided[~features.wordless[decided]]
    relevant = np.array([labels[place] for place in decided.tolist()], dtype=bool)
    if (~relevant).sum() > _MOST_OTHERS:
        others = chance.choice(np.flatnonzero(~relevant), _MOST_OTHERS, replace=False)
        taught = np.sort(np.append(np.flatnonzero(relevant), others))
        decided, relevant = decided[taught], relevant[taught]
    begun = features.start[np.diff(features.start.indptr) > 0]
    examples = sparse.vstack([features.matrix[decided], begun], format="csr")
    is_relevant = np.append(relevant, np.ones(begun.shape[0], dtype=bool))
    trust = np.append(np.ones(len(decided)), np.full(begun.shape[0], 1 / (1 + relevant.sum())))
    if not is_relevant.any():
        return None
    if is_relevant.all():
        direction = trust @ examples
    else:
        machine = LinearSVC(C=_PENALTY, tol=_TOLERANCE, random_state=0)
        machine.fit(examples, is_relevant, sample_weight=_weights(is_relevant, trust))
        direction = machine.coef_[0]
    scores: Numbers = features.matrix @ direction
    return scores


def _weights(relevant: npt.NDArray[np.bool_], trust: Numbers) -> Numbers:
    """Let all relevant examples together weigh the class ratio times all others, one on average."""
    weights = np.where(
        relevant, trust, trust[relevant].sum() / (_CLASS_RATIO * trust[~relevant].sum())
    )
    scaled: Numbers = weights * len(weights) / weights.sum()
    return scaled


def _dealt(aside: list[int], main: list[int], turns: list[bool]) -> list[int]:
    """Deal from `aside` where it is its turn and from `main` elsewhere, nothing twice."""
    dealt: dict[int, None] = {}
    piles = {True: iter(aside), False: iter(main)}
    for turn in turns:
        for pile in (piles[turn], piles[not turn]):
            place = next((place for place in pile if place not in dealt), None)
            if place is not None:
                dealt[place] = None
                break
    return list(dealt)
