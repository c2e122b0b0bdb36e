"""What the command line says, where it says it, and how it ends."""

import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn, Self, TypeVar

import click

from screening.problems import Problem, Severity

Function = TypeVar("Function", bound=Callable[..., Any])

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def say(text: str = "") -> None:
    """Write a line of results to standard output."""
    click.echo(text)


def complain(text: str) -> None:
    """Write a sentence to standard error."""
    click.echo(text, err=True)


def print_json(value: object) -> None:
    """Write facts as indented JSON to standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_problems(problems: Iterable[Problem], *, as_json: bool = False, most: int = 50) -> None:
    """Write problems to standard error, as sentences or as JSON lines.

    Sentences stop after `most` and say how many more there are; JSON lines never stop.
    """
    listed = list(problems)
    if as_json:
        for problem in listed:
            complain(json.dumps(problem.as_json(), ensure_ascii=False))
        return
    for problem in listed[:most]:
        word = click.style(str(problem.severity), fg=_COLOURS[problem.severity])
        place = f"{problem.where}: " if problem.where else ""
        complain(f"{word}: {place}{problem.message}")
    if len(listed) > most:
        complain(f"... and {len(listed) - most:,} more; --json lists them all.")


def finish(problems: Iterable[Problem], *, as_json: bool = False) -> None:
    """Write the problems and leave with status 1 when one of them is an error or a warning."""
    listed = list(problems)
    print_problems(listed, as_json=as_json)
    if any(problem.severity is not Severity.NOTE for problem in listed):
        click.get_current_context().exit(1)


def columns(rows: Sequence[Sequence[object]], *, indent: str = "") -> None:
    """Write rows as aligned columns, whole numbers to the right."""
    texts = [[f"{c:,}" if isinstance(c, int) else str(c) for c in row] for row in rows]
    widths = [
        max(len(row[i]) for row in texts if i < len(row)) for i in range(max(map(len, texts)))
    ]
    for row, cells in zip(rows, texts, strict=True):
        say(
            indent
            + "  ".join(
                text.rjust(width) if isinstance(cell, int) else text.ljust(width)
                for cell, text, width in zip(row, cells, widths, strict=False)
            ).rstrip()
        )


class Progress:
    """A progress line on a terminal; nothing at all in a pipe."""

    def __init__(self, label: str) -> None:
        self._label = label
        self.shown = sys.stderr.isatty()
        self._bar: Any = None
        self._total = 0

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` are finished."""
        self.show(self._label, done, total)

    def show(self, phase: str, done: int, total: int) -> None:
        """Show that `done` of `total` of a phase are finished; a new phase begins a new line."""
        if not self.shown or not total:
            return
        if self._bar is None or (phase, total) != (self._label, self._total):
            self._label = phase
            self.close()
            self._total = total
            self._bar = click.progressbar(length=total, label=self._label, file=sys.stderr)
            self._bar.render_progress()
        self._bar.update(done - self._bar.pos)

    def close(self) -> None:
        """End the line."""
        if self._bar is not None:
            self._bar.render_finish()
            self._bar = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def project_option(function: Function) -> Function:
    """Add `--project DIR` to a verb, by default the folder one stands in."""
    return click.option(
        "--project",
        "directory",
        type=click.Path(path_type=Path),
        default=Path(),
        help="The folder of the review (where review.toml is). Default: this folder.",
    )(function)


def json_option(function: Function) -> Function:
    """Add `--json` to a verb."""
    return click.option(
        "--json", "as_json", is_flag=True, help="Print facts as JSON, problems as JSON lines."
    )(function)


def reviewer_option(function: Function) -> Function:
    """Add `--as NAME` to a verb: who is speaking."""
    return click.option(
        "--as",
        "person",
        envvar="WINNOW_REVIEWER",
        default=None,
        help="Who you are, as named under reviewers in review.toml. Needed when there are several.",
    )(function)


def leave_quietly() -> NoReturn:
    """End without a word when the reader of our output has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


def report_fault(fault: BaseException) -> None:
    """Tell of an unforeseen fault in a sentence and keep its details in a file."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="winnow-fault-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        traceback.print_exception(fault, file=file)
    complain(
        f"error: Winnow failed in a way it did not foresee ({type(fault).__name__}: {fault}). "
        f"The ledger holds only finished steps. Please send {file.name} to the maintainers."
    )
