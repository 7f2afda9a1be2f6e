"""shared_channels"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, default in (("is_shared", sa.true()), ("is_general", sa.false())):
        op.add_column(
            "channels", sa.Column(name, sa.Boolean(), server_default=default, nullable=False)
        )


def downgrade() -> None:
    op.drop_column("channels", "is_general")
    op.drop_column("channels", "is_shared")
