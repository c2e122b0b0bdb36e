"""Exports into the ledger: verbatim, counted, resumable, and never twice."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from review.pipeline.identification.ahead import stored_records
from review.pipeline.project import Project
from review.store import queries
from review.store.events import LoadCompleted, LoadStarted
from review.store.stored import StoredRecord
from screening.identification.readers import Reading, members, open_reading
from screening.problems import Problem, WinnowError, error, warning
from screening.records import Record
from screening.sources import Source

AT_ONCE = 4_000  # records per transaction: a kill costs at most this many, memory stays flat
PIECE = 1 << 20
PIECES_AT_ONCE = 16

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The account of one file: what was counted in it, what was kept, what is wrong with it."""

    source: str
    name: str
    format: str
    provider: str | None
    encoding: str
    start_tags: int
    records: int
    field_counts: dict[str, int]
    problems: tuple[Problem, ...]
    known_already: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """One file to be read for a source; `open` gives its bytes as a stream."""

    source: Source
    name: str
    open: Callable[[], BinaryIO]
    size: int


def declared_exports(project: Project) -> Iterator[Export]:
    """Yield every export that review.toml names, archives unpacked.

    Raises WinnowError naming all files that are not there.
    """
    missing = [
        error(
            "review.toml",
            f'the export "{name}" of the source "{source.id}" is not there. Put the file at '
            f"{project.path(name)}, or correct the name.",
            f"sources.{source.id}",
        )
        for source in project.protocol.sources
        for name in source.exports
        if not project.path(name).is_file()
    ]
    if missing:
        raise WinnowError(missing, exit_status=1)
    for source in project.protocol.sources:
        for name in source.exports:
            yield from exports_in(project.path(name), source)


def exports_in(path: Path, source: Source) -> Iterator[Export]:
    """Yield a file, or every member where it is an archive, as an export of a source."""
    with path.open("rb") as stream:
        head = stream.read(4)
    if head.startswith(b"\x1f\x8b") or head == b"PK\x03\x04":
        for name, data in members(path.read_bytes(), path.name):
            yield Export(source, name, lambda data=data: BytesIO(data), len(data))  # type: ignore[misc]
    else:
        yield Export(source, path.name, lambda: path.open("rb"), path.stat().st_size)


def source_of(project: Project, path: Path) -> Source:
    """Return the source a file belongs to: it is listed there, or named or filed after it.

    Raises WinnowError where nothing tells.
    """
    for source in project.protocol.sources:
        listed = [project.path(name).resolve() for name in source.exports]
        if path.resolve() in listed or source.id in (path.stem.lower(), path.parent.name.lower()):
            return source
    known = ", ".join(source.id for source in project.protocol.sources) or "none yet"
    raise WinnowError(
        error(
            path.name,
            f"which source is this from? Say it with --source ID, or list the file under its "
            f"[[sources]] in review.toml. Sources: {known}.",
        )
    )


def load_exports(
    project: Project,
    exports: Sequence[Export],
    actor: str,
    progress: Progress | None = None,
) -> list[Loaded]:
    """Load exports one after the other and return the account of each.

    A file that cannot be read is an account with errors and leaves nothing in the ledger; the others
    are loaded all the same.
    """
    total = sum(export.size for export in exports)
    done = 0
    accounts = []
    for export in exports:
        try:
            accounts.append(load_export(project, export, actor))
        except WinnowError as refused:
            accounts.append(_refused(export, refused))
        done += export.size
        if progress:
            progress(done, total)
    return accounts


def load_export(project: Project, export: Export, actor: str) -> Loaded:
    """Load one file for its source, or go on where an interrupted load stopped.

    The same bytes for the same source add nothing. Raises WinnowError where the file holds no
    records; nothing is written then.
    """
    sha256 = _sha256(export)
    with project.ledger.read() as conn:
        load = queries.load_of(conn, export.source.id, sha256)
    if load is not None and load.state == "complete":
        return Loaded(
            export.source.id,
            export.name,
            load.format,
            load.provider,
            load.encoding,
            load.start_tags,
            load.records,
            load.field_counts,
            load.problems,
            known_already=True,
        )
    with _reading(export) as reading:
        reading.records = _at_least_one(export, reading)
        if load is None:
            load_id, done, pieces = _start(project, export, reading, sha256, actor), 0, 0
        else:
            load_id, done, pieces = load.id, load.stored_records, load.stored_pieces
        kept = done
        for some in _batches(stored_records(reading, export.name, export.size, done)):
            with project.write(actor) as writer:
                writer.add_stored(load_id, some)
            kept += len(some)
        _keep_bytes(project, export, load_id, pieces, actor)
        problems = tuple(reading.problems)
        with project.write(actor) as writer:
            writer.append(
                LoadCompleted(
                    load=load_id,
                    provider=reading.provider,
                    encoding=reading.encoding,
                    start_tags=reading.start_tags,
                    records=kept,
                    problems=problems,
                    field_counts=reading.field_counts,
                )
            )
    return Loaded(
        export.source.id,
        export.name,
        reading.format,
        reading.provider,
        reading.encoding,
        reading.start_tags,
        kept,
        reading.field_counts,
        problems,
    )


def against_reported(project: Project) -> list[Problem]:
    """Return a warning for each source whose loaded records are not as many as it reported."""
    with project.ledger.read() as conn:
        loaded = {row.source: row.records for row in queries.source_rows(conn)}
    return [
        warning(
            "review.toml",
            f"{source.describe()} reported {source.reported:,} results and {loaded[source.id]:,} "
            "records were loaded from it. Was the export cut off, or the number mistyped?",
            f"sources.{source.id}",
        )
        for source in project.protocol.sources
        if source.reported is not None
        and source.id in loaded
        and loaded[source.id] != source.reported
    ]


@contextmanager
def _reading(export: Export) -> Iterator[Reading]:
    stream = export.open()
    try:
        yield open_reading(stream, export.name)
    finally:
        stream.close()


def _at_least_one(export: Export, reading: Reading) -> Iterator[Record]:
    first = next(reading.records, None)
    if first is None:
        raise WinnowError(
            reading.problems
            or error(
                export.name,
                "this file holds no records that Winnow can read. Export it again from the "
                "database, as RIS where that is offered.",
            ),
            exit_status=1,
        )
    return chain([first], reading.records)


def _start(project: Project, export: Export, reading: Reading, sha256: str, actor: str) -> int:
    with project.write(actor) as writer:
        return writer.append(
            LoadStarted(
                source=export.source.id,
                source_name=export.source.describe(),
                source_kind=export.source.kind,
                name=export.name,
                sha256=sha256,
                size=export.size,
                format=reading.format,
            )
        )


def _keep_bytes(project: Project, export: Export, load: int, pieces: int, actor: str) -> None:
    with export.open() as stream:
        stream.seek(pieces * PIECE)
        numbered = enumerate(iter(lambda: stream.read(PIECE), b""), pieces)
        while some := list(islice(numbered, PIECES_AT_ONCE)):
            with project.write(actor) as writer:
                for position, piece in some:
                    writer.add_file_piece(load, position, piece)


def _sha256(export: Export) -> str:
    with export.open() as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


def _batches(records: Iterator[StoredRecord]) -> Iterator[list[StoredRecord]]:
    while some := list(islice(records, AT_ONCE)):
        yield some


def _refused(export: Export, refused: WinnowError) -> Loaded:
    return Loaded(export.source.id, export.name, "", None, "", 0, 0, {}, refused.problems)
