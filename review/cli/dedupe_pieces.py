"""A plain table's text in pieces of whole rows, each read by itself, by whatever process."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import chain
from typing import Protocol

from review.cli.dedupe_cells import cells_in, cells_of_rows
from review.cli.dedupe_tables import Taken, header_of, read_cells, rows_of

_PIECE = 1 << 21
"""Bytes of a text that are normalised at a time: enough to be worth handing over, few enough to share out."""

_LONGEST_ROW = 1 << 24
"""Bytes without the end of a row after which the quotes of a text do not match."""

_END = "\x1e"
"""Stands after a piece of text: read as a row of its own only where the piece ends with a row."""


class Readable(Protocol):
    """Anything bytes are read from."""

    def read(self, size: int = ..., /) -> bytes:
        """Return so many bytes, fewer only at the end."""
        ...


class TornError(Exception):
    """A text was parted within a row: its quotes are not in pairs, and it must be read in one piece."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a table as a piece of its text; the `first` begins with the header."""

    header: Sequence[str]
    delimiter: str
    text: bytes
    encoding: tuple[str, str]
    first: bool
    last: bool


def pieces_of(stream: Readable, delimiter: str, encoding: tuple[str, str]) -> Iterator[Piece]:
    """Yield a table's text in pieces of whole rows, so far as its quotes come in pairs.

    Raises TornError where no end of a row is found.
    """
    header: Sequence[str] | None = None
    text = b""
    more = True
    while more:
        block = stream.read(_PIECE)
        more = len(block) > 0
        text += block
        end = _end_of_rows(text) if more else len(text)
        if end:
            piece, text = text[:end], text[end:]
            first = header is None
            if header is None:
                header = header_of(next(_rows_in(piece, delimiter, encoding), [])) or []
            yield Piece(header, delimiter, piece, encoding, first, not more)
        elif len(text) > _LONGEST_ROW:
            raise TornError


def _end_of_rows(text: bytes) -> int:
    """Return where the last row ends that is whole: at a line's end after an even number of quotes."""
    end = text.rfind(b"\n") + 1
    odd = text.count(b'"', 0, end) & 1
    while end and odd:
        before = text.rfind(b"\n", 0, end - 1) + 1
        odd ^= text.count(b'"', before, end) & 1
        end = before
    return end


def _rows_in(text: bytes, delimiter: str, encoding: tuple[str, str]) -> Iterator[list[str]]:
    return rows_of(chain(StringIO(text.decode(*encoding), newline=""), [_END]), delimiter)


def read_piece(piece: Piece) -> Taken:
    """Return the records of a piece of text. Raises TornError where it does not end with a row."""
    text = piece.text
    if not text.isascii():
        decoded = text.decode(*piece.encoding)
        text = text if piece.encoding[0] == "utf-8" else decoded.encode()
    width = len(piece.header)
    cells = cells_in(text, piece.delimiter, width, skipped=int(piece.first))
    if cells is None:
        rows = list(_rows_in(piece.text, piece.delimiter, piece.encoding))
        if rows[-1] == [_END]:
            rows.pop()
        elif not piece.last:
            raise TornError
        else:
            rows[-1][-1] = rows[-1][-1].removesuffix(_END)
        cells = cells_of_rows(rows[1:] if piece.first else rows, width)
    return read_cells(piece.header, cells)
