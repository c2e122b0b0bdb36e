"""Ordinary tables derived from the ledger, kept beside it so that pages and counts are fast.

Each row can be recomputed from the ledger alone; `Ledger.rebuild` does, and compares. Text that is
one of a few words ("pending", "dbr") is stored as that word; an empty word means "does not apply".
"""

from collections.abc import Iterable

from sqlalchemy import BigInteger, Column, Index, Integer, Text
from sqlmodel import Field, SQLModel

_BY_CODE_POINT = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is sorted alike on both databases, whatever language a server speaks."""


class Standing(SQLModel, table=True):
    """The event that has the last word in a slot, and the record it speaks of, if it does of one."""

    __tablename__ = "standing"
    __table_args__ = (Index("standing_kind", "kind", "event"),)

    slot: str = Field(primary_key=True, sa_type=Text)
    event: int = Field(index=True)
    kind: str = Field(sa_type=Text)
    actor: str = Field(sa_type=Text)
    record: int | None = Field(default=None, index=True)


class SubjectEvent(SQLModel, table=True):
    """Which events speak of a record, report key, unit, study, source or person."""

    __tablename__ = "subject_event"

    subject: str = Field(primary_key=True, sa_type=Text)
    event: int = Field(primary_key=True)


class LoadRow(SQLModel, table=True):
    """One file read for one source, with its accounting; `state` is loading, complete or retracted."""

    __tablename__ = "load"

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    source: str = Field(sa_type=Text)
    source_name: str = Field(sa_type=Text)
    source_kind: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    sha256: str = Field(sa_type=Text)
    size: int = Field(sa_type=BigInteger)
    format: str = Field(sa_type=Text)
    state: str = Field(sa_type=Text)
    completed: int | None = None
    provider: str | None = Field(default=None, sa_type=Text)
    encoding: str = Field(default="", sa_type=Text)
    start_tags: int = 0
    records: int = 0
    problems: str = Field(default="[]", sa_type=Text)
    field_counts: str = Field(default="{}", sa_type=Text)
    reader_version: str = Field(default="", sa_type=Text)


class Member(SQLModel, table=True):
    """A visible record and the reference it belongs to.

    `completed` is the event that made it visible; `late` marks the record of a reference that had
    been sought before it was merged into another that had been sought too.
    """

    __tablename__ = "member"
    __table_args__ = (Index("member_load", "load", "reference"),)

    record: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    load: int
    lane: str = Field(sa_type=Text)
    completed: int
    reference: int = Field(index=True)
    late: bool = False


class Bond(SQLModel, table=True):
    """Records under one bond are one reference; bonds that share a record make one group."""

    __tablename__ = "bond"

    bond: str = Field(primary_key=True, sa_type=Text)
    record: int = Field(primary_key=True, index=True)


class Apart(SQLModel, table=True):
    """Two records (a < b) that a person keeps apart."""

    __tablename__ = "apart"

    a: int = Field(primary_key=True)
    b: int = Field(primary_key=True, index=True)
    event: int


class ReferenceRow(SQLModel, table=True):
    """The composed fields of a reference; `id` is the ledger id of its earliest record.

    `search` is everything a person may look for, folded to lower case without accents.
    """

    __tablename__ = "reference"
    __table_args__ = (Index("reference_title", "title_sort", "id"),)

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    title: str = Field(sa_type=Text)
    title_sort: str = Field(sa_column=Column(_BY_CODE_POINT, nullable=False))
    authors: str = Field(sa_type=Text)
    year: int | None = None
    journal: str = Field(sa_type=Text)
    doi: str = Field(sa_type=Text)
    fields: str = Field(sa_type=Text)
    origins: str = Field(sa_type=Text)
    search: str = Field(sa_type=Text)


IN_FLOW = (
    "lane",
    "removed",
    "title_abstract",
    "by_automation",
    "title_abstract_reason",
    "retrieval",
    "full_text",
    "reason",
    "category",
)
"""What of a reference's state the flow tells apart. One index holds it, so that counting sorts nothing."""


class ScreeningState(SQLModel, table=True):
    """Where a reference stands: one narrow row per reference, for queues and for the flow.

    `shuffle` is its place in the random order, `newest_first` the negative year (0 where none is
    known): queues are read from indexes. `title_abstract_voters` and `full_text_voters` hold
    who has a standing vote (`voters_text`) and never what it says.
    """

    __tablename__ = "screening_state"
    __table_args__ = (
        Index(
            "screening_title_abstract",
            "title_abstract",
            "shuffle",
            "reference",
            "title_abstract_voters",
        ),
        Index(
            "screening_year",
            "title_abstract",
            "newest_first",
            "reference",
            "title_abstract_voters",
        ),
        Index("screening_source", "title_abstract", "source", "reference", "title_abstract_voters"),
        Index("screening_full_text", "full_text", "shuffle", "reference", "full_text_voters"),
        Index("screening_retrieval", "retrieval", "shuffle", "reference"),
        Index("screening_report_key", "report_key"),
        Index("screening_flow", *IN_FLOW, "title_abstract_voters"),
    )

    reference: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    lane: str = Field(sa_type=Text)
    source: str = Field(sa_column=Column(_BY_CODE_POINT, nullable=False))
    year: int | None = None
    newest_first: int
    shuffle: int
    dbr_records: int
    other_records: int
    late: int
    removed: str = Field(sa_type=Text)
    title_abstract: str = Field(sa_type=Text)
    title_abstract_voters: str = Field(sa_type=Text)
    title_abstract_reason: str = Field(sa_type=Text)
    by_automation: bool
    retrieval: str = Field(sa_type=Text)
    full_text: str = Field(sa_type=Text)
    full_text_voters: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    reasons: str = Field(sa_type=Text)
    category: str = Field(sa_type=Text)
    report_key: str = Field(sa_type=Text)
    study: str = Field(sa_type=Text)


def voters_text(names: Iterable[str]) -> str:
    """Return names as the voters of a reference are stored: each between line breaks."""
    ordered = sorted(names)
    return "\n".join(("", *ordered, "")) if ordered else ""


class Share(SQLModel, table=True):
    """A record in a reviewer's assigned share of a stage."""

    __tablename__ = "share"

    stage: str = Field(primary_key=True, sa_type=Text)
    reviewer: str = Field(primary_key=True, sa_type=Text)
    record: int = Field(primary_key=True)


class RankPlace(SQLModel, table=True):
    """A record's place in the latest ranked order of a reviewer at a stage."""

    __tablename__ = "rank_place"

    stage: str = Field(primary_key=True, sa_type=Text)
    reviewer: str = Field(primary_key=True, sa_type=Text)
    place: int = Field(primary_key=True)
    record: int


STANDING = SQLModel.metadata.tables["standing"]
SUBJECT_EVENT = SQLModel.metadata.tables["subject_event"]
LOAD = SQLModel.metadata.tables["load"]
MEMBER = SQLModel.metadata.tables["member"]
BOND = SQLModel.metadata.tables["bond"]
APART = SQLModel.metadata.tables["apart"]
REFERENCE = SQLModel.metadata.tables["reference"]
STATE = SQLModel.metadata.tables["screening_state"]
SHARE = SQLModel.metadata.tables["share"]
RANK_PLACE = SQLModel.metadata.tables["rank_place"]

PROJECTIONS = (
    STANDING,
    SUBJECT_EVENT,
    LOAD,
    MEMBER,
    BOND,
    APART,
    REFERENCE,
    STATE,
    SHARE,
    RANK_PLACE,
)
"""Every projection, in the order in which they are compared."""
