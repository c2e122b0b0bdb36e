"""The work behind `winnow dedupe --input`: records from a plain file in, their groups out."""

import gc
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

import numpy as np

from review.cli.dedupe_reading import Input, read_input
from review.cli.spreading import spread_over
from review.cli.terminal import Progress, finish, print_json, say
from screening.identification.matching.columns import Columns
from screening.identification.matching.groups import Matching, match_columns
from screening.identification.matching.policy import DedupePolicy
from screening.problems import Problem, WinnowError, error, note

_HEADER = ("id", "group_id", "kept", "decision", "score", "reason")


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
    each phase and the most memory of a process go to standard output, which then needs an `output`.
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
    cores = threads or _cores()
    with Progress("reading") as progress:
        started = time.perf_counter()
        read = read_input(source, cores, progress if progress.shown else None)
        seconds = {"read and normalise": time.perf_counter() - started}
        found = match_columns(
            read.table,
            policy,
            progress=progress.show,
            clock=time.perf_counter,
            list_merges=pairs is not None,
            spread=partial(spread_over, cores),
        )
        seconds |= found.phases
        started = time.perf_counter()
        progress.show("writing", 0, 1)
        _write(output, _group_lines(read, found))
        if pairs:
            _write(pairs, _pair_lines(found))
        progress.show("writing", 1, 1)
        seconds["write"] = time.perf_counter() - started
    facts = counts(len(read.keys), found)
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


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def counts(records: int, found: Matching) -> dict[str, int]:
    """Return how many records there are, references behind them, groups, duplicates and doubts."""
    duplicates = sum(len(group.keys) - 1 for group in found.groups)
    return {
        "records": records,
        "references": records - duplicates,
        "groups": len(found.groups),
        "duplicates": duplicates,
        "review": len(found.queued),
        "beyond_review": found.unqueued,
        "candidate_pairs": found.candidates,
    }


def peak_memory() -> float | None:
    """Return the most memory, in MB, that one of the processes held, where the system tells.

    Processes that compare share nearly all of theirs with this one, so that they are not added up.
    """
    try:
        import resource
    except ImportError:  # Windows does not tell
        return None
    every = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = max(resource.getrusage(whose).ru_maxrss for whose in every)
    return round(used / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)


def _group_lines(read: Input, found: Matching) -> Iterator[str]:
    """Yield the lines of the groups, ready to be written.

    The csv module would look at every letter of every line, and most lines are alike.
    """
    yield f"{','.join(_HEADER)}\n"
    lines: dict[str, str] = {}
    # Ids hardly ever need quotes.
    written = _quoted if _QUOTED.search("".join(read.keys)) else str
    for pair in reversed(found.queued):
        for key, other in ((pair.b, pair.a), (pair.a, pair.b)):
            cell = written(key)
            why = _quoted(f"perhaps {other}: {pair.reason}")
            lines[key] = f"{cell},{cell},1,review,{pair.score},{why}\n"
    place = _places(read.table).__getitem__
    for group in found.groups:
        kept = min(group.keys, key=place)
        rest = f"auto,{group.score},{_quoted(group.reason)}\n"
        first = written(kept)
        for key in group.keys:
            lines[key] = f"{written(key)},{first},0,{rest}"
        lines[kept] = f"{first},{first},1,{rest}"
    for key in read.keys:
        line = lines.get(key)
        if line is None:
            cell = written(key)
            line = f"{cell},{cell},1,single,,\n"
        yield line


def _places(table: Columns) -> dict[str, int]:
    """Return the place of each record: of a group the first is kept, which says most.

    Where two say as much, it is that of the smaller id, whatever the order of the file.
    """
    order = np.lexsort((-table.abstract_length, -table.filled))
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return dict(zip(table.keys, places.tolist(), strict=True))


def _pair_lines(found: Matching) -> Iterator[str]:
    yield "a,b,decision,score,reason\n"
    for pairs, decision in ((found.merged, "auto"), (found.queued, "review")):
        for pair in pairs:
            ends = f"{_quoted(pair.a)},{_quoted(pair.b)}"
            yield f"{ends},{decision},{pair.score},{_quoted(pair.reason)}\n"


def _beyond(found: Matching) -> list[Problem]:
    if not found.unqueued:
        return []
    message = (
        f"{found.unqueued:,} more pairs were alike in part and less likely; they were left apart without "
        "asking. Raise review_share under [dedupe] in review.toml to see them."
    )
    return [note("", message)]


_QUOTED = re.compile('[",\\r\\n]')


@lru_cache(maxsize=1 << 14)  # most reasons are given many times
def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


_AT_ONCE = 20_000
"""Lines written at a time."""


def _write(path: Path | None, lines: Iterator[str]) -> None:
    """Write a csv file whole or not at all, or to standard output."""
    if path is None:
        sys.stdout.writelines(lines)
        return
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as stream:
            while some := list(islice(lines, _AT_ONCE)):
                stream.write("".join(some))
        unfinished.replace(path)
    except OSError as failure:
        unfinished.unlink(missing_ok=True)
        raise WinnowError(
            error(str(path), f"This file cannot be written: {failure.strerror}.")
        ) from failure
