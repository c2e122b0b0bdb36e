"""The work behind `winnow dedupe --input`: records from a plain file in, their groups out."""

import csv
import gc
import gzip
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

from review.cli.dedupe_tables import (
    COLUMNS,
    header_of,
    is_workbook,
    items_of,
    rows_of_text,
    rows_of_workbook,
)
from review.cli.terminal import Progress, finish, print_json, say
from screening.identification.matching.groups import Item, Matching, match
from screening.identification.matching.policy import DedupePolicy
from screening.problems import Problem, WinnowError, error, note
from screening.records import Fields

_HEADER = ("id", "group_id", "kept", "decision", "score", "reason")
_VALUES = attrgetter(*Fields.__dataclass_fields__)
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Input:
    """The records of one file and what was wrong with it."""

    items: list[Item]
    problems: list[Problem] = field(default_factory=list)


def deduplicate_files(
    source: Path,
    output: Path | None = None,
    pairs: Path | None = None,
    threads: int | None = None,
    as_json: bool = False,
    policy: DedupePolicy | None = None,
) -> None:
    """Group the records of a file and write the groups to `output`, or to standard output.

    The columns are id, group_id (the id of the record kept), kept (1 or 0), decision (auto, review or
    single), score and reason. `pairs` takes the scored pairs. With `as_json` the counts, the seconds of
    each phase and the peak memory go to standard output, which then needs an `output`.
    """
    if output is None and as_json:
        raise WinnowError(
            error("", "Counts and groups cannot both go to standard output; give --output FILE.")
        )
    with _uncollected():
        _deduplicate(source, output, pairs, threads, as_json, policy)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for garbage among millions of values that live to the end."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _deduplicate(
    source: Path,
    output: Path | None,
    pairs: Path | None,
    threads: int | None,
    as_json: bool,
    policy: DedupePolicy | None,
) -> None:
    started = time.perf_counter()
    read = read_items(source)
    seconds = {"read": time.perf_counter() - started}
    with Progress("reading") as progress:
        found = match(
            read.items,
            policy,
            progress=progress.show,
            clock=time.perf_counter,
            threads=threads or _cores(),
            list_merges=pairs is not None,
        )
    seconds |= found.phases
    started = time.perf_counter()
    _write(output, _HEADER, _group_rows(read.items, found))
    if pairs:
        _write(pairs, ("a", "b", "decision", "score", "reason"), _pair_rows(found))
    seconds["write"] = time.perf_counter() - started
    facts = counts(read.items, found)
    if as_json:
        rounded = {phase: round(value, 3) for phase, value in seconds.items()}
        print_json({**facts, "seconds": rounded, "peak_memory_mb": peak_memory()})
    elif output is not None:
        say(
            f"{facts['records']:,} records, {facts['references']:,} references: "
            f"{facts['duplicates']:,} duplicates in {facts['groups']:,} groups; "
            f"{facts['review']:,} pairs for a person to look at."
        )
    finish([*read.problems, *_beyond(found)], as_json=as_json)


def read_items(source: Path) -> Input:
    """Return the records of a file: a table with the columns of `COLUMNS`, or any export.

    A gzipped file is unpacked. Raises WinnowError when the file cannot be read or no record is in it
    that could be named.
    """
    try:
        data = source.read_bytes()
    except OSError as failure:
        raise WinnowError(
            error(str(source), f"This file cannot be read: {failure.strerror}.")
        ) from failure
    if data.startswith(_GZIP):
        return _read_one(gzip.decompress(data), source.name.removesuffix(".gz"))
    if data.startswith(_ZIP) and not is_workbook(data):
        return _read_archive(data, source.name)
    return _read_one(data, source.name)


def _read_archive(data: bytes, name: str) -> Input:
    from screening.identification.readers import members

    whole = Input([])
    for member, content in members(data, name):
        read = _read_one(content, member)
        whole.problems.extend(read.problems)
        # Two files may use one id: the file's name comes before it.
        whole.items.extend(Item(f"{member}:{item.key}", item.fields) for item in read.items)
    return whole


def _read_one(data: bytes, name: str) -> Input:
    rows = rows_of_workbook(data) if data.startswith(_ZIP) else rows_of_text(data)
    return _from_table(rows, name) or _from_export(data, name)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def counts(items: list[Item], found: Matching) -> dict[str, int]:
    """Return how many records there are, references behind them, groups, duplicates and doubts."""
    duplicates = sum(len(group.keys) - 1 for group in found.groups)
    return {
        "records": len(items),
        "references": len(items) - duplicates,
        "groups": len(found.groups),
        "duplicates": duplicates,
        "review": len(found.queued),
        "beyond_review": found.unqueued,
        "candidate_pairs": found.candidates,
    }


def peak_memory() -> float | None:
    """Return the most memory this process has held, in MB, where the system tells."""
    try:
        import resource
    except ImportError:  # Windows does not tell
        return None
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(used / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)


def _from_table(rows: Iterator[list[str]], name: str) -> Input | None:
    problems: list[Problem] = []
    try:
        header = header_of(next(rows, []))
        if header is None:
            return None
        unknown = [column for column in header if column and column not in COLUMNS]
        if unknown:
            problems.append(note(name, f"These columns were not used: {', '.join(unknown)}."))
        return Input(list(items_of(name, header, rows, problems)), problems)
    except csv.Error as failure:
        raise WinnowError(error(name, f"This table cannot be read: {failure}.")) from failure


def _from_export(data: bytes, name: str) -> Input:
    from screening.identification.readers import read

    reading = read(data, name)
    items = [Item(str(record.position), record.fields) for record in reading.records]
    return Input(items, reading.problems)


def _group_rows(items: list[Item], found: Matching) -> Iterator[tuple[object, ...]]:
    by_key = {item.key: item for item in items}
    grouped: dict[str, tuple[object, ...]] = {}
    for group in found.groups:
        kept = min(group.keys, key=lambda key: _poverty(by_key[key]))
        for key in group.keys:
            grouped[key] = (key, kept, int(key == kept), "auto", group.score, group.reason)
    doubtful: dict[str, tuple[object, ...]] = {}
    for pair in found.queued:
        for key, other in ((pair.a, pair.b), (pair.b, pair.a)):
            reason = f"perhaps {other}: {pair.reason}"
            doubtful.setdefault(key, (key, key, 1, "review", pair.score, reason))
    for item in items:
        yield (
            grouped.get(item.key)
            or doubtful.get(item.key)
            or (item.key, item.key, 1, "single", "", "")
        )


def _poverty(item: Item) -> tuple[int, int, str]:
    """Return what sorts the fullest record of a group first, whatever the order of the file."""
    filled = sum(map(bool, _VALUES(item.fields)))
    return -filled, -len(item.fields.abstract or ""), item.key


def _pair_rows(found: Matching) -> Iterator[tuple[object, ...]]:
    for pair in found.merged:
        yield pair.a, pair.b, "auto", pair.score, pair.reason
    for pair in found.queued:
        yield pair.a, pair.b, "review", pair.score, pair.reason


def _beyond(found: Matching) -> list[Problem]:
    if not found.unqueued:
        return []
    message = (
        f"{found.unqueued:,} more pairs were alike in part and less likely; they were left apart without "
        "asking. Raise review_share under [dedupe] in review.toml to see them."
    )
    return [note("", message)]


def _write(path: Path | None, header: Iterable[str], rows: Iterable[tuple[object, ...]]) -> None:
    """Write a csv file whole or not at all, or to standard output."""
    if path is None:
        csv.writer(sys.stdout, lineterminator="\n").writerows([header, *rows])
        return
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([header, *rows])
        unfinished.replace(path)
    except OSError as failure:
        unfinished.unlink(missing_ok=True)
        raise WinnowError(
            error(str(path), f"This file cannot be written: {failure.strerror}.")
        ) from failure
