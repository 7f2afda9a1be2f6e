"""traces: the id under which something was queued"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

TABLES = ("outbox", "attempts")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("trace", sa.Uuid(), nullable=True))


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_column(table, "trace")
