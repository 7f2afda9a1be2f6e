"""digest_translations: what was worded, in the language of those who read it"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_translations",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("covers_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "channel_id", "covers_from", "language", name=op.f("pk_digest_translations")
        ),
    )
    with op.batch_alter_table("digest_schedules") as rows:
        rows.add_column(sa.Column("translated_for", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("digest_schedules") as rows:
        rows.drop_column("translated_for")
    op.drop_table("digest_translations")
