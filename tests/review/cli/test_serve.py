"""`winnow serve` listens where it was told to, and answers at once."""

import asyncio
import logging
import re
import socket
from pathlib import Path

import pytest

from review.cli.serve import as_sentence, listen
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
    taken = pytest.raises(WinnowError, match=r"cannot be used .* Try --port 0")
    with listen("127.0.0.1", 0) as first, taken:
        listen("127.0.0.1", first.getsockname()[1])


def test_who_comes_before_the_server_is_ready_is_not_turned_away() -> None:
    with listen("127.0.0.1", 0) as first:
        socket.create_connection(first.getsockname(), timeout=5).close()


def test_a_fault_in_a_page_is_told_as_a_sentence_with_its_details_in_a_file(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    log = logging.getLogger("a server")
    log.addFilter(as_sentence)
    log.error("Exception in ASGI application", exc_info=KeyError("r17"))
    told = capsys.readouterr().err
    assert "KeyError: 'r17'" in told
    assert "Traceback" not in told
    kept = Path(re.search(r"send (\S+) to", told)[1])
    assert "KeyError: 'r17'" in kept.read_text(encoding="utf-8")
    kept.unlink()
    log.error("Something else")
    assert [record.message for record in caplog.records] == ["Something else"]
