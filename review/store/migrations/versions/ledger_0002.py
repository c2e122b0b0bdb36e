"""Indexes for the counts of the flow, and for the pace of reviewers."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make both indexes; nothing of the ledger changes."""
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
        ],
        unique=False,
    )
    op.create_index("event_said", "event", ["actor", "kind", "door", "id"], unique=False)
