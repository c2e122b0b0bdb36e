"""A small review, served."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from tests.review.web.visiting import Visitor, app_of, copied, ready_review


@pytest.fixture(scope="session")
def made_review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the review once; nobody opens this one."""
    return ready_review(tmp_path_factory.mktemp("made") / "review")


@pytest.fixture
def review(made_review: Path, tmp_path: Path) -> Path:
    """Return the folder of a loaded, deduplicated review under dual screening (anna, ben, cleo)."""
    return copied(made_review, tmp_path / "review")


@pytest.fixture
def app(review: Path) -> Iterator[FastAPI]:
    """Serve the review to this machine."""
    served = app_of(review)
    yield served
    served.state.server.close()


@pytest.fixture
def anna(app: FastAPI) -> Visitor:
    """Return the first reviewer, signed in."""
    return Visitor(app, "anna")


@pytest.fixture
def ben(app: FastAPI) -> Visitor:
    """Return the second reviewer, signed in."""
    return Visitor(app, "ben")


@pytest.fixture
def cleo(app: FastAPI) -> Visitor:
    """Return who adjudicates, signed in."""
    return Visitor(app, "cleo")
