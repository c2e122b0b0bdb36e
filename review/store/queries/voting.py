"""What reviewers voted: raw for agreement and conflicts, or one reviewer's own alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from review.store.events import Adjudicated, Decided, DecisionWithdrawn, record_id, record_key, slot
from review.store.pieces import rows_where
from review.store.projection_tables import MEMBER, STANDING
from review.store.said import Said, as_said
from review.store.tables import EVENT
from screening.records import Stage, Verdict

STANDING_ON = (
    select(EVENT, MEMBER.c.reference)
    .join(STANDING, STANDING.c.event == EVENT.c.id)
    .join(MEMBER, MEMBER.c.record == STANDING.c.record)
)


@dataclass(frozen=True, slots=True)
class StandingVote:
    """One reviewer's verdict on a reference as it stands; `id` is its event."""

    id: int
    at: str
    reference: str
    record: str
    stage: Stage
    reviewer: str
    verdict: Verdict
    reasons: tuple[str, ...]
    note: str
    tool: str = ""


def votes(
    conn: Connection, stage: Stage, *, references: Iterable[str] | None = None
) -> list[StandingVote]:
    """Return every standing vote at a stage, in the order of the ledger.

    Each reviewer's latest on each reference. It tells what reviewers said: nothing of it may reach
    another reviewer before the conflict is open to both. `references` narrows to some.
    """
    return _votes(conn, stage, references, None)


def own_votes(
    conn: Connection, stage: Stage, reviewer: str, *, references: Iterable[str] | None = None
) -> list[StandingVote]:
    """Return one reviewer's own standing votes at a stage, in the order they were given."""
    return _votes(conn, stage, references, reviewer)


def latest_vote(conn: Connection, stage: Stage, reviewer: str) -> StandingVote | None:
    """Return the verdict at a stage that a reviewer gave last and that still stands, or None."""
    rest_of_slot = slot(stage, reviewer).removeprefix("[")
    rows = conn.execute(
        STANDING_ON.where(
            STANDING.c.kind == "decided",
            STANDING.c.actor == reviewer,
            STANDING.c.slot.endswith(rest_of_slot, autoescape=True),
        )
        .order_by(STANDING.c.event.desc())
        .limit(1)
    ).all()
    for row, said in zip(rows, as_said(rows), strict=True):
        if isinstance(said.event, Decided):
            return _vote(row.reference, said, said.event)
    return None


def adjudications(conn: Connection, stage: Stage) -> list[StandingVote]:
    """Return the adjudications that stand at a stage, the latest on each reference."""
    found: dict[int, StandingVote] = {}
    for reference, said in _standing(conn, "adjudicated", None, None):
        if isinstance(said.event, Adjudicated) and said.event.stage == stage:
            found[reference] = _vote(reference, said, said.event)
    return sorted(found.values(), key=lambda vote: vote.id)


def voters(conn: Connection) -> set[str]:
    """Return who has ever voted on a reference, at any stage."""
    said = select(EVENT.c.actor).where(EVENT.c.kind == "decided").distinct()
    return set(conn.execute(said).scalars())


def independent_votes(conn: Connection, stage: Stage) -> list[StandingVote]:
    """Return the votes as they were before reviewers could know of each other's, for agreement.

    A reviewer may change their mind freely until a second one has voted on the reference; from then
    on changes may be consensus, and the votes that stood at that moment are kept. A third
    reviewer's first vote is kept.
    """
    reference_of = {
        row.record: row.reference
        for row in conn.execute(select(MEMBER.c.record, MEMBER.c.reference))
    }
    kinds = ("decided", "decision_withdrawn")
    rows = conn.execute(select(EVENT).where(EVENT.c.kind.in_(kinds)).order_by(EVENT.c.id))
    standing: dict[int, dict[str, StandingVote]] = {}
    frozen: dict[int, dict[str, StandingVote]] = {}
    for said in as_said(rows):
        event = said.event
        if not isinstance(event, Decided | DecisionWithdrawn) or event.stage != stage:
            continue
        reference = reference_of.get(record_id(event.reference))
        if reference is None:
            continue
        own = standing.setdefault(reference, {})
        if isinstance(event, DecisionWithdrawn):
            own.pop(said.actor, None)
            continue
        own[said.actor] = _vote(reference, said, event)
        if len(own) > 1:
            kept = frozen.setdefault(reference, {})
            for reviewer, vote in own.items():
                kept.setdefault(reviewer, vote)
    chosen = [vote for of in standing for vote in (frozen.get(of) or standing[of]).values()]
    return sorted(chosen, key=lambda vote: vote.id)


def _votes(
    conn: Connection, stage: Stage, references: Iterable[str] | None, reviewer: str | None
) -> list[StandingVote]:
    found: dict[tuple[int, str], StandingVote] = {}
    for reference, said in _standing(conn, "decided", references, reviewer):
        if isinstance(said.event, Decided) and said.event.stage == stage:
            found[reference, said.actor] = _vote(reference, said, said.event)
    return sorted(found.values(), key=lambda vote: vote.id)


def _standing(
    conn: Connection, kind: str, references: Iterable[str] | None, actor: str | None
) -> list[tuple[int, Said]]:
    """Return (reference, event) of a kind in ledger order, so that the latest comes last."""
    if references is None:
        found = iter(conn.execute(STANDING_ON.where(STANDING.c.kind == kind)))
    else:
        ids = [record_id(key) for key in references]
        found = rows_where(conn, STANDING_ON, MEMBER.c.reference, ids)
    rows = [row for row in found if row.kind == kind and actor in (None, row.actor)]
    rows.sort(key=lambda row: row.id)
    return [(row.reference, said) for row, said in zip(rows, as_said(rows), strict=True)]


def _vote(reference: int, said: Said, event: Decided | Adjudicated) -> StandingVote:
    return StandingVote(
        said.id,
        said.at,
        record_key(reference),
        event.reference,
        Stage(event.stage),
        said.actor,
        Verdict(event.verdict),
        event.reasons,
        event.note,
        event.tool if isinstance(event, Decided) else "",
    )
