import threading
from collections import Counter

import pytest

from review.store import queries
from review.store.events import Decided, ProtocolAdopted
from review.store.ledger import Ledger
from screening.problems import WinnowError
from screening.records import Stage, Verdict
from tests.review.store.histories import load

ABSTRACT = Stage.TITLE_ABSTRACT
RECORDS = 12
REVIEWERS = [f"reviewer {n}" for n in range(8)]


def screen_everything(ledger: Ledger, reviewer: str) -> None:
    """Decide on what waits until nothing does; the verdict tells who gave it and on what."""
    while True:
        with ledger.read() as conn:
            waiting = queries.queue(conn, ABSTRACT, reviewer)
        if not waiting:
            return
        said = Decided(
            reference=waiting[0],
            stage=ABSTRACT,
            verdict=Verdict.INCLUDE,
            note=f"{reviewer} on {waiting[0]}",
        )
        with ledger.write(reviewer, "web") as writer:
            writer.append(said)


def test_of_many_who_decide_at_once_no_verdict_is_lost_doubled_or_given_to_another(
    any_ledger: Ledger,
) -> None:
    load(any_ledger, records=RECORDS)
    dual = {"title_abstract": {"policy": "dual"}}
    with any_ledger.write("anna", "cli") as writer:
        writer.append(ProtocolAdopted(text="", sha256="x", screening=dual))
    threads = [
        threading.Thread(target=screen_everything, args=(any_ledger, reviewer))
        for reviewer in REVIEWERS
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with any_ledger.read() as conn:
        votes = queries.votes(conn, ABSTRACT)
        ids = [said.id for said in queries.events_since(conn)]
        counts = queries.state_counts(conn, ABSTRACT)
    assert all(vote.note == f"{vote.reviewer} on {vote.record}" for vote in votes)
    given = Counter((vote.reviewer, vote.record) for vote in votes)
    assert set(given.values()) == {1}
    assert ids == list(range(1, len(ids) + 1))
    assert counts == {"include": RECORDS}
    assert any_ledger.rebuild() == []


@pytest.mark.postgres
def test_two_programs_on_postgresql_take_turns(postgres_url: str) -> None:
    with (
        Ledger.open(postgres_url, create=True) as one,
        Ledger.open(postgres_url, patience=0.2) as other,
    ):
        load(one)
        with (
            one.write("anna", "cli"),
            pytest.raises(WinnowError, match="Someone else is writing"),
            other.write("ben", "cli"),
        ):
            pass
        with other.write("ben", "cli") as writer:
            writer.append(Decided(reference="r1", stage=ABSTRACT, verdict=Verdict.INCLUDE))


def test_a_reader_sees_one_state_whatever_is_written_meanwhile(any_ledger: Ledger) -> None:
    load(any_ledger)
    with any_ledger.read() as conn:
        before = queries.state_counts(conn, ABSTRACT)
        with any_ledger.write("anna", "web") as writer:
            writer.append(Decided(reference="r1", stage=ABSTRACT, verdict=Verdict.INCLUDE))
        assert queries.state_counts(conn, ABSTRACT) == before
    with any_ledger.read() as conn:
        assert queries.state_counts(conn, ABSTRACT) != before
