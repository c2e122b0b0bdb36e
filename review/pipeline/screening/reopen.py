"""Conflicts that were settled, and the way back."""

from review.pipeline.project import Project
from review.store.events import AdjudicationWithdrawn
from review.store.events.base import DecisionStage


def reopen(
    project: Project, person: str, reference: str, stage: DecisionStage, reason: str = ""
) -> None:
    """Take an adjudication back: the conflict is open again, and the adjudication stays in the ledger.

    Raises WinnowError where there is none.
    """
    with project.write(person) as writer:
        writer.append(AdjudicationWithdrawn(reference=reference, stage=stage, reason=reason))
