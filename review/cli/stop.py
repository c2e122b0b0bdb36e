"""`winnow stop`: when screening may stop."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.cli.terminal import (
    columns,
    json_option,
    print_json,
    project_option,
    reviewer_option,
    say,
)

if TYPE_CHECKING:
    from review.pipeline.screening.stop import Display


@click.command("stop")
@click.option("--out", type=click.Path(path_type=Path), metavar="SVG",
              help="Draw the p-value's course and the frontier of recalls.")  # fmt: skip
@click.option("--record", is_flag=True, help="Record that screening stops now.")
@click.option("--resume", is_flag=True, help="Take a recorded stop back.")
@click.option("--reason", default="", help="Why; needed with --record.")
@project_option
@reviewer_option
@json_option
def command(
    out: Path | None,
    record: bool,
    resume: bool,
    reason: str,
    directory: Path,
    person: str | None,
    as_json: bool,
) -> None:
    r"""Show what the stopping test says; nothing ever stops by itself.

    The test (Callaghan and Mueller-Hansen 2020) says how surely a chosen recall has been reached. Rules
    of thumb are shown beside it, as what they are.

    \b
    Examples:
      winnow stop
      winnow stop --out stop.svg
      winnow stop --record --reason "95 % recall with 95 % confidence"
    """
    from review.pipeline.adopt import adopt_protocol
    from review.pipeline.project import open_project, speaker
    from review.pipeline.screening.stop import resume as resume_screening
    from review.pipeline.screening.stop import stop_early, stopping_display, stopping_figure

    with open_project(directory) as project:
        if record or resume:
            actor = speaker(project, person)
            adopt_protocol(project, actor)
        if resume:
            resume_screening(project, actor, reason)
            say("Screening goes on.")
            return
        shown = stopping_display(project)
        if out is not None:
            _write(out, stopping_figure(shown.test))
        if record:
            stop_early(project, actor, reason)
        if as_json:
            print_json(shown.as_json())
            return
        print_display(shown)
        if out is not None:
            say(f"The figure is in {out}.")
        if record:
            say("The stop is recorded; what is unscreened is counted apart, in the diagram too.")


def print_display(shown: "Display") -> None:
    """Print the test in sentences, and the rules of thumb apart from it."""
    found = shown.test
    say(f"{found.screened:,} of {found.total:,} references are screened, {found.found:,} included.")
    said = "has been reached" if found.reached else "cannot be claimed yet"
    say(
        f"A recall of {found.recall:.0%} with {found.confidence:.0%} confidence {said} "
        f"(p = {found.p_value:.3f})."
    )
    if found.sure_recall is not None:
        say(f"The highest recall one can be that sure of now is {found.sure_recall:.0%}.")
    say("Rules of thumb, which promise no recall")
    columns(
        [
            (rule.label, rule.value, f"of {rule.threshold:,}", "met" if rule.met else "not met")
            for rule in shown.heuristics
        ],
        indent="  ",
    )


def _write(path: Path, text: str) -> None:
    from screening.problems import WinnowError, error

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise WinnowError(
            error(
                str(path), f"the figure cannot be written ({fault.strerror}). Choose another file."
            )
        ) from None
