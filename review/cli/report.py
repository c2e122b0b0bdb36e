"""`winnow report`: the whole results package."""

from pathlib import Path

import click

from review.cli.terminal import finish, json_option, print_json, project_option, say


@click.command("report")
@click.option("--out", type=click.Path(path_type=Path), help="The folder. Default: out/.")
@project_option
@json_option
def command(out: Path | None, directory: Path, as_json: bool) -> None:
    r"""Write the report as one Word file and one HTML file.

    Methods, results, figures, tables and the PRISMA checklists come from the ledger; the numbers of
    the HTML file open the lists of what they count (records/). Your own text
    lives in report-text.md beside review.toml, in named places, and survives every new report.

    \b
    Example:
      winnow report
    """
    from review.pipeline.flow.records import records_pages
    from review.pipeline.project import open_project
    from review.pipeline.synthesis.drawing_aside import aside
    from review.pipeline.synthesis.report import composed, report_inputs, write_report

    with open_project(directory) as project:
        inputs, problems = report_inputs(project)
        folder = out or project.directory / "out"
        records = records_pages(project, inputs.tables.flow)
        with aside() as draw:
            report = composed(project, inputs, records.links, draw)
            files = write_report(folder, report, records)
        if as_json:
            print_json([str(path) for path in files])
        else:
            for path in files:
                say(str(path))
        finish(problems, as_json=as_json)
