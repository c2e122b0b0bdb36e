"""All kinds of events, by the words the ledger stores."""

from review.store.events.appraisal import Appraised, ConsensusReached, Entered, EntryWithdrawn
from review.store.events.base import Event
from review.store.events.loads import (
    LoadCompleted,
    LoadReread,
    LoadRetracted,
    LoadStarted,
)
from review.store.events.merging import DedupeCompleted, KeptApart, Merged, PairQueued, Split
from review.store.events.reports import Classified, Linked, Named, Unlinked
from review.store.events.review import PersonAdded, PersonChanged, ProtocolAdopted
from review.store.events.screening import (
    Adjudicated,
    AdjudicationWithdrawn,
    Assigned,
    Decided,
    DecisionWithdrawn,
    PilotDrawn,
    Ranked,
    Removed,
    Restored,
    Resumed,
    Retrieved,
    StoppedEarly,
)

KINDS: dict[str, type[Event]] = {
    event.model_fields["kind"].default: event
    for event in (
        ProtocolAdopted,
        PersonAdded,
        PersonChanged,
        LoadStarted,
        LoadCompleted,
        LoadRetracted,
        LoadReread,
        Merged,
        Split,
        PairQueued,
        KeptApart,
        DedupeCompleted,
        Removed,
        Restored,
        Decided,
        DecisionWithdrawn,
        Adjudicated,
        AdjudicationWithdrawn,
        Retrieved,
        Named,
        Linked,
        Unlinked,
        Classified,
        StoppedEarly,
        Resumed,
        PilotDrawn,
        Assigned,
        Ranked,
        Appraised,
        ConsensusReached,
        Entered,
        EntryWithdrawn,
    )
}
"""The class of each kind, by the word the ledger stores."""
