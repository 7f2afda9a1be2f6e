"""losses: how often the lease of a row was lost, apart from its attempts"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

TABLES = ("inbox", "deliveries", "outbox", "attempts", "gaps", "decision_writes")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("losses", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_column(table, "losses")
