"""`winnow serve` listens where it was told to, and answers at once."""

import asyncio
import socket

import pytest

from review.cli.serve import listen
from screening.problems import WinnowError
from tests.review.running import awaited


def test_an_answer_is_not_held_back_until_its_first_part_is_acknowledged() -> None:
    async def at_once() -> bool:
        found = asyncio.get_running_loop().create_future()

        def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            sent_on = writer.get_extra_info("socket")
            found.set_result(sent_on.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listening = listen("127.0.0.1", 0)
        async with await asyncio.start_server(answer, sock=listening):
            _, visitor = await asyncio.open_connection(*listening.getsockname())
            visitor.close()
            return bool(await found)

    assert awaited(at_once())


def test_an_address_that_is_taken_is_told_with_a_remedy() -> None:
    with listen("127.0.0.1", 0) as first:
        first.listen()
        with pytest.raises(WinnowError, match=r"cannot be used .* Try --port 0"):
            listen("127.0.0.1", first.getsockname()[1])
