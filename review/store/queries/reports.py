"""The reports behind references that go on, their names and their studies."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, bindparam, select

from review.store.asking import ask
from review.store.events import Classified, Retrieved, record_id, record_key, slot
from review.store.projection_tables import MEMBER, STANDING, STATE
from review.store.queries.history import standing_events
from review.store.queries.reference_lines import ReferenceLine, references_by_key
from review.store.said import Said, as_said
from review.store.tables import EVENT

_SOUGHT_AS = (
    select(STATE.c.retrieval, STATE.c.report_key)
    .join(MEMBER, MEMBER.c.reference == STATE.c.reference)
    .where(MEMBER.c.record == bindparam("record"))
)


def report_keys(conn: Connection) -> dict[str, str]:
    """Return the report key of every named reference, by the reference's key."""
    rows = conn.execute(
        select(STATE.c.reference, STATE.c.report_key)
        .where(STATE.c.report_key != "")
        .order_by(STATE.c.reference)
    )
    return {record_key(row.reference): row.report_key for row in rows}


def lacks_report_key(conn: Connection, reference: str) -> bool:
    """Return whether the report of a reference is sought and has no key yet."""
    rows = ask(conn, _SOUGHT_AS, {"record": record_id(reference)})
    return any(row.retrieval and not row.report_key for row in rows)


def given_report_keys(conn: Connection, among: Collection[str]) -> set[str]:
    """Return those of some report keys that were ever given; none of them can be given again."""
    places = {slot("name", key): key for key in among}
    return {places[place] for place in standing_events(conn, list(places))}


def reference_by_report_key(conn: Connection, report_key: str) -> str | None:
    """Return the reference a report key was given to, wherever its record is merged now."""
    found = conn.execute(
        select(MEMBER.c.reference)
        .join(STANDING, STANDING.c.record == MEMBER.c.record)
        .where(STANDING.c.slot == slot("name", report_key))
    ).scalar()
    return None if found is None else record_key(found)


def study_of(conn: Connection) -> dict[str, str]:
    """Return the study of every linked reference, by the reference's key."""
    rows = conn.execute(
        select(STATE.c.reference, STATE.c.study)
        .where(STATE.c.study != "")
        .order_by(STATE.c.reference)
    )
    return {record_key(row.reference): row.study for row in rows}


def sought_reports(conn: Connection) -> list[ReferenceLine]:
    """Return every reference whose report is sought, with how its retrieval stands."""
    return _lines(conn, STATE.c.retrieval != "")


def assessed_reports(conn: Connection) -> list[ReferenceLine]:
    """Return every reference whose report was retrieved, with its state at full text."""
    return _lines(conn, STATE.c.retrieval == "retrieved")


def included_reports(conn: Connection) -> list[ReferenceLine]:
    """Return the references of the included reports, in ledger order."""
    return _lines(conn, (STATE.c.full_text == "include") & (STATE.c.category == ""))


def included_keys(conn: Connection) -> list[tuple[str, str]]:
    """Return the report key and the study of each included report, in ledger order.

    A report that was given neither goes by the key of its reference, and is a study of its own.
    """
    rows = conn.execute(
        select(STATE.c.reference, STATE.c.report_key, STATE.c.study)
        .where(STATE.c.full_text == "include", STATE.c.category == "")
        .order_by(STATE.c.reference)
    )
    keys = [(row.report_key or record_key(row.reference), row.study) for row in rows]
    return [(key, study or key) for key, study in keys]


def excluded_reports(conn: Connection) -> list[ReferenceLine]:
    """Return the references excluded at full text, each with its reasons, the primary one first."""
    return _lines(conn, (STATE.c.full_text == "exclude") & (STATE.c.category == ""))


def classified_reports(conn: Connection) -> list[ReferenceLine]:
    """Return the references that await classification or are ongoing studies."""
    return _lines(conn, STATE.c.category != "")


def retrievals(conn: Connection) -> dict[str, Retrieved]:
    """Return the latest retrieval outcome of every reference that has one, by its key."""
    return {
        key: said.event
        for key, said in _standing(conn, "retrieved")
        if isinstance(said.event, Retrieved)
    }


def classifications(conn: Connection) -> dict[str, tuple[str, str]]:
    """Return who set each reference apart, and their note, by the reference's key."""
    return {
        key: (said.actor, said.event.note)
        for key, said in _standing(conn, "classified")
        if isinstance(said.event, Classified)
    }


def full_text_of(conn: Connection, reference: str) -> Said | None:
    """Return the latest retrieval of a reference that attached a file, or None."""
    own = select(MEMBER.c.reference).where(MEMBER.c.record == record_id(reference))
    rows = conn.execute(
        select(EVENT)
        .join(STANDING, STANDING.c.event == EVENT.c.id)
        .join(MEMBER, MEMBER.c.record == STANDING.c.record)
        .where(STANDING.c.kind == "retrieved", MEMBER.c.reference == own.scalar_subquery())
        .order_by(EVENT.c.id.desc())
    )
    attached = (
        said
        for said in as_said(rows)
        if isinstance(said.event, Retrieved) and said.event.file_sha256
    )
    return next(attached, None)


def _lines(conn: Connection, condition: ColumnElement[bool]) -> list[ReferenceLine]:
    wanted = select(STATE.c.reference).where(condition).order_by(STATE.c.reference)
    keys = [record_key(found) for found in conn.execute(wanted).scalars()]
    return references_by_key(conn, keys)


def _standing(conn: Connection, kind: str) -> list[tuple[str, Said]]:
    """Return the standing events of a kind, oldest first, each with the key of its reference."""
    rows = conn.execute(
        select(EVENT, MEMBER.c.reference)
        .join(STANDING, STANDING.c.event == EVENT.c.id)
        .join(MEMBER, MEMBER.c.record == STANDING.c.record)
        .where(STANDING.c.kind == kind)
        .order_by(EVENT.c.id)
    ).all()
    keys = [record_key(row.reference) for row in rows]
    return list(zip(keys, as_said(rows), strict=True))
