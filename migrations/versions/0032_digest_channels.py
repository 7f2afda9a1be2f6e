"""digest: digests of channels"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_channels",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("covers_from", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", name=op.f("pk_digest_channels")),
    )
    op.create_index("ix_digest_channels_next_at", "digest_channels", ["next_at"], unique=False)
    op.create_table(
        "digest_channel_posts",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "channel_id", "local_date", name=op.f("pk_digest_channel_posts")
        ),
    )


def downgrade() -> None:
    op.drop_table("digest_channel_posts")
    op.drop_index("ix_digest_channels_next_at", table_name="digest_channels")
    op.drop_table("digest_channels")
