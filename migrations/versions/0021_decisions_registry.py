"""decisions: lists by owner and by status, the newest first"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_decisions_owner_id", table_name="decisions")
    op.create_index("ix_decisions_owner_id", "decisions", ["team_id", "owner_id", "number"])
    op.create_index("ix_decisions_status", "decisions", ["team_id", "status", "number"])


def downgrade() -> None:
    op.drop_index("ix_decisions_status", table_name="decisions")
    op.drop_index("ix_decisions_owner_id", table_name="decisions")
    op.create_index("ix_decisions_owner_id", "decisions", ["team_id", "owner_id"])
