"""The decoded text of a file in pieces with line numbers, and its cutting into entries."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple


class Pieces:
    """An iterator over text pieces that end at line ends.

    `line` is the number of the first line that is not blank, where the reader begins; from there on
    readers count for themselves. Each piece is shown to `watch`, which counts start tags apart from
    any reader.
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


class Stretch(NamedTuple):
    """The verbatim text from one start tag to the next.

    `started` is False for text before the first start tag. `plain` is the text with all line ends
    as LF.
    """

    text: str
    started: bool
    plain: str


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


def stretches(
    pieces: Pieces, start: re.Pattern[str], indent: str = "", letters: str = ""
) -> Iterator[list[Stretch]]:
    """Cut `pieces` at every place where `start` matches at the beginning of a line.

    `indent` are signs that may stand between the beginning of the line and the match, `letters` those with
    which every match begins. Yields together
    the stretches that end in one piece: doing one step for many of them and then the next is faster than
    doing all steps for each. Each piece is searched once, so the time is linear however long a stretch is.
    """
    held: list[str] = []
    started = False
    for piece in pieces:
        begin = 0
        found: list[Stretch] = []
        for place in _places(piece, start, letters):
            while place and piece[place - 1] in indent:
                place -= 1  # noqa: PLW2901
            if place and piece[place - 1] not in "\r\n":
                continue
            text = piece[begin:place]
            if held:
                held.append(text)
                text = "".join(held)
                held.clear()
            if text:
                found.append(Stretch(text, started, with_line_feeds(text)))
            begin, started = place, True
        held.append(piece[begin:])
        yield found
    text = "".join(held)
    if text:
        yield [Stretch(text, started, with_line_feeds(text))]


def _places(piece: str, start: re.Pattern[str], letters: str) -> Iterator[int]:
    """Yield where `start` matches; plain letters are found in less than half the time of a pattern."""
    if not letters:
        yield from (match.start() for match in start.finditer(piece))
        return
    place = piece.find(letters)
    while place >= 0:
        if start.match(piece, place):
            yield place
        place = piece.find(letters, place + 1)
