"""What the verdicts of several reviewers settle, under the policy of their stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from screening.records import Stage, Verdict
from screening.section import Section, unwritten

Statistic = Literal["agreed", "kappa", "pabak", "ac1", "alpha"]
"""What a pilot round is judged by: one of the figures of `screening.agreement`."""


class Policy(StrEnum):
    """How many reviewers a stage needs, and who settles what they disagree on.

    Under `DUAL` the two talk until they agree, and any one of them may enter the outcome; under
    `DUAL_ADJUDICATED` a third person settles it.
    """

    SINGLE = "single"
    DUAL = "dual"
    DUAL_ADJUDICATED = "dual then adjudicated"


class Reason(Section):
    """Why a report can be excluded: a criterion of the protocol, or one defined here by a label."""

    id: Annotated[str, Field(min_length=1)]
    label: str = ""


class StagePlan(Section):
    """How one stage is screened: `[screening.title_abstract]` or `[screening.full_text]`.

    `verified` is the share of references (0 to 1) that a second reviewer sees too although the
    policy is single; which ones is fixed by the seed and the reference's key alone. No `reviewers`
    means everyone who reviews. `reasons` stand in the order of the diagram.
    """

    reviewers: tuple[str, ...] = ()
    policy: Policy = Policy.SINGLE
    verified: Annotated[float, Field(ge=0, le=1)] = 0.0
    reasons: tuple[Reason, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, values: Any) -> Any:  # noqa: ANN401 - whatever the file holds
        """Read `policy = { verified = 0.2 }` and reasons named by a criterion's id alone."""
        if not isinstance(values, dict):
            return values
        values = dict(values)
        if isinstance(values.get("policy"), dict):
            values |= {"policy": Policy.SINGLE} | values["policy"]
        if isinstance(reasons := values.get("reasons"), list | tuple):
            values["reasons"] = [{"id": r} if isinstance(r, str) else r for r in reasons]
        return values

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.verified and self.policy is not Policy.SINGLE:
            raise ValueError(
                f'A verified share belongs to the policy "single"; under "{self.policy}" every '
                "reference has a second reviewer. Leave one of the two out."
            )
        ids = [reason.id for reason in self.reasons]
        if twice := sorted({name for name in ids if ids.count(name) > 1}):
            raise ValueError(f"Each reason is listed once; listed again: {', '.join(twice)}.")
        return self

    def policy_for(self, reference: str, seed: int) -> Policy:
        """Return the policy that holds for one reference, the verified share resolved by its key."""
        if self.verified and share(reference, seed) < self.verified:
            return Policy.DUAL
        return self.policy

    def in_order(self, reasons: Sequence[str]) -> tuple[str, ...]:
        """Return reasons in the order of the plan, those it does not list last."""
        rank = {reason.id: place for place, reason in enumerate(self.reasons)}
        return tuple(sorted(dict.fromkeys(reasons), key=lambda r: rank.get(r, len(rank))))


class PilotPlan(Section):
    """How pilot rounds are held: `[screening.pilot]`.

    A round of `size` references is seen by every reviewer. It passes when for each pair of them
    `statistic` (agreed, kappa, pabak, ac1 or alpha; over votes before consensus) is at least
    `threshold`. The default, a kappa of .6, is where "substantial" begins for Landis and Koch (1977).
    """

    size: Annotated[int, Field(ge=2)] = 30
    statistic: Statistic = "kappa"
    threshold: Annotated[float, Field(ge=0, le=1)] = 0.6

    def describe(self) -> str:
        """Return the threshold in words: "kappa of 0.6 or more"."""
        return f"{self.statistic} of {self.threshold:g} or more"


class ScreeningSection(Section):
    """The section `[screening]` of review.toml.

    `seed` fixes the random order of screening and the verified share.
    """

    seed: int = 1
    title_abstract: StagePlan = unwritten()
    full_text: StagePlan = unwritten()
    pilot: PilotPlan = unwritten()

    def plan(self, stage: Stage) -> StagePlan:
        """Return the plan of a stage at which reviewers give verdicts."""
        return self.full_text if stage is Stage.FULL_TEXT else self.title_abstract


def share(reference: str, seed: int) -> float:
    """Return a number in [0, 1) that depends on the reference's key and the seed alone."""
    digest = sha256(f"{seed}:{reference}".encode()).digest()
    return int.from_bytes(digest[:6]) / 2**48


@dataclass(frozen=True, slots=True)
class Vote:
    """One reviewer's word, as it stands. `tool` names the automation tool that spoke, if one did."""

    reviewer: str
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    tool: str = ""


class State(StrEnum):
    """Where a reference stands at a stage."""

    PENDING = "pending"
    AWAITING_SECOND = "awaiting_second"
    CONFLICT = "conflict"
    INCLUDE = "include"
    EXCLUDE = "exclude"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the votes come to. `verdict` is None while nothing is settled.

    `reasons` stand in the order of the plan: the first is the primary reason. `decided_by` names
    whose word it rests on, `by_automation` says that it is a tool's alone.
    """

    state: State
    verdict: Verdict | None = None
    reasons: tuple[str, ...] = ()
    decided_by: tuple[str, ...] = ()
    by_automation: bool = False


def lacks_reason(stage: Stage, verdict: Verdict, reasons: Sequence[str]) -> bool:
    """Return whether a verdict needs a reason and has none: every exclusion at full text."""
    return stage is Stage.FULL_TEXT and verdict is Verdict.EXCLUDE and not reasons


def settle(
    votes: Sequence[Vote],
    plan: StagePlan,
    stage: Stage,
    *,
    adjudication: Vote | None = None,
    policy: Policy | None = None,
) -> Settlement:
    """Return what the standing votes on one reference settle at a stage.

    `votes` are the latest of each reviewer. `policy` is the one in force for this reference
    (`plan.policy_for`), the plan's own by default. An adjudication is the last word. "Unsure" at
    title/abstract counts as going on, and against "exclude" it is a conflict; at full text it
    settles nothing. Whatever the policy, opposed verdicts are a conflict: no vote is passed over.
    Two who exclude for different reasons agree; the reasons both gave come before the others.
    """
    if adjudication is not None:
        return _settled(adjudication.verdict, [adjudication], plan)
    needed = 1 if (policy or plan.policy) is Policy.SINGLE else 2
    if not votes:
        return Settlement(State.PENDING)
    if len(votes) < needed:
        return Settlement(State.AWAITING_SECOND)
    verdicts = {vote.verdict for vote in votes}
    if stage is Stage.TITLE_ABSTRACT and Verdict.UNSURE in verdicts:
        verdicts = (verdicts - {Verdict.UNSURE}) | {Verdict.INCLUDE}
    if len(verdicts) > 1:
        return Settlement(State.CONFLICT)
    verdict = verdicts.pop()
    if verdict is Verdict.UNSURE:
        return Settlement(State.PENDING if needed == 1 else State.CONFLICT)
    return _settled(verdict, votes, plan)


def _settled(verdict: Verdict, votes: Sequence[Vote], plan: StagePlan) -> Settlement:
    reasons: tuple[str, ...] = ()
    if verdict is Verdict.EXCLUDE:
        given = [vote.reasons for vote in votes if vote.reasons]
        shared = [r for r in given[0] if all(r in other for other in given)] if given else []
        others = plan.in_order([r for own in given for r in own])
        reasons = tuple(dict.fromkeys((*plan.in_order(shared), *others)))
    return Settlement(
        State.EXCLUDE if verdict is Verdict.EXCLUDE else State.INCLUDE,
        verdict,
        reasons,
        tuple(sorted(vote.reviewer for vote in votes)),
        by_automation=all(vote.tool for vote in votes),
    )
