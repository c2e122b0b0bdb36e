"""`winnow appraise`: appraisal scores."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.cli.terminal import (
    columns,
    complain,
    json_option,
    print_json,
    project_option,
    reviewer_option,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraisal.instrument import Category, Instrument, Score
    from review.pipeline.project import Project


@click.command("appraise")
@click.argument("report", required=False)
@click.option("--export", "sheet", type=click.Path(path_type=Path),
              help="Write the score sheet (xlsx or csv) to fill in.")  # fmt: skip
@click.option("--import", "filled", type=click.Path(path_type=Path), multiple=True,
              help="Take in filled score sheets.")  # fmt: skip
@click.option("--agreement", is_flag=True, help="Show agreement between raters.")
@project_option
@reviewer_option
@json_option
def command(
    report: str | None,
    sheet: Path | None,
    filled: tuple[Path, ...],
    agreement: bool,
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
    """
    from review.pipeline import appraise
    from review.pipeline.adopt import adopt_protocol
    from review.pipeline.project import open_project, speaker
    from review.pipeline.spreadsheets import grids_in, write_grid

    with open_project(directory) as project:
        if agreement:
            from review.cli.agreement import print_rater_agreement

            print_rater_agreement(project, as_json=as_json)
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
            _score(project, actor, report)


def _print_scores(project: "Project", *, as_json: bool) -> None:
    from review.pipeline import appraise

    scores = appraise.settled_scores(project)
    if as_json:
        print_json([each.model_dump(mode="json") for each in scores])
        return
    instrument = appraise.instrument_of(project)
    labels = appraise.units(project)
    rows: list[list[object]] = [["", *(c.label for c in instrument.categories), "Total", "%"]]
    rows += [
        [
            labels[each.unit],
            *("-" if score is None else score for score in each.scores.values()),
            "-" if each.total is None else each.total,
            "-" if each.percent is None else each.percent,
        ]
        for each in scores
    ]
    columns(rows)


def _score(project: "Project", rater: str, report: str) -> None:
    from appraisal.scores import Appraisal
    from review.pipeline import appraise
    from screening.problems import WinnowError, error
    from screening.toml_text import closest

    instrument = appraise.instrument_of(project)
    known = appraise.units(project)
    if report not in known:
        raise WinnowError(
            error(
                report,
                f"this is no {instrument.unit} of the included reports.{closest(report, known)}",
            ),
            exit_status=1,
        )
    before = next(
        (
            each
            for each in appraise.all_appraisals(project)
            if (each.unit, each.rater, each.instrument) == (report, rater, instrument.id)
        ),
        None,
    )
    say(f"{known[report]}: {instrument.name}")
    say("Enter keeps what is in brackets; - leaves a score open, and the appraisal a draft.")
    scores: dict[str, Score | None] = {}
    notes = dict(before.notes) if before else {}
    pages = dict(before.pages) if before else {}
    agreed = project.protocol.appraisal.calibration.notes
    for category in instrument.categories:
        given = before.scores.get(category.id) if before else None
        scores[category.id] = _ask(instrument, category, agreed, given)
        notes[category.id] = click.prompt("  Note", default=notes.get(category.id, ""))
        pages[category.id] = click.prompt("  Page", default=pages.get(category.id, ""))
    complete = None not in scores.values()
    appraise.save_appraisal(
        project,
        Appraisal(
            unit=report,
            instrument=instrument.id,
            instrument_version=instrument.version,
            rater=rater,
            scores=scores,
            marks=before.marks if before else {},
            notes={name: text for name, text in notes.items() if text},
            pages={name: text for name, text in pages.items() if text},
            complete=complete,
        ),
    )
    say(f"The appraisal is {'complete' if complete else 'a draft'} and in the ledger.")


def _ask(
    instrument: "Instrument",
    category: "Category",
    agreed: "Mapping[str, str]",
    given: "Score | None",
) -> "Score | None":
    scale = instrument.scale_of(category.id)
    click.secho(category.label, bold=True)
    _say_agreed(agreed, category.id)
    for item in category.items:
        say(f"  {item.label}: {item.prompt}")
        _say_agreed(agreed, item.id)
    default = None if given is None else str(given)
    while True:
        answer = click.prompt(f"  Score ({scale.describe()}, or -)", default=default)
        if answer.strip() == "-":
            return None
        try:
            return scale.read(answer)
        except ValueError as wrong:
            complain(f"  {wrong}; it takes {scale.describe()}.")


def _say_agreed(agreed: "Mapping[str, str]", part: str) -> None:
    if part in agreed:
        say(f"  Agreed in calibration: {agreed[part]}")
