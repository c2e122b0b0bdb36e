"""What a format's writer is: entries made one by one, and a file made of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from screening.records import Fields

Keyed = Iterable[tuple[str, Fields]]
Entry = TypeVar("Entry")


class Written(NamedTuple):
    """The bytes of an entry but for its key: what stands before it, the key asked for, what stands behind."""

    before: bytes
    key: str
    behind: bytes


@dataclass(frozen=True, slots=True)
class Writer(Generic[Entry]):
    """Writes references in one format.

    `entry` does all that one reference needs, apart from all others, so that several processes can work
    on parts of a file; `file` puts their entries together, numbering or naming them throughout.
    """

    entry: Callable[[str, Fields], Entry]
    file: Callable[[Iterable[Entry]], Iterator[bytes]]

    def __call__(self, references: Keyed) -> Iterator[bytes]:
        """Yield pieces of the file of all (key, fields), in order."""
        return self.file(self.entry(key, fields) for key, fields in references)


def numbered(entries: Iterable[Written]) -> Iterator[bytes]:
    """Yield each entry; where it has no key, its number stands for it."""
    for number, (before, key, behind) in enumerate(entries, start=1):
        yield before + (key or str(number)).encode("utf-8", "replace") + behind
