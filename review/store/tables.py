"""The tables of the ledger itself: append-only, guarded by triggers (`append_only.py`).

Rows are explicit and dumb; the frozen values of `review.store.events` are what validates. Columns
hold JSON as text, so that both databases keep and compare it alike.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class EventRow(SQLModel, table=True):
    """One event: who said what, when (UTC), through which door, under which protocol."""

    __tablename__ = "event"
    __table_args__ = (
        Index("event_kind", "kind"),
        Index("event_said", "actor", "kind", "door", "id"),
    )

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    kind: str = Field(sa_type=Text)
    at: str = Field(sa_type=Text)
    actor: str = Field(sa_type=Text)
    door: str = Field(sa_type=Text)
    protocol: int | None = Field(default=None, foreign_key="event.id")
    supersedes: int | None = Field(default=None, foreign_key="event.id", unique=True)
    payload: str = Field(sa_type=Text)


class ExportFilePiece(SQLModel, table=True):
    """A piece of an export file's verbatim bytes, compressed with zlib."""

    __tablename__ = "export_file"

    load: int = Field(foreign_key="event.id", primary_key=True)
    position: int = Field(primary_key=True)
    data: bytes = Field(sa_type=LargeBinary)


class RecordRow(SQLModel, table=True):
    """One entry of an export file: its verbatim text and its fields as first read."""

    __tablename__ = "record"
    __table_args__ = (UniqueConstraint("load", "position", name="record_load_position"),)

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    load: int = Field(foreign_key="event.id")
    position: int
    source_file: str = Field(sa_type=Text)
    format: str = Field(sa_type=Text)
    provider: str | None = Field(default=None, sa_type=Text)
    line: int | None = None
    fields: str = Field(sa_type=Text)
    raw: bytes = Field(sa_type=LargeBinary)


class RecordReading(SQLModel, table=True):
    """The fields of a record as a better reader found them later."""

    __tablename__ = "record_reading"

    reread: int = Field(foreign_key="event.id", primary_key=True)
    record: int = Field(
        sa_column=Column(Integer, ForeignKey("record.id"), primary_key=True, index=True)
    )
    fields: str = Field(sa_type=Text)


EVENT = SQLModel.metadata.tables["event"]
EXPORT_FILE = SQLModel.metadata.tables["export_file"]
RECORD = SQLModel.metadata.tables["record"]
READING = SQLModel.metadata.tables["record_reading"]
