"""Pilot rounds: everyone screens the same random references until they agree well enough."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from review.pipeline.project import Project
from review.pipeline.screening.agreement import PairAgreement, agreements
from review.store import queries
from review.store.events import PilotDrawn
from review.store.events.base import DecisionStage
from review.store.queries.ranking import stage_lines
from screening.decisions import PilotPlan
from screening.pilot import draw_pilot, pilot_passed
from screening.problems import WinnowError, error


@dataclass(frozen=True, slots=True)
class PilotRound:
    """A pilot round as it stands: its references, who has not finished it, and how far all agree.

    `waiting` says how many references each reviewer still has to see, and never what was said.
    `passed` is None until everyone has seen all of them; agreement is empty till then.
    """

    stage: DecisionStage
    number: int
    references: tuple[str, ...]
    waiting: dict[str, int]
    pairs: tuple[PairAgreement, ...]
    passed: bool | None

    def as_json(self) -> dict[str, Any]:
        """Return the round as JSON-ready values."""
        return asdict(self)


def rounds(project: Project, stage: DecisionStage) -> list[PilotRound]:
    """Return the pilot rounds of a stage so far, the first one first.

    How far reviewers agree is told only once all of them have seen the whole round, so that nobody
    learns from it what another's open vote says.
    """
    plan = project.protocol.screening.pilot
    people = reviewers(project, stage)
    with project.ledger.read() as conn:
        drawn = _drawn(project, stage)
        voters = {line.key: line.voters for line in stage_lines(conn, stage)}
        now = queries.references_of(conn)
    found = []
    for event in drawn:
        # What has been merged or removed since is no longer the round's.
        keys = tuple(dict.fromkeys(now[key] for key in event.references if now.get(key) in voters))
        waiting = {who: sum(who not in voters[key] for key in keys) for who in people}
        done = not any(waiting.values())
        pairs = tuple(agreements(project, stage, only=keys)) if done else ()
        passed = _passed(pairs, plan) if done else None
        found.append(PilotRound(stage, event.round, keys, waiting, pairs, passed))
    return found


def draw(project: Project, actor: str, stage: DecisionStage, size: int = 0) -> PilotRound:
    """Return the round that is open, or draw the next one: `size` references, or as the protocol says.

    Raises WinnowError where fewer than two review, where the last round met the threshold, or where
    nothing is left to draw from.
    """
    people = reviewers(project, stage)
    if len(people) < 2:
        raise WinnowError(
            error("", "a pilot round compares reviewers, and this stage has one alone.")
        )
    before = rounds(project, stage)
    if before and before[-1].passed is None:
        return before[-1]
    if before and before[-1].passed:
        plan = project.protocol.screening.pilot
        raise WinnowError(
            error(
                "",
                f"round {before[-1].number} has met the threshold ({plan.describe()}), so no further "
                "round is needed. Raise the threshold in [screening.pilot] to go on.",
            ),
            exit_status=1,
        )
    with project.ledger.read() as conn:
        fresh = [line.key for line in stage_lines(conn, stage) if line.state and not line.voters]
        used = {key for event in _drawn(project, stage) for key in event.references}
    chosen = draw_pilot(
        fresh,
        size or project.protocol.screening.pilot.size,
        seed=project.protocol.screening.seed,
        used=used,
    )
    if not chosen:
        raise WinnowError(error("", "nobody's references are left to draw a pilot round from."))
    with project.write(actor) as writer:
        writer.append(PilotDrawn(stage=stage, round=len(before) + 1, references=chosen))
    return rounds(project, stage)[-1]


def waiting_in(project: Project, opened: PilotRound, reviewer: str) -> list[str]:
    """Return the references of a round that a reviewer has not voted on, in the order drawn."""
    with project.ledger.read() as conn:
        voted = {line.key for line in stage_lines(conn, opened.stage) if line.voted(reviewer)}
    return [key for key in opened.references if key not in voted]


def waiting_in_round(project: Project, stage: DecisionStage, reviewer: str) -> list[str]:
    """Return what a reviewer has not voted on of the round drawn last, in the order drawn."""
    drawn = _drawn(project, stage)
    if not drawn:
        return []
    with project.ledger.read() as conn:
        now = queries.references_of(conn)
        voted = {line.key: line.voted(reviewer) for line in stage_lines(conn, stage)}
    keys = dict.fromkeys(now[key] for key in drawn[-1].references if key in now)
    return [key for key in keys if not voted.get(key, True)]


def reviewers(project: Project, stage: DecisionStage) -> tuple[str, ...]:
    """Return who screens at a stage: those the protocol names for it, else all reviewers."""
    return project.protocol.screening.plan(stage).reviewers or project.protocol.review.reviewers


def _drawn(project: Project, stage: DecisionStage) -> list[PilotDrawn]:
    with project.ledger.read() as conn:
        said = [each.event for each in queries.events_since(conn, kinds=["pilot_drawn"])]
    return [event for event in said if isinstance(event, PilotDrawn) and event.stage == stage]


def _passed(pairs: Sequence[PairAgreement], plan: PilotPlan) -> bool:
    """Return whether every pair of reviewers reached the threshold."""
    return bool(pairs) and all(
        pilot_passed(pair.statistics, plan.statistic, plan.threshold) for pair in pairs
    )
