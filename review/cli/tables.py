"""`winnow tables`: the tables as files."""

from pathlib import Path

import click

from review.cli.terminal import finish, json_option, print_json, project_option, say

_FORMATS = ("csv", "docx", "html", "md", "tex", "xlsx")


@click.command("tables")
@click.option("--format", "formats", type=click.Choice(_FORMATS), multiple=True,
              help="May be repeated. Default: docx, html and csv.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="The folder. Default: out/tables.")
@click.option("--only", multiple=True, metavar="TABLE", help="Only this table; may be repeated.")
@project_option
@json_option
def command(
    formats: tuple[str, ...],
    out: Path | None,
    only: tuple[str, ...],
    directory: Path,
    as_json: bool,
) -> None:
    r"""Write the tables: sources, criteria, extraction, scores, measures, findings, excluded reports.

    Columns, order, titles and notes are set under [tables] in review.toml.

    \b
    Examples:
      winnow tables
      winnow tables --format csv --out tables
      winnow tables --format docx --only ccat
    """
    from review.pipeline.project import open_project
    from review.pipeline.synthesis.tables import tables, write_tables
    from screening.problems import WinnowError, error
    from screening.toml_text import closest
    from synthesis.writers.table_files import Format

    with open_project(directory) as project:
        made, problems = tables(project)
        known = [table.id for table in made]
        unknown = [
            error(
                "--only", f'there is no table "{name}".{closest(name, known)} {", ".join(known)}.'
            )
            for name in only
            if name not in known
        ]
        if unknown:
            raise WinnowError(unknown)
        files = write_tables(
            project,
            out or project.directory / "out" / "tables",
            [Format(name) for name in formats or ("docx", "html", "csv")],
            [table for table in made if not only or table.id in only],
        )
        if as_json:
            print_json([str(path) for path in files])
        else:
            for path in files:
                say(str(path))
        finish(problems, as_json=as_json)
