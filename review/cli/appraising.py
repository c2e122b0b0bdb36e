"""One rater before the terminal, category after category of one unit."""

from typing import TYPE_CHECKING

import click

from review.cli.terminal import complain, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from appraisal.instrument import Category, Instrument, Score
    from appraisal.scores import Appraisal, Mark
    from review.pipeline.project import Project


def appraise_in_terminal(project: "Project", rater: str, unit: str) -> None:
    """Ask for every category of one unit and save what was said, complete or as a draft.

    Raises WinnowError for what is no unit of the included reports.
    """
    from appraisal.scores import Appraisal
    from review.pipeline.appraisal import appraise, units
    from screening.problems import WinnowError, error
    from screening.toml_text import closest

    instrument = units.instrument_of(project)
    known = units.units(project)
    if unit not in known:
        raise WinnowError(
            error(
                unit,
                f"this is no {instrument.unit} of the included reports.{closest(unit, known)}",
            ),
            exit_status=1,
        )
    before = _before(project, unit, rater)
    form = _Form(instrument, before, project.protocol.appraisal.calibration.notes)
    say(f"{known[unit]}: {instrument.name}")
    say("Enter keeps what is in brackets; - leaves a score open, and the appraisal a draft.")
    if instrument.descriptors:
        say(
            "m marks the points under the items: they help to think, and no score follows from them."
        )
    for category in instrument.categories:
        form.ask(category)
    complete = None not in form.scores.values()
    appraise.save_appraisal(
        project,
        Appraisal(
            unit=unit,
            instrument=instrument.id,
            instrument_version=instrument.version,
            rater=rater,
            scores=form.scores,
            marks=form.marks,
            notes={name: text for name, text in form.notes.items() if text},
            pages={name: text for name, text in form.pages.items() if text},
            complete=complete,
        ),
    )
    say(f"The appraisal is {'complete' if complete else 'a draft'} and in the ledger.")


def _before(project: "Project", unit: str, rater: str) -> "Appraisal | None":
    from review.pipeline.appraisal import appraise

    return next(
        (
            each
            for each in appraise.all_appraisals(project)
            if (each.unit, each.rater) == (unit, rater)
        ),
        None,
    )


class _Form:
    """What a rater says of one unit, beginning with what they said before."""

    def __init__(
        self, instrument: "Instrument", before: "Appraisal | None", agreed: "Mapping[str, str]"
    ) -> None:
        self._instrument = instrument
        self._agreed = agreed
        self.scores: dict[str, Score | None] = dict(before.scores) if before else {}
        self.marks: dict[str, Mark] = dict(before.marks) if before else {}
        self.notes = dict(before.notes) if before else {}
        self.pages = dict(before.pages) if before else {}

    def ask(self, category: "Category") -> None:
        """Ask for a category's score, note and page, and for its marks where the rater wants to."""
        click.secho(category.label, bold=True)
        self._say_agreed(category.id)
        for item in category.items:
            say(f"  {item.label}: {item.prompt}")
            self._say_agreed(item.id)
        self.scores[category.id] = self._score(category)
        self.notes[category.id] = click.prompt("  Note", default=self.notes.get(category.id, ""))
        self.pages[category.id] = click.prompt("  Page", default=self.pages.get(category.id, ""))

    def _score(self, category: "Category") -> "Score | None":
        scale = self._instrument.scale_of(category.id)
        given = self.scores.get(category.id)
        default = None if given is None else str(given)
        points = any(item.descriptors for item in category.items)
        offered = ", - or m" if points else ", or -"
        while True:
            answer = click.prompt(f"  Score ({scale.describe()}{offered})", default=default).strip()
            if answer == "-":
                return None
            if points and answer.casefold() == "m":
                self._mark(category)
                continue
            try:
                return scale.read(answer)
            except ValueError as wrong:
                complain(f"  {wrong}; it takes {scale.describe()}.")

    def _mark(self, category: "Category") -> None:
        """Ask for the mark of each point; Enter leaves it as it is."""
        from appraisal.scores import Mark

        say(
            "  p present, a absent, n not applicable, - no mark; Enter goes on, q goes to the score."
        )
        keys = {"p": Mark.PRESENT, "a": Mark.ABSENT, "n": Mark.NOT_APPLICABLE}
        for item in category.items:
            for point in item.descriptors:
                while True:
                    stands = self.marks.get(point.id)
                    shown = f" [{stands}]" if stands else ""
                    question = f"    {item.label}: {point.text}{shown}"
                    answer = click.prompt(question, default="", show_default=False)
                    said = answer.strip().casefold()[:1]
                    if said == "q":
                        return
                    if said in keys:
                        self.marks[point.id] = keys[said]
                    elif said == "-":
                        self.marks.pop(point.id, None)
                    elif said:
                        complain("    Press p, a, n, - or q, then Enter.")
                        continue
                    break

    def _say_agreed(self, part: str) -> None:
        if part in self._agreed:
            say(f"  Agreed in calibration: {self._agreed[part]}")
