"""Pages are taken up when somebody first asks for one, and the others while that one is read."""

import threading
from collections import deque

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from review.web.pages import PAGES, every_router, in_turn, routes_of

# Routes are built with the first request that is compared with them.
_ANY = {"type": "http", "method": "GET", "path": "/", "root_path": "", "headers": []}


class OnDemand:
    """Let the routes of an address be there before they are looked for in `pages`."""

    def __init__(self, app: ASGIApp, pages: FastAPI) -> None:
        self._app = app
        self._pages = pages
        self._there: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, once what answers it is there."""
        if scope["type"] == "http":
            word = scope["path"].lstrip("/").partition("/")[0]
            for file in PAGES.get(word, ()):
                if file not in self._there:
                    await self._take_up(file)
        await self._app(scope, receive, send)

    async def _take_up(self, file: str) -> None:
        router = await run_in_threadpool(in_turn, routes_of, file)
        if file not in self._there:  # another request may have waited for the same file
            first = not self._there
            self._there.add(file)
            self._pages.include_router(router)
            await run_in_threadpool(in_turn, self._pages.routes[-1].matches, _ANY)
            if first:  # and not before its routes are made, which take turns with every import
                threading.Thread(target=_import_all, daemon=True).start()


def _import_all() -> None:
    """Import what the other pages need, so that nobody who turns to one waits for that."""
    deque(every_router(), maxlen=0)
