"""Who screens what, how far they are, and how long the rest will take."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from statistics import median

_PAUSE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one reviewer is: totals only, which may be shown while reviewers are blinded."""

    reviewer: str
    assigned: int
    decided: int

    @property
    def waiting(self) -> int:
        """Return how many references still wait for this reviewer."""
        return self.assigned - self.decided


def allocate(
    references: Sequence[str],
    shares: Mapping[str, float],
    *,
    votes: int = 1,
    core: str | None = None,
    seed: int,
) -> dict[str, tuple[str, ...]]:
    """Give every reference to `votes` different reviewers, in proportion to their shares.

    Shares are weights of any size. A core reviewer votes on every reference, beside whom the others take the
    remaining votes by their shares. Which reference goes to whom is drawn with `seed`; each reviewer's
    references keep the given order. Loads differ from exact proportion by rounding alone, unless
    a share asks for more references than there are.

    Raises ValueError for shares that are not positive, an unknown core reviewer, or fewer reviewers than votes.
    """
    if any(share <= 0 for share in shares.values()):
        message = "Every reviewer needs a share above zero; leave out whoever takes none."
        raise ValueError(message)
    if core is not None and core not in shares:
        message = f"The core reviewer {core} is not among the reviewers {', '.join(shares)}."
        raise ValueError(message)
    if not 1 <= votes <= len(shares):
        message = f"{votes} votes a reference cannot come from {len(shares)} reviewers."
        raise ValueError(message)
    assigned: dict[str, set[str]] = {reviewer: set() for reviewer in shares}
    others = {reviewer: share for reviewer, share in shares.items() if reviewer != core}
    if core is not None:
        assigned[core].update(references)
        votes -= 1
    shuffled = Random(seed).sample(references, len(references))  # noqa: S311 - not a secret
    quotas = _quotas(others, votes, len(references))
    for left, reference in enumerate(shuffled):
        remaining = len(shuffled) - left
        for reviewer in _furthest_behind(quotas, remaining)[:votes]:
            assigned[reviewer].add(reference)
            quotas[reviewer] -= 1
    return {
        reviewer: tuple(reference for reference in references if reference in mine)
        for reviewer, mine in assigned.items()
    }


def projected_hours(decided_at: Sequence[datetime], waiting: int) -> float | None:
    """Return the hours the waiting references will take one reviewer at the pace measured so far.

    The pace is the median time between neighbouring decisions; gaps of over ten minutes are
    pauses and do not count, and what was decided at one moment counts once. None before there are
    two decisions without a pause between them.
    """
    times = sorted(set(decided_at))
    gaps = [later - earlier for earlier, later in pairwise(times)]
    worked = [gap.total_seconds() for gap in gaps if gap <= _PAUSE]
    return median(worked) * waiting / 3600 if worked else None


def _quotas(shares: Mapping[str, float], votes: int, references: int) -> dict[str, int]:
    """Return how many references each reviewer takes: proportional, none more than all of them.

    Whoever would exceed all references takes all, and the rest is shared anew; what rounding leaves
    over goes to the largest remainders (Hamilton's method).
    """
    full: list[str] = []
    exact: dict[str, float] = {}
    while True:
        open_shares = {name: share for name, share in shares.items() if name not in full}
        seats = (votes - len(full)) * references
        whole = sum(open_shares.values())
        exact = {name: seats * share / whole for name, share in open_shares.items()}
        over = [name for name, amount in exact.items() if amount > references]
        if not over:
            break
        full += over
    quotas = {name: math.floor(amount) for name, amount in exact.items()}
    by_remainder = sorted(quotas, key=lambda name: quotas[name] - exact[name])
    for name in by_remainder[: (votes - len(full)) * references - sum(quotas.values())]:
        quotas[name] += 1
    return {name: quotas.get(name, references) for name in shares}


def _furthest_behind(quotas: Mapping[str, int], remaining: int) -> list[str]:
    """Return the reviewers by how much of what remains they still have to take, most first."""
    return sorted(quotas, key=lambda name: (-quotas[name] / remaining, name))
