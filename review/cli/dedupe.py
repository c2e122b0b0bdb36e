"""`winnow dedupe`: merge duplicates in a review, or in plain files."""

from pathlib import Path

import click

from review.cli.terminal import (
    Progress,
    finish,
    json_option,
    print_json,
    project_option,
    reviewer_option,
    say,
)


@click.command("dedupe")
@click.option(
    "--input", "source", type=click.Path(path_type=Path), help="A file, no review needed."
)
@click.option("--output", type=click.Path(path_type=Path), help="Where to write the groups (csv).")
@click.option("--pairs", type=click.Path(path_type=Path), help="Where to write scored pairs (csv).")
@click.option("--threads", type=click.IntRange(1), default=None, help="How many cores to use.")
@click.option("--import", "settled", type=click.Path(exists=True, path_type=Path), multiple=True,
              help="Take in a filled sheet of uncertain pairs.")  # fmt: skip
@click.option("--export", "sheet", type=click.Path(path_type=Path),
              help="Write the uncertain pairs as a sheet (xlsx or csv) to fill in.")  # fmt: skip
@click.option("--merge", nargs=2, metavar="A B", help="Merge two references by hand.")
@click.option("--apart", nargs=2, metavar="A B", help="Keep two references apart.")
@click.option("--split", metavar="RECORD", help="Take one record out of its reference.")
@click.option("--reason", default="", help="Why, for --merge, --apart and --split.")
@project_option
@reviewer_option
@json_option
def command(
    source: Path | None,
    output: Path | None,
    pairs: Path | None,
    threads: int | None,
    settled: tuple[Path, ...],
    sheet: Path | None,
    merge: tuple[str, str] | None,
    apart: tuple[str, str] | None,
    split: str | None,
    reason: str,
    directory: Path,
    person: str | None,
    as_json: bool,
) -> None:
    r"""Merge the records of one publication into one reference.

    What is certain is merged; what is doubtful waits for a person; each merge says why. Nothing is
    deleted, and every merge can be undone.

    \b
    Examples:
      winnow dedupe
      winnow dedupe --export pairs.xlsx
      winnow dedupe --import pairs.xlsx
      winnow dedupe --input all.ris --output groups.csv
    """
    if source is not None:
        from review.cli.dedupe_files import deduplicate_files

        deduplicate_files(source, output, pairs, threads, as_json)
        return
    from review.pipeline.adopt import adopt_protocol
    from review.pipeline.identification import dedupe
    from review.pipeline.project import open_project, speaker
    from review.pipeline.spreadsheets import grids_in, write_grid

    with open_project(directory) as project:
        actor = speaker(project, person)
        adopt_protocol(project, actor)
        if merge:
            dedupe.merge(project, actor, merge, reason or "merged by hand")
            say(f"{merge[0]} and {merge[1]} are one reference now.")
        elif apart:
            dedupe.keep_apart(project, actor, *apart, reason or "kept apart by hand")
            say(f"{apart[0]} and {apart[1]} stay apart.")
        elif split:
            dedupe.split(project, actor, [split], reason or "split by hand")
            say(f"{split} is a reference of its own now.")
        elif settled:
            new = sum(
                dedupe.import_settled(project, grid, actor)
                for path in settled
                for grid in grids_in(path)
            )
            say(f"{new:,} pairs settled.")
        elif sheet:
            write_grid(sheet, dedupe.pair_sheet(project))
            say(f"{sheet} is ready to fill in.")
        else:
            with Progress("reading") as progress:
                result = dedupe.deduplicate(project, actor, progress.show)
            if as_json:
                print_json(result.as_json())
            else:
                say(
                    f"{result.records:,} records are {result.references:,} references: "
                    f"{result.records - result.references:,} duplicates merged."
                )
            finish(dedupe.waiting(project), as_json=as_json)
