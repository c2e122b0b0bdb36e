"""What became of a form: saved, not saved because of mistakes, or changed by someone else meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from fastapi.responses import JSONResponse, Response

from review.pipeline.unchanged import ChangedMeanwhile
from screening.problems import Problem, WinnowError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What saving gave, or why it did not: then the form is shown again with all that was filled in."""

    value: T | None
    problems: tuple[Problem, ...] = ()
    changed: bool = False

    @property
    def status(self) -> int:
        """Return the HTTP status of the page that shows the outcome."""
        return status_of(self.problems, changed=self.changed)


def attempt(save: Callable[[], T]) -> Outcome[T]:
    """Save, and return what became of it."""
    try:
        return Outcome(save())
    except WinnowError as told:
        return Outcome(None, told.problems, isinstance(told, ChangedMeanwhile))


def status_of(problems: object, *, changed: bool) -> int:
    """Return 409 where someone else saved meanwhile, 422 where there are mistakes, else 200."""
    return 409 if changed else 422 if problems else 200


def autosaved(seen: dict[str, int], words: str) -> Response:
    """Answer a form that saves itself: what it has now `seen`, and words with the time of day."""
    now = datetime.now(UTC).strftime("%H:%M:%S UTC")
    return JSONResponse({"seen": seen, "words": words.format(now=now)})


def not_autosaved(outcome: Outcome[T]) -> Response:
    """Answer a form that saves itself and was not saved, in words."""
    words = " ".join(problem.message for problem in outcome.problems)
    return JSONResponse({"words": words}, outcome.status)
