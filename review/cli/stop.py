"""`winnow stop`: when screening may stop."""

from pathlib import Path

import click

from review.cli.terminal import json_option, print_json, project_option, reviewer_option, say


@click.command("stop")
@click.option("--record", is_flag=True, help="Record that screening stops now.")
@click.option("--resume", is_flag=True, help="Take a recorded stop back.")
@click.option("--reason", default="", help="Why; needed with --record.")
@project_option
@reviewer_option
@json_option
def command(
    record: bool, resume: bool, reason: str, directory: Path, person: str | None, as_json: bool
) -> None:
    r"""Show what the stopping test says; nothing ever stops by itself.

    The test (Callaghan and Mueller-Hansen 2020) says how surely a chosen recall has been reached.

    \b
    Examples:
      winnow stop
      winnow stop --record --reason "95 % recall with 95 % confidence"
    """
    from dataclasses import asdict

    from review.pipeline.adopt import adopt_protocol
    from review.pipeline.project import open_project, speaker
    from review.pipeline.stop import resume as resume_screening
    from review.pipeline.stop import stop_early, stopping_now

    with open_project(directory) as project:
        actor = speaker(project, person)
        adopt_protocol(project, actor)
        if resume:
            resume_screening(project, actor, reason)
            say("Screening goes on.")
            return
        found = stop_early(project, actor, reason) if record else stopping_now(project)
        if as_json:
            print_json(asdict(found))
            return
        say(
            f"{found.screened:,} of {found.total:,} references are screened, {found.found:,} included."
        )
        said = "has been reached" if found.reached else "cannot be claimed yet"
        say(
            f"A recall of {found.recall:.0%} with {found.confidence:.0%} confidence {said} "
            f"(p = {found.p_value:.3f})."
        )
        if record:
            say("The stop is recorded; what is unscreened is counted apart, in the diagram too.")
