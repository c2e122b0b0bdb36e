"""Every kind of event the ledger takes, as frozen values validated where they enter."""

from review.on_first_use import on_first_use

FILES = {
    "appraisal": (
        "Appraised",
        "ConsensusReached",
        "Entered",
        "EntryWithdrawn",
    ),
    "base": (
        "Event",
        "RecordKey",
        "record_id",
        "record_key",
        "slot",
    ),
    "loads": (
        "LoadCompleted",
        "LoadReread",
        "LoadRetracted",
        "LoadStarted",
    ),
    "merging": (
        "DedupeCompleted",
        "KeptApart",
        "Merged",
        "PairQueued",
        "Split",
    ),
    "reports": (
        "Classified",
        "Linked",
        "Named",
        "Unlinked",
    ),
    "review": (
        "PersonAdded",
        "PersonChanged",
        "ProtocolAdopted",
    ),
    "screening": (
        "Adjudicated",
        "AdjudicationWithdrawn",
        "Assigned",
        "Decided",
        "DecisionWithdrawn",
        "PilotDrawn",
        "Ranked",
        "Removed",
        "Restored",
        "Resumed",
        "Retrieved",
        "StoppedEarly",
    ),
}
"""The names that each file of this package defines for others."""

__getattr__ = on_first_use(__name__, FILES)
