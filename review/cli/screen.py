"""`winnow screen`: decide on references, in the terminal or by spreadsheet."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from review.cli.terminal import (
    complain,
    json_option,
    print_json,
    project_option,
    reviewer_option,
    say,
)

if TYPE_CHECKING:
    from review.pipeline.project import Project
    from review.store.events.base import DecisionStage
    from review.store.queries import ReferenceLine

_STAGES = click.Choice(["title_abstract", "full_text"])
_KEYS = "[i]nclude  [e]xclude  [u]nsure  [n]ote first  [s]kip  [z] undo  [q]uit"


@click.command("screen")
@click.option("--stage", type=_STAGES, default="title_abstract", show_default=True)
@click.option("--order", type=click.Choice(["random", "ranked", "date", "source", "title"]),
              default="random", show_default=True, help="The order of the queue.")  # fmt: skip
@click.option("--search", default="", help="Only references that contain these words.")
@click.option("--export", "sheet", type=click.Path(path_type=Path),
              help="Write what waits for you as a sheet (xlsx or csv) to fill in.")  # fmt: skip
@click.option("--import", "filled", type=click.Path(path_type=Path), multiple=True,
              help="Take in filled sheets.")  # fmt: skip
@click.option("--conflicts", is_flag=True, help="Settle the references on which reviewers differ.")
@click.option("--reference", help="Decide on this one only, with --verdict.")
@click.option("--verdict", type=click.Choice(["include", "exclude", "unsure"]))
@click.option(
    "--reason", "reasons", multiple=True, help="The id of a reason; the first is primary."
)
@click.option("--note", default="")
@click.option("--classify", type=click.Choice(["awaiting_classification", "ongoing", "none"]),
              help="Set --reference apart, as neither included nor excluded.")  # fmt: skip
@project_option
@reviewer_option
@json_option
def command(
    stage: str,
    order: str,
    search: str,
    sheet: Path | None,
    filled: tuple[Path, ...],
    conflicts: bool,
    reference: str | None,
    verdict: str | None,
    reasons: tuple[str, ...],
    note: str,
    classify: str | None,
    directory: Path,
    person: str | None,
    as_json: bool,
) -> None:
    r"""Decide on references: one after the other here, or on a spreadsheet.

    \b
    Examples:
      winnow screen
      winnow screen --stage full_text --as anna
      winnow screen --export to_screen.xlsx
      winnow screen --import to_screen.xlsx
      winnow screen --reference r12 --verdict exclude --reason population --stage full_text
    """
    from review.pipeline import screen
    from review.pipeline.adopt import adopt_protocol
    from review.pipeline.project import open_project, speaker
    from review.pipeline.run import stage_of
    from review.pipeline.spreadsheets import grids_in, write_grid
    from screening.records import Category, Stage, Verdict

    at: DecisionStage = Stage.FULL_TEXT if stage == "full_text" else Stage.TITLE_ABSTRACT
    with open_project(directory) as project:
        actor = speaker(project, person)
        adopt_protocol(project, actor)
        if filled:
            new = 0
            for path in filled:
                for grid in grids_in(path):
                    new += screen.import_decisions(project, grid, actor, stage_of(path) or at)
            print_json({"new": new}) if as_json else say(f"{new:,} new decisions.")
        elif sheet:
            grid = screen.decision_sheet(project, actor, at)
            write_grid(sheet, grid)
            say(f"{len(grid.rows) - 1:,} references wait for {actor}; {sheet} is ready to fill in.")
        elif reference and classify:
            category = None if classify == "none" else Category(classify)
            screen.classify(project, actor, _key(project, reference), category, note)
            say(f"{reference}: {classify.replace('_', ' ')}.")
        elif reference and verdict:
            ruling = screen.Ruling(at, Verdict(verdict), reasons, note)
            settle = screen.adjudicate if conflicts else screen.decide
            settle(project, actor, _key(project, reference), ruling)
            say(f"{reference}: {verdict}.")
        elif reference or verdict:
            raise click.UsageError("--reference goes with --verdict, or with --classify.")
        else:
            _Desk(project, actor, at, order, search, conflicts=conflicts).sit()


def _key(project: "Project", name: str) -> str:
    from review.pipeline.decision_sheet import Named
    from review.pipeline.naming import resolve
    from screening.problems import Problem, WinnowError

    problems: list[Problem] = []
    with project.ledger.read() as conn:
        key = resolve(conn, Named(key=name), "", problems)
    if key is None:
        raise WinnowError(problems, exit_status=1)
    return key


class _Desk:
    """One reviewer at one stage, reference after reference."""

    def __init__(
        self,
        project: "Project",
        reviewer: str,
        stage: "DecisionStage",
        order: str,
        search: str,
        *,
        conflicts: bool,
    ) -> None:
        self._project = project
        self._reviewer = reviewer
        self._stage = stage
        self._order: Any = "year" if order == "date" else order
        self._search = search
        self._conflicts = conflicts
        self._skipped: list[str] = []
        self._done: list[str] = []

    def sit(self) -> None:
        """Show references until the queue is empty or the reviewer leaves."""
        while line := self._next():
            self._show(line)
            if not self._decide(line):
                break
        else:
            what = "conflicts" if self._conflicts else "references"
            say(f"No {what} wait for {self._reviewer} at this stage.")
        say(f"{len(self._done):,} decided. They are in the ledger.")

    def _next(self) -> "ReferenceLine | None":
        from review.store import queries

        with self._project.ledger.read() as conn:
            if self._conflicts:
                keys = [
                    key for key in queries.conflicts(conn, self._stage) if key not in self._skipped
                ]
            else:
                keys = queries.queue(
                    conn,
                    self._stage,
                    self._reviewer,
                    order=self._order,
                    text=self._search,
                    skip=self._skipped,
                )
            return queries.reference(conn, keys[0]) if keys else None

    def _show(self, line: "ReferenceLine") -> None:
        from screening.criteria import mark_terms

        fields = line.reference.fields
        colours = {"include": "green", "exclude": "red", "": None}
        click.echo()
        click.secho(fields.title or "(no title)", bold=True)
        where = ", ".join(str(p) for p in (fields.journal, fields.year, fields.doi) if p)
        say(f"{'; '.join(fields.authors) or '(no authors)'}. {where}")
        marks = mark_terms(fields.abstract or "(no abstract)", self._project.protocol.criteria)
        click.echo(
            "".join(click.style(m.text, fg=colours[m.kind], underline=bool(m.kind)) for m in marks)
        )
        if self._conflicts:
            self._show_votes(line.key)

    def _show_votes(self, key: str) -> None:
        from review.store import queries

        with self._project.ledger.read() as conn:
            for vote in queries.votes(conn, self._stage, references=[key]):
                say(f"  {vote.reviewer}: {vote.verdict} {', '.join(vote.reasons)} {vote.note}")

    def _decide(self, line: "ReferenceLine") -> bool:
        from review.pipeline import screen
        from screening.records import Verdict

        note = ""
        verdicts = {"i": Verdict.INCLUDE, "e": Verdict.EXCLUDE, "u": Verdict.UNSURE}
        while True:
            answer = click.prompt(_KEYS, prompt_suffix=" > ", default="", show_default=False)
            match answer.strip().lower()[:1]:
                case "q":
                    return False
                case "s":
                    self._skipped.append(line.key)
                    return True
                case "z":
                    self._undo()
                    return True
                case "n":
                    note = click.prompt("Note")
                case key if key in verdicts:
                    ruling = screen.Ruling(
                        self._stage, verdicts[key], self._reasons(verdicts[key]), note
                    )
                    settle = screen.adjudicate if self._conflicts else screen.decide
                    settle(self._project, self._reviewer, line.key, ruling)
                    self._done.append(line.key)
                    return True
                case _:
                    complain("Press one of the letters in brackets, then Enter.")

    def _reasons(self, verdict: str) -> tuple[str, ...]:
        from screening.records import Stage

        known = self._project.protocol.screening.plan(self._stage).reasons
        if verdict != "exclude" or self._stage is not Stage.FULL_TEXT:
            return ()
        for number, reason in enumerate(known, start=1):
            criterion = self._project.protocol.criterion(reason.id)
            say(f"  {number}  {reason.label or (criterion.name if criterion else reason.id)}")
        chosen = click.prompt("Reason", type=click.IntRange(1, len(known)))
        return (known[chosen - 1].id,)

    def _undo(self) -> None:
        from review.pipeline import screen

        if not self._done:
            complain("There is nothing of this sitting to take back.")
            return
        screen.undo(self._project, self._reviewer, self._done.pop(), self._stage)
        say("Your last verdict is taken back.")
