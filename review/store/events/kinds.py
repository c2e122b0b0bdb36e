"""All kinds of events, by the words the ledger stores."""

from review.store import events

_OFFERED = [getattr(events, name) for names in events.FILES.values() for name in names]

KINDS: dict[str, type[events.Event]] = {
    each.model_fields["kind"].default: each
    for each in _OFFERED
    if isinstance(each, type) and issubclass(each, events.Event) and each is not events.Event
}
"""The class of each kind, by the word the ledger stores."""
