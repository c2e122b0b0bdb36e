"""`winnow export`: references, or the whole review, as files."""

from pathlib import Path

import click

from review.cli.terminal import project_option, say

_STAGES = (
    "all",
    "to_screen",
    "screened",
    "excluded",
    "sought",
    "not_retrieved",
    "assessed",
    "excluded_full_text",
    "included",
)


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--stage", type=click.Choice(_STAGES), default="included", show_default=True)
@click.option("--archive", is_flag=True, help="The whole review as a zip: protocol, events, files.")
@project_option
def command(file: Path, stage: str, archive: bool, directory: Path) -> None:
    r"""Write references to FILE; its ending says how: .ris .bib .csv .xlsx .json (CSL).

    \b
    Examples:
      winnow export included.ris
      winnow export to_screen.csv --stage to_screen
      winnow export --archive review.zip
    """
    from review.pipeline.export import export_archive, export_references
    from review.pipeline.project import open_project

    with open_project(directory) as project:
        if archive:
            say(f"{file}: {export_archive(project, file):,} events and every file behind them.")
        else:
            say(f"{file}: {export_references(project, stage, file):,} references.")
