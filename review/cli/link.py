"""`winnow link`: reports of one study."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.cli.terminal import json_option, print_json, project_option, reviewer_option, say

if TYPE_CHECKING:
    from review.pipeline.project import Project


@click.command("link")
@click.argument("study", required=False)
@click.argument("reports", nargs=-1)
@click.option("--reason", default="", help="Why they are one study.")
@click.option("--apart", is_flag=True, help="Make each of the named reports a study of its own.")
@click.option("--import", "filled", type=click.Path(path_type=Path), help="Take in a filled sheet.")
@project_option
@reviewer_option
@json_option
def command(
    study: str | None,
    reports: tuple[str, ...],
    reason: str,
    apart: bool,
    filled: Path | None,
    directory: Path,
    person: str | None,
    as_json: bool,
) -> None:
    r"""Say which reports belong to one study, so that it is counted once.

    Without arguments it lists what speaks for a link: shared registration numbers, authors, follow-ups.
    Nothing is ever linked by itself.

    \b
    Examples:
      winnow link
      winnow link lieberman2005 lieberman2006 ghoshippen2011 --reason "follow-up and re-analysis"
      winnow link --apart ghoshippen2011
    """
    from review.pipeline.adopt import adopt_protocol
    from review.pipeline.project import open_project, speaker
    from review.pipeline.screening import link
    from review.pipeline.spreadsheets import grids_in

    with open_project(directory) as project:
        if not (study or filled):
            _print_suggestions(project, as_json=as_json)
            return
        actor = speaker(project, person)
        adopt_protocol(project, actor)
        if filled:
            new = sum(link.import_links(project, grid, actor) for grid in grids_in(filled))
            say(f"{new:,} new links.")
        elif apart and study:
            link.unlink(project, actor, [study, *reports], reason)
            say("They are studies of their own now.")
        elif study and reports:
            link.link(project, actor, study, [*reports], reason)
            say(f"{', '.join(reports)} {'is' if len(reports) == 1 else 'are'} of {study}.")
        else:
            raise click.UsageError("name the study, then its reports.")


def _print_suggestions(project: "Project", *, as_json: bool) -> None:
    from review.pipeline.screening.link import suggestions

    found = suggestions(project)
    if as_json:
        print_json([one.as_json() for one in found])
        return
    for one in found:
        say(f"{' and '.join(one.reports)}: {'; '.join(one.because)}")
    if found:
        say("Where they are one study: winnow link STUDY REPORT ...")
    else:
        say("Nothing speaks for a link between reports that are not linked yet.")
