"""The score of a pair: the chance that it is one publication, from weights that were fitted."""

import numpy as np
from numpy.typing import NDArray

from screening.identification.evidence import (
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
from screening.identification.signs import Signs

Scores = NDArray[np.float32]

WEIGHTS: dict[str, dict[int, float]] = {
    "title": {
        Title.SAME: 1.83,
        Title.SHORT: -0.96,
        Title.MISSPELT: 0.74,
        Title.SIMILAR: 1.32,
        Title.WITHIN: 0.9,
        Title.DIFFERENT: -1.41,
    },
    "authors": {
        Authors.SAME: 0.94,
        Authors.SIMILAR: 0.32,
        Authors.FIRST: -0.83,
        Authors.DIFFERENT: -2.06,
    },
    "year": {Year.SAME: 1.03, Year.ONE_APART: -1.85},
    "journal": {Journal.ALIKE: 0.62, Journal.DIFFERENT: -1.79},
    "volume": {Number.SAME: 0.16, Number.DIFFERENT: -0.61},
    "issue": {},
    "pages": {
        Pages.SAME: 0.37,
        Pages.SAME_LONG: 1.63,
        Pages.SAME_EDGE: -0.43,
        Pages.WITHIN: -0.11,
        Pages.DIFFERENT_LONG: -0.6,
        Pages.SAME_ARTICLE: 0.47,
    },
    "doi": {Number.SAME: 0.61, Number.DIFFERENT: -0.47},
    "pmid": {Number.SAME: 0.61, Number.DIFFERENT: -0.47},
    "abstract": {Abstract.SAME: 0.57, Abstract.LOOSE: -0.12, Abstract.DIFFERENT: -0.34},
}
"""Log odds per level, printed by tests/calibration/calibrate_dedupe.py; a level not named weighs 0."""

DOUBTED = -3.84
"""What a rule's doubt costs, from the same fit."""

BIAS = 0.96

EXPLAINED_BY_VERSION = ("year", "volume", "issue", "doi", "abstract")
"""Fields in which two versions of one work differ because they are versions."""


def score(evidence: Evidence, signs: Signs, doubted: Mask) -> Scores:
    """Return for each pair a number between 0 and 1: the logistic of the weights of its levels.

    Fellegi and Sunter (1969) weigh agreements by their log odds; here they are fitted together, by
    logistic regression, because volume and page do not agree independently of each other.
    """
    total = np.full(len(evidence), BIAS, dtype=np.float32)
    total += np.where(doubted, np.float32(DOUBTED), np.float32(0))
    for field, levels in SCORED.items():
        weights = np.zeros(len(levels), dtype=np.float32)
        for level, weight in WEIGHTS[field].items():
            weights[level] = weight
        gained = weights[getattr(evidence, field)]
        if field in EXPLAINED_BY_VERSION:
            gained = np.where(signs.version, np.float32(0), gained)
        total += gained
    scores: Scores = (1 / (1 + np.exp(-total))).astype(np.float32)
    return scores
