"""Which event stands in each slot, and which events speak of each subject."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from review.store.events import record_id
from review.store.pieces import insert_rows, put_rows, rows_where
from review.store.projection_tables import STANDING, SUBJECT_EVENT
from review.store.said import Said

_SLOTS = select(STANDING.c.event, STANDING.c.slot)


def stand(connection: Connection, said: Sequence[Said]) -> None:
    """Let events stand in their slots, in their order; what stood there before steps back."""
    rows: dict[str, dict[str, object]] = {}
    earlier: dict[int, str] = {}  # slots taken within these events
    taken_back = [one.supersedes for one in said if one.event.withdraws and one.supersedes]
    found = rows_where(connection, _SLOTS, STANDING.c.event, taken_back)
    stood = {row.event: row.slot for row in found}
    for one in said:
        slots = one.event.slots(one.actor)
        if one.event.withdraws and one.supersedes:
            slots = (earlier.get(one.supersedes) or stood[one.supersedes],)
        records: Sequence[str | None] = one.event.record_keys()
        if len(records) != len(slots):  # one record per slot, or the slot is not of one record
            records = [records[0] if len(records) == 1 else None] * len(slots)
        for slot, key in zip(slots, records, strict=True):
            earlier[one.id] = slot
            rows[slot] = {
                "slot": slot,
                "event": one.id,
                "kind": one.event.kind,
                "actor": one.actor,
                "record": record_id(key) if key else None,
            }
    put_rows(connection, STANDING, rows.values())
    subjects = (
        {"subject": subject, "event": one.id}
        for one in said
        for subject in dict.fromkeys((*one.event.record_keys(), *one.event.subjects()))
    )
    insert_rows(connection, SUBJECT_EVENT, subjects)
