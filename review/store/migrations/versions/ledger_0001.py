"""The ledger, its guards and its first projections."""

import sqlalchemy as sa
from alembic import op

from review.store.append_only import guards

revision = "0001"
down_revision = None

_BY_CODE_POINT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make every table, then forbid changes to those of the ledger."""
    op.create_table(
        "apart",
        sa.Column("a", sa.Integer(), nullable=False),
        sa.Column("b", sa.Integer(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("a", "b"),
    )
    op.create_index("ix_apart_b", "apart", ["b"], unique=False)
    op.create_table(
        "bond",
        sa.Column("bond", sa.Text(), nullable=False),
        sa.Column("record", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bond", "record"),
    )
    op.create_index("ix_bond_record", "bond", ["record"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("door", sa.Text(), nullable=False),
        sa.Column("protocol", sa.Integer(), nullable=True),
        sa.Column("supersedes", sa.Integer(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["protocol"],
            ["event.id"],
        ),
        sa.ForeignKeyConstraint(
            ["supersedes"],
            ["event.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("supersedes"),
    )
    op.create_index("event_kind", "event", ["kind"], unique=False)
    op.create_table(
        "load",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("source_kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("completed", sa.Integer(), nullable=True),
        sa.Column("provider", sa.Text(), nullable=True),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("start_tags", sa.Integer(), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("field_counts", sa.Text(), nullable=False),
        sa.Column("reader_version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "member",
        sa.Column("record", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Integer(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("record"),
    )
    op.create_index("ix_member_reference", "member", ["reference"], unique=False)
    op.create_index("member_load", "member", ["load", "reference"], unique=False)
    op.create_table(
        "rank_place",
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("record", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stage", "reviewer", "place"),
    )
    op.create_table(
        "reference",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_sort", _BY_CODE_POINT, nullable=False),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("journal", sa.Text(), nullable=False),
        sa.Column("doi", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("origins", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("reference_title", "reference", ["title_sort", "id"], unique=False)
    op.create_table(
        "screening_state",
        sa.Column("reference", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("source", _BY_CODE_POINT, nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("newest_first", sa.Integer(), nullable=False),
        sa.Column("shuffle", sa.Integer(), nullable=False),
        sa.Column("dbr_records", sa.Integer(), nullable=False),
        sa.Column("other_records", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.Column("title_abstract", sa.Text(), nullable=False),
        sa.Column("title_abstract_voters", sa.Text(), nullable=False),
        sa.Column("title_abstract_reason", sa.Text(), nullable=False),
        sa.Column("by_automation", sa.Boolean(), nullable=False),
        sa.Column("retrieval", sa.Text(), nullable=False),
        sa.Column("full_text", sa.Text(), nullable=False),
        sa.Column("full_text_voters", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("report_key", sa.Text(), nullable=False),
        sa.Column("study", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("reference"),
    )
    op.create_index(
        "screening_full_text",
        "screening_state",
        ["full_text", "shuffle", "reference", "full_text_voters"],
        unique=False,
    )
    op.create_index("screening_report_key", "screening_state", ["report_key"], unique=False)
    op.create_index(
        "screening_retrieval",
        "screening_state",
        ["retrieval", "shuffle", "reference"],
        unique=False,
    )
    op.create_index(
        "screening_title_abstract",
        "screening_state",
        ["title_abstract", "shuffle", "reference", "title_abstract_voters"],
        unique=False,
    )
    op.create_index(
        "screening_year",
        "screening_state",
        ["title_abstract", "newest_first", "reference", "title_abstract_voters"],
        unique=False,
    )
    op.create_index(
        "screening_source",
        "screening_state",
        ["title_abstract", "source", "reference", "title_abstract_voters"],
        unique=False,
    )
    op.create_table(
        "share",
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("record", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stage", "reviewer", "record"),
    )
    op.create_table(
        "standing",
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("record", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("slot"),
    )
    op.create_index("ix_standing_event", "standing", ["event"], unique=False)
    op.create_index("ix_standing_record", "standing", ["record"], unique=False)
    op.create_index("standing_kind", "standing", ["kind", "event"], unique=False)
    op.create_table(
        "subject_event",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "event"),
    )
    op.create_table(
        "export_file",
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["load"],
            ["event.id"],
        ),
        sa.PrimaryKeyConstraint("load", "position"),
    )
    op.create_table(
        "record",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source_file", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["load"],
            ["event.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("load", "position", name="record_load_position"),
    )
    op.create_table(
        "record_reading",
        sa.Column("reread", sa.Integer(), nullable=False),
        sa.Column("record", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record"],
            ["record.id"],
        ),
        sa.ForeignKeyConstraint(
            ["reread"],
            ["event.id"],
        ),
        sa.PrimaryKeyConstraint("reread", "record"),
    )
    op.create_index("ix_record_reading_record", "record_reading", ["record"], unique=False)
    for statement in guards(op.get_context().dialect.name):
        op.execute(statement)
