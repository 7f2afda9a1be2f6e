"""asks: a text may complete a message; what goes out later"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

COMPLETES = sa.text("completes_ts != ''")
NEW = ("completes_ts", "card_ts")
PLANNED = sa.text("look_at IS NOT NULL")


def upgrade() -> None:
    for name in NEW:
        op.add_column(
            "ask_texts", sa.Column(name, sa.String(length=32), server_default="", nullable=False)
        )
    op.create_index(
        "ix_ask_texts_completes_ts",
        "ask_texts",
        ["team_id", "channel_id", "completes_ts"],
        sqlite_where=COMPLETES,
        postgresql_where=COMPLETES,
    )
    op.create_table(
        "ask_scheduled",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.String(length=128), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("is_ask", sa.Boolean(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("fallback", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_ask_scheduled")),
    )
    op.create_index(
        "uq_ask_scheduled_request_id", "ask_scheduled", ["team_id", "request_id"], unique=True
    )
    op.create_index(
        "ix_ask_scheduled_look_at",
        "ask_scheduled",
        ["look_at"],
        sqlite_where=PLANNED,
        postgresql_where=PLANNED,
    )
    op.create_index("ix_ask_scheduled_author_id", "ask_scheduled", ["team_id", "author_id"])


def downgrade() -> None:
    op.drop_table("ask_scheduled")
    op.drop_index("ix_ask_texts_completes_ts", table_name="ask_texts")
    with op.batch_alter_table("ask_texts") as texts:
        for name in NEW:
            texts.drop_column(name)
