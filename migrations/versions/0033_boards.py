"""boards: what App Homes show, and which of them are stale"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_STALE = sa.text("stale_since IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "boards",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("shown", sa.String(length=64), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched", sa.Integer(), nullable=False),
        sa.Column("stale_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_boards")),
    )
    op.create_index(
        "ix_boards_stale_since",
        "boards",
        ["stale_since"],
        unique=False,
        sqlite_where=_STALE,
        postgresql_where=_STALE,
    )


def downgrade() -> None:
    op.drop_index("ix_boards_stale_since", table_name="boards")
    op.drop_table("boards")
