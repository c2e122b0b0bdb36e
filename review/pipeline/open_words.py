"""What one person may read of the ledger while others are still deciding blind of them."""

from collections.abc import Iterable, Iterator

from review.store.events import (
    Appraised,
    Decided,
    DecisionWithdrawn,
    Entered,
    EntryWithdrawn,
    Event,
    Ranked,
)
from review.store.said import Said

BLIND: tuple[type[Event], ...] = (
    Decided,
    DecisionWithdrawn,
    Appraised,
    Entered,
    EntryWithdrawn,
    Ranked,
)
"""The kinds of event by which people judge the same thing without seeing each other's word.

An order of screening is among them: it was learned from someone's verdicts.
"""


def without_open_words(events: Iterable[Said], viewer: str) -> Iterator[Said]:
    """Yield what a person may read whatever is still open: their own words, and what settles."""
    return (said for said in events if said.actor == viewer or not isinstance(said.event, BLIND))
