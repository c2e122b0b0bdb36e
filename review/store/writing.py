"""Appending to the ledger, with the projections brought along in the same transaction."""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from review.store import fields_text
from review.store.asking import ask
from review.store.chaining import Chain
from review.store.checking import check_events, check_loading
from review.store.events import Event, LoadReread, ProtocolAdopted, record_id, slot
from review.store.pieces import insert_rows, pieces
from review.store.projection_tables import STANDING
from review.store.projections.fold import fold
from review.store.projections.membership import recompose
from review.store.said import Said, payload
from review.store.stored import StoredRecord, stored
from review.store.tables import EVENT, EXPORT_FILE, READING, RECORD
from screening.problems import WinnowError, error
from screening.records import Fields, Record

# By its slot: PostgreSQL does not know beforehand how rare a kind is, and read the ledger from its end.
LATEST = select(
    select(func.max(EVENT.c.id)).scalar_subquery(),
    select(STANDING.c.event).where(STANDING.c.slot == slot("protocol")).scalar_subquery(),
)


class Writer:
    """One serialised transaction of one actor through one door."""

    def __init__(
        self, connection: Connection, actor: str, door: str, clock: Callable[[], datetime]
    ) -> None:
        self._connection = connection
        self._actor = actor
        self._door = door
        self._clock = clock
        ((last, protocol),) = ask(connection, LATEST, {})
        self._last: int = last or 0
        self._protocol: int | None = protocol

    @property
    def connection(self) -> Connection:
        """The transaction's own connection, for queries that must see what was just written."""
        return self._connection

    def append(self, event: Event, supersedes: int | None = None) -> int:
        """Append an event and return its id.

        Where something stands in the event's slot it is superseded of itself; name it in
        `supersedes` to make sure that it is still the one you saw. Raises WinnowError when it is
        not, when a record the event speaks of is unknown, or when the slot may be taken only once.
        """
        return self._append([(event, supersedes)])[0]

    def append_many(self, events: Iterable[Event]) -> list[int]:
        """Append events in their order, set-wise, and return their ids."""
        ids: list[int] = []
        for some in pieces(events):
            ids += self._append([(event, None) for event in some])
        return ids

    def add_records(self, load: int, records: Sequence[Record]) -> None:
        """Add the next records of a load that is not yet completed; they stay invisible till then."""
        self.add_stored(load, map(stored, records))

    def add_stored(self, load: int, records: Iterable[StoredRecord]) -> None:
        """Add records as `add_records` does, of which all that is stored is made already."""
        check_loading(self._connection, load)
        first = 1 + (self._connection.execute(select(func.max(RECORD.c.id))).scalar() or 0)
        rows = (
            {"id": identifier, "load": load, **record._asdict()}
            for identifier, record in enumerate(records, first)
        )
        insert_rows(self._connection, RECORD, rows)

    def add_file_piece(self, load: int, position: int, data: bytes) -> None:
        """Add a piece of the verbatim file of a load; pieces are joined in order of `position`."""
        check_loading(self._connection, load)
        row = {"load": load, "position": position, "data": zlib.compress(data, level=1)}
        insert_rows(self._connection, EXPORT_FILE, [row])

    def add_readings(self, reread: int, readings: Mapping[str, Fields]) -> None:
        """Add what a better reader found, by record key, to the `LoadReread` of that id."""
        kind = select(EVENT.c.kind).where(EVENT.c.id == reread)
        if self._connection.execute(kind).scalar() != LoadReread.model_fields["kind"].default:
            raise WinnowError(error("", f"Event {reread} is no re-reading to add records to."))
        rows = [
            {"reread": reread, "record": record_id(key), "fields": fields_text.encode(fields)}
            for key, fields in readings.items()
        ]
        insert_rows(self._connection, READING, rows)
        recompose(self._connection, [record_id(key) for key in readings])

    def _append(self, events: Sequence[tuple[Event, int | None]]) -> list[int]:
        check_events(self._connection, [event for event, _ in events])
        chain = Chain(self._connection, self._actor, [event for event, _ in events])
        at = self._clock().isoformat(timespec="microseconds").replace("+00:00", "Z")
        said: list[Said] = []
        protocol = self._protocol
        for event, expected in events:
            identifier = self._last + len(said) + 1
            supersedes = chain.take(identifier, event, expected)
            if isinstance(event, ProtocolAdopted):
                protocol = identifier
            said.append(Said(identifier, at, self._actor, self._door, protocol, supersedes, event))
        insert_rows(self._connection, EVENT, map(_row, said))
        fold(self._connection, said)
        self._last += len(said)
        self._protocol = protocol
        return [one.id for one in said]


def _row(said: Said) -> dict[str, object]:
    return {
        "id": said.id,
        "kind": said.event.kind,
        "at": said.at,
        "actor": said.actor,
        "door": said.door,
        "protocol": said.protocol,
        "supersedes": said.supersedes,
        "payload": payload(said.event),
    }
