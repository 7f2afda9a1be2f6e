"""ask_standings: how an ask stood before its author completed it, until that is out"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ask_standings",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("completed_by", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("clock_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seconds_left", sa.Integer(), nullable=False),
        sa.Column("counted_in", sa.String(length=16), nullable=False),
        sa.Column("is_deadline", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nudge_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "completed_by", "ask_id", name=op.f("pk_ask_standings")),
    )


def downgrade() -> None:
    op.drop_table("ask_standings")
