"""From a name in an address to the reference it names."""

from fastapi import HTTPException
from sqlalchemy import Connection

from review.pipeline.naming import reference_named
from review.pipeline.project import Project
from review.store import queries

_LONGEST_NUMBER = 12  # r and eleven digits: more than any ledger holds, and no database balks at it
_LONGEST_NAME = 200


def named_reference(project: Project, name: str) -> queries.ReferenceLine:
    """Return the reference of a record key or a report key; raises a page that is not there."""
    with project.ledger.read() as conn:
        return found_reference(conn, name)


def found_reference(conn: Connection, name: str) -> queries.ReferenceLine:
    """Return the reference of a name as `named_reference` does, within what is being read or written."""
    number = name[:1] == "r" and name[1:].isascii() and name[1:].isdecimal()
    if name.isprintable() and len(name) <= (_LONGEST_NUMBER if number else _LONGEST_NAME):
        key = name if number else reference_named(conn, name)
        line = queries.reference(conn, key) if key else None
        if line is not None:
            return line
    raise HTTPException(404)
