"""What a reader keeps beside the records: where it is, what it noticed, what it could not keep."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from screening.problems import Problem, Severity, note, warning
from screening.records import Fields

# What a syntax's reader hands over for each entry: its fields, its text, the line it begins in, the format and
# the provider. A bare tuple is made in a thirtieth of the time of a named one.
Found = tuple[Fields, str, int | None, str, str | None]


@dataclass(slots=True)
class _Tally:
    severity: Severity
    message: str
    count: int
    first: str


def _nothing(_text: str, _line: int, _own: str) -> Iterator[Found]:
    yield from ()


@dataclass(slots=True)
class Context:
    """The running account of one file, shared by the readers of its parts.

    `started` counts start tags apart from the readers; `headless` counts records kept that have none
    and `unread` start tags of which no record could be made, both named in `problems`; text so damaged
    that a second count says nothing is `uncountable`, and named too. `read_part`
    reads a part of the text, from a line on, that is not in the format given.
    """

    name: str
    provider: str | None = None
    problems: list[Problem] = field(default_factory=list)
    read_part: Callable[[str, int, str], Iterator[Found]] = _nothing
    started: int = 0
    headless: int = 0
    uncountable: bool = False
    unread: int = 0
    _tallies: dict[str, _Tally] = field(default_factory=dict)

    def at(self, line: int | None = None) -> str:
        """Return the place of a line as a person looks for it."""
        return f"{self.name}, line {line}" if line else self.name

    def warn(self, line: int | None, message: str, subject: str = "") -> None:
        """Report something doubtful at a line."""
        self.problems.append(warning(self.at(line), message, subject))

    def tally(self, key: str, line: int | None, message: str, *, doubtful: bool = False) -> None:
        """Count something that may occur in every record and is told once, with "{n}" times."""
        seen = self._tallies.get(key)
        if seen:
            seen.count += 1
        else:
            severity = Severity.WARNING if doubtful else Severity.NOTE
            self._tallies[key] = _Tally(severity, message, 1, self.at(line))

    def close(self) -> None:
        """Turn what was counted into problems."""
        for key, seen in self._tallies.items():
            report = warning if seen.severity is Severity.WARNING else note
            self.problems.append(report(seen.first, seen.message.format(n=seen.count), key))
        self._tallies.clear()
