"""How work on many pieces is shared out, which is for the caller to say."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")


class Spread(Protocol):
    """Works on every piece, perhaps in several processes: as `map` does, in order."""

    def __call__(
        self, work: Callable[[Piece], Result], pieces: Iterable[Piece], /
    ) -> Iterator[Result]:
        """Yield the result of every piece, in the order of the pieces."""
        ...


def here(work: Callable[[Piece], Result], pieces: Iterable[Piece], /) -> Iterator[Result]:
    """Work on one piece after the other, in this process."""
    return map(work, pieces)
