import multiprocessing
import os
import signal
from collections.abc import Iterator
from io import BytesIO

import pytest

from review.pipeline.identification import ahead
from review.store.stored import stored
from screening.identification.readers import open_reading
from screening.problems import WinnowError
from screening.records import Record

RIS = "".join(f"TY  - JOUR\nTI  - Title {n}\nPY  - 20x{n % 10}\nER  - \n\n" for n in range(2_000))


@pytest.fixture(autouse=True)
def _any_size_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "_WORTH_IT", 0)
    monkeypatch.setattr(ahead, "_may_fork", lambda: True)


def reading_of(text: str) -> ahead.Reading:
    return open_reading(BytesIO(text.encode()), "some.ris")


@pytest.mark.parametrize("skip", [0, 1, 499, 500, 1_999, 2_000])
def test_what_is_read_ahead_is_what_is_read_here(skip: int) -> None:
    here, there = reading_of(RIS), reading_of(RIS)
    expected = [stored(record) for record in here.records][skip:]
    assert list(ahead.stored_records(there, "some.ris", len(RIS), skip)) == expected
    for told in ("encoding", "problems", "start_tags", "field_counts", "provider", "format"):
        assert getattr(there, told) == getattr(here, told)


def test_what_the_reader_raises_is_raised_where_its_records_are_asked_for() -> None:
    reading = reading_of(RIS)

    def broken() -> Iterator[Record]:
        yield next(whole)
        raise WinnowError(())

    whole = reading.records
    reading.records = broken()
    with pytest.raises(WinnowError):
        list(ahead.stored_records(reading, "some.ris", 1, 0))


def test_a_reader_that_is_killed_is_told_and_what_came_is_no_end() -> None:
    reading = reading_of(RIS)

    def killed() -> Iterator[Record]:
        yield next(whole)
        os.kill(os.getpid(), signal.SIGKILL)

    whole, reading.records = reading.records, killed()
    with pytest.raises(WinnowError, match="stopped before the end"):
        list(ahead.stored_records(reading, "some.ris", 1, 0))


def test_who_wants_no_more_leaves_no_process_behind() -> None:
    records = ahead.stored_records(reading_of(RIS * 20), "some.ris", 1, 0)
    next(records)
    assert multiprocessing.active_children()
    records.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
