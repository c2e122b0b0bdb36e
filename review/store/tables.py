"""The tables of the ledger itself: append-only, guarded by triggers (`append_only.py`).

Rows are explicit and dumb; the frozen values of `review.store.events` are what validates. Columns
hold JSON as text, so that both databases keep and compare it alike.
"""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()
"""Every table of a review, also those that `projection_tables.py` derives from the ledger."""


EVENT = Table(
    "event",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("door", Text, nullable=False),
    Column("protocol", Integer, ForeignKey("event.id"), nullable=True),
    Column("supersedes", Integer, ForeignKey("event.id"), unique=True, nullable=True),
    Column("payload", Text, nullable=False),
    Index("event_kind", "kind"),
    Index("event_said", "actor", "kind", "door", "id"),
)
"""One event: who said what, when (UTC), through which door, under which protocol."""


EXPORT_FILE = Table(
    "export_file",
    METADATA,
    Column("load", Integer, ForeignKey("event.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
"""A piece of an export file's verbatim bytes, compressed with zlib."""


RECORD = Table(
    "record",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("load", Integer, ForeignKey("event.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("source_file", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("provider", Text, nullable=True),
    Column("line", Integer, nullable=True),
    Column("fields", Text, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    UniqueConstraint("load", "position", name="record_load_position"),
)
"""One entry of an export file: its verbatim text and its fields as first read."""


READING = Table(
    "record_reading",
    METADATA,
    Column("reread", Integer, ForeignKey("event.id"), primary_key=True),
    Column("record", Integer, ForeignKey("record.id"), primary_key=True, index=True),
    Column("fields", Text, nullable=False),
)
"""The fields of a record as a better reader found them later."""
