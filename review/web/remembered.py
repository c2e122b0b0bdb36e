"""What takes long to count or to make, kept for the next one who asks: nothing changes without an event."""

from collections.abc import Callable
from typing import Any, TypeVar

from review.pipeline.project import Project
from review.store import queries

Made = TypeVar("Made")


class Remembered:
    """The latest value of each function of a review, as long as nothing was said since.

    Only what is the same whoever looks may be asked for.
    """

    def __init__(self) -> None:
        self._values: dict[Callable[[Project], Any], tuple[tuple[str, int], Any]] = {}

    def of(self, project: Project, make: Callable[[Project], Made]) -> Made:
        """Return what a function says of a review; it is asked anew once there is another event."""
        with project.ledger.read() as conn:
            said = (project.text, queries.last_event(conn))
        known = self._values.get(make)
        if known is None or known[0] != said:
            known = self._values[make] = (said, make(project))
        made: Made = known[1]
        return made
