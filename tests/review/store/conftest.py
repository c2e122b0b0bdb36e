"""Ledgers for the tests of the store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from review.store.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "review.db", create=True) as opened:
        yield opened


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    place = (
        tmp_path / "review.db"
        if request.param == "sqlite"
        else request.getfixturevalue("postgres_url")
    )
    with Ledger.open(place, create=True) as opened:
        yield opened
