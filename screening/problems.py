"""Findings about input are values; misuse of the program is an exception."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: an error must be mended, a warning explained, a note read."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding about input or consistency, with its place and remedy.

    `message` is a whole sentence that says what happened and what to do. `where` is the place as a
    person would look for it ("medline.nbib, line 12, record 3"). `subject` names the thing spoken of
    (a reference key, a rule's id, a column) so that pages can link to it.
    """

    severity: Severity
    where: str
    message: str
    subject: str = ""

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{self.severity}: {place}{self.message}"

    def as_json(self) -> dict[str, str]:
        """Return the problem as plain strings, ready for a JSON line."""
        return {
            "severity": str(self.severity),
            "where": self.where,
            "message": self.message,
            "subject": self.subject,
        }


def error(where: str, message: str, subject: str = "") -> Problem:
    """Return a problem that must be mended."""
    return Problem(Severity.ERROR, where, message, subject)


def warning(where: str, message: str, subject: str = "") -> Problem:
    """Return a problem that must be explained."""
    return Problem(Severity.WARNING, where, message, subject)


def note(where: str, message: str, subject: str = "") -> Problem:
    """Return a problem that need only be read."""
    return Problem(Severity.NOTE, where, message, subject)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether any of the problems must be mended."""
    return any(problem.severity is Severity.ERROR for problem in problems)


class WinnowError(Exception):
    """A misuse or an unusable input, told to the user as sentences and never as a traceback.

    Carries the problems that caused it, all at once. `exit_status` is 1 where problems were found in
    what was read and 2 where the program was called wrongly or cannot start.
    """

    def __init__(self, problems: Problem | Iterable[Problem], *, exit_status: int = 2) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        self.exit_status = exit_status
        super().__init__("\n".join(str(problem) for problem in self.problems))
