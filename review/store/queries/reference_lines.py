"""The references as they are composed, found, filtered and paged."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, or_, select

from review.store import fields_text
from review.store.asking import ask
from review.store.events import record_id, record_key
from review.store.pieces import AT_ONCE, pieces, rows_where
from review.store.projection_tables import LOAD, MEMBER, REFERENCE, SHARE, STATE
from review.store.tables import READING, RECORD
from screening.records import Fields, Reference, Stage

Sort = Literal["order", "title", "year", "random"]

_LINES: Select[*tuple[Any, ...]] = select(
    REFERENCE.c.id,
    REFERENCE.c.fields,
    REFERENCE.c.origins,
    *(column for column in STATE.c if column.name not in ("reference", "year")),
).join(STATE, STATE.c.reference == REFERENCE.c.id)
_OF_RECORD = _LINES.join(MEMBER, MEMBER.c.reference == REFERENCE.c.id).where(
    MEMBER.c.record == bindparam("record")
)
AT_STAGE = (
    select(STATE.c.reference, STATE.c.title_abstract, STATE.c.retrieval, STATE.c.full_text)
    .join(MEMBER, MEMBER.c.reference == STATE.c.reference)
    .where(MEMBER.c.record == bindparam("record"))
)
_MEMBERS = select(MEMBER.c.reference, MEMBER.c.record).order_by(MEMBER.c.record)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceFilter:
    """Which references are wanted; what is left empty does not narrow.

    `text` is looked for, word by word, in titles, authors, journals, DOIs, keywords and abstracts,
    case and accents aside. States are words of `screening_state`; `source` is a source's id.
    """

    text: str = ""
    lane: str = ""
    source: str = ""
    removed: str | None = None
    title_abstract: tuple[str, ...] = ()
    retrieval: tuple[str, ...] = ()
    full_text: tuple[str, ...] = ()
    reason: str = ""
    title_abstract_reason: str = ""
    category: str = ""
    year_from: int | None = None
    year_to: int | None = None
    merged: bool | None = None
    assigned_to: str = ""
    study: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a reference stands, in the words of the flow; no vote is in it.

    `removed` is automation, other or empty; `title_abstract`, `retrieval` and `full_text` are empty
    where the reference is not at that stage. `reasons` are those of exclusion at full text, the
    primary one first.
    """

    lane: str
    source: str
    removed: str
    title_abstract: str
    title_abstract_reason: str
    by_automation: bool
    retrieval: str
    full_text: str
    reasons: tuple[str, ...]
    category: str
    report_key: str
    study: str
    records: int


@dataclass(frozen=True, slots=True)
class ReferenceLine:
    """A reference with where it stands."""

    reference: Reference
    standing: Standing

    @property
    def key(self) -> str:
        """Return the reference's key."""
        return self.reference.key


@dataclass(frozen=True, slots=True)
class Brief:
    """A reference by what a list shows of it."""

    key: str
    report_key: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    journal: str


def briefs(conn: Connection) -> Iterator[Brief]:
    """Yield every reference in brief, in ledger order; the long texts stay in the ledger."""
    columns = (REFERENCE.c[name] for name in ("id", "title", "authors", "year", "journal"))
    statement = select(*columns, STATE.c.report_key)
    joined = statement.join(STATE, STATE.c.reference == REFERENCE.c.id).order_by(REFERENCE.c.id)
    for row in conn.execute(joined.execution_options(yield_per=AT_ONCE)):
        yield Brief(
            key=record_key(row.id),
            report_key=row.report_key,
            title=row.title,
            authors=tuple(row.authors.split("; ")) if row.authors else (),
            year=row.year,
            journal=row.journal,
        )


def titles_beginning(conn: Connection, beginnings: Sequence[str]) -> list[str]:
    """Return the keys of the references whose titles begin with any of these folded words, in order."""
    begins = (REFERENCE.c.title_sort.startswith(each, autoescape=True) for each in beginnings)
    found = select(REFERENCE.c.id).where(or_(*begins)).order_by(REFERENCE.c.id)
    return [record_key(each) for each in conn.execute(found).scalars()]


def visible_records(conn: Connection) -> Iterator[tuple[str, Fields]]:
    """Yield (key, fields) of every visible record in ledger order, as last read."""
    ids = conn.execute(select(MEMBER.c.record).order_by(MEMBER.c.record)).scalars().all()
    latest = select(READING.c.record, READING.c.fields).order_by(READING.c.reread)
    for piece in pieces(ids):
        first = select(RECORD.c.id, RECORD.c.fields).where(RECORD.c.id.in_(piece))
        rows = conn.execute(first.order_by(RECORD.c.id)).all()
        reread = {
            row.record: row.fields for row in rows_where(conn, latest, READING.c.record, piece)
        }
        for row in rows:
            yield record_key(row.id), fields_text.decode(reread.get(row.id, row.fields))


def reference_of(conn: Connection, record: str) -> str | None:
    """Return the key of the reference a record belongs to now, or None if it is not visible."""
    found = conn.execute(
        select(MEMBER.c.reference).where(MEMBER.c.record == record_id(record))
    ).scalar()
    return None if found is None else record_key(found)


def references_of(conn: Connection) -> dict[str, str]:
    """Return the reference of every visible record."""
    rows = conn.execute(select(MEMBER.c.record, MEMBER.c.reference))
    return {record_key(row.record): record_key(row.reference) for row in rows}


def reference(conn: Connection, key: str) -> ReferenceLine | None:
    """Return the reference of a record key, composed and with where it stands, or None."""
    rows = ask(conn, _OF_RECORD, {"record": record_id(key)})
    return next(_read(conn, rows), None)


def standing_at(conn: Connection, key: str, stage: Stage) -> tuple[str, str] | None:
    """Return the key of the reference of a record and its state at a stage, or None; no text is read."""
    rows = ask(conn, AT_STAGE, {"record": record_id(key)})
    return next(((record_key(row.reference), getattr(row, stage)) for row in rows), None)


def references_by_key(conn: Connection, keys: Sequence[str]) -> list[ReferenceLine]:
    """Return the references of these keys, in the order given; unknown keys are passed over."""
    rows = rows_where(conn, _LINES, REFERENCE.c.id, [record_id(key) for key in keys])
    found = {line.key: line for line in _read(conn, list(rows))}
    return [found[key] for key in keys if key in found]


def references(
    conn: Connection,
    wanted: ReferenceFilter | None = None,
    *,
    sort: Sort = "order",
    limit: int | None = None,
    offset: int = 0,
) -> list[ReferenceLine]:
    """Return references that pass a filter, in ledger order, by title, year or at random.

    The random order is the review's own, fixed by the seed of its protocol.
    """
    order = {
        "order": (REFERENCE.c.id,),
        "title": (REFERENCE.c.title_sort, REFERENCE.c.id),
        "year": (STATE.c.year, REFERENCE.c.id),
        "random": (STATE.c.shuffle, REFERENCE.c.id),
    }[sort]
    statement = _LINES.where(*_conditions(wanted or ReferenceFilter())).order_by(*order)
    rows = conn.execute(statement.limit(limit).offset(offset)).all()
    return list(_read(conn, rows))


def count_references(conn: Connection, wanted: ReferenceFilter | None = None) -> int:
    """Return how many references pass a filter."""
    conditions = _conditions(wanted or ReferenceFilter())
    statement = (
        select(func.count())
        .select_from(STATE.join(REFERENCE, REFERENCE.c.id == STATE.c.reference))
        .where(*conditions)
    )
    return conn.execute(statement).scalar_one()


def _conditions(wanted: ReferenceFilter) -> list[ColumnElement[bool]]:
    same = {
        STATE.c.lane: wanted.lane,
        STATE.c.reason: wanted.reason,
        STATE.c.title_abstract_reason: wanted.title_abstract_reason,
        STATE.c.category: wanted.category,
        STATE.c.study: wanted.study,
    }
    conditions = [column == value for column, value in same.items() if value]
    among = {
        STATE.c.title_abstract: wanted.title_abstract,
        STATE.c.retrieval: wanted.retrieval,
        STATE.c.full_text: wanted.full_text,
    }
    conditions += [column.in_(values) for column, values in among.items() if values]
    conditions += text_conditions(wanted.text)
    if wanted.removed is not None:
        conditions.append(STATE.c.removed == wanted.removed)
    if wanted.year_from is not None:
        conditions.append(STATE.c.year >= wanted.year_from)
    if wanted.year_to is not None:
        conditions.append(STATE.c.year <= wanted.year_to)
    if wanted.merged is not None:
        surplus = STATE.c.dbr_records + STATE.c.other_records > 1
        conditions.append(surplus if wanted.merged else ~surplus)
    if wanted.source:
        found = select(MEMBER.c.reference).join(LOAD, LOAD.c.id == MEMBER.c.load)
        conditions.append(STATE.c.reference.in_(found.where(LOAD.c.source == wanted.source)))
    if wanted.assigned_to:
        shared = select(MEMBER.c.reference).join(SHARE, SHARE.c.record == MEMBER.c.record)
        conditions.append(
            STATE.c.reference.in_(shared.where(SHARE.c.reviewer == wanted.assigned_to))
        )
    return conditions


def text_conditions(text: str) -> list[ColumnElement[bool]]:
    """Return the conditions under which a reference holds every word of a text."""
    words = fields_text.folded(text).split()
    return [REFERENCE.c.search.contains(word, autoescape=True) for word in words]


def _read(conn: Connection, rows: "Sequence[Row[*tuple[Any, ...]]]") -> Iterator[ReferenceLine]:
    merged = [row.id for row in rows if row.dbr_records + row.other_records > 1]
    members: dict[int, list[str]] = {}
    for one in rows_where(conn, _MEMBERS, MEMBER.c.reference, merged):
        members.setdefault(one.reference, []).append(record_key(one.record))
    for row in rows:
        key = record_key(row.id)
        yield ReferenceLine(
            Reference(
                key=key,
                fields=fields_text.decode(row.fields),
                record_keys=tuple(members.get(row.id, (key,))),
                origins=tuple((name, of) for name, of in json.loads(row.origins)),
            ),
            Standing(
                lane=row.lane,
                source=row.source,
                removed=row.removed,
                title_abstract=row.title_abstract,
                title_abstract_reason=row.title_abstract_reason,
                by_automation=bool(row.by_automation),
                retrieval=row.retrieval,
                full_text=row.full_text,
                reasons=tuple(json.loads(row.reasons)),
                category=row.category,
                report_key=row.report_key,
                study=row.study,
                records=row.dbr_records + row.other_records,
            ),
        )
