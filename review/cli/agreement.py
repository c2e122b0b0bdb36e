"""`winnow agreement`: between reviewers, and between raters."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.cli.terminal import columns, complain, json_option, print_json, project_option, say

if TYPE_CHECKING:
    from appraisal.agreement import Agreement
    from review.pipeline.project import Project
    from review.pipeline.screening.agreement import PairAgreement

ICC_FORMS = ("ICC(1,1)", "ICC(A,1)", "ICC(C,1)", "ICC(1,k)", "ICC(A,k)", "ICC(C,k)")


@click.command("agreement")
@click.option("--raters", is_flag=True, help="Of appraisal scores instead of verdicts.")
@click.option("--calibration", is_flag=True,
              help="Of the scores of the calibration round only.")  # fmt: skip
@click.option("--icc", "form", type=click.Choice(ICC_FORMS),
              help="Another form of the intraclass correlation than that of review.toml.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path),
              help="With --raters: draw the Bland-Altman plot as svg or png.")  # fmt: skip
@click.option("--pilot", is_flag=True, help="Of the pilot rounds, against their threshold.")
@project_option
@json_option
def command(
    raters: bool,
    calibration: bool,
    pilot: bool,
    form: str | None,
    out: Path | None,
    directory: Path,
    as_json: bool,
) -> None:
    r"""Show how far reviewers agreed, from votes before anyone could know the other's.

    An "unsure" counts as include, since it goes on to the next stage; the three-way agreement is
    printed beside it. At full text the agreement on each reason is over what both excluded.

    \b
    Examples:
      winnow agreement
      winnow agreement --pilot
      winnow agreement --raters
      winnow agreement --calibration
      winnow agreement --raters --icc "ICC(C,1)" --out raters.svg
    """
    from review.pipeline.project import open_project
    from review.pipeline.screening.agreement import agreements
    from screening.records import Stage

    with open_project(directory) as project:
        if raters or calibration:
            print_rater_agreement(
                project, as_json=as_json, out=out, form=form, calibration=calibration
            )
            return
        if pilot:
            print_pilot(project, as_json=as_json)
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
            print_pair(pair)


def print_pair(pair: "PairAgreement") -> None:
    """Print how far two reviewers agree at a stage, and on each reason at full text."""
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
    if given := [reason for reason in pair.reasons if reason.specific is not None]:
        say(
            "  reasons, of the reports both excluded: both gave it, one alone; specific agreement, kappa"
        )
        columns(
            [
                (
                    reason.reason,
                    reason.both,
                    reason.first_only + reason.second_only,
                    _number(reason.specific),
                    _number(reason.kappa),
                )
                for reason in given
            ],
            indent="    ",
        )


def print_pilot(project: "Project", *, as_json: bool) -> None:
    """Print each pilot round: who has still to see it, or how far all agree against the threshold."""
    from review.pipeline.screening.pilot import rounds
    from screening.records import Stage

    held = [
        each for stage in (Stage.TITLE_ABSTRACT, Stage.FULL_TEXT) for each in rounds(project, stage)
    ]
    if as_json:
        print_json([each.as_json() for each in held])
        return
    if not held:
        say("No pilot round has been drawn yet: winnow screen --pilot 30")
    wanted = project.protocol.screening.pilot.describe()
    for each in held:
        say(f"Round {each.number} at {each.stage}: {len(each.references):,} references")
        if each.passed is None:
            for name, number in each.waiting.items():
                if number:
                    say(
                        f"  {name} has {number:,} still to see; agreement is told when all have voted."
                    )
            continue
        for pair in each.pairs:
            print_pair(pair)
        if each.passed:
            say(f"  The threshold ({wanted}) is met.")
        else:
            say(f"  The threshold ({wanted}) is not met: talk, then winnow screen --pilot again.")


def print_rater_agreement(
    project: "Project",
    *,
    as_json: bool,
    out: Path | None = None,
    form: str | None = None,
    calibration: bool = False,
) -> None:
    """Print how far raters agree on totals and categories; `out` draws their Bland-Altman plot.

    With `calibration` over the units of the calibration round only; the plot is always over all.
    """
    from dataclasses import asdict

    from appraisal.icc_form import IccForm
    from review.pipeline.synthesis.agreements import agreement_of_raters

    found = agreement_of_raters(project, IccForm(form) if form else None, calibration=calibration)
    if out is not None:
        _draw(project, out)
    if found is None:
        if as_json:
            print_json(None)
            return
        say("No two raters have completed the same appraisals yet; agreement needs two.")
        return
    if as_json:
        print_json(asdict(found))
        return
    _say_rater_agreement(project, found)


def _say_rater_agreement(project: "Project", found: "Agreement") -> None:
    from appraisal.bland_altman import CAUTION
    from appraisal.instrument import UNITS
    from review.pipeline.appraisal.units import instrument_of, units

    unit, number = instrument_of(project).unit, len(found.units)
    say(
        f"{', '.join(found.raters)}: {number} {unit if number == 1 else UNITS[unit]} appraised by all"
    )
    if found.left_out:
        labels = units(project)
        say(f"Not by all: {'; '.join(labels.get(each, each) for each in found.left_out)}")
    for row in found.rows:
        say(row.label)
        if row.icc is not None:
            say(f"  {row.icc.name}: {row.icc.text}")
        for pair in row.pairs:
            if pair.icc is not None and len(row.pairs) > 1:
                say(f"  {pair.first} and {pair.second}, {pair.icc.name}: {pair.icc.text}")
            if pair.kappa is not None:
                say(f"  {pair.first} and {pair.second}, {pair.kappa.name}: {pair.kappa.text}")
            say(f"  {pair.first} and {pair.second}: {pair.closeness.text}")
    for first, second, points in found.bland_altman:
        say(f"  Bland-Altman, {first} minus {second}: {points.text}")
    if any(points.limits for _, _, points in found.bland_altman):
        say(f"  {CAUTION}")


def _draw(project: "Project", out: Path) -> None:
    """Write the Bland-Altman plots; those of several pairs of raters get a number in their names."""
    from review.pipeline.synthesis.pictures import picture_file, pictures
    from screening.problems import WinnowError, error
    from synthesis.figures.bland_altman import ID

    form = out.suffix.removeprefix(".")
    if form not in ("svg", "png"):
        raise WinnowError(error(str(out), "the plot is written as .svg or .png; name it so."))
    drawn = pictures(project, ID)
    if not drawn:
        raise WinnowError(
            error(str(out), "there are no two raters whose totals could be compared."),
            exit_status=1,
        )
    for each in drawn:
        path = out.with_stem(out.stem + each.id.removeprefix(ID))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(picture_file(project, each.id, form) or b"")
        complain(str(path))


def _number(value: float | None) -> str:
    return "not estimable" if value is None else f"{value:.2f}"
