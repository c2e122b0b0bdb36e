"""Pilot rounds: the same random references for every reviewer, until they agree well enough."""

from collections.abc import Collection, Sequence
from random import Random

from screening.agreement import Agreement
from screening.decisions import Statistic


def draw_pilot(
    references: Sequence[str], size: int, *, seed: int, used: Collection[str] = ()
) -> tuple[str, ...]:
    """Draw the references of a pilot round, none of which earlier rounds used.

    Fewer than `size` are drawn where fewer are left. The same arguments draw the same references.
    """
    fresh = [reference for reference in references if reference not in used]
    chance = Random(f"{seed}:{len(used)}")  # noqa: S311 - not a secret
    return tuple(chance.sample(fresh, min(size, len(fresh))))


def pilot_passed(found: Agreement, statistic: Statistic, threshold: float) -> bool:
    """Return whether a pilot reached its threshold; what cannot be estimated has not."""
    value: float | None = getattr(found, statistic)
    return value is not None and value >= threshold
