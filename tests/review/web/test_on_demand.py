"""Pages are taken up with the first request for one of their addresses."""

import asyncio
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from review.web.on_demand import OnDemand
from review.web.pages import PAGES, routes_of
from tests.review.running import awaited


def addresses(file: str) -> set[str]:
    """Return the addresses that a file of pages answers."""
    return {route.path for route in routes_of(file).routes if isinstance(route, APIRoute)}


def test_every_address_of_a_page_is_listed_by_its_first_word() -> None:
    listed = {
        file: {word for word in PAGES if file in PAGES[word]}
        for of in PAGES.values()
        for file in of
    }
    for file, words in listed.items():
        assert {path.split("/")[1] for path in addresses(file)} == words, file


def test_a_page_that_many_ask_for_at_once_is_taken_up_once() -> None:
    pages = FastAPI()
    asked: list[str] = []

    async def answer(scope: Any, *_: Any) -> None:
        asked.append(scope["path"])

    on_demand = OnDemand(answer, pages)
    once = FastAPI()
    once.include_router(routes_of("log"))

    async def many() -> None:
        calls = (on_demand({"type": "http", "path": "/log"}, None, None) for _ in range(5))  # type: ignore[arg-type]
        await asyncio.gather(*calls)

    awaited(many())
    assert asked == ["/log"] * 5
    assert len(pages.routes) == len(once.routes)
