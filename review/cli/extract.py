"""`winnow extract`: extraction, measures, findings and the other sheets."""

from pathlib import Path

import click

from review.cli.terminal import (
    columns,
    json_option,
    print_json,
    project_option,
    reviewer_option,
    say,
)


@click.command("extract")
@click.argument("report", required=False)
@click.argument("field", required=False)
@click.argument("value", required=False)
@click.option("--page", default="", help="Where the report says so.")
@click.option("--quote", default="", help="The words the value rests on.")
@click.option("--not-reported", is_flag=True, help="The report does not say.")
@click.option(
    "--sheet", "names", multiple=True, help="Which sheets, for --export; or what a file is."
)
@click.option("--export", "target", type=click.Path(path_type=Path),
              help="Write the sheets (xlsx, or csv for one) to fill in.")  # fmt: skip
@click.option("--import", "filled", type=click.Path(path_type=Path), multiple=True,
              help="Take in filled sheets.")  # fmt: skip
@project_option
@reviewer_option
@json_option
def command(
    report: str | None,
    field: str | None,
    value: str | None,
    page: str,
    quote: str,
    not_reported: bool,
    names: tuple[str, ...],
    target: Path | None,
    filled: tuple[Path, ...],
    directory: Path,
    person: str | None,
    as_json: bool,
) -> None:
    r"""Enter what REPORT says of FIELD, or take it in from spreadsheets.

    Without arguments it shows how far extraction has come. "Not reported" is a finding; a missing
    value only means that nobody has looked yet.

    \b
    Examples:
      winnow extract
      winnow extract bain2014 country "South Africa" --page 592
      winnow extract bain2014 funding --not-reported
      winnow extract --export sheets.xlsx
      winnow extract --import sheets.xlsx
    """
    from review.pipeline.adopt import adopt_protocol
    from review.pipeline.project import open_project, speaker
    from review.pipeline.spreadsheets import grids_in, write_grid
    from review.pipeline.synthesis import extract

    with open_project(directory) as project:
        if not (filled or target or report):
            done = extract.done_by_field(project)
            if as_json:
                print_json(done)
            else:
                columns([("field", "settled", "of"), *((n, a, b) for n, (a, b) in done.items())])
            return
        actor = speaker(project, person)
        adopt_protocol(project, actor)
        if filled:
            grids = [grid for path in filled for grid in grids_in(path)]
            if len(names) == 1:
                grids = [extract.as_sheet(grid, names[0]) for grid in grids]
            say(f"{extract.import_sheets(project, grids, actor):,} new rows.")
        elif target:
            write_grid(target, *extract.sheets_to_fill(project, names, extractor=actor))
            say(f"{target} is ready to fill in.")
        elif report and field and (value is not None or not_reported):
            extract.enter_value(
                project,
                actor,
                {
                    "report": report,
                    "field": field,
                    "status": "not reported" if not_reported else "reported",
                    "value": value or "",
                    "page": page,
                    "quote": quote,
                },
            )
            say(f"{report}, {field}: entered.")
        else:
            raise click.UsageError("name a report, a field and a value (or --not-reported).")
