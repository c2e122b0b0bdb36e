"""Where a reference stands, computed from its records and everything said of them.

Of several events of one kind on the records of one reference the latest counts, so a decision
follows its record into whatever reference that is merged into.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from review.store.events import (
    Adjudicated,
    Classified,
    Decided,
    Event,
    Linked,
    Named,
    Removed,
    Restored,
    Retrieved,
    Unlinked,
    record_key,
)
from review.store.projection_tables import voters_text
from screening.decisions import ScreeningSection, Settlement, State, Vote, settle, share
from screening.records import Stage, Verdict

FACT_KINDS = frozenset(
    event.model_fields["kind"].default
    for event in (
        Adjudicated,
        Classified,
        Decided,
        Linked,
        Named,
        Removed,
        Restored,
        Retrieved,
        Unlinked,
    )
)
"""The kinds of event that say something of a single reference; what was taken back says nothing."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The records of one reference and what was said of them, in ledger order.

    `records` are (record, lane, completed, late); `said` are (event id, actor, event).
    """

    source: str
    year: int | None
    records: Sequence[tuple[int, str, int, bool]]
    said: Sequence[tuple[int, str, Event]] = ()


@dataclass(slots=True)
class _Word:
    """The last word of each kind."""

    votes: dict[Stage, dict[str, Vote]] = field(
        default_factory=lambda: {Stage.TITLE_ABSTRACT: {}, Stage.FULL_TEXT: {}}
    )
    adjudications: dict[Stage, Vote] = field(default_factory=dict)
    removal: Removed | Restored | None = None
    retrieval: Retrieved | None = None
    category: Classified | None = None
    link: Linked | Unlinked | None = None
    name: Named | None = None


def state_of(facts: Facts, screening: ScreeningSection, stopped: int | None) -> dict[str, Any]:
    """Return the row of `screening_state` of one reference.

    `stopped` is the event of an early stop that stands: it leaves unscreened what was loaded before
    it and has no vote.
    """
    reference = facts.records[0][0]
    word = _last_word(facts.said)
    lane = "dbr" if any(lane == "dbr" for _, lane, _, _ in facts.records) else "other"
    removed = word.removal.how if isinstance(word.removal, Removed) else ""
    title_abstract = _settle(Stage.TITLE_ABSTRACT, reference, word, screening)
    full_text = _settle(Stage.FULL_TEXT, reference, word, screening)
    first_state = _first_state(facts, lane, removed, title_abstract, stopped)
    goes_on = not removed and (
        first_state == State.INCLUDE or (lane == "other" and first_state == "")
    )
    outcome: str = word.retrieval.outcome if word.retrieval else ""
    if goes_on and not outcome:
        # Whoever decided on the full text had it before them.
        outcome = "retrieved" if full_text.voters else "pending"
    assessed = goes_on and outcome == "retrieved"
    dbr = sum(1 for _, own, _, _ in facts.records if own == "dbr")
    late = sum(1 for _, own, _, is_late in facts.records if own == "dbr" and is_late)
    return {
        "reference": reference,
        "lane": lane,
        "source": facts.source,
        "year": facts.year,
        "newest_first": -(facts.year or 0),
        "shuffle": int(share(record_key(reference), screening.seed) * 2**31),
        "dbr_records": dbr,
        "other_records": len(facts.records) - dbr,
        "late": min(late, max(dbr - 1, 0)),
        "removed": removed,
        "title_abstract": first_state,
        "title_abstract_voters": title_abstract.voters,
        "title_abstract_reason": title_abstract.reason,
        "by_automation": title_abstract.settlement.by_automation,
        "retrieval": outcome if goes_on else "",
        "full_text": str(full_text.settlement.state) if assessed else "",
        "full_text_voters": full_text.voters,
        "reason": full_text.reason if assessed else "",
        "reasons": json.dumps(full_text.settlement.reasons) if assessed else "[]",
        "category": (word.category.category or "") if word.category else "",
        "report_key": word.name.report_key if word.name else "",
        "study": word.link.study if isinstance(word.link, Linked) else "",
    }


@dataclass(frozen=True, slots=True)
class _Settled:
    settlement: Settlement
    voters: str

    @property
    def reason(self) -> str:
        return self.settlement.reasons[0] if self.settlement.reasons else ""


_UNSEEN = _Settled(Settlement(State.PENDING), "")
"""What nobody has voted on, whatever the plan: all that is loaded, at first."""


def _settle(stage: Stage, reference: int, word: _Word, screening: ScreeningSection) -> _Settled:
    votes, adjudication = word.votes[stage], word.adjudications.get(stage)
    if not votes and adjudication is None:
        return _UNSEEN
    plan = screening.plan(stage)
    settlement = settle(
        list(votes.values()),
        plan,
        stage,
        adjudication=adjudication,
        policy=plan.policy_for(record_key(reference), screening.seed),
    )
    return _Settled(settlement, voters_text(votes))


def _first_state(
    facts: Facts, lane: str, removed: str, settled: _Settled, stopped: int | None
) -> str:
    """Return the state at title/abstract: none for what is removed or enters at retrieval."""
    state = settled.settlement.state
    if removed or (lane == "other" and state is State.PENDING):
        return ""
    loaded = min(completed for _, _, completed, _ in facts.records)
    if state is State.PENDING and stopped is not None and loaded < stopped:
        return "unscreened"
    return str(state)


def _last_word(said: Iterable[tuple[int, str, Event]]) -> _Word:
    word = _Word()
    for _, actor, event in said:
        match event:
            case Decided():
                word.votes[event.stage][actor] = _vote(actor, event)
            case Adjudicated():
                word.adjudications[event.stage] = _vote(actor, event)
            case Removed() | Restored():
                word.removal = event
            case Retrieved():
                word.retrieval = event
            case Classified():
                word.category = event
            case Linked() | Unlinked():
                word.link = event
            case Named() if word.name is None:  # a report keeps the first key it was given
                word.name = event
            case _:
                pass
    return word


def _vote(actor: str, event: Decided | Adjudicated) -> Vote:
    tool = event.tool if isinstance(event, Decided) else ""
    return Vote(actor, Verdict(event.verdict), event.reasons, tool)
