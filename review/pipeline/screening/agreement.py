"""Agreement between reviewers, from votes as they were before anyone could know the other's."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

from review.pipeline.project import Project
from review.store import queries
from review.store.events.base import DecisionStage
from screening.agreement import (
    Agreement,
    ReasonAgreement,
    Unsure,
    agreement,
    agreement_on_reasons,
)
from screening.records import Stage, Verdict


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """How far two reviewers agree at a stage; `three_way` counts unsure as a verdict of its own."""

    stage: DecisionStage
    first: str
    second: str
    statistics: Agreement
    three_way: Agreement
    reasons: tuple[ReasonAgreement, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the pair's statistics as JSON-ready values."""
        return asdict(self)


def agreements(
    project: Project, stage: DecisionStage, *, only: Collection[str] | None = None
) -> list[PairAgreement]:
    """Return the agreement of each pair of reviewers who voted on the same references at a stage.

    `only` narrows to some references, as those of a pilot round.
    """
    with project.ledger.read() as conn:
        if len(queries.voters(conn)) < 2:  # nobody to agree with, and nothing to read
            return []
        votes = queries.independent_votes(conn, stage)
    by_reviewer: dict[str, dict[str, queries.StandingVote]] = {}
    for vote in votes:
        if not vote.tool and (only is None or vote.reference in only):
            by_reviewer.setdefault(vote.reviewer, {})[vote.reference] = vote
    reasons = [reason.id for reason in project.protocol.screening.plan(stage).reasons]
    found = []
    for first, second in combinations(sorted(by_reviewer), 2):
        ours, theirs = by_reviewer[first], by_reviewer[second]
        shared = [(ours[key], theirs[key]) for key in ours if key in theirs]
        if not shared:
            continue
        verdicts = [(a.verdict, b.verdict) for a, b in shared]
        given = [
            (frozenset(a.reasons), frozenset(b.reasons))
            for a, b in shared
            if a.verdict == b.verdict == Verdict.EXCLUDE
        ]
        found.append(
            PairAgreement(
                stage,
                first,
                second,
                agreement(verdicts),
                agreement(verdicts, unsure=Unsure.CATEGORY),
                agreement_on_reasons(given, reasons) if stage is Stage.FULL_TEXT else (),
            )
        )
    return found
