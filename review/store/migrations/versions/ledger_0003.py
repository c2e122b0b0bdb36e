"""The index of the flow holds who voted on full texts and what is summed, too: counting reads no row."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the index anew; nothing of the ledger changes."""
    op.drop_index("screening_flow", "screening_state")
    op.create_index(
        "screening_flow",
        "screening_state",
        [
            "lane",
            "removed",
            "title_abstract",
            "by_automation",
            "title_abstract_reason",
            "retrieval",
            "full_text",
            "reason",
            "category",
            "title_abstract_voters",
            "full_text_voters",
            "dbr_records",
            "other_records",
            "late",
        ],
        unique=False,
    )
