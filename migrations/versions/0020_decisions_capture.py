"""decisions: which open forms wait for a model's draft"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("decision_drafts") as rows:
        rows.add_column(sa.Column("draft_at", sa.DateTime(timezone=True), nullable=True))
    where = sa.text("draft_at IS NOT NULL")
    op.create_index(
        "ix_decision_drafts_draft_at",
        "decision_drafts",
        ["draft_at"],
        sqlite_where=where,
        postgresql_where=where,
    )


def downgrade() -> None:
    op.drop_index("ix_decision_drafts_draft_at", table_name="decision_drafts")
    with op.batch_alter_table("decision_drafts") as rows:
        rows.drop_column("draft_at")
