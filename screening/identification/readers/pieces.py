"""The decoded text of a file in pieces with line numbers, and its cutting into entries."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple


class Pieces:
    """An iterator over text pieces that end at line ends.

    `line` is the number of the first line of the next piece. Each piece is shown to `watch`, which
    counts start tags apart from any reader.
    """

    def __init__(self, source: Iterator[str], line: int = 1) -> None:
        self._source = source
        self._waiting = ""
        self.line = line
        self.watch: Callable[[str], None] | None = None

    def __iter__(self) -> "Pieces":
        return self

    def __next__(self) -> str:
        piece = self.peek()
        if not piece:
            raise StopIteration
        self._waiting = ""
        self.line += lines_in(piece)
        if self.watch:
            self.watch(piece)
        return piece

    def peek(self) -> str:
        """Return the next piece without taking it, "" at the end."""
        if not self._waiting:
            self._waiting = next(self._source, "")
        return self._waiting

    def peek_text(self) -> str:
        """Return the next piece that is not blank, dropping blank ones before it."""
        while (piece := self.peek()) and piece.isspace():
            next(self)
        return piece


def lines_in(text: str) -> int:
    """Return the number of line ends in `text`: LF, CRLF or CR."""
    ends = text.count("\n")
    if "\r" in text:
        ends += text.count("\r") - text.count("\r\n")
    return ends


class Entry(NamedTuple):
    """The verbatim text from one start tag to the next; `line` is its first line in the file.

    `started` is False for text before the first start tag.
    """

    text: str
    line: int
    started: bool


def entries(pieces: Pieces, start: re.Pattern[str], indent: str = "") -> Iterator[Entry]:
    """Cut `pieces` at every place where `start` matches at the beginning of a line.

    `indent` are signs that may stand between the beginning of the line and the match. Each piece is
    searched once, so the time is linear however long an entry is.
    """
    held: list[str] = []
    line = pieces.line
    started = False
    for piece in pieces:
        begin = 0
        for match in start.finditer(piece):
            place = match.start()
            while place and piece[place - 1] in indent:
                place -= 1
            if place and piece[place - 1] not in "\r\n":
                continue
            text = piece[begin:place]
            if held:
                held.append(text)
                text = "".join(held)
                held.clear()
            if text:
                yield Entry(text, line, started)
                line += lines_in(text)
            begin, started = place, True
        held.append(piece[begin:])
    text = "".join(held)
    if text:
        yield Entry(text, line, started)
