"""visibility"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("shows", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "shows")
