"""`winnow retrieve`: full texts."""

from pathlib import Path

import click

from review.cli.terminal import project_option, reviewer_option, say


@click.command("retrieve")
@click.argument("report", required=False)
@click.argument("pdf", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--missing", metavar="REASON", help="The report could not be had, and why.")
@click.option("--retrieved", is_flag=True, help="The report was had; there is no file to attach.")
@click.option("--import", "filled", type=click.Path(path_type=Path), help="Take in a filled sheet.")
@click.option(
    "--export", "sheet", type=click.Path(path_type=Path), help="Write a sheet to fill in."
)
@project_option
@reviewer_option
def command(
    report: str | None,
    pdf: Path | None,
    missing: str | None,
    retrieved: bool,
    filled: Path | None,
    sheet: Path | None,
    directory: Path,
    person: str | None,
) -> None:
    r"""Attach a full text to a report, or say why it could not be retrieved.

    Without arguments it lists the reports that are still to be retrieved.

    \b
    Examples:
      winnow retrieve
      winnow retrieve bain2014 bain.pdf
      winnow retrieve bark2018 --missing "no library holds it; authors did not answer"
    """
    from review.pipeline.adopt import adopt_protocol
    from review.pipeline.project import open_project, speaker
    from review.pipeline.screening import retrieve
    from review.pipeline.spreadsheets import grids_in, write_grid

    with open_project(directory) as project:
        actor = speaker(project, person)
        adopt_protocol(project, actor)
        if filled:
            new = sum(retrieve.import_retrieval(project, grid, actor) for grid in grids_in(filled))
            say(f"{new:,} new outcomes.")
        elif sheet:
            write_grid(sheet, retrieve.retrieval_sheet(project))
            say(f"{sheet} is ready to fill in.")
        elif report and pdf:
            retrieve.attach(project, actor, report, pdf)
            say(f"{pdf.name} is attached to {report}.")
        elif report and (missing is not None or retrieved):
            retrieve.record_outcome(
                project, actor, report, retrieved=retrieved, reason=missing or ""
            )
            say(f"{report}: {'retrieved' if retrieved else 'not retrieved'}.")
        elif report:
            raise click.UsageError("name a PDF to attach, or say --missing or --retrieved.")
        else:
            waiting = retrieve.to_retrieve(project)
            for line in waiting:
                fields = line.reference.fields
                doi = f" https://doi.org/{fields.doi}" if fields.doi else ""
                say(f"{line.standing.report_key or line.key}: {fields.title}{doi}")
            say(f"{len(waiting):,} reports are to be retrieved.")
