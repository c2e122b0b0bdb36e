"""One reviewer before the terminal, reference after reference."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from review.cli.terminal import complain, say

if TYPE_CHECKING:
    from review.pipeline.project import Project
    from review.store.events.base import DecisionStage
    from review.store.queries import ReferenceLine

Offer = Callable[[Sequence[str]], Sequence[str]]
"""Gives the keys of what comes next, without those named."""

_KEYS = "[i]nclude  [e]xclude  [u]nsure  [n]ote first  [s]kip  [z] undo  [q]uit"


class Sitting:
    """One reviewer at one stage, reference after reference.

    `offer` gives the references that come next, those that were skipped left out; `settled` is told of
    every verdict given or taken back.
    """

    def __init__(
        self,
        project: "Project",
        reviewer: str,
        stage: "DecisionStage",
        offer: "Offer",
        *,
        conflicts: bool = False,
        settled: Callable[[], None] = lambda: None,
    ) -> None:
        self._project = project
        self._reviewer = reviewer
        self._stage = stage
        self._offer = offer
        self._conflicts = conflicts
        self._settled = settled
        self._skipped: list[str] = []
        self._done: list[str] = []

    def sit(self) -> None:
        """Show references until none are left or the reviewer leaves."""
        while line := self._next():
            self._show(line)
            if not self._decide(line):
                break
        else:
            what = "conflicts" if self._conflicts else "references"
            say(f"No {what} wait for {self._reviewer} here.")
        say(f"{len(self._done):,} decided. They are in the ledger.")

    def _next(self) -> "ReferenceLine | None":
        from review.store import queries

        keys = self._offer(self._skipped)
        with self._project.ledger.read() as conn:
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
        from review.pipeline.screening import screen
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
                    self._settled()
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
        from review.pipeline.screening import screen

        if not self._done:
            complain("There is nothing of this sitting to take back.")
            return
        screen.undo(self._project, self._reviewer, self._done.pop(), self._stage)
        self._settled()
        say("Your last verdict is taken back.")
