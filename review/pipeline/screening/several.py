"""One verdict on many references at once: foreseen before it is given, and taken back as one."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection

from review.pipeline.project import Project
from review.pipeline.screening.screen import Ruling, check_reasons, name_sought
from review.store import queries
from review.store.events import Decided, DecisionWithdrawn
from review.store.events.base import DecisionStage
from screening.decisions import Policy, State
from screening.problems import WinnowError, error

MOST = 1000
"""More are never decided on at once: nobody looks through a longer list before pressing a button."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What one verdict on many references would do; of other reviewers' verdicts only that they exist.

    `alone` need no other verdict, `second` wait for another reviewer's afterwards, `compared` have one
    already. `passed_over` were named and wait for this reviewer no more.
    """

    references: tuple[str, ...]
    alone: int
    second: int
    compared: int
    passed_over: int


@dataclass(frozen=True, slots=True)
class Together:
    """Standing verdicts that one reviewer gave in one go, at one moment."""

    at: str
    verdict: str
    reasons: tuple[str, ...]
    note: str
    references: tuple[str, ...]


def foresee(project: Project, reviewer: str, references: Sequence[str], ruling: Ruling) -> Foreseen:
    """Return what a verdict on these references would do; nothing is written.

    Raises WinnowError where there are none or too many of them, and for reasons that do not fit.
    """
    _check(project, references, ruling)
    plan, seed = project.protocol.screening.plan(ruling.stage), project.protocol.screening.seed
    with project.ledger.read() as conn:
        waiting = _waiting(conn, reviewer, references, ruling.stage)
        lines = queries.references_by_key(conn, waiting)
    compared = [
        line.key for line in lines if getattr(line.standing, ruling.stage) == State.AWAITING_SECOND
    ]
    fresh = set(waiting) - set(compared)
    alone = sum(plan.policy_for(key, seed) is Policy.SINGLE for key in fresh)
    return Foreseen(
        tuple(waiting), alone, len(fresh) - alone, len(compared), len(references) - len(waiting)
    )


def decide_several(
    project: Project, reviewer: str, references: Sequence[str], ruling: Ruling
) -> int:
    """Append the verdict on each of the references that still wait for the reviewer; return how many.

    All are appended at one moment, by which they can be taken back together. Raises as `foresee` does.
    """
    _check(project, references, ruling)
    with project.write(reviewer) as writer:
        waiting = _waiting(writer.connection, reviewer, references, ruling.stage)
        writer.append_many(Decided(reference=key, **asdict(ruling)) for key in waiting)
    name_sought(project, reviewer)
    return len(waiting)


def given_together(project: Project, reviewer: str, stage: DecisionStage) -> list[Together]:
    """Return what a reviewer said of several references at one moment and still says, latest first.

    Verdicts of one moment that differ came from a sheet, and are changed there or one by one.
    """
    with project.ledger.read() as conn:
        return _together(conn, reviewer, stage)


def given_with(
    project: Project, stage: DecisionStage, vote: queries.StandingVote
) -> Together | None:
    """Return what a reviewer said in one go with a verdict of theirs, None where it stands alone."""
    with project.ledger.read() as conn:
        beside = (queries.event(conn, vote.id + step) for step in (-1, 1))
        if not any(said and said.at == vote.at for said in beside):
            return None  # what is said in one go is in the ledger in one row
        together = _together(conn, vote.reviewer, stage)
    return next((each for each in together if each.at == vote.at), None)


def take_back_several(project: Project, reviewer: str, stage: DecisionStage, at: str) -> int:
    """Take back what a reviewer said of several references at one moment; return how many they were."""
    with project.write(reviewer) as writer:
        found = _together(writer.connection, reviewer, stage)
        keys = next((each.references for each in found if each.at == at), ())
        writer.append_many(DecisionWithdrawn(reference=key, stage=stage) for key in keys)
    return len(keys)


def _together(conn: Connection, reviewer: str, stage: DecisionStage) -> list[Together]:
    moments: dict[str, list[queries.StandingVote]] = {}
    for vote in queries.own_votes(conn, stage, reviewer):
        moments.setdefault(vote.at, []).append(vote)
    return [
        Together(
            at,
            str(first.verdict),
            first.reasons,
            first.note,
            tuple(vote.reference for vote in votes),
        )
        for at, votes in reversed(moments.items())
        for first in votes[:1]
        if len(votes) > 1
        and all(
            (vote.verdict, vote.reasons, vote.note) == (first.verdict, first.reasons, first.note)
            for vote in votes
        )
    ]


def _check(project: Project, references: Collection[str], ruling: Ruling) -> None:
    if not references:
        raise WinnowError(error("", "tick at least one reference; nothing was recorded."))
    if len(references) > MOST:
        raise WinnowError(
            error(
                "",
                f"these are {len(references):,} references, and at most {MOST:,} are decided on at "
                "once. Narrow the search; nothing was recorded.",
            )
        )
    check_reasons(project, "", ruling)


def _waiting(
    conn: Connection, reviewer: str, references: Sequence[str], stage: DecisionStage
) -> list[str]:
    """Return those of the references that wait for the reviewer, each once, in the order named."""
    own = set(queries.queue(conn, stage, reviewer, limit=_ALL))
    return [key for key in dict.fromkeys(references) if key in own]


_ALL = 2**31 - 1
