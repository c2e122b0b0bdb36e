from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review.store import queries
from review.store.events import Decided, ProtocolAdopted
from review.store.ledger import Ledger
from screening.records import Stage, Verdict
from tests.review.store.histories import load

ABSTRACT, FULL_TEXT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
DUAL = {"title_abstract": {"policy": "dual"}, "full_text": {"policy": "dual"}}


def vote(
    ledger: Ledger, reviewer: str, key: str, verdict: Verdict, stage: Stage = ABSTRACT
) -> None:
    reasons = ("population",) if verdict is Verdict.EXCLUDE else ()
    said = Decided(
        reference=key, stage=stage, verdict=verdict, reasons=reasons, note=f"{verdict}: because"
    )
    with ledger.write(reviewer, "web") as writer:
        writer.append(said)


def seen_by(ledger: Ledger, reviewer: str) -> list[Any]:
    """Return all that the store offers to a reviewer whose second vote is still open."""
    with ledger.read() as conn:
        return [
            [queries.queue(conn, stage, reviewer, order=order, limit=99) for order in ORDERS]
            + [
                queries.count_queue(conn, stage, reviewer),
                queries.own_votes(conn, stage, reviewer),
                queries.progress(conn, stage),
                queries.waiting_for_second(conn, stage),
                queries.conflicts(conn, stage),
                queries.state_counts(conn, stage),
            ]
            for stage in (ABSTRACT, FULL_TEXT)
        ] + [queries.references(conn)]


MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
ORDERS: tuple[queries.Order, ...] = ("random", "year", "source", "title", "ranked")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(list(Verdict)), min_size=3, max_size=3))
def test_what_another_s_open_vote_says_shows_nowhere(
    tmp_path_factory: pytest.TempPathFactory, verdicts: list[Verdict]
) -> None:
    views = []
    for said in (verdicts, list(Verdict)):
        place = tmp_path_factory.mktemp("r") / "review.db"
        with Ledger.open(place, create=True, clock=lambda: MOMENT) as ledger:
            load(ledger, records=4)
            with ledger.write("anna", "cli") as writer:
                writer.append(ProtocolAdopted(text="", sha256="x", screening=DUAL))
            for reviewer in ("anna", "ben"):
                vote(ledger, reviewer, "r4", Verdict.INCLUDE)
            for key, verdict in zip(("r1", "r2", "r3"), said, strict=True):
                vote(ledger, "ben", key, verdict)
            vote(ledger, "ben", "r4", said[0], FULL_TEXT)
            views.append(seen_by(ledger, "anna"))
    assert views[0] == views[1]
