"""coach: words that a model is asked for"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

UNDONE = "state != 'done'"


def upgrade() -> None:
    op.create_table(
        "coach_wordings",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("rev", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_coach_wordings")),
    )
    op.create_index(
        "uq_coach_wordings_place",
        "coach_wordings",
        ["team_id", "kind", "user_id", "channel_id", "ts"],
        unique=True,
    )
    op.create_index(
        "ix_coach_wordings_made_at",
        "coach_wordings",
        ["made_at"],
        unique=False,
        sqlite_where=sa.text(UNDONE),
        postgresql_where=sa.text(UNDONE),
    )
    op.create_index(
        "ix_coach_wordings_ts", "coach_wordings", ["team_id", "channel_id", "ts"], unique=False
    )


def downgrade() -> None:
    op.drop_table("coach_wordings")
