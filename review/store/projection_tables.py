"""Ordinary tables derived from the ledger, kept beside it so that pages and counts are fast.

Each row can be recomputed from the ledger alone; `Ledger.rebuild` does, and compares. Text that is
one of a few words ("pending", "dbr") is stored as that word; an empty word means "does not apply".
"""

from collections.abc import Iterable

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text

from review.store.tables import METADATA

_BY_CODE_POINT = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is sorted alike on both databases, whatever language a server speaks."""


STANDING = Table(
    "standing",
    METADATA,
    Column("slot", Text, primary_key=True),
    Column("event", Integer, index=True, nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("record", Integer, index=True, nullable=True),
    Index("standing_kind", "kind", "event"),
)
"""The event that has the last word in a slot, and the record it speaks of, if it does of one."""


SUBJECT_EVENT = Table(
    "subject_event",
    METADATA,
    Column("subject", Text, primary_key=True),
    Column("event", Integer, primary_key=True),
)
"""Which events speak of a record, report key, unit, study, source or person."""


LOAD = Table(
    "load",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("source", Text, nullable=False),
    Column("source_name", Text, nullable=False),
    Column("source_kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("format", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("completed", Integer, nullable=True),
    Column("provider", Text, nullable=True),
    Column("encoding", Text, nullable=False, default=""),
    Column("start_tags", Integer, nullable=False, default=0),
    Column("records", Integer, nullable=False, default=0),
    Column("problems", Text, nullable=False, default="[]"),
    Column("field_counts", Text, nullable=False, default="{}"),
    Column("reader_version", Text, nullable=False, default=""),
)
"""One file read for one source, with its accounting; `state` is loading, complete or retracted."""


MEMBER = Table(
    "member",
    METADATA,
    Column("record", Integer, primary_key=True, autoincrement=False),
    Column("load", Integer, nullable=False),
    Column("lane", Text, nullable=False),
    Column("completed", Integer, nullable=False),
    Column("reference", Integer, index=True, nullable=False),
    Column("late", Boolean, nullable=False, default=False),
    Index("member_load", "load", "reference"),
)
"""A visible record and the reference it belongs to.

`completed` is the event that made it visible; `late` marks the record of a reference that had
been sought before it was merged into another that had been sought too.
"""


BOND = Table(
    "bond",
    METADATA,
    Column("bond", Text, primary_key=True),
    Column("record", Integer, primary_key=True, index=True),
)
"""Records under one bond are one reference; bonds that share a record make one group."""


APART = Table(
    "apart",
    METADATA,
    Column("a", Integer, primary_key=True),
    Column("b", Integer, primary_key=True, index=True),
    Column("event", Integer, nullable=False),
)
"""Two records (a < b) that a person keeps apart."""


REFERENCE = Table(
    "reference",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("title_sort", _BY_CODE_POINT, nullable=False),
    Column("authors", Text, nullable=False),
    Column("year", Integer, nullable=True),
    Column("journal", Text, nullable=False),
    Column("doi", Text, nullable=False),
    Column("fields", Text, nullable=False),
    Column("origins", Text, nullable=False),
    Column("search", Text, nullable=False),
    Index("reference_title", "title_sort", "id"),
)
"""The composed fields of a reference; `id` is the ledger id of its earliest record.

`search` is everything a person may look for, folded to lower case without accents.
"""


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

VOTERS = ("title_abstract_voters", "full_text_voters")
"""Who voted, from the same index: the progress of reviewers is counted in the same pass."""

SUMMED = ("dbr_records", "other_records", "late")
"""What the flow sums up, from the same index."""


STATE = Table(
    "screening_state",
    METADATA,
    Column("reference", Integer, primary_key=True, autoincrement=False),
    Column("lane", Text, nullable=False),
    Column("source", _BY_CODE_POINT, nullable=False),
    Column("year", Integer, nullable=True),
    Column("newest_first", Integer, nullable=False),
    Column("shuffle", Integer, nullable=False),
    Column("dbr_records", Integer, nullable=False),
    Column("other_records", Integer, nullable=False),
    Column("late", Integer, nullable=False),
    Column("removed", Text, nullable=False),
    Column("title_abstract", Text, nullable=False),
    Column("title_abstract_voters", Text, nullable=False),
    Column("title_abstract_reason", Text, nullable=False),
    Column("by_automation", Boolean, nullable=False),
    Column("retrieval", Text, nullable=False),
    Column("full_text", Text, nullable=False),
    Column("full_text_voters", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("report_key", Text, nullable=False),
    Column("study", Text, nullable=False),
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
    Index("screening_flow", *IN_FLOW, *VOTERS, *SUMMED),
)
"""Where a reference stands: one narrow row per reference, for queues and for the flow.

`shuffle` is its place in the random order, `newest_first` the negative year (0 where none is
known): queues are read from indexes. `title_abstract_voters` and `full_text_voters` hold
who has a standing vote (`voters_text`) and never what it says.
"""


def voters_text(names: Iterable[str]) -> str:
    """Return names as the voters of a reference are stored: each between line breaks."""
    ordered = sorted(names)
    return "\n".join(("", *ordered, "")) if ordered else ""


SHARE = Table(
    "share",
    METADATA,
    Column("stage", Text, primary_key=True),
    Column("reviewer", Text, primary_key=True),
    Column("record", Integer, primary_key=True),
)
"""A record in a reviewer's assigned share of a stage."""


RANK_PLACE = Table(
    "rank_place",
    METADATA,
    Column("stage", Text, primary_key=True),
    Column("reviewer", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("record", Integer, nullable=False),
)
"""A record's place in the latest ranked order of a reviewer at a stage."""


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
