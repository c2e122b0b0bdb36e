"""`winnow add`: one record by hand."""

from pathlib import Path

import click

from review.cli.terminal import project_option, reviewer_option, say


@click.command("add")
@click.option("--source", required=True, help="The id of the source it was found in.")
@click.option("--title", required=True)
@click.option(
    "--author", "authors", multiple=True, metavar='"Family, Given"', help="May be repeated."
)
@click.option("--year", type=int)
@click.option("--journal")
@click.option("--volume")
@click.option("--issue")
@click.option("--pages")
@click.option("--doi")
@click.option("--abstract")
@click.option("--url", "urls", multiple=True)
@click.option("--type", "kind", help="journal article, report, thesis, web page ...")
@click.option(
    "--found-in", metavar="REPORT", help="The report whose references, or citations, it is in."
)
@click.option("--direction", type=click.Choice(["backward", "forward"]), default="backward",
              help="Backward: cited by that report. Forward: it cites that report.")  # fmt: skip
@project_option
@reviewer_option
def command(
    source: str,
    title: str,
    authors: tuple[str, ...],
    year: int | None,
    journal: str | None,
    volume: str | None,
    issue: str | None,
    pages: str | None,
    doi: str | None,
    abstract: str | None,
    urls: tuple[str, ...],
    kind: str | None,
    found_in: str | None,
    direction: str,
    directory: Path,
    person: str | None,
) -> None:
    r"""Add one record found on a website, by an organisation, through an expert or a reference list.

    \b
    Example:
      winnow add --source citation-searching --title "A pilot of ..." --author "Bain, Katherine"
        --year 2014 --found-in barlow2015
    """
    from review.pipeline.adopt import adopt_protocol
    from review.pipeline.identification.add import add_record
    from review.pipeline.project import open_project, speaker
    from screening.identification.texts.dois import bare_doi
    from screening.problems import WinnowError, error
    from screening.records import Fields

    bare = bare_doi(doi) if doi else None
    if doi and bare is None:
        raise WinnowError(error("--doi", f'"{doi}" is not a DOI; it looks like 10.1000/182.'))
    how = f"{direction} citation searching from {found_in}" if found_in else ""
    with open_project(directory) as project:
        actor = speaker(project, person)
        adopt_protocol(project, actor)
        key = add_record(
            project,
            actor,
            source,
            Fields(
                type=kind,
                title=title,
                authors=authors,
                year=year,
                journal=journal,
                volume=volume,
                issue=issue,
                pages=pages,
                doi=bare,
                abstract=abstract,
                urls=urls,
                notes=(how,) if how else (),
            ),
            how,
        )
        say(f"Added as {key}. Run winnow dedupe to see whether it was found before.")
