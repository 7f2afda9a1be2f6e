"""digest: what people wish of channels, and what they think of their digests"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_wishes",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("wish", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", "channel_id", name=op.f("pk_digest_wishes")),
    )
    op.create_table(
        "digest_opinions",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("prompt", sa.String(length=64), nullable=False),
        sa.Column("is_good", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "user_id", "local_date", name=op.f("pk_digest_opinions")
        ),
    )


def downgrade() -> None:
    op.drop_table("digest_opinions")
    op.drop_table("digest_wishes")
