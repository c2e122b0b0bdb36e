from review.store.events.appraisal import Appraised, ConsensusReached, Entered, EntryWithdrawn
from review.store.events.base import Event, RecordKey, record_id, record_key, slot
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

FILES: dict[str, tuple[str, ...]]

__all__ = [
    "Adjudicated",
    "AdjudicationWithdrawn",
    "Appraised",
    "Assigned",
    "Classified",
    "ConsensusReached",
    "Decided",
    "DecisionWithdrawn",
    "DedupeCompleted",
    "Entered",
    "EntryWithdrawn",
    "Event",
    "KeptApart",
    "Linked",
    "LoadCompleted",
    "LoadReread",
    "LoadRetracted",
    "LoadStarted",
    "Merged",
    "Named",
    "PairQueued",
    "PersonAdded",
    "PersonChanged",
    "PilotDrawn",
    "ProtocolAdopted",
    "Ranked",
    "RecordKey",
    "Removed",
    "Restored",
    "Resumed",
    "Retrieved",
    "Split",
    "StoppedEarly",
    "Unlinked",
    "record_id",
    "record_key",
    "slot",
]
