"""`winnow flow`: the PRISMA counts and the diagram."""

from pathlib import Path

import click

from review.cli.terminal import json_option, project_option


@click.command("flow")
@click.option("--from", "counts", type=click.Path(path_type=Path),
              help="Audit and draw counts from a TOML file; no review needed.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path),
              help="Draw the diagram: a file that ends in .svg, .png, .pdf, .docx or .html.")  # fmt: skip
@project_option
@json_option
def command(counts: Path | None, out: Path | None, directory: Path, as_json: bool) -> None:
    r"""Show the PRISMA 2020 counts, check that they add up, and draw the diagram.

    \b
    Examples:
      winnow flow
      winnow flow --out flow.docx
      winnow flow --from counts.toml --json
    """
    from review.cli.flow_files import flow_from_file, show_flow

    context = click.get_current_context()
    if counts is not None:
        context.exit(flow_from_file(counts, as_json=as_json, out=out))
    from review.pipeline.flow.flow import current_flow
    from review.pipeline.project import open_project
    from screening.flow.counting import check

    with open_project(directory) as project:
        flow = current_flow(project)
        options = project.protocol.flow
        context.exit(
            show_flow(flow, check(flow), "flow", as_json=as_json, out=out, options=options)
        )
