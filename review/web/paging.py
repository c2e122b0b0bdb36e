"""Long lists, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlencode

T = TypeVar("T")
_LAST = 1_000_000


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a page of a list stands: its `address` without the number, which page, out of how many.

    `asked` is what the list was narrowed by, carried along to its other pages.
    """

    address: str
    page: int
    per_page: int
    total: int
    asked: dict[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """Return how many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.per_page))

    def part(self, items: Sequence[T]) -> Sequence[T]:
        """Return what this page shows of the whole list."""
        return items[(self.page - 1) * self.per_page : self.page * self.per_page]

    @property
    def before(self) -> str:
        """Return the address of the page before, or nothing."""
        return self._at(self.page - 1) if self.page > 1 else ""

    @property
    def after(self) -> str:
        """Return the address of the next page, or nothing."""
        return self._at(self.page + 1) if self.page < self.pages else ""

    def _at(self, page: int) -> str:
        return f"{self.address}?{urlencode({**self.asked, 'page': page})}"


def page_of(asked: int) -> int:
    """Return the page asked for, held within what a list can have."""
    return min(max(asked, 1), _LAST)
