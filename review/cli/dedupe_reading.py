"""Records of a plain file, normalised for deduplication batch by batch, so that its text is never held whole."""

import csv
import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO, TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import IO

from review.cli.dedupe_pieces import TornError, pieces_of, read_piece
from review.cli.dedupe_tables import (
    COLUMNS,
    Read,
    Taken,
    batches_of,
    delimiter_of,
    header_of,
    placed,
    read_rows,
    rows_of,
    rows_of_workbook,
)
from review.cli.spreading import spread
from screening.identification.matching.columns import Columns, together
from screening.identification.matching.parts import part
from screening.identification.matching.printed import printed
from screening.problems import Problem, WinnowError, error, note

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"

_SNIFFED = 1 << 16
"""Bytes looked at for a header: longer than any first line that is one."""

Encoding = tuple[str, str]
_UTF8: Encoding = ("utf-8", "strict")
_WINDOWS: Encoding = ("cp1252", "replace")
"""What a text is read as that is not valid UTF-8."""

_MARK = b"\xef\xbb\xbf"

Told = Callable[[int, int], None]
"""Told how many bytes of how many are read."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a text is read: its encoding, by how many processes, and whether in one piece."""

    encoding: Encoding
    processes: int = 1
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Input:
    """The records of one file as columns, their ids in the file's order, and what was wrong with them."""

    table: Columns
    keys: list[str]
    problems: list[Problem]


def read_input(source: Path, processes: int = 1, told: Told | None = None) -> Input:
    """Return the records of a file: a table with the columns of `COLUMNS`, or any export.

    A gzipped file is unpacked. Raises WinnowError when the file cannot be read or no record is in it
    that could be named.
    """
    try:
        reads = _read_somehow(source, processes, told)
    except (OSError, EOFError, zlib.error) as failure:
        why = getattr(failure, "strerror", None) or failure
        raise WinnowError(error(str(source), f"This file cannot be read: {why}.")) from failure
    keys = list(chain.from_iterable(read.part.keys for read in reads))
    if len(set(keys)) < len(keys):
        _refuse_twins(reads, source.name)
    return Input(
        together(read.part for read in reads),
        keys,
        list(chain.from_iterable(read.problems for read in reads)),
    )


def _read_somehow(source: Path, processes: int, told: Told | None) -> list[Read]:
    """Return what is read in the first way that will do: in pieces and as UTF-8 if possible."""
    for encoding in (_UTF8, _WINDOWS):
        try:
            return _in_pieces_or_whole(
                lambda way: _read(source, way, told), Way(encoding, processes)
            )
        except UnicodeDecodeError:
            continue
    raise AssertionError("every byte is a letter of Windows' code page")


def _in_pieces_or_whole(read: Callable[[Way], list[Read]], way: Way) -> list[Read]:
    """Return what is read in a way, in one piece where the text cannot be parted."""
    try:
        return read(way)
    except TornError:
        return read(replace(way, whole=True))


def _read(source: Path, way: Way, told: Told | None) -> list[Read]:
    size = source.stat().st_size
    with source.open("rb") as file:
        found: list[Read] = []
        for read in _reads(file, source.name, way):
            found.append(read)
            if told:
                told(file.tell(), size)
    return found


def _reads(file: IO[bytes], name: str, way: Way) -> Iterator[Read]:
    start = file.read(4)
    file.seek(0)
    if start.startswith(_GZIP):
        unpacked = gzip.GzipFile(fileobj=file)
        yield from _text_or_export(unpacked, name.removesuffix(".gz"), way)
    elif not start.startswith(_ZIP):
        yield from _text_or_export(file, name, way)
    else:
        yield from _of_archive(file.read(), name)


def _text_or_export(
    stream: IO[bytes] | gzip.GzipFile, name: str, way: Way, prefix: str = ""
) -> Iterator[Read]:
    line = stream.read(_SNIFFED).partition(b"\n")[0].decode("utf-8-sig", "replace")
    stream.seek(0)
    delimiter = delimiter_of(line)
    header = header_of(next(rows_of([line], delimiter), []))
    if header is None:
        yield from _of_export(stream.read(), name, prefix)
        return
    if stream.read(len(_MARK)) != _MARK:
        stream.seek(0)
    if way.whole:
        text = TextIOWrapper(stream, *way.encoding, newline="")
        try:
            yield from _of_rows(rows_of(text, delimiter), name, prefix)
        finally:
            text.detach()
        return
    pieces = pieces_of(stream, delimiter, way.encoding)
    try:
        first = next(pieces)
        taken = spread(read_piece, chain([first], pieces), way.processes)
        yield from _placed(taken, name, first.header, prefix)
    except csv.Error as failure:
        raise _unreadable(name, failure) from failure


def _unreadable(name: str, failure: csv.Error) -> WinnowError:
    return WinnowError(error(name, f"This table cannot be read: {failure}."))


def _encoding(content: bytes) -> Encoding:
    try:
        content.decode()
    except UnicodeDecodeError:
        return _WINDOWS
    return _UTF8


def _of_rows(rows: Iterator[list[str]], name: str, prefix: str = "") -> Iterator[Read]:
    try:
        header = header_of(next(rows, [])) or []
        yield from _placed(map(read_rows, batches_of(header, rows)), name, header, prefix)
    except csv.Error as failure:
        raise _unreadable(name, failure) from failure


def _placed(
    taken: Iterable[Taken], name: str, header: Sequence[str], prefix: str
) -> Iterator[Read]:
    unknown = [column for column in header if column and column not in COLUMNS]
    if unknown:
        unused = note(name, f"These columns were not used: {', '.join(unknown)}.")
        yield Read(part((), printed(())), (), [unused])
    first = 2
    for some in taken:
        yield placed(some, name, first, prefix, named="id" in header)
        first += some.total


def _of_archive(data: bytes, name: str) -> Iterator[Read]:
    from screening.identification.readers import members
    from screening.identification.readers.archives import office_kind

    for member, content in members(data, name):
        # Two files of an archive may use one id: the file's name comes before it.
        prefix = "" if content is data else f"{member}:"
        kind = office_kind(content)
        if kind == "xlsx" and header_of(next(rows_of_workbook(content), [])) is not None:
            yield from _of_rows(rows_of_workbook(content), member, prefix)
        elif kind:
            yield from _of_export(content, member, prefix)
        else:
            yield from _of_member(content, member, prefix)


def _of_member(content: bytes, name: str, prefix: str) -> list[Read]:
    return _in_pieces_or_whole(
        lambda way: list(_text_or_export(BytesIO(content), name, way, prefix)),
        Way(_encoding(content)),
    )


def _of_export(data: bytes, name: str, prefix: str) -> Iterator[Read]:
    from screening.identification.readers import read

    reading = read(data, name)
    records = list(reading.records)
    keys = [f"{prefix}{record.position}" for record in records]
    fields = [record.fields for record in records]
    yield Read(part(keys, printed(fields)), range(1, len(keys) + 1), reading.problems)


def _refuse_twins(reads: Iterable[Read], name: str) -> None:
    """Raise WinnowError where an id is given twice: its group could not be told."""
    seen: dict[str, int] = {}
    for read in reads:
        for key, row in zip(read.part.keys, read.rows, strict=True):
            if (before := seen.setdefault(key, row)) != row:
                raise WinnowError(
                    error(
                        f"{name}, row {row}",
                        f"The id {key!r} stands in row {before} and again here; make the ids unique.",
                    )
                )
