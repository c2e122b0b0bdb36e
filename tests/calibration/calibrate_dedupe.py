"""Fit the weights of `screening/identification/matching/weights.py` and judge the thresholds by other sets.

Run from the repository: python tests/calibration/calibrate_dedupe.py [DATA]
DATA holds the labelled sets (default ../shared/data/dedupe). Prints the weights as they stand in
the source, and for every set, with the weights fitted on all others, what each threshold would lose.
"""

import argparse
import csv
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from review.cli.dedupe_reading import read_input  # noqa: E402 - the checkout comes first
from screening.identification.matching.blocking import candidate_pairs  # noqa: E402
from screening.identification.matching.evidence import SCORED, Evidence  # noqa: E402
from screening.identification.matching.policy import DedupePolicy  # noqa: E402
from screening.identification.matching.rules import judge  # noqa: E402
from screening.identification.matching.scoring import compare  # noqa: E402
from screening.identification.matching.signs import Signs, signs  # noqa: E402
from screening.identification.matching.weights import EXPLAINED_BY_VERSION  # noqa: E402

SETS = ("haematology", "respiratory", "diabetes", "cardiac", "digital_work", "srsr", "dblp_acm")
THRESHOLDS = (0.5, 0.7, 0.8, 0.9, 0.95, 0.99)
LARGEST, SMOOTHING = 6.0, 1.0  # no single level decides alone; a ridge for levels hardly seen
FREE = {("title", 4), ("title", 5), ("authors", 3), ("journal", 2), ("pages", 3), ("pages", 4),
        ("abstract", 2), ("abstract", 3), ("title", 2)}  # fmt: skip
AGREEING = {("title", 1), ("title", 3), ("authors", 1), ("authors", 2), ("pages", 1), ("pages", 2),
            ("pages", 7)} | {(field, 1) for field in SCORED}  # fmt: skip
LEVELS = [(field, int(level)) for field, kind in SCORED.items() for level in kind if level]


@dataclass(frozen=True)
class Sample:
    levels: NDArray[np.float32]
    same: NDArray[np.bool_]
    doubted: NDArray[np.bool_]


def sample(folder: Path) -> Sample:
    poorer = folder / "records_without_abstracts.csv.gz"
    table = read_input(poorer if poorer.exists() else folder / "records.csv.gz").table
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as stream:
        group = {row["id"]: row["group_id"] for row in csv.DictReader(stream)}
    pairs = candidate_pairs(table)
    evidence = compare(table, pairs)
    seen = signs(evidence)
    judgement = judge(evidence, seen, DedupePolicy())
    label = np.unique([group[key] for key in table.keys], return_inverse=True)[1]
    kept = ~judgement.ruled_out
    return Sample(
        design(evidence, seen, judgement.doubted)[kept],
        (label[pairs[:, 0]] == label[pairs[:, 1]])[kept],
        judgement.doubted[kept],
    )


def design(evidence: Evidence, seen: Signs, doubted: NDArray[np.bool_]) -> NDArray[np.float32]:
    held = [
        (getattr(evidence, field) == level) & ~(seen.version & (field in EXPLAINED_BY_VERSION))
        for field, level in LEVELS
    ]
    return np.stack([*held, doubted, np.ones(len(evidence), dtype=bool)], axis=1).astype(np.float32)


def fit(samples: list[Sample]) -> NDArray[np.float64]:
    """Fit a logistic regression in which agreement never counts against and difference never for."""
    levels = np.concatenate([one.levels for one in samples])
    same = np.concatenate([one.same for one in samples]).astype(float)
    # Every set weighs the same, however large it is.
    weight = np.concatenate([np.full(len(one.same), 1000 / len(one.same)) for one in samples])
    # A PubMed number is as good as a DOI, and too rare in these sets to be fitted by itself.
    doi, pmid = LEVELS.index(("doi", 1)), LEVELS.index(("pmid", 1))
    levels[:, [doi, doi + 1]] = np.maximum(levels[:, [doi, doi + 1]], levels[:, [pmid, pmid + 1]])
    levels[:, [pmid, pmid + 1]] = 0

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        chance = expit(levels @ w)
        value = -(weight * np.log(np.where(same > 0, chance, 1 - chance) + 1e-12)).sum()
        ridge = np.append(w[:-1], 0)
        gradient = levels.T @ (weight * (chance - same)) + 2 * SMOOTHING * ridge
        return float(value + SMOOTHING * (ridge**2).sum()), gradient

    bounds = [
        (-LARGEST, LARGEST)
        if level in FREE
        else (0, LARGEST)
        if level in AGREEING
        else (-LARGEST, 0)
        for level in LEVELS
    ]
    bounds += [(-2 * LARGEST, 0), (-2 * LARGEST, LARGEST)]
    found = minimize(loss, np.zeros(levels.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B")
    weights: NDArray[np.float64] = found.x
    weights[[pmid, pmid + 1]] = weights[[doi, doi + 1]]
    return weights


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", nargs="?", type=Path, default=ROOT.parent / "shared/data/dedupe")
    data = arguments.parse_args().data
    samples = {name: sample(data / name) for name in SETS}
    print("weights fitted on all other sets; of the pairs no rule doubts: same ones below the")
    print("threshold (missed) and different ones above it (wrong); of the doubted: same, different")
    for held, own in samples.items():
        weights = fit([one for name, one in samples.items() if name != held])
        scores = expit(own.levels @ weights)
        cells = []
        for threshold in THRESHOLDS:
            above = scores >= threshold
            missed = (~own.doubted & own.same & ~above).sum()
            wrong = (~own.doubted & ~own.same & above).sum()
            queued = own.doubted & above
            cells.append(
                f"{threshold}: {missed}/{wrong} ({(queued & own.same).sum()}, {(queued & ~own.same).sum()})"
            )
        print(f"{held:14}", "  ".join(cells))
    weights = fit(list(samples.values()))
    print("\nWEIGHTS: dict[str, dict[int, float]] = {")
    for field, kind in SCORED.items():
        print(f'    "{field}": {{')
        for level in kind:
            if level:
                value = round(float(weights[LEVELS.index((field, int(level)))]), 2) + 0.0
                print(f"        {kind.__name__}.{level.name}: {value},")
        print("    },")
    print("}")
    print(f"DOUBTED = {weights[-2]:.2f}\nBIAS = {weights[-1]:.2f}")


if __name__ == "__main__":
    main()
