"""The work behind `winnow convert`: inputs found, read side by side, and written in order."""

import glob
import os
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import IO, Any, BinaryIO

from screening.identification.readers import Reading, members, open_reading
from screening.problems import Problem, Severity, WinnowError, error
from screening.records import Record

# Below this many bytes, starting processes costs more than it saves.
WORTH_SHARING = 4 << 20
# Targets whose files can be pasted together; the others number or name their entries throughout, so that
# each process leaves its entries to be put together.
_PASTED = frozenset({"jsonl"})
_PIECE = 1 << 20
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Input:
    """One file to convert: a path, or the bytes of an archive's member or of standard input."""

    name: str
    path: Path | None = None
    data: bytes = b""

    @property
    def size(self) -> int:
        """Return the number of bytes."""
        return self.path.stat().st_size if self.path else len(self.data)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Give the bytes as a stream."""
        if self.path is None:
            yield BytesIO(self.data)
            return
        with self.path.open("rb") as stream:
            yield stream


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one file."""

    name: str
    problems: tuple[Problem, ...]
    format: str = ""
    provider: str | None = None
    encoding: str = ""
    start_tags: int = 0
    records: int = 0
    field_counts: dict[str, int] = field(default_factory=dict)

    @property
    def is_unreadable(self) -> bool:
        """Return whether nothing could be read at all."""
        failed = any(problem.severity is Severity.ERROR for problem in self.problems)
        return failed and not self.records

    def as_json(self) -> dict[str, Any]:
        """Return the account as JSON-ready values without its problems, which are told elsewhere."""
        return {
            "name": self.name,
            "format": self.format,
            "provider": self.provider,
            "encoding": self.encoding,
            "start_tags": self.start_tags,
            "records": self.records,
            "field_counts": self.field_counts,
        }


def exit_status(accounts: Iterable[Account]) -> int:
    """Return 0 where all was read, 1 where something was skipped or doubtful, 2 where nothing was readable."""
    listed = list(accounts)
    if listed and all(account.is_unreadable for account in listed):
        return 2
    problems = (problem for account in listed for problem in account.problems)
    return int(any(problem.severity is not Severity.NOTE for problem in problems))


def inputs_from(names: Iterable[str]) -> Iterator[Input | Account]:
    """Yield every file that files, folders, globs and archives name; an archive that fails as its account.

    Folders are walked in alphabetical order, hidden files left out. Raises WinnowError naming
    everything that is not there.
    """
    missing: list[Problem] = []
    paths: list[Path] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            inside = (each for each in path.rglob("*") if each.is_file())
            paths += sorted(each for each in inside if not _is_hidden(each.relative_to(path)))
        elif path.exists():
            paths.append(path)
        elif found := sorted(glob.glob(name, recursive=True)):  # noqa: PTH207 - Path.glob takes no absolute pattern
            paths += [each for each in map(Path, found) if each.is_file()]
        else:
            missing.append(error(name, "There is no such file or folder; check its name."))
    if missing:
        raise WinnowError(missing)
    for path in paths:
        yield from _from_path(path)


def inputs_from_stream(stream: BinaryIO) -> Iterator[Input | Account]:
    """Yield what is piped in, an archive unpacked."""
    data = stream.read()
    yield from _unpacked(data, "-") if data.startswith(b"PK") else [Input("-", data=data)]


def convert(inputs: Iterable[Input | Account], target: str, out: IO[bytes]) -> list[Account]:
    """Write the records of all inputs to `out` in the format `target` and return the files' accounts.

    Files are read side by side on the cores there are, where they are large enough to gain by it.
    """
    listed = list(inputs)
    accounts: list[Account] = []
    sizes = sorted(map(_size, listed), reverse=True)
    shared = sum(sizes[1:]) >= WORTH_SHARING and (os.cpu_count() or 1) > 1
    pieces = _shared(listed, target, accounts) if shared else _alone(listed, target, accounts)
    for piece in pieces:
        out.write(piece)
    return accounts


def _alone(listed: list[Input | Account], target: str, accounts: list[Account]) -> Iterator[bytes]:
    def records() -> Iterator[Record]:
        for each in listed:
            if isinstance(each, Account):
                accounts.append(each)
                continue
            with each.open() as stream:
                reading = open_reading(stream, each.name)
                count = 0
                for record in reading.records:
                    count += 1
                    yield record
            accounts.append(_account(each.name, reading, count))

    return _written(records(), target)


def _written(records: Iterator[Record], target: str) -> Iterator[bytes]:
    from screening.identification.writers import WRITERS, write_jsonl

    if target == "jsonl":
        return write_jsonl(records)
    return WRITERS[target](("", record.fields) for record in records)


def _shared(listed: list[Input | Account], target: str, accounts: list[Account]) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory(prefix="winnow-") as folder:
        parts = [Path(folder) / str(number) for number in range(len(listed))]
        with ProcessPoolExecutor() as pool:
            # The largest first, so that no process is left alone with it at the end.
            turns = sorted(
                range(len(listed)), key=lambda number: _size(listed[number]), reverse=True
            )
            begun = {
                number: pool.submit(_part, listed[number], target, parts[number])
                for number in turns
            }
            done = (begun[number].result() for number in range(len(listed)))
            if target in _PASTED:
                yield from _pasted(zip(parts, done, strict=True), accounts)
            else:
                from screening.identification.writers import WRITERS

                yield from WRITERS[target].file(_entries(zip(parts, done, strict=True), accounts))


def _size(source: Input | Account) -> int:
    return source.size if isinstance(source, Input) else 0


def _part(source: Input | Account, target: str, part: Path) -> Account:
    """Read one input in a process of its own and leave what is to be written of it in the file `part`."""
    if isinstance(source, Account):
        part.touch()
        return source
    accounts: list[Account] = []
    with part.open("wb") as out:
        if target in _PASTED:
            out.writelines(_alone([source], target, accounts))
            return accounts[0]
        from screening.identification.writers import WRITERS

        entry = WRITERS[target].entry
        with source.open() as stream:
            reading = open_reading(stream, source.name)
            count = 0
            while batch := [entry("", record.fields) for record in islice(reading.records, _BATCH)]:
                count += len(batch)
                pickle.dump(batch, out, protocol=pickle.HIGHEST_PROTOCOL)
    return _account(source.name, reading, count)


def _pasted(done: Iterable[tuple[Path, Account]], accounts: list[Account]) -> Iterator[bytes]:
    for part, account in done:
        accounts.append(account)
        with part.open("rb") as stream:
            while piece := stream.read(_PIECE):
                yield piece
        part.unlink()


def _entries(done: Iterable[tuple[Path, Account]], accounts: list[Account]) -> Iterator[Any]:
    for part, account in done:
        accounts.append(account)
        left = account.records
        with part.open("rb") as stream:
            while left > 0:
                batch = pickle.load(stream)  # noqa: S301 - written a moment ago by our own process
                left -= len(batch)
                yield from batch
        part.unlink()


def _account(name: str, reading: Reading, records: int) -> Account:
    return Account(
        name=name,
        problems=tuple(reading.problems),
        format=reading.format,
        provider=reading.provider,
        encoding=reading.encoding,
        start_tags=reading.start_tags,
        records=records,
        field_counts=dict(reading.field_counts),
    )


def _from_path(path: Path) -> Iterator[Input | Account]:
    try:
        with path.open("rb") as stream:
            packed = stream.read(2) == b"PK"
        if packed:
            yield from _unpacked(path.read_bytes(), str(path))
        else:
            yield Input(str(path), path)
    except OSError as failure:
        message = f"The file cannot be opened ({failure.strerror}); check that you may read it."
        yield Account(str(path), (error(str(path), message),))


def _unpacked(data: bytes, name: str) -> Iterator[Input | Account]:
    try:
        for inner, content in members(data, name):
            yield Input(inner, data=content)
    except WinnowError as refused:
        yield Account(name, refused.problems)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in path.parts)
