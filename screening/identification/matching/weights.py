"""The score of a pair: the chance that it is one publication, from weights that were fitted."""

import numpy as np
from numpy.typing import NDArray

from screening.identification.matching.evidence import (
    SCORED,
    Abstract,
    Authors,
    Evidence,
    Journal,
    Mask,
    Number,
    Pages,
    Title,
    Year,
)
from screening.identification.matching.signs import Signs

Scores = NDArray[np.float32]

WEIGHTS: dict[str, dict[int, float]] = {
    "title": {
        Title.SAME: 1.79,
        Title.SHORT: -1.03,
        Title.MISSPELT: 1.0,
        Title.SIMILAR: 1.25,
        Title.WITHIN: 0.22,
        Title.DIFFERENT: -2.07,
    },
    "authors": {
        Authors.SAME: 0.45,
        Authors.SIMILAR: 0.61,
        Authors.FIRST: -0.55,
        Authors.DIFFERENT: -1.79,
    },
    "year": {
        Year.SAME: 0.66,
        Year.ONE_APART: -2.11,
        Year.APART: -0.58,
    },
    "journal": {
        Journal.ALIKE: 0.6,
        Journal.DIFFERENT: -1.98,
    },
    "volume": {
        Number.SAME: 0.01,
        Number.DIFFERENT: -0.74,
    },
    "issue": {
        Number.DIFFERENT: -0.65,
    },
    "pages": {
        Pages.SAME_LONG: 0.99,
        Pages.SAME_EDGE: -0.5,
        Pages.WITHIN: -0.39,
        Pages.DIFFERENT_LONG: -0.73,
        Pages.SAME_ARTICLE: 1.21,
        Pages.DIFFERENT_SHORT: -0.74,
    },
    "doi": {
        Number.SAME: 0.77,
        Number.DIFFERENT: -0.41,
    },
    "pmid": {
        Number.SAME: 0.77,
        Number.DIFFERENT: -0.41,
    },
    "abstract": {
        Abstract.SAME: 0.78,
        Abstract.SIMILAR: 0.04,
        Abstract.LOOSE: -0.06,
        Abstract.DIFFERENT: -0.23,
    },
}
"""Log odds per level, printed by tests/calibration/calibrate_dedupe.py; a level not named weighs 0."""

DOUBTED = -4.22
"""What a rule's doubt costs, from the same fit."""

BIAS = 2.32

EXPLAINED_BY_VERSION = ("year", "volume", "issue", "doi", "abstract")
"""Fields in which two versions of one work differ because they are versions."""


def weights_of(field: str) -> NDArray[np.float32]:
    """Return the weight of each level of a field."""
    weights = np.zeros(len(SCORED[field]), dtype=np.float32)
    for level, weight in WEIGHTS[field].items():
        weights[level] = weight
    return weights


def score(evidence: Evidence, signs: Signs, doubted: Mask) -> Scores:
    """Return for each pair a number between 0 and 1: the logistic of the weights of its levels.

    Fellegi and Sunter (1969) weigh agreements by their log odds; here they are fitted together, by
    logistic regression, because volume and page do not agree independently of each other.
    """
    total = np.full(len(evidence), BIAS, dtype=np.float32)
    total += np.where(doubted, np.float32(DOUBTED), np.float32(0))
    for field in SCORED:
        gained = weights_of(field)[getattr(evidence, field)]
        if field in EXPLAINED_BY_VERSION:
            gained = np.where(signs.version, np.float32(0), gained)
        total += gained
    scores: Scores = (1 / (1 + np.exp(-total))).astype(np.float32)
    return scores
