"""Events become projections: the one way in, taken as they are appended and when all is rebuilt.

Whatever the size of the portion, the result is the same: a portion is cut into runs of events that
are handled alike, and each run is folded before the next is looked at.
"""

from collections.abc import Callable, Sequence
from itertools import groupby

from sqlalchemy import Connection, Table, delete

from review.store.events import (
    Assigned,
    Event,
    KeptApart,
    LoadCompleted,
    LoadReread,
    LoadRetracted,
    LoadStarted,
    Merged,
    ProtocolAdopted,
    Ranked,
    Resumed,
    Split,
    StoppedEarly,
    record_id,
)
from review.store.pieces import insert_rows, look_again
from review.store.projection_tables import RANK_PLACE, SHARE
from review.store.projections import loads, merging, screening
from review.store.projections.standing import stand
from review.store.said import Said


def fold(connection: Connection, said: Sequence[Said]) -> None:
    """Bring every projection up to date with events that have just been appended."""
    for handler, run in groupby(said, key=_handler):
        events = list(run)
        stand(connection, events)
        handler(connection, events)


Handler = Callable[[Connection, Sequence[Said]], None]


def _handler(one: Said) -> Handler:
    return _HANDLERS.get(type(one.event), _speak_of_records)


def _speak_of_records(connection: Connection, said: Sequence[Said]) -> None:
    """Restate what is spoken of; events that speak of no record change nothing here."""
    keys = {key for one in said for key in one.event.record_keys()}
    if keys:
        screening.restate_records(connection, map(record_id, keys))


def _protocols(connection: Connection, said: Sequence[Said]) -> None:
    """Restate everything where an amendment changes how verdicts settle."""
    before = screening.section_of(connection, said[0].supersedes)
    if screening.section_of(connection, said[-1].id) != before:
        screening.restate_all(connection)


def _restate_all(connection: Connection, _: Sequence[Said]) -> None:
    screening.restate_all(connection)


def _loads(connection: Connection, said: Sequence[Said]) -> None:
    for one in said:
        match one.event:
            case LoadStarted() as event:
                loads.start(connection, one.id, event)
            case LoadCompleted() as event:
                loads.complete(connection, one.id, event)
            case LoadRetracted() as event:
                loads.retract(connection, event)
            case LoadReread() as event:
                loads.reread(connection, event)
            case _:
                pass


def _merges(connection: Connection, said: Sequence[Said]) -> None:
    merges = [(one.id, one.event) for one in said]
    merging.merge(connection, [(of, event) for of, event in merges if isinstance(event, Merged)])


def _splits(connection: Connection, said: Sequence[Said]) -> None:
    for one in said:
        if isinstance(one.event, Split):
            merging.split(connection, one.id, one.event)


def _kept_apart(connection: Connection, said: Sequence[Said]) -> None:
    for one in said:
        if isinstance(one.event, KeptApart):
            pair = (record_id(one.event.a), record_id(one.event.b))
            merging.keep_apart(connection, [pair], one.id)


def _shares(connection: Connection, said: Sequence[Said]) -> None:
    """Let each share be exactly what was assigned last."""
    for one in said:
        if isinstance(event := one.event, Assigned):
            whose = {"stage": str(event.stage), "reviewer": event.reviewer}
            _forget(connection, SHARE, whose)
            records = dict.fromkeys(map(record_id, event.references))
            insert_rows(connection, SHARE, ({**whose, "record": record} for record in records))
            look_again(connection, len(records), SHARE)


def _ranks(connection: Connection, said: Sequence[Said]) -> None:
    """Let each order be the one that was proposed last."""
    for one in said:
        if isinstance(event := one.event, Ranked):
            whose = {"stage": str(event.stage), "reviewer": event.reviewer}
            _forget(connection, RANK_PLACE, whose)
            places = enumerate(map(record_id, event.order))
            rows = ({**whose, "place": place, "record": record} for place, record in places)
            insert_rows(connection, RANK_PLACE, rows)
            look_again(connection, len(event.order), RANK_PLACE)


def _forget(connection: Connection, table: Table, whose: dict[str, str]) -> None:
    same = [table.c[name] == value for name, value in whose.items()]
    connection.execute(delete(table).where(*same))


_HANDLERS: dict[type[Event], Handler] = {
    ProtocolAdopted: _protocols,
    StoppedEarly: _restate_all,
    Resumed: _restate_all,
    LoadStarted: _loads,
    LoadCompleted: _loads,
    LoadRetracted: _loads,
    LoadReread: _loads,
    Merged: _merges,
    Split: _splits,
    KeptApart: _kept_apart,
    Assigned: _shares,
    Ranked: _ranks,
}
