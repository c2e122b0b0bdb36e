"""Which records lie behind which reference: what merging took away, and what each source brought."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from review.store.events import record_key
from review.store.projection_tables import LOAD, MEMBER
from screening.flow.counting import MergeRow


@dataclass(frozen=True, slots=True)
class Member:
    """A visible record: the reference it is part of, its lane, and the source that brought it.

    `late` marks the record of a reference that was merged away after its report had been sought.
    """

    key: str
    reference: str
    lane: str
    source: str
    late: bool


def members(conn: Connection) -> dict[str, list[Member]]:
    """Return the records of every reference in ledger order, by the key of the reference."""
    columns = (MEMBER.c.record, MEMBER.c.reference, MEMBER.c.lane, MEMBER.c.late, LOAD.c.source)
    rows = conn.execute(
        select(*columns).join(LOAD, LOAD.c.id == MEMBER.c.load).order_by(MEMBER.c.record)
    )
    found: dict[str, list[Member]] = {}
    for row in rows:
        reference = record_key(row.reference)
        member = Member(record_key(row.record), reference, row.lane, row.source, row.late)
        found.setdefault(reference, []).append(member)
    return found


def surplus(groups: Iterable[Iterable[Member]], counted_as: MergeRow) -> Iterator[Member]:
    """Yield the records that a kind of merge took away: what its number in the flow counts.

    Of each reference one record stays: its first of a database or register where it has any, and
    rather one that was not late. Every other record is surplus, in its own lane.
    """
    for group in groups:
        listed = list(group)
        databases = [each for each in listed if each.lane == "dbr"]
        stays = min(databases or listed, key=lambda each: each.late, default=None)
        for each in listed:
            late = each.late and each.lane == "dbr"
            if each is not stays and (each.lane, late) == (counted_as.lane, counted_as.late):
                yield each


def database_sizes(groups: Iterable[Iterable[Member]]) -> Iterator[int]:
    """Yield for each reference of the database lane how many records of that lane it has."""
    for group in groups:
        if size := sum(each.lane == "dbr" for each in group):
            yield size
