"""The pictures that Word shows where it draws no SVG: drawn when asked for, or aside in a second process.

They take a quarter of the time of a whole run, and nothing else waits for them until Word's file is
written.
"""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context

from review import resources
from synthesis.writers.png import WORD_DPI, png

Png = Callable[[], bytes]
Draw = Callable[[Callable[[], str]], Png]
"""Takes what makes an SVG, and returns what gives its PNG."""


def when_asked(svg: Callable[[], str]) -> Png:
    """Draw a picture when it is asked for, and not at all if it never is."""

    def drawn() -> bytes:
        return _drawing(svg())()

    return drawn


@contextmanager
def aside() -> Iterator[Draw]:
    """Give what draws pictures in a second process, from now on, one after the other.

    On a machine with one core, and where no process can be begun, they are drawn when asked for. The
    process ends with this context.
    """
    if (os.cpu_count() or 1) < 2:
        yield when_asked
        return
    # Begun anew, and not forked: a fork would share the ledger's connections.
    with ProcessPoolExecutor(
        max_workers=1,
        mp_context=get_context("spawn"),
        initializer=signal.signal,  # whoever stops the program hears of it from the program alone
        initargs=(signal.SIGINT, signal.SIG_IGN),
    ) as process:
        yield partial(_begun, process)


def _begun(process: ProcessPoolExecutor, svg: Callable[[], str]) -> Png:
    drawing = _drawing(svg())
    try:
        drawn = process.submit(drawing)
    except BrokenProcessPool:
        return drawing

    def finished() -> bytes:
        try:
            return drawn.result()
        except BrokenProcessPool:
            return drawing()

    return finished


def _drawing(svg: str) -> Png:
    files = [font.path for font in resources.fonts().values()]
    return partial(png, svg, files, family=resources.FONT_FAMILY, dpi=WORD_DPI)
