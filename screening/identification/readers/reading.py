"""One file read: its records as they come, and the account of them when they are through."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from dataclasses import fields as fields_of
from typing import BinaryIO

from screening.identification.maps.making import RecordDraft
from screening.identification.maps.mapping import ET_AL
from screening.identification.maps.providers import provider_of
from screening.identification.readers.archives import Gunzipped, Readable, office_kind
from screening.identification.readers.context import Context, Found
from screening.identification.readers.decoding import Decoder
from screening.identification.readers.detection import HEAD, OF_XML, format_of
from screening.identification.readers.parts import is_of_eric
from screening.identification.readers.pieces import Pieces
from screening.identification.readers.syntaxes import READERS
from screening.identification.readers.tables.old_workbooks import (
    OLE2,
    read_old_workbook,
)
from screening.identification.readers.tables.workbooks import read_workbook
from screening.identification.readers.xml.behind import BehindXml
from screening.problems import Problem, error, note
from screening.records import Fields, Record

FIELD_NAMES = tuple(each.name for each in fields_of(Fields))
# Few enough to stay in the processor's cache until they are counted.
_COUNTED_AT_ONCE = 32


@dataclass(slots=True)
class Reading:
    """What was read from one file.

    `records` yields each record once, in file order. `format` and `provider` are those of the file's
    beginning. `encoding`, `problems`, `start_tags` (counted in the text apart from the readers) and
    `field_counts` (in how many records each field is filled) are complete once `records` is exhausted.
    """

    records: Iterator[Record]
    format: str
    provider: str | None
    encoding: str = "utf-8"
    problems: list[Problem] = field(default_factory=list)
    start_tags: int = 0
    field_counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELD_NAMES, 0))


def open_reading(stream: BinaryIO, name: str) -> Reading:
    """Return the reading of an export file from a stream of bytes, without holding it whole.

    `name` is the file's name for messages and for `Record.source_file`; it tells nothing about the
    format. Nothing is raised for bad input: what is wrong is in `problems`. A gzip file is opened on
    the way; for a zip archive see `members`.
    """
    peeked = _Peeked(stream)
    source: Readable = peeked
    context = Context(name)
    if peeked.head.startswith(b"PK\x03\x04"):
        data = peeked.read()
        kind = office_kind(data)
        reading = Reading(iter(()), kind or "zip", None, "binary", context.problems)
        reading.records = _records(reading, read_workbook(data, kind, context), context)
        return reading
    if peeked.head.startswith(OLE2):
        reading = Reading(iter(()), "xls", None, "binary", context.problems)
        reading.records = _records(reading, read_old_workbook(peeked.read(), context), context)
        return reading
    if peeked.head.startswith(b"\x1f\x8b"):
        source = Gunzipped(source, name)
    decoder = Decoder(source, name)
    pieces = Pieces(iter(decoder))
    head = pieces.peek_text()[:HEAD]
    context.provider = provider_of(head)
    reading = Reading(iter(()), format_of(head), context.provider, problems=context.problems)
    reading.records = _decoded(reading, pieces, context, decoder, source)
    return reading


def _decoded(
    reading: Reading, pieces: Pieces, context: Context, decoder: Decoder, source: Readable
) -> Iterator[Record]:
    yield from _records(reading, _found(pieces, context, reading.format), context)
    reading.encoding = decoder.encoding
    context.problems.extend(decoder.problems())
    if isinstance(source, Gunzipped):
        context.problems.extend(source.problems)


def _records(reading: Reading, entries: Iterator[Found], context: Context) -> Iterator[Record]:
    counted: list[Fields] = []
    position = 0
    name = context.name
    context.read_part = lambda text, line, own: _part(text, line, own, context)
    for found in entries:
        position += 1
        fields, text, line, syntax, provider = found
        counted.append(fields)
        if ET_AL in fields.notes:
            message = (
                '{n} records name some of their authors only as "et al."; this is kept as a note.'
            )
            context.tally("et al", line, message)
        if len(counted) == _COUNTED_AT_ONCE:
            _count_fields(counted, reading.field_counts)
            counted.clear()
        draft = RecordDraft(name, position, syntax, provider, fields, text, line)
        draft.__class__ = Record
        yield draft
    _count_fields(counted, reading.field_counts)
    reading.start_tags = context.started
    context.close()
    _account(position, context)


def _values(each: Fields) -> tuple[object, ...]:
    """Return the values in the order of `FIELD_NAMES`; to name each takes a third of the time of `attrgetter`."""
    return (
        each.type, each.title, each.authors, each.year, each.journal, each.journal_abbreviation, each.volume,
        each.issue, each.pages, each.article_number, each.doi, each.pmid, each.accession, each.registrations,
        each.isbn, each.issn, each.abstract, each.keywords, each.language, each.urls, each.notes,
    )  # fmt: skip


def _count_fields(counted: list[Fields], counts: dict[str, int]) -> None:
    """Add to `counts` in how many records each field is filled; many records at once cost least."""
    for field_name, column in zip(FIELD_NAMES, zip(*map(_values, counted), strict=True)):  # noqa: B905 - none where none were counted
        counts[field_name] += len(list(filter(None, column)))


def _found(pieces: Pieces, context: Context, name: str) -> Iterator[Found]:
    """Read a text by the format of its beginning."""
    head = pieces.peek_text()
    if head:
        yield from _read_as(name, pieces, context)
        return
    message = "The file is empty; export it again."
    context.problems.append(error(context.name, message, "empty"))


def _part(text: str, line: int, own: str, context: Context) -> Iterator[Found]:
    """Read a part that stands in a text of the format `own`."""
    name = format_of(text)
    unread = name in ("table", "html", "xml") or (name == own and not is_of_eric(text, own))
    if unread:
        message = "{n} stretches of text belong to no record and were passed over."
        context.tally("stray", line, message, doubtful=True)
        return
    message = f"From here on the file is in another format ({name}) and is read as such."
    context.problems.append(note(context.at(line), message, "mixed"))
    yield from _read_as(name, Pieces(iter([text]), line), context)


def _read_as(name: str, pieces: Pieces, context: Context) -> Iterator[Found]:
    if name not in OF_XML:
        yield from READERS[name](pieces, context)
        return
    behind = BehindXml(pieces.line)
    pieces.behind = behind.see
    yield from READERS[name](pieces, context)
    yield from behind.records(context, name)


def _account(kept: int, context: Context) -> None:
    """Compare the start tags with the records kept and the problems named."""
    expected = context.started + context.headless - context.unread
    if kept != expected and not context.uncountable:
        message = (
            f"{context.started} start tags were counted but {kept} records were read "
            f"({context.headless} without a start tag, {context.unread} unreadable); "
            "please report this file, a record may be lost or doubled."
        )
        context.problems.append(error(context.name, message, "accounting"))
    elif not kept and not context.problems:
        message = "The file holds no record; check the export, or its search."
        context.problems.append(error(context.name, message, "no records"))


class _Peeked:
    """A stream of which the first bytes were looked at."""

    def __init__(self, stream: Readable) -> None:
        self.head = stream.read(4)
        self._stream = stream
        self._rest = self.head

    def read(self, size: int = -1, /) -> bytes:
        if not self._rest:
            return self._stream.read(size)
        if 0 <= size <= len(self._rest):
            data, self._rest = self._rest[:size], self._rest[size:]
            return data
        rest, self._rest = self._rest, b""
        return rest + self._stream.read(size - len(rest) if size >= 0 else -1)
