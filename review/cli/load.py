"""`winnow load`: exports into the ledger."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.cli.terminal import (
    Progress,
    columns,
    finish,
    json_option,
    print_json,
    project_option,
    reviewer_option,
    say,
)

if TYPE_CHECKING:
    from review.pipeline.identification.load import Loaded


@click.command("load")
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--source", help="The id of the source the files are from, as in review.toml.")
@click.option("--retract", type=int, metavar="LOAD", help="Take back a wrong load by its number.")
@click.option("--reason", default="", help="Why a load is taken back.")
@click.option(
    "--reread", is_flag=True, help="Read what is loaded again with this version's readers."
)
@project_option
@reviewer_option
@json_option
def command(
    files: tuple[Path, ...],
    source: str | None,
    retract: int | None,
    reason: str,
    reread: bool,
    directory: Path,
    person: str | None,
    as_json: bool,
) -> None:
    r"""Load exports: FILES, or without any the exports that review.toml names.

    Each record is kept word for word. Loading the same file again adds nothing; an interrupted load
    goes on where it stopped.

    \b
    Examples:
      winnow load
      winnow load exports/pubmed.nbib --source medline
      winnow load --retract 12 --reason "the search was run without the date limit"
    """
    from review.pipeline.adopt import adopt_protocol
    from review.pipeline.identification.load import (
        Export,
        against_reported,
        declared_exports,
        exports_in,
        load_exports,
        source_of,
    )
    from review.pipeline.identification.reread import reread_all, retract_load
    from review.pipeline.project import open_project, speaker
    from screening.problems import WinnowError, error

    with open_project(directory) as project:
        actor = speaker(project, person)
        adopt_protocol(project, actor)
        if retract is not None:
            retract_load(project, actor, retract, reason)
            say(f"Load {retract} is retracted. Its records are in no count any more.")
            return
        if reread:
            for name, changed in reread_all(project, actor):
                say(f"{name}: {changed:,} records are read better now.")
            return
        if files:
            exports: list[Export] = []
            for path in _files_in(files):
                chosen = project.protocol.source(source) if source else source_of(project, path)
                if chosen is None:
                    known = ", ".join(each.id for each in project.protocol.sources)
                    raise WinnowError(
                        error(
                            "--source", f'"{source}" is no source of review.toml. Known: {known}.'
                        )
                    )
                exports += exports_in(path, chosen)
        else:
            exports = list(declared_exports(project))
        with Progress("Loading") as progress:
            accounts = load_exports(project, exports, actor, progress)
        if as_json:
            print_json([asdict(account) for account in accounts])
        else:
            _print_accounts(accounts)
        problems = [p for a in accounts if not a.known_already for p in a.problems]
        finish([*problems, *against_reported(project)], as_json=as_json)


def _files_in(paths: tuple[Path, ...]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
        found += inside if path.is_dir() else [path]
    return found


def _print_accounts(accounts: "list[Loaded]") -> None:
    if not accounts:
        say("review.toml names no exports yet: list them under their [[sources]].")
        return
    rows: list[tuple[object, ...]] = [("file", "source", "read as", "in the file", "kept", "")]
    rows += [
        (
            account.name,
            account.source,
            ", ".join(word for word in (account.format, account.provider) if word),
            account.start_tags,
            account.records,
            "loaded before" if account.known_already else "",
        )
        for account in accounts
    ]
    columns(rows)
    fresh = sum(account.records for account in accounts if not account.known_already)
    say(f"{fresh:,} records loaded.")
