"""`winnow run`: everything that needs no person."""

from pathlib import Path

import click

from review.cli.terminal import (
    Progress,
    json_option,
    print_json,
    print_problems,
    project_option,
    reviewer_option,
    say,
)


@click.command("run")
@click.option("--out", type=click.Path(path_type=Path), help="Where results go. Default: out/.")
@click.option("--amend", default="", metavar="REASON", help="Why review.toml was changed.")
@project_option
@reviewer_option
@json_option
def command(
    out: Path | None, amend: str, directory: Path, person: str | None, as_json: bool
) -> None:
    r"""Load, deduplicate, take in what people filled in, count, and write all results.

    It can be run again at any time: nothing is done twice. At the end it says what waits for whom.

    \b
    Examples:
      winnow run
      winnow run --amend "age limit raised to five after the pilot round"
    """
    from review.cli.status import print_status
    from review.pipeline.project import open_project, speaker
    from review.pipeline.run import Voice, run
    from review.pipeline.status import status
    from screening.problems import Severity

    with open_project(directory) as project:
        actor = speaker(project, person)
        folder = out or project.directory / "out"
        with Progress("") as bar:
            ran = run(
                project,
                actor,
                folder,
                Voice((lambda _text: None) if as_json else say, bar.show),
                reason=amend,
            )
        now = status(project)
        if as_json:
            print_json({**now.as_json(), "files": [str(path) for path in ran.files]})
        else:
            print_status(now)
            say(
                f"Results are in {folder}: open {folder / 'report.html'} or {folder / 'flow.html'}."
            )
        told = [p for p in ran.problems if as_json or p.severity is not Severity.NOTE]
        print_problems(told, as_json=as_json)
        if notes := len(ran.problems) - len(told):
            these = (
                "1 note that asks for nothing is"
                if notes == 1
                else f"{notes} notes that ask for nothing are"
            )
            say(f"{these} in {folder / 'problems.json'}.")
        if any(problem.severity is Severity.ERROR for problem in ran.problems):
            click.get_current_context().exit(1)
