"""model"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_budgets",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("micro_dollars", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "day", name=op.f("pk_model_budgets")),
    )
    op.create_table(
        "drafts",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("prompt_id", sa.String(length=64), nullable=False),
        sa.Column("prompt_version", sa.Integer(), nullable=False),
        sa.Column("prompt_sha", sa.String(length=64), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("input_tokens", sa.Integer(), nullable=False),
        sa.Column("output_tokens", sa.Integer(), nullable=False),
        sa.Column("cost_micro_dollars", sa.BigInteger(), nullable=False),
        sa.Column("lines_proposed", sa.Integer(), nullable=False),
        sa.Column("lines_kept", sa.Integer(), nullable=False),
        sa.Column("drops", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_drafts")),
    )
    op.create_index("ix_drafts_created_at", "drafts", ["created_at"], unique=False)
    op.add_column(
        "digest_schedules", sa.Column("drafted_for", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_table(
        "digest_slices",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("covers_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "channel_id", "covers_from", name=op.f("pk_digest_slices")
        ),
    )
    drafting = sa.text("state = 'drafting'")
    op.create_index(
        "ix_digest_slices_drafting",
        "digest_slices",
        ["team_id", "channel_id"],
        unique=False,
        sqlite_where=drafting,
        postgresql_where=drafting,
    )
    op.create_index("ix_digest_slices_told_until", "digest_slices", ["told_until"], unique=False)


def downgrade() -> None:
    op.drop_table("digest_slices")
    op.drop_column("digest_schedules", "drafted_for")
    op.drop_table("drafts")
    op.drop_table("model_budgets")
