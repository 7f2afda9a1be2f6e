"""digest_app_messages, digest_reviews, digest_logins: what other apps post"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_app_messages",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("app", sa.String(length=80), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("thread_ts", sa.String(length=32), nullable=True),
        sa.Column("revision", sa.String(length=32), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "ts", name=op.f("pk_digest_app_messages")),
    )
    op.create_index(
        "ix_digest_app_messages_at", "digest_app_messages", ["team_id", "channel_id", "at"]
    )
    op.create_table(
        "digest_reviews",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint(
            "team_id", "channel_id", "ts", "url", "login", name=op.f("pk_digest_reviews")
        ),
    )
    op.create_index("ix_digest_reviews_login", "digest_reviews", ["team_id", "login"])
    op.create_index("ix_digest_reviews_url", "digest_reviews", ["team_id", "url"])
    op.create_table(
        "digest_logins",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("service", sa.String(length=16), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", "service", name=op.f("pk_digest_logins")),
    )
    op.create_index("ix_digest_logins_login", "digest_logins", ["team_id", "service", "login"])


def downgrade() -> None:
    op.drop_table("digest_logins")
    op.drop_table("digest_reviews")
    op.drop_table("digest_app_messages")
