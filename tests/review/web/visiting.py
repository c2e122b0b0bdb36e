"""A served review and the people who visit it, each with a browser's cookies and no browser."""

import shutil
import tomllib
import warnings
from collections import deque
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from httpx import Response

from review.pipeline.project import open_project
from review.pipeline.screening.screen import Ruling, adjudicate, decide
from review.web.app import create_app
from review.web.pages import every_router
from review.web.sessions import COOKIE, Session
from screening.records import Stage, Verdict
from tests.review.running import PROTOCOL, small_review, winnow

with warnings.catch_warnings():
    # Starlette would rather have httpx's successor, which few have yet; httpx does all we ask.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

DUAL = PROTOCOL.replace('reviewers = ["anna"]', 'reviewers = ["anna", "ben", "cleo"]').replace(
    "[screening.full_text]",
    '[screening.title_abstract]\nreviewers = ["anna", "ben"]\npolicy = "dual then adjudicated"\n'
    'reasons = ["population"]\n'
    '[screening.full_text]\nreviewers = ["anna", "ben"]\npolicy = "dual then adjudicated"',
)


def ready_review(folder: Path, protocol: str = DUAL) -> Path:
    """Write a small review, load and deduplicate it: r1, r2, r3 and r5 wait to be screened."""
    small_review(folder, protocol)
    first = tomllib.loads(protocol)["review"]["reviewers"][0]
    for verb in ("load", "dedupe"):
        ran = winnow(verb, "--project", folder, "--as", first)
        assert ran.status == 0, ran.err
    return folder


def copied(review: Path, to: Path) -> Path:
    """Return a copy of a review that is not open."""
    return Path(shutil.copytree(review, to))


def paths(method: str) -> list[str]:
    """Return the path of every route that answers a method, parameters in braces."""
    return [
        route.path
        for router in every_router()
        for route in router.routes
        if isinstance(route, APIRoute) and method in (route.methods or ())
    ]


class Visitor:
    """One signed-in person; `post` sends the form's token along, as a page's own form would."""

    def __init__(self, app: FastAPI, name: str | None) -> None:
        self.client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
        self.session: Session = app.state.server.sessions.begin(name)
        self.client.cookies.set(COOKIE, self.session.key)

    def get(self, path: str, **more: Any) -> Response:
        """Ask for a page."""
        return self.client.get(path, **more)

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> Response:
        """Send a form."""
        return self.client.post(path, data={"csrf": self.session.csrf, **(data or {})}, **more)


def decided(
    folder: Path, person: str, key: str, verdict: str, *reasons: str, stage: str = "title_abstract"
) -> None:
    """Let a person decide by another door than the pages."""
    ruling = Ruling(_STAGES[stage], Verdict(verdict), reasons)
    with open_project(folder) as project:
        decide(project, person, key, ruling)


def adjudicated(folder: Path, person: str, key: str, verdict: str, *reasons: str) -> None:
    """Let a person settle a conflict at title and abstract by another door than the pages."""
    with open_project(folder) as project:
        adjudicate(project, person, key, Ruling(Stage.TITLE_ABSTRACT, Verdict(verdict), reasons))


def app_of(folder: Path) -> FastAPI:
    """Serve a review on this machine only.

    All pages are imported beforehand: a thread that still did so when a test ends would meet the filters
    of warnings that pytest puts back.
    """
    deque(every_router(), maxlen=0)
    return create_app(folder)


_STAGES: dict[str, Any] = {"title_abstract": Stage.TITLE_ABSTRACT, "full_text": Stage.FULL_TEXT}
