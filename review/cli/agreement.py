"""`winnow agreement`: between reviewers, and between raters."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.cli.terminal import columns, json_option, print_json, project_option, say

if TYPE_CHECKING:
    from review.pipeline.project import Project


@click.command("agreement")
@click.option("--raters", is_flag=True, help="Of appraisal scores instead of verdicts.")
@project_option
@json_option
def command(raters: bool, directory: Path, as_json: bool) -> None:
    r"""Show how far reviewers agreed, from votes before anyone could know the other's.

    An "unsure" counts as include, since it goes on to the next stage; the three-way agreement is
    printed beside it.

    \b
    Examples:
      winnow agreement
      winnow agreement --raters
    """
    from review.pipeline.agreement import agreements
    from review.pipeline.project import open_project
    from screening.records import Stage

    with open_project(directory) as project:
        if raters:
            print_rater_agreement(project, as_json=as_json)
            return
        found = [
            pair
            for stage in (Stage.TITLE_ABSTRACT, Stage.FULL_TEXT)
            for pair in agreements(project, stage)
        ]
        if as_json:
            print_json([pair.as_json() for pair in found])
            return
        if not found:
            say("No two reviewers have voted on the same references yet.")
        for pair in found:
            both = pair.statistics
            say(f"{pair.stage}: {pair.first} and {pair.second}, {both.references:,} references")
            low, high = both.interval or (None, None)
            columns(
                [
                    ("agreed", _number(both.agreed)),
                    ("prevalence of include", _number(both.prevalence)),
                    ("Cohen's kappa", f"{_number(both.kappa)} ({_number(low)} to {_number(high)})"),
                    ("PABAK", _number(both.pabak)),
                    ("Gwet's AC1", _number(both.ac1)),
                    ("Krippendorff's alpha", _number(both.alpha)),
                    ("kappa, unsure as a verdict of its own", _number(pair.three_way.kappa)),
                ],
                indent="  ",
            )


def print_rater_agreement(project: "Project", *, as_json: bool) -> None:
    """Print how far raters agree on totals and categories."""
    from dataclasses import asdict

    from appraisal.agreement import agreement
    from review.pipeline.appraise import all_appraisals, instrument_of

    instrument = instrument_of(project)
    complete = [each for each in all_appraisals(project) if each.complete]
    found = agreement(instrument, complete)
    if as_json:
        print_json(asdict(found))
        return
    if len(found.raters) < 2:
        say("Only one rater has completed appraisals; agreement needs two.")
        return
    say(f"{', '.join(found.raters)}: {len(found.units)} {instrument.unit}s appraised by all")
    for row in found.rows:
        say(row.label)
        if row.icc is not None:
            say(f"  {row.icc.name}: {row.icc.text}")
        for pair in row.pairs:
            say(f"  {pair.first} and {pair.second}, {pair.kappa.name}: {pair.kappa.text}")
            say(f"  {pair.first} and {pair.second}: {pair.closeness.text}")


def _number(value: float | None) -> str:
    return "not estimable" if value is None else f"{value:.2f}"
