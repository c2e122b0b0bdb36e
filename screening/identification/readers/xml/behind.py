"""What stands behind the last tag of an XML text: nothing, or another export put into the same file."""

import re
from collections.abc import Iterator

from screening.identification.readers.context import Context, Found
from screening.identification.readers.parts import foreign_part
from screening.identification.readers.pieces import lines_in

# An element that the end of the file cuts off; its reader says so.
_TAG = re.compile(r"\s*<[A-Za-z!?/]")
# A tag may be cut in two by the end of a piece; the names of outermost elements are shorter.
_LONGEST_TAG = 64


class BehindXml:
    """Sees the pieces of an XML text, and keeps what follows its last end tag."""

    def __init__(self, line: int) -> None:
        self._line = line
        self._held: list[str] = []
        self._border = ""

    def see(self, piece: str) -> None:
        """Take in the next piece."""
        text = self._border + piece
        self._line += lines_in(piece)
        place = text.rfind("</")
        end = text.find(">", place) if place >= 0 else -1
        if end < 0:
            self._held.append(piece)
        else:
            self._held = [text[end + 1 :]]
        self._border = text[-_LONGEST_TAG:]

    def records(self, context: Context, own: str) -> Iterator[Found]:
        """Yield the records of another format, or report what belongs to no record."""
        text = "".join(self._held)
        if text.strip() and not _TAG.match(text):
            cut = foreign_part(text, own) or 0
            yield from context.read_part(text[cut:], self._line - lines_in(text[cut:]), own)
