"""Screening replayed on texts whose labels are known, to measure how well an order does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screening.ranking.learning import rank
from screening.ranking.measures import loss, recall_at, work_saved
from screening.ranking.vectorising import Features

_RETRAIN_AFTER = 0.05


@dataclass(frozen=True, slots=True)
class Simulation:
    """A replay: `order` is every text in the order screened, the first two being the given ones.

    The measures leave the given texts out, as they were not found by ranking.
    """

    order: tuple[int, ...]
    given: int
    work_saved: float
    recall: float
    loss: float


def simulate(
    features: Features,
    labels: Sequence[bool],
    *,
    seed: int,
    progress: Callable[[int, int], object] | None = None,
) -> Simulation:
    """Screen everything in ranked order, beginning from one relevant and one other text.

    The two are drawn with `seed` among those with words (where there are any), since nobody knows a
    relevant report by an empty entry. The order is learnt anew after every 5 % more labels, at first after each.
    `progress` is told how many texts of how many are screened. Raises ValueError unless
    at least two texts are relevant and two are not: one of each is given, and something must be left to find.
    """
    relevant = np.flatnonzero(labels)
    others = np.setdiff1d(np.arange(len(labels)), relevant)
    if min(len(relevant), len(others)) < 2:
        message = "A replay needs at least two relevant texts and two others."
        raise ValueError(message)
    chance = np.random.default_rng(seed)
    given = [_drawn(relevant, features, chance), _drawn(others, features, chance)]
    known = {place: bool(labels[place]) for place in given}
    while len(known) < len(labels):
        batch = max(1, int(_RETRAIN_AFTER * len(known)))
        for place in rank(features, known, seed=seed).order[:batch]:
            known[place] = bool(labels[place])
        if progress is not None:
            progress(len(known), len(labels))
    found = [relevant for place, relevant in known.items() if place not in given]
    return Simulation(
        order=tuple(known),
        given=len(given),
        work_saved=work_saved(found),
        recall=recall_at(found),
        loss=loss(found),
    )


def _drawn(places: npt.NDArray[np.intp], features: Features, chance: np.random.Generator) -> int:
    worded = places[~features.wordless[places]]
    return int(chance.choice(worded if len(worded) else places))
