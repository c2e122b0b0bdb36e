"""Who is signed in: sessions kept in the server's memory, named by secrets, ended by time."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

COOKIE = "winnow_session"


@dataclass(slots=True)
class Desk:
    """One reviewer's sitting at one stage: what they skipped, and what they decided.

    `waiting` is how much of the queue was left when it was last counted, less what was decided since:
    counting a long queue takes longer than a decision may.
    """

    skipped: list[str] = field(default_factory=list)
    decided: set[str] = field(default_factory=set)
    shown: str = ""
    waiting: int = 0

    def take_up(self, reference: str) -> None:
        """Note a decision, the first or a later one, on a reference."""
        self.waiting -= reference not in self.decided
        self.decided.add(reference)

    def take_back(self, reference: str) -> None:
        """Note that a decision is taken back."""
        self.waiting += 1
        self.decided.discard(reference)


@dataclass(slots=True)
class Session:
    """One signed-in browser. `person` is None until the visitor of a local server says who they are.

    `said` are sentences for the next page to show.
    """

    key: str
    csrf: str
    person: str | None
    until: float
    said: list[str] = field(default_factory=list)
    desks: dict[str, Desk] = field(default_factory=dict)

    def desk(self, stage: str) -> Desk:
        """Return the sitting at a stage."""
        return self.desks.setdefault(stage, Desk())

    def tell(self, sentence: str) -> None:
        """Keep a sentence for the next page."""
        self.said.append(sentence)

    def take_said(self) -> list[str]:
        """Return what is to be shown once, and forget it."""
        said, self.said = self.said, []
        return said


class Sessions:
    """The open sessions of one server. `clock` gives seconds that only run forward."""

    def __init__(self, hours: float, clock: Callable[[], float] = monotonic) -> None:
        self._seconds = hours * 3600
        self._clock = clock
        self._open: dict[str, Session] = {}
        self._lock = threading.Lock()

    def begin(self, person: str | None) -> Session:
        """Open a session; its keys are new, so no one can have fixed them beforehand."""
        session = Session(
            secrets.token_urlsafe(32),
            secrets.token_urlsafe(32),
            person,
            self._clock() + self._seconds,
        )
        with self._lock:
            now = self._clock()
            self._open = {key: each for key, each in self._open.items() if each.until > now}
            self._open[session.key] = session
        return session

    def find(self, key: str | None) -> Session | None:
        """Return the open session of a key and prolong it, or None."""
        with self._lock:
            session = self._open.get(key or "")
            if session is None or session.until <= self._clock():
                return None
            session.until = self._clock() + self._seconds
            return session

    def end(self, key: str) -> None:
        """Close a session."""
        with self._lock:
            self._open.pop(key, None)

    def end_all_of(self, person: str) -> None:
        """Close every session of a person, as when they are deactivated."""
        with self._lock:
            self._open = {k: each for k, each in self._open.items() if each.person != person}


class Attempts:
    """Failed sign-ins by name and address: after `most` within `seconds` one has to wait."""

    def __init__(
        self, most: int = 5, seconds: float = 300, clock: Callable[[], float] = monotonic
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._failed: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def too_many(self, *names: str) -> bool:
        """Return whether any of the names has failed too often lately."""
        with self._lock:
            return any(len(self._recent(name)) >= self._most for name in names)

    def failed(self, *names: str) -> None:
        """Note a failed sign-in under each of the names."""
        with self._lock:
            self._failed = {each: kept for each in self._failed if (kept := self._recent(each))}
            for name in names:
                self._failed[name] = [*self._recent(name), self._clock()]

    def _recent(self, name: str) -> list[float]:
        since = self._clock() - self._seconds
        return [at for at in self._failed.get(name, []) if at > since]
