"""Reviewers who decide at once over HTTP, and the proof that the ledger holds what they were told."""

import html
import http.client
import re
import threading
import time
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from review.pipeline.project import open_project
from review.store import queries
from review.store.events import Decided
from review.store.queries.ranking import stage_lines
from screening.records import Stage

_STAGE = Stage.TITLE_ABSTRACT


@dataclass
class Reviewer:
    """Someone who decides over HTTP, with a cookie and one connection that is kept open.

    `given` is what was acknowledged, `taken` how many milliseconds each decision took until the next
    reference was there.
    """

    place: str
    name: str
    cookie: str = ""
    given: list[Decided] = field(default_factory=list)
    taken: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection(self.place)
        self._csrf = ""
        self._shown = ""

    def sign_in(self, password: str) -> None:
        """Sign in by name and password."""
        self.ask("POST", "/sign-in", {"name": self.name, "password": password})

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> str:
        """Send a request and return the page it is answered with."""
        headers = {"Cookie": self.cookie}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["X-Fragment"] = "1"
        body = urlencode(form) if form is not None else None
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        page = answer.read().decode()
        if answer.status >= 400:
            message = f"{self.name} was answered {answer.status}: {page}"
            raise RuntimeError(message)
        if cookie := answer.headers["Set-Cookie"]:
            self.cookie = cookie.partition(";")[0]
        return page

    def look(self, more: str = "") -> None:
        """Open the page Screen."""
        self._see(self.ask("GET", f"/screen/title_abstract{more}"))

    def decide(self, **more: str) -> bool:
        """Decide on what is shown and see what comes next; False where nothing is shown."""
        if not self._shown:
            return False
        verdict = "include" if int(self._shown[1:]) % 20 == 0 else "exclude"
        note = f"{self.name} on {self._shown}"
        form = {"csrf": self._csrf, "reference": self._shown, "verdict": verdict, "note": note}
        begun = time.perf_counter()
        page = self.ask("POST", "/screen/title_abstract", form | more)
        self.taken.append((time.perf_counter() - begun) * 1000)
        said = {"reference": self._shown, "stage": _STAGE, "verdict": verdict, "note": note}
        self.given.append(Decided.model_validate(said))
        self._see(page)
        return True

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def _see(self, page: str) -> None:
        if token := re.search(r'name="csrf" value="([^"]+)"', page):
            self._csrf = html.unescape(token[1])
        found = re.search(r'name="reference" value="(r\d+)"', page)
        self._shown = found[1] if found else ""


def together(reviewers: Sequence[Reviewer], each: int) -> None:
    """Let people who are signed in decide at once, without a pause, so many times or till none is left."""
    for reviewer in reviewers:
        reviewer.look()
    failed: list[BaseException] = []

    def work(reviewer: Reviewer) -> None:
        try:
            for _ in range(each):
                if not reviewer.decide():
                    return
        except BaseException as fault:  # noqa: BLE001 - told in the thread that waits
            failed.append(fault)

    threads = [threading.Thread(target=work, args=(reviewer,)) for reviewer in reviewers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def amiss(
    folder: Path,
    reviewers: Sequence[Reviewer],
    after: int = 0,
    *,
    team: Collection[str] | None = None,
) -> list[str]:
    """Return every way in which the ledger differs from what these reviewers were acknowledged.

    That is a decision that is lost, doubled, of another person or not as it was said, an id left out,
    and a reference whose voters are not those who voted. `after` is the last event before they began; of others than the
    `team`, where one is named, no decision is looked at.
    """
    given = Counter((each.name, said) for each in reviewers for said in each.given)
    with open_project(folder) as project, project.ledger.read() as conn:
        events = list(queries.events_since(conn, after))
        lines = {line.key: line for line in stage_lines(conn, _STAGE)}
    kept = Counter(
        (one.actor, one.event)
        for one in events
        if isinstance(one.event, Decided) and (team is None or one.actor in team)
    )
    wrong = [f"lost: {name}, {said}" for name, said in given - kept]
    wrong += [f"doubled, or never given so: {name}, {said}" for name, said in kept - given]
    if [one.id for one in events] != list(range(after + 1, after + 1 + len(events))):
        wrong.append("the ids of events do not follow one another")
    wrong += [
        f"{said.reference} lacks {name} among its voters {lines[said.reference].voters}"
        for name, said in given
        if not lines[said.reference].voted(name)
    ]
    return wrong
