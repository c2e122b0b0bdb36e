"""Long lists, a page at a time."""

from dataclasses import dataclass

_LAST = 1_000_000


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a page of a list stands: its `address` without the number, which page, out of how many."""

    address: str
    page: int
    per_page: int
    total: int

    @property
    def first(self) -> int:
        """Return the number of the first entry shown."""
        return (self.page - 1) * self.per_page + 1

    @property
    def pages(self) -> int:
        """Return how many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def before(self) -> str:
        """Return the address of the page before, or nothing."""
        return f"{self.address}?page={self.page - 1}" if self.page > 1 else ""

    @property
    def after(self) -> str:
        """Return the address of the next page, or nothing."""
        return f"{self.address}?page={self.page + 1}" if self.page < self.pages else ""


def page_of(asked: int) -> int:
    """Return the page asked for, held within what a list can have."""
    return min(max(asked, 1), _LAST)
