"""gaps: of which times messages may be missing, and when somebody took events in last"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

PARTS = (
    ("ready", "'ready'", ["not_before"]),
    ("leased", "'leased'", ["lease_until"]),
    ("lane", "'ready', 'leased', 'unknown'", ["team_id", "lane", "id"]),
    ("dead", "'dead'", ["id"]),
)


def upgrade() -> None:
    op.create_table(
        "gaps",
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(length=8), nullable=False),
        sa.Column("left", sa.JSON(), nullable=True),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lane", sa.String(length=64), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_gaps")),
    )
    op.create_index("ix_gaps_until", "gaps", ["team_id", "until"])
    for name, states, columns in PARTS:
        where = sa.text(f"state IN ({states})")
        index = f"ix_gaps_{name}"
        op.create_index(index, "gaps", columns, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "heartbeats",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("machine_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_heartbeats")),
    )


def downgrade() -> None:
    op.drop_table("heartbeats")
    op.drop_table("gaps")
