"""`winnow check`: every rule over the ledger."""

from pathlib import Path

import click

from review.cli.terminal import finish, json_option, project_option, say


@click.command("check")
@click.option("--rebuild", is_flag=True, help="Recompute everything from the ledger and compare.")
@click.option("--repair", is_flag=True, help="With --rebuild: write what was recomputed.")
@project_option
@json_option
def command(rebuild: bool, repair: bool, directory: Path, as_json: bool) -> None:
    r"""Test every identity and completeness rule, and name each problem with its place.

    \b
    Examples:
      winnow check
      winnow check --rebuild
    """
    from review.pipeline import check
    from review.pipeline.project import open_project
    from screening.problems import Problem

    with open_project(directory) as project:
        problems: list[Problem] = []
        if rebuild:
            problems += check.rebuild(project, repair=repair)
            if not problems and not as_json:
                say("The ledger was read from its beginning: every count is what it says.")
        problems += check.check(project)
        if not problems and not as_json:
            say("No problems were found.")
        finish(problems, as_json=as_json)
