"""`winnow trace`: from a number to the rows behind it."""

import shlex
from pathlib import Path

import click

from review.cli.terminal import json_option, print_json, project_option, say


@click.command("trace")
@click.argument("name")
@click.option("--raw", is_flag=True, help="Show the verbatim text of the records too.")
@project_option
@json_option
def command(name: str, raw: bool, directory: Path, as_json: bool) -> None:
    r"""Go from NAME (a number of the flow, a report, a score, a source, a person) to the ledger behind it.

    \b
    Examples:
      winnow trace records_excluded
      winnow trace duplicates
      winnow trace "count/dbr_excluded_reasons/Population"
      winnow trace score/lieberman2005/design
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
        say(found.what if found.n is None else f"{found.what}: {found.n:,}")
        for line in found.references:
            fields = line.reference.fields
            said = ", ".join(str(part) for part in (fields.year, fields.title) if part)
            say(f"{line.standing.report_key or line.key}  {said}")
        for one in found.counted:
            into = f", merged into {one.reference}: {one.because}" if one.because else ""
            say(f"{one.key}  {one.file}, record {one.position}: {one.title}{into}")
        for each in found.records:
            say(
                f"{each.key}  {each.source}, {each.record.source_file}, record {each.record.position}"
            )
            if raw:
                say(each.record.raw)
        for told in described(found.events):
            say(told)
        for part in found.parts:
            say(f"winnow trace {shlex.quote(part)}")
        say(
            f"{len(found.references):,} references, "
            f"{len(found.records) + len(found.counted):,} records, {len(found.events):,} events."
        )
