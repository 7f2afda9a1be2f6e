"""asks"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asks",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("message_ts", sa.String(length=32), nullable=False),
        sa.Column("root_ts", sa.String(length=32), nullable=False),
        sa.Column("asker_id", sa.String(length=32), nullable=False),
        sa.Column("answerer_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nudge_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_asks")),
    )
    op.create_index(
        "ix_asks_answerer_id",
        "asks",
        ["team_id", "answerer_id"],
        unique=False,
        sqlite_where=sa.text("state IN ('open', 'overdue')"),
        postgresql_where=sa.text("state IN ('open', 'overdue')"),
    )
    op.create_index("ix_asks_asker_id", "asks", ["team_id", "asker_id", "closed_at"], unique=False)
    op.create_index(
        "ix_asks_nudge_at",
        "asks",
        ["nudge_at"],
        unique=False,
        sqlite_where=sa.text("nudge_at IS NOT NULL"),
        postgresql_where=sa.text("nudge_at IS NOT NULL"),
    )
    op.create_index("ix_asks_root_ts", "asks", ["team_id", "channel_id", "root_ts"], unique=False)
    op.create_index(
        "uq_asks_message_ts",
        "asks",
        ["team_id", "channel_id", "message_ts", "answerer_id"],
        unique=True,
    )


def downgrade() -> None:
    op.drop_index("uq_asks_message_ts", table_name="asks")
    op.drop_index("ix_asks_root_ts", table_name="asks")
    op.drop_index(
        "ix_asks_nudge_at",
        table_name="asks",
        sqlite_where=sa.text("nudge_at IS NOT NULL"),
        postgresql_where=sa.text("nudge_at IS NOT NULL"),
    )
    op.drop_index("ix_asks_asker_id", table_name="asks")
    op.drop_index(
        "ix_asks_answerer_id",
        table_name="asks",
        sqlite_where=sa.text("state IN ('open', 'overdue')"),
        postgresql_where=sa.text("state IN ('open', 'overdue')"),
    )
    op.drop_table("asks")
