"""One file read: its records as they come, and the account of them when they are through."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import BinaryIO

from screening.identification.providers import provider_of
from screening.identification.readers.bibtex import read_bibtex
from screening.identification.readers.context import Context, Found
from screening.identification.readers.decoding import Decoder
from screening.identification.readers.detection import HEAD, format_of
from screening.identification.readers.endnote_tagged import read_endnote_tagged
from screening.identification.readers.json_entries import read_json
from screening.identification.readers.medline import read_medline
from screening.identification.readers.ovid import read_ovid
from screening.identification.readers.pieces import Pieces
from screening.identification.readers.pubmed_xml import read_pubmed_xml
from screening.identification.readers.rdf import read_rdf
from screening.identification.readers.refworks import read_refworks
from screening.identification.readers.ris import read_ris
from screening.identification.readers.tables import read_table
from screening.identification.readers.wos import read_wos
from screening.identification.readers.xml_readers import (
    read_ebsco_xml,
    read_endnote_xml,
    read_ictrp_xml,
)
from screening.problems import Problem, error, note
from screening.records import Fields, Record

Reader = Callable[[Pieces, Context], Iterator[Found]]
READERS: dict[str, Reader] = {
    "ris": read_ris,
    "nbib": read_medline,
    "bibtex": read_bibtex,
    "wos": read_wos,
    "ovid_tagged": read_ovid,
    "refworks": read_refworks,
    "enw": read_endnote_tagged,
    "endnote_xml": read_endnote_xml,
    "pubmed_xml": read_pubmed_xml,
    "ebsco_xml": read_ebsco_xml,
    "ictrp_xml": read_ictrp_xml,
    "json": read_json,
    "rdf": read_rdf,
    "table": read_table,
}
FIELD_NAMES = tuple(each.name for each in fields(Fields))
_values = attrgetter(*FIELD_NAMES)


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
    format. Nothing is raised for bad input: what is wrong is in `problems`.
    """
    signature = stream.read(4)
    stream = _Prefixed(signature, stream)
    if signature == b"PK\x03\x04":
        return _workbook(stream, name)
    if signature[:2] == b"\x1f\x8b":
        stream = gzip.GzipFile(fileobj=stream)
    decoder = Decoder(stream, name)
    pieces = Pieces(iter(decoder))
    head = pieces.peek_text()[:HEAD]
    context = Context(name, provider_of(head))
    reading = Reading(iter(()), format_of(head), context.provider, problems=context.problems)
    reading.records = _records(reading, decoder, pieces, context)
    return reading


def _records(
    reading: Reading, decoder: Decoder, pieces: Pieces, context: Context
) -> Iterator[Record]:
    filled: Counter[tuple[bool, ...]] = Counter()
    position = 0
    context.read_part = lambda text, line, own: _part(text, line, own, context)
    for found in _parts(pieces, context):
        position += 1
        filled[tuple(map(bool, _values(found.fields)))] += 1
        yield Record(
            source_file=context.name,
            position=position,
            format=found.format,
            provider=found.provider,
            fields=found.fields,
            raw=found.text,
            line=found.line,
        )
    for mask, count in filled.items():
        for name, has in zip(FIELD_NAMES, mask, strict=True):
            reading.field_counts[name] += count * has
    reading.encoding = decoder.encoding
    reading.start_tags = context.started
    context.close()
    context.problems.extend(decoder.problems())
    _account(position, context)


def _parts(pieces: Pieces, context: Context) -> Iterator[Found]:
    """Read a text by the format of its beginning."""
    head = pieces.peek_text()
    name = format_of(head) if head else "empty"
    reader = READERS.get(name)
    if reader:
        yield from reader(pieces, context)


def _part(text: str, line: int, own: str, context: Context) -> Iterator[Found]:
    """Read a part that stands in a text of the format `own`."""
    name = format_of(text)
    if name in ("table", "html", "xml", own):
        message = "{n} stretches of text belong to no record and were passed over."
        context.tally("stray", line, message, doubtful=True)
        return
    context.problems.append(
        note(
            context.at(line),
            f"From here on the file is in another format ({name}) and is read as such.",
        )
    )
    yield from READERS[name](Pieces(iter([text]), line), context)


def _account(kept: int, context: Context) -> None:
    """Compare the start tags with the records kept and the problems named."""
    expected = context.started + context.headless - context.unread
    if kept != expected:
        message = (
            f"{context.started} start tags were counted but {kept} records were read "
            f"({context.headless} without a start tag, {context.unread} unreadable); "
            "please report this file, a record may be lost or doubled."
        )
        context.problems.append(error(context.name, message, "accounting"))
