"""`winnow status`: where the review stands."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.cli.terminal import columns, json_option, print_json, project_option, say

if TYPE_CHECKING:
    from datetime import datetime

    from review.pipeline.changes import Changes
    from review.pipeline.screening.workload import Workload
    from review.pipeline.status import Status
    from review.store.events.base import DecisionStage


@click.command("status")
@click.option("--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
              help="What changed since this day (UTC) instead.")  # fmt: skip
@project_option
@json_option
def command(since: "datetime | None", directory: Path, as_json: bool) -> None:
    r"""Show where the review stands and what waits for whom.

    \b
    Examples:
      winnow status
      winnow status --since 2026-01-01
    """
    from review.pipeline.project import open_project
    from review.pipeline.screening.workload import workload
    from review.pipeline.status import status
    from screening.records import Stage

    with open_project(directory) as project:
        if since is not None:
            from review.pipeline.changes import changes_since

            changed = changes_since(project, since)
            print_json(changed.as_json()) if as_json else print_changes(changed)
            return
        now = status(project)
        stages: tuple[DecisionStage, ...] = (Stage.TITLE_ABSTRACT, Stage.FULL_TEXT)
        work = [workload(project, stage, now.progress[stage]) for stage in stages]
        if as_json:
            print_json(now.as_json() | {"workload": [each.as_json() for each in work]})
        else:
            print_status(now)
            for each in work:
                print_workload(each)


def print_workload(work: "Workload") -> None:
    """Print each reviewer's totals at a stage, and the hours before them at their own pace."""
    busy = [load for load in work.loads if load.done or load.waiting]
    if not busy:
        return
    say(f"Work at {work.stage.replace('_', ' ')}")
    columns(
        [
            (
                load.reviewer,
                load.done,
                "decided",
                load.waiting,
                "to go" if load.assigned is None else f"to go of a share of {load.assigned:,}",
                "" if load.hours is None else f"about {load.hours:.1f} hours",
            )
            for load in busy
        ],
        indent="  ",
    )
    if work.unassigned:
        say(
            f"  {work.unassigned:,} references are in nobody's share: winnow screen --assign NAME=WEIGHT"
        )


def print_changes(changed: "Changes") -> None:
    """Print what happened since a day, and the reports included since."""
    if not changed.changes:
        say(f"Nothing has changed since {changed.since:%Y-%m-%d}.")
        return
    say(f"Since {changed.since:%Y-%m-%d}")
    columns([(each.number, each.what) for each in changed.changes], indent="  ")
    if changed.included:
        say(f"Included since: {', '.join(changed.included)}")
    for reason in changed.amendments:
        say(f"review.toml was amended: {reason}")


def print_status(now: "Status") -> None:
    """Print the counts so far and what waits."""
    from review.pipeline.status import counted_words
    from screening.diagram.content import numbers
    from screening.diagram.options import DiagramOptions

    say("The review so far" + (" (provisional)" if now.flow.provisional else ""))
    columns(
        [
            (f"  {item.words}" if item.is_part else item.words, item.n)
            for item in numbers(now.flow, DiagramOptions())
            if item.n is not None
        ],
        indent="  ",
    )
    if not now.waiting:
        say("Nothing waits.")
        return
    say("Waiting")
    columns(
        [
            (each.number, counted_words(each.number, each.what), f"winnow {each.verb}")
            for each in now.waiting
        ],
        indent="  ",
    )
