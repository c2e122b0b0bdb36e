"""`winnow trace`: from a number to the rows behind it."""

from pathlib import Path

import click

from review.cli.terminal import json_option, print_json, project_option, say


@click.command("trace")
@click.argument("name")
@click.option("--raw", is_flag=True, help="Show the verbatim text of the records too.")
@project_option
@json_option
def command(name: str, raw: bool, directory: Path, as_json: bool) -> None:
    r"""Go from NAME (a count of the flow, a report, a source, a person) to the ledger behind it.

    \b
    Examples:
      winnow trace records_excluded
      winnow trace lieberman2005
      winnow trace r12 --raw
    """
    from review.pipeline.project import open_project
    from review.pipeline.trace import described, trace

    with open_project(directory) as project:
        found = trace(project, name)
        if as_json:
            print_json(found.as_json())
            return
        say(found.what)
        for line in found.references:
            fields = line.reference.fields
            said = ", ".join(str(part) for part in (fields.year, fields.title) if part)
            say(f"{line.standing.report_key or line.key}  {said}")
        for each in found.records:
            say(
                f"{each.key}  {each.source}, {each.record.source_file}, record {each.record.position}"
            )
            if raw:
                say(each.record.raw)
        for told in described(found.events):
            say(told)
        say(
            f"{len(found.references):,} references, {len(found.records):,} records, "
            f"{len(found.events):,} events."
        )
