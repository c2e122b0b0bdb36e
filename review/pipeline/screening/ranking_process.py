"""Ranking in a process of its own, so that neither a page nor the command line ever waits for it."""

import multiprocessing
import os
import signal
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Self

from review.pipeline.project import Project, open_project
from review.store import queries
from review.store.ledger import Door
from screening.problems import WinnowError

if TYPE_CHECKING:
    from review.pipeline.screening.rank import Ranker

_MOST_STARTS = 3  # a process that keeps dying is not started for ever
_SPAWNED = multiprocessing.get_context("spawn")  # a fork would take the server's threads along


class RankingDesk:
    """Keeps the orders of reviewers up to date, from a process that begins when it is first needed.

    Nothing here waits: an order that is not ready yet is simply the one before, and a reference that
    has no place in it comes at random after those that have. Threads may share one desk. The
    process ends with the desk, and with the program that holds it, however that ends.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._turn = threading.Lock()
        self._process: BaseProcess | None = None
        self._ask: Connection | None = None
        self._starts = 0

    @property
    def process_id(self) -> int | None:
        """Return the id of the ranking process, None where there is none."""
        return None if self._process is None else self._process.pid

    def order_for(self, reviewer: str) -> tuple[str, ...]:
        """Return the latest order of a reviewer, perhaps none, and have it renewed where it is due."""
        from review.pipeline.screening.rank import STAGE

        self.note_decision(reviewer)
        with self._project.ledger.read() as conn:
            found = queries.ranked_order(conn, STAGE, reviewer)
        return found.order if found else ()

    def note_decision(self, reviewer: str) -> None:
        """Say that a reviewer has decided, or begins; the order is renewed where that is due."""
        with self._turn:
            if self._process is None or not self._process.is_alive():
                self._start()
            if self._ask is not None:
                with suppress(
                    BrokenPipeError
                ):  # it has just died: the next decision begins another
                    self._ask.send(reviewer)

    def close(self) -> None:
        """End the process; what it had not finished is learnt at the next sitting."""
        with self._turn:
            self._end()
            self._starts = _MOST_STARTS

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> None:
        self._end()
        if self._starts >= _MOST_STARTS:
            return
        self._starts += 1
        heard, self._ask = _SPAWNED.Pipe(duplex=False)
        self._process = _SPAWNED.Process(
            target=_serve,
            args=(self._project.directory, self._project.door, heard),
            name="winnow-ranking",
            daemon=True,
        )
        self._process.start()
        heard.close()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
            self._process = None
        if self._ask is not None:
            self._ask.close()
            self._ask = None


def _serve(directory: Path, door: Door, asked: Connection) -> None:
    """Renew the orders of whoever decides, until the program that asks has ended.

    What learns is imported here alone: the program that asks need not wait for it when it starts.
    """
    from review.pipeline.screening.rank import Ranker

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl and C is for the program that asks
    if hasattr(os, "nice"):
        os.nice(10)  # where processors are few, pages come first
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        with open_project(directory, door=door) as project, suppress(EOFError):
            ranker = Ranker(project)
            while True:
                for reviewer in _next(asked):
                    _renew(ranker, reviewer)
    except WinnowError as refused:
        _tell(str(refused))


def _next(asked: Connection) -> list[str]:
    """Wait for a reviewer, and return everyone who has decided by then, each once."""
    names = {asked.recv(): None}
    while asked.poll():
        names[asked.recv()] = None
    return list(names)


def _renew(ranker: "Ranker", reviewer: str) -> None:
    try:
        if ranker.is_due(reviewer):
            ranker.rank(reviewer)
    except Exception as fault:  # noqa: BLE001 - screening goes on, whatever happens to its order
        _tell(f"{type(fault).__name__}: {fault}")


def _tell(fault: str) -> None:
    sys.stderr.write(
        f"warning: the order of references could not be learnt anew ({fault}). Screening goes on in "
        "the order there is; winnow rank shows whether it can be learnt.\n"
    )


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)
