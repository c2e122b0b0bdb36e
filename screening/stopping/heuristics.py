"""Rules of thumb for stopping, shown as what they are: none of them promises a recall."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_CAUTION = "A rule of thumb: it promises no recall."


@dataclass(frozen=True, slots=True)
class Heuristic:
    """One rule of thumb: what it asks for, how far things are, and whether it is met.

    `value` and `threshold` count references; the rule is met once the value is no smaller.
    """

    id: str
    label: str
    value: int
    threshold: int
    caution: str = _CAUTION

    @property
    def met(self) -> bool:
        """Return whether the rule would stop here."""
        return self.value >= self.threshold


def irrelevant_in_a_row(labels: Sequence[bool], threshold: int = 50) -> Heuristic:
    """Return how many irrelevant references were screened since the last relevant one."""
    since = next((i for i, relevant in enumerate(reversed(labels)) if relevant), len(labels))
    return Heuristic("in-a-row", f"{threshold} irrelevant references in a row", since, threshold)


def safe(
    labels: Sequence[bool],
    total: int,
    *,
    known_found: int,
    known: int,
    relevant_share: float | None,
) -> tuple[Heuristic, ...]:
    """Return the four conditions that end the ranked phase of the SAFE procedure.

    Boetje and van de Schoot (2024, doi:10.1186/s13643-024-02502-7): all key papers found, a tenth of all
    references screened, twice as many screened as relevant ones are expected, and a run of irrelevant ones. SAFE then
    asks for a second ranking by another model and a look at the excluded, which are a person's to do.

    `known` counts the key papers and `known_found` those met so far. `relevant_share` is the share of
    relevant ones in a random sample; without one the third condition is left out.
    """
    conditions = [
        Heuristic("safe-known", "All known relevant reports found", known_found, known),
        Heuristic(
            "safe-tenth", "A tenth of all references screened", len(labels), math.ceil(total / 10)
        ),
    ]
    if relevant_share is not None:
        conditions.append(
            Heuristic(
                "safe-twice",
                "Twice as many screened as relevant references are expected",
                len(labels),
                math.ceil(2 * relevant_share * total),
            )
        )
    return (*conditions, irrelevant_in_a_row(labels))
