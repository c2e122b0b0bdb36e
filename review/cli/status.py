"""`winnow status`: where the review stands."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.cli.terminal import columns, json_option, print_json, project_option, say

if TYPE_CHECKING:
    from review.pipeline.status import Status


@click.command("status")
@project_option
@json_option
def command(directory: Path, as_json: bool) -> None:
    r"""Show where the review stands and what waits for whom.

    \b
    Example:
      winnow status
    """
    from review.pipeline.project import open_project
    from review.pipeline.status import status

    with open_project(directory) as project:
        now = status(project)
        if as_json:
            print_json(now.as_json())
        else:
            print_status(now)


def print_status(now: "Status") -> None:
    """Print the counts so far, each reviewer's totals and what waits."""
    from screening.diagram_content import numbers
    from screening.diagram_options import DiagramOptions

    say("The review so far" + (" (provisional)" if now.flow.provisional else ""))
    columns(
        [
            (f"  {item.words}" if item.is_part else item.words, item.n)
            for item in numbers(now.flow, DiagramOptions())
            if item.n is not None
        ],
        indent="  ",
    )
    for stage, people in now.progress.items():
        for each in people:
            say(f"{stage}: {each.reviewer} has decided on {each.done:,}, {each.waiting:,} to go.")
    if not now.waiting:
        say("Nothing waits.")
        return
    say("Waiting")
    columns([(each.number, each.what, f"winnow {each.verb}") for each in now.waiting], indent="  ")
