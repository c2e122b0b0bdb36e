"""How good an order of screening was, known only once everything is labelled."""

import math
from collections.abc import Sequence
from fractions import Fraction


def work_saved(labels: Sequence[bool], recall: Fraction = Fraction(95, 100)) -> float:
    """Return the work saved over sampling at a recall: share left unscreened minus (1 - recall).

    `labels` say for each screened text in order whether it was relevant. WSS of Cohen et al. (2006,
    doi:10.1197/jamia.M1929), with screening ending at the first text that reaches the recall. Raises
    ValueError where nothing is relevant.
    """
    places = _places(labels)
    reached = places[math.ceil(recall * len(places)) - 1]
    return 1 - reached / len(labels) - float(1 - recall)


def recall_at(labels: Sequence[bool], share: Fraction = Fraction(1, 10)) -> float:
    """Return the share of the relevant found once `share` of all texts (half up) is screened."""
    places = _places(labels)
    screened = math.floor(share * len(labels) + Fraction(1, 2))
    return sum(place <= screened for place in places) / len(places)


def loss(labels: Sequence[bool]) -> float:
    """Return the area lost to the best order, as a share of what the worst order would lose.

    0 is every relevant text first, 1 every one last, about .5 chance. This is the normalised loss of the
    recall curve (ASReview's `loss`); 0 where everything is relevant.
    """
    places = _places(labels)
    found, texts = len(places), len(labels)
    if found == texts:
        return 0.0
    return (sum(places) - found * (found + 1) / 2) / (found * (texts - found))


def _places(labels: Sequence[bool]) -> list[int]:
    """Return the 1-based places of the relevant texts."""
    places = [place for place, relevant in enumerate(labels, start=1) if relevant]
    if not places:
        message = "An order can only be measured where at least one text is relevant."
        raise ValueError(message)
    return places
