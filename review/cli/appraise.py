"""`winnow appraise`: appraisal scores."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.cli.terminal import (
    columns,
    json_option,
    print_json,
    project_option,
    reviewer_option,
    say,
)

if TYPE_CHECKING:
    from review.pipeline.project import Project


@click.command("appraise")
@click.argument("report", required=False)
@click.option("--export", "sheet", type=click.Path(path_type=Path),
              help="Write the score sheet (xlsx or csv) to fill in.")  # fmt: skip
@click.option("--import", "filled", type=click.Path(path_type=Path), multiple=True,
              help="Take in filled score sheets.")  # fmt: skip
@click.option("--agreement", is_flag=True, help="Show agreement between raters.")
@click.option("--out", type=click.Path(path_type=Path),
              help="With --agreement: draw the Bland-Altman plot as svg or png.")  # fmt: skip
@project_option
@reviewer_option
@json_option
def command(
    report: str | None,
    sheet: Path | None,
    filled: tuple[Path, ...],
    agreement: bool,
    out: Path | None,
    directory: Path,
    person: str | None,
    as_json: bool,
) -> None:
    r"""Score a REPORT category by category, or take scores in from a spreadsheet.

    An instrument may be about studies or results instead; name these as `winnow appraise` lists them.
    Without arguments it shows the scores so far. A score is always given by a person; no mark and no
    mean ever becomes one. Nobody sees another rater's scores before all are done.

    \b
    Examples:
      winnow appraise
      winnow appraise bain2014 --as anna
      winnow appraise --export scores.xlsx
      winnow appraise --import scores.xlsx
      winnow appraise --agreement --out raters.svg
    """
    from review.pipeline.adopt import adopt_protocol
    from review.pipeline.appraisal import appraise
    from review.pipeline.project import open_project, speaker
    from review.pipeline.spreadsheets import grids_in, write_grid

    with open_project(directory) as project:
        if agreement:
            from review.cli.agreement import print_rater_agreement

            print_rater_agreement(project, as_json=as_json, out=out)
            return
        if not (filled or sheet or report):
            _print_scores(project, as_json=as_json)
            return
        actor = speaker(project, person)
        adopt_protocol(project, actor)
        if filled:
            new = sum(appraise.import_appraisals(project, grids_in(path), actor) for path in filled)
            say(f"{new:,} new appraisals.")
        elif sheet:
            write_grid(sheet, *appraise.appraisal_sheets(project, rater=actor))
            say(f"{sheet} is ready to fill in.")
        elif report:
            from review.cli.appraising import appraise_in_terminal

            appraise_in_terminal(project, actor, report)


def _print_scores(project: "Project", *, as_json: bool) -> None:
    from review.pipeline.appraisal import appraise, units

    scores = appraise.settled_scores(project)
    if as_json:
        print_json([each.model_dump(mode="json") for each in scores])
        return
    instrument = units.instrument_of(project)
    labels = units.units(project)
    sums = [] if instrument.maximum is None else ["Total", "%"]
    rows: list[list[object]] = [["", *(c.label for c in instrument.categories), *sums]]
    rows += [
        [
            labels[each.unit],
            *("-" if score is None else score for score in each.scores.values()),
            *("-" if n is None else n for n in (each.total, each.percent)[: len(sums)]),
        ]
        for each in scores
    ]
    columns(rows)
