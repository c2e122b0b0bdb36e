"""The pages, one file each: its routes and its context class. This is the one list of them.

A file is imported with the first request for one of its addresses: together they need most of the
program, and whoever opens a review would wait seconds for what they do not look at.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import ParamSpec, TypeVar

from fastapi import APIRouter

PAGES: Mapping[str, tuple[str, ...]] = {
    "": ("home",),
    "apart": ("apart",),
    "appraise": ("appraise",),
    "assets": ("assets",),
    "conflicts": ("conflicts",),
    "consensus": ("consensus",),
    "duplicates": ("duplicates",),
    "enter": ("sign_in",),
    "extract": ("extract",),
    "figures": ("figures",),
    "flow": ("flow",),
    "full-text": ("retrieval",),
    "load": ("load",),
    "log": ("log",),
    "measures": ("measures",),
    "people": ("people",),
    "protocol": ("protocol", "edit"),
    "rank": ("stopping",),
    "report": ("report", "edit"),
    "retrieve": ("retrieval",),
    "run": ("home",),
    # screen comes last: its last route takes any word
    "screen": ("own_votes", "several", "pilot", "second", "screen"),
    "sheets": ("sheets",),
    "sign-in": ("sign_in",),
    "sign-out": ("sign_in",),
    "stopping": ("stopping",),
    "synthesis": ("synthesis",),
    "tables": ("tables",),
    "trace": ("trace",),
}
"""The files that answer an address, by its first word, in the order in which they are asked."""

_TURN = threading.Lock()
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def in_turn(action: Callable[Asked, Answer], *args: Asked.args, **named: Asked.kwargs) -> Answer:
    """Do something of the making of pages while no other thread does.

    Of two threads that import parts of one library at once, one may see it half done; and the library
    that builds routes silences a warning for all threads, and each undoes it for the other.
    """
    with _TURN:
        return action(*args, **named)


def routes_of(file: str) -> APIRouter:
    """Return the routes of a file of pages, which is imported if it was not before."""
    router: APIRouter = import_module(f"{__name__}.{file}").router
    return router


def every_router() -> Iterator[APIRouter]:
    """Yield the routes of every file of pages."""
    for file in dict.fromkeys(file for files in PAGES.values() for file in files):
        yield in_turn(routes_of, file)
