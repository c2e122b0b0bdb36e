"""From a name in an address to the reference it names."""

from fastapi import HTTPException
from sqlalchemy import Connection

from review.pipeline.naming import reference_named
from review.pipeline.project import Project
from review.store import queries
from screening.records import Stage

_LONGEST_NUMBER = 11  # r and ten digits
_NUMBERS = 2**31  # as many as a ledger can hold: PostgreSQL balks at more
_LONGEST_NAME = 200


def named_reference(project: Project, name: str) -> queries.ReferenceLine:
    """Return the reference of a record key or a report key; raises a page that is not there."""
    with project.ledger.read() as conn:
        return found_reference(conn, name)


def found_reference(conn: Connection, name: str) -> queries.ReferenceLine:
    """Return the reference of a name as `named_reference` does, within what is being read or written."""
    key = _key_of(conn, name)
    line = queries.reference(conn, key) if key else None
    if line is None:
        raise HTTPException(404)
    return line


def state_named(conn: Connection, name: str, stage: Stage) -> tuple[str, str]:
    """Return the key of the reference of a name and its state at a stage, else as `found_reference`."""
    key = _key_of(conn, name)
    found = queries.standing_at(conn, key, stage) if key else None
    if found is None:
        raise HTTPException(404)
    return found


def is_record_key(name: str) -> bool:
    """Return whether a name is the key of a record, as nearly all are that forms send."""
    return _is_number(name) and len(name) <= _LONGEST_NUMBER and int(name[1:]) < _NUMBERS


def _is_number(name: str) -> bool:
    return name[:1] == "r" and name[1:].isascii() and name[1:].isdecimal()


def _key_of(conn: Connection, name: str) -> str | None:
    if is_record_key(name):
        return name
    if _is_number(name) or not name.isprintable() or len(name) > _LONGEST_NAME:
        return None
    return reference_named(conn, name)
