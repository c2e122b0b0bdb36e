"""A real browser, and reviews served to it; every request it makes is watched."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from review.cli.serve import listen
from review.web.app import create_app
from review.web.sessions import COOKIE
from tests.review.web.visiting import copied, ready_review

SCREENSHOTS = Path(__file__).parents[2] / "out" / "screenshots"
_INSIDE = ("data:", "blob:", "chrome:", "chrome-extension:", "chrome-untrusted:", "about:")
"""Addresses within the browser itself; its viewer of PDFs is one of its extensions."""

# All that another colour scheme can change.
_RULES_ON_COLOUR = ["color-contrast", "link-in-text-block"]


class Served:
    """A review that is being served; `visit` opens a page as somebody."""

    def __init__(self, folder: Path, browser: Any) -> None:
        self.folder = folder
        self.app = create_app(folder)
        self._browser = browser
        self._listening = listen("127.0.0.1", 0)
        self.place = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        config = uvicorn.Config(self.app, log_level="warning", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._listening]}, daemon=True
        )
        self._contexts: list[Any] = []
        self.asked: list[str] = []

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def visit(self, name: str, path: str = "/", **options: Any) -> Any:
        """Return a page of a new browser context in which `name` is signed in.

        Options are Playwright's: java_script_enabled, color_scheme, viewport.
        """
        context = self._browser.new_context(base_url=self.place, **options)
        session = self.app.state.server.sessions.begin(name)
        context.add_cookies([{"name": COOKIE, "value": session.key, "url": self.place}])
        context.on("request", lambda request: self.asked.append(request.url))
        context.set_default_timeout(90_000)
        self._contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    def stop(self) -> None:
        """Close everything, and prove that no request left this machine."""
        for context in self._contexts:
            context.close()
        self._server.should_exit = True
        self._thread.join(10)
        self._listening.close()
        self.app.state.server.close()
        elsewhere = [url for url in self.asked if not url.startswith((self.place, *_INSIDE))]
        assert elsewhere == []


def press(page: Any, key: str) -> None:
    """Press a key when the page's script listens, and what has just come counts as seen.

    A page can be read before its script has come.
    """
    page.wait_for_load_state()
    page.locator("main:not([data-fresh])").wait_for()
    page.keyboard.press(key)


@pytest.fixture
def serve(browser: Any) -> Iterator[Callable[[Path], Served]]:
    """Return a function that serves a review's folder until the test ends."""
    running: list[Served] = []

    def begin(folder: Path) -> Served:
        served = Served(folder, browser)
        served.start()
        running.append(served)
        return served

    yield begin
    for served in running:
        served.stop()


@pytest.fixture(scope="session")
def made_review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the small review once; nobody opens this one."""
    return ready_review(tmp_path_factory.mktemp("made") / "review")


@pytest.fixture
def served(made_review: Path, tmp_path: Path, serve: Callable[[Path], Served]) -> Served:
    """Serve a copy of the small review under dual screening (anna, ben, cleo)."""
    return serve(copied(made_review, tmp_path / "review"))


@pytest.fixture
def picture() -> Callable[[Any, str], None]:
    """Return a function that keeps a picture of a page in out/screenshots, to be looked at."""

    def keep(page: Any, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    return keep


@pytest.fixture
def axe() -> Callable[..., list[str]]:
    """Return a function that gives what axe has to say against a page, or only against its colours."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - only for these tests

    def look(page: Any, *, colours: bool = False) -> list[str]:
        options: dict[str, list[str]] = {"resultTypes": ["violations"]}
        if colours:
            options["runOnly"] = _RULES_ON_COLOUR
        found = Axe().run(page, options=options).response["violations"]
        return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]

    return look
