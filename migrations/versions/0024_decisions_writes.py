"""decisions: what a system of record is to hold"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_TABLE = "decision_writes"
_OPEN = {
    "ready": ("state IN ('ready')", ["not_before"]),
    "leased": ("state IN ('leased')", ["lease_until"]),
    "lane": ("state IN ('ready', 'leased', 'unknown')", ["team_id", "lane", "id"]),
    "dead": ("state IN ('dead')", ["id"]),
}


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("system", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reference", sa.JSON(), nullable=True),
        sa.Column("replaced", sa.Boolean(), server_default=sa.false(), nullable=False),
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
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_decision_writes")),
    )
    for name, (where, columns) in _OPEN.items():
        op.create_index(
            f"ix_{_TABLE}_{name}",
            _TABLE,
            columns,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
    key = ["team_id", "number", "system", "version"]
    op.create_index("uq_decision_writes_version", _TABLE, key, unique=True)


def downgrade() -> None:
    op.drop_table(_TABLE)
