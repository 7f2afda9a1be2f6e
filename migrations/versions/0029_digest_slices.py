"""digest_slices: when they are needed, what was read, and by which prompt"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("digest_slices") as rows:
        rows.add_column(sa.Column("needed_at", sa.DateTime(timezone=True), nullable=True))
        rows.add_column(sa.Column("read", sa.JSON(), server_default="[]", nullable=False))
        rows.add_column(sa.Column("prompt", sa.String(80), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("digest_slices") as rows:
        rows.drop_column("prompt")
        rows.drop_column("read")
        rows.drop_column("needed_at")
