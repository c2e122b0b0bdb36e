"""Read an export in a process of its own, while this one writes what was read."""

import multiprocessing
import os
import sys
import threading
from collections.abc import Iterator
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any

from review.store.stored import StoredRecord, stored
from screening.identification.readers import Reading
from screening.problems import WinnowError, error

_WORTH_IT = 300_000  # bytes; below, both together take a moment
_SENT_AT_ONCE = 500


def stored_records(reading: Reading, name: str, size: int, skip: int) -> Iterator[StoredRecord]:
    """Yield the records of a reading as they are stored, but for the first `skip`.

    A large file (`size` in bytes) is read ahead by a fork where that is safe: on Linux, in a process
    without other threads. What the reading tells of the file is complete once all are yielded. Raises
    WinnowError where the other process came to an end before the file did.
    """
    if size < _WORTH_IT or not _may_fork():
        yield from map(stored, islice(reading.records, skip, None))
        return
    processes = multiprocessing.get_context("fork")
    here, there = processes.Pipe(duplex=False)
    reader = processes.Process(target=_read, args=(reading, skip, here, there), daemon=True)
    reader.start()
    there.close()
    try:
        while isinstance(said := here.recv(), list):
            yield from said
    except EOFError:
        raise WinnowError(
            error(name, "reading stopped before the end of the file. Run the command again.")
        ) from None
    finally:
        here.close()  # whoever wants no more of it lets the reader end, too
        reader.join()
    if isinstance(said, Exception):
        raise said
    for told, value in said.items():
        setattr(reading, told, value)


def _may_fork() -> bool:
    return (
        sys.platform == "linux"
        and threading.active_count() == 1
        and len(os.sched_getaffinity(0)) > 1
    )


def _read(reading: Reading, skip: int, other: Connection, to: Connection) -> None:
    other.close()
    rest = map(stored, islice(reading.records, skip, None))
    said: dict[str, Any] | Exception
    try:
        while some := list(islice(rest, _SENT_AT_ONCE)):
            to.send(some)
        said = {
            "encoding": reading.encoding,
            "problems": reading.problems,
            "start_tags": reading.start_tags,
            "field_counts": reading.field_counts,
            "provider": reading.provider,
        }
    except BrokenPipeError:
        return  # nobody waits for the rest
    except Exception as fault:  # noqa: BLE001 - it is raised where the records are asked for
        said = fault
    to.send(said)
