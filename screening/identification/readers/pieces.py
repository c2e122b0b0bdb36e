"""The decoded text of a file in pieces with line numbers, and its cutting into entries."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple


class Pieces:
    """An iterator over text pieces that end at line ends.

    `line` is the number of the first line that is not blank, where the reader begins; from there on
    readers count for themselves. Each piece is shown to `watch`, which counts start tags apart from
    any reader, and to `behind`, which looks for what stands behind the end of the format.
    """

    def __init__(self, source: Iterator[str], line: int = 1) -> None:
        self._source = source
        self._waiting = ""
        self.line = line
        self.watch: Callable[[str], None] | None = None
        self.behind: Callable[[str], None] | None = None

    def __iter__(self) -> "Pieces":
        return self

    def __next__(self) -> str:
        piece = self.peek()
        if not piece:
            raise StopIteration
        self._waiting = ""
        if self.watch:
            self.watch(piece)
        if self.behind:
            self.behind(piece)
        return piece

    def peek(self) -> str:
        """Return the next piece without taking it, "" at the end."""
        if not self._waiting:
            self._waiting = next(self._source, "")
        return self._waiting

    def peek_text(self) -> str:
        """Return the next piece that is not blank, dropping blank ones before it."""
        while (piece := self.peek()) and piece.isspace():
            self.line += lines_in(piece)
            next(self)
        return piece


def lines_in(text: str) -> int:
    """Return the number of line ends in `text`: LF, CRLF or CR."""
    text = with_line_feeds(text)
    return text.count("\n") if "\n" in text else 0


def with_line_feeds(text: str) -> str:
    """Return `text` with every line end, CRLF or CR, as LF."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            text = text.replace("\r", "\n")
    return text


# The verbatim text from one start tag to the next; whether it begins with one, which the text before the
# first does not; and the text with all line ends as LF. It is a bare tuple because a named one takes thirty
# times as long to make, and there is one for every entry.
Stretch = tuple[str, bool, str]


class Entry(NamedTuple):
    """A stretch with its first `line` in the file."""

    text: str
    line: int
    started: bool
    plain: str


def entries(pieces: Pieces, start: re.Pattern[str], indent: str = "") -> Iterator[list[Entry]]:
    """Cut `pieces` as `stretches` does and count their lines."""
    line = pieces.line
    for together in stretches(pieces, start, indent):
        found = []
        for text, started, plain in together:
            found.append(Entry(text, line, started, plain))
            line += plain.count("\n")
        yield found


def stretches(pieces: Pieces, start: re.Pattern[str], indent: str = "") -> Iterator[list[Stretch]]:
    """Cut `pieces` at every place where `start` matches at the beginning of a line.

    `indent` are signs that may stand between the beginning of the line and the match. Yields together
    the stretches that end in one piece: doing one step for many of them and then the next is faster than
    doing all steps for each. Each piece is searched once, so the time is linear however long a stretch is.
    """
    held: list[str] = []
    started = False
    for piece in pieces:
        begin = 0
        found: list[Stretch] = []
        for place in _places(piece, start, indent):
            text = piece[begin:place]
            if held:
                held.append(text)
                text = "".join(held)
                held.clear()
            if text:
                found.append((text, started, with_line_feeds(text)))
            begin, started = place, True
        held.append(piece[begin:])
        yield found
    text = "".join(held)
    if text:
        yield [(text, started, with_line_feeds(text))]


def _places(piece: str, start: re.Pattern[str], indent: str) -> Iterator[int]:
    """Yield the beginnings of lines at which, or behind an indent, `start` matches."""
    for match in start.finditer(piece):
        place = match.start()
        while place and piece[place - 1] in indent:
            place -= 1
        if not place or piece[place - 1] in "\r\n":
            yield place
