"""Work on one batch after the other in processes of their own, in order."""

import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

Batch = TypeVar("Batch")
Result = TypeVar("Result")


def spread(
    work: Callable[[Batch], Result], batches: Iterable[Batch], processes: int
) -> Iterator[Result]:
    """Yield the result of every batch in the order of the batches.

    `processes` may work while the batches are made here; only a few batches wait at a time. A single
    batch, or a single process, is worked on here. What `work` raises is raised here.
    """
    coming = iter(batches)
    first = list(_some(coming, 2))
    if processes < 2 or len(first) < 2:
        yield from map(work, first)
        yield from map(work, coming)
        return
    from concurrent.futures import Future, ProcessPoolExecutor

    # A fork starts at once and needs no second import; elsewhere it is not safe.
    method = "fork" if sys.platform == "linux" else None
    waiting: deque[Future[Result]] = deque()
    with ProcessPoolExecutor(processes, multiprocessing.get_context(method)) as pool:
        for batch in first:
            waiting.append(pool.submit(work, batch))
        for batch in coming:
            waiting.append(pool.submit(work, batch))
            if len(waiting) > 2 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def spread_over(
    processes: int, work: Callable[[Batch], Result], batches: Iterable[Batch]
) -> Iterator[Result]:
    """Yield the result of every batch in the order of the batches, as `map` does.

    Unlike with `spread`, `work` may hold much that all batches need: it is handed on only by forking,
    without a copy. Where that is not safe, the work is done here.
    """
    if sys.platform != "linux":
        return map(work, batches)
    _Held.work = work
    return spread(_held, batches, processes)


class _Held:
    """What a forked process finds in its memory."""

    work: Callable[[Any], Any]


def _held(batch: Any) -> Any:  # noqa: ANN401 - as `work` has it
    return _Held.work(batch)


def _some(coming: Iterator[Batch], number: int) -> Iterator[Batch]:
    for _ in range(number):
        for batch in coming:
            yield batch
            break
