"""privacy"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEPT = sa.text("is_kept")


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "who", name=op.f("pk_erasures")),
    )
    op.create_table(
        "quotations",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "key", "channel_id", "ts", name=op.f("pk_quotations")),
    )
    op.create_index("ix_quotations_ts", "quotations", ["team_id", "channel_id", "ts"])
    kept = sa.Column("is_kept", sa.Boolean(), nullable=False, server_default=sa.true())
    op.add_column("messages", kept)
    op.create_index("ix_messages_user_id", "messages", ["team_id", "user_id"])
    op.create_index(
        "ix_messages_kept",
        "messages",
        ["team_id", "at"],
        sqlite_where=KEPT,
        postgresql_where=KEPT,
    )
    quotes = sa.Column("quotes", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("outbox", quotes)
    for table in ("decisions", "decision_drafts"):
        author = sa.Column("author_id", sa.String(length=32), nullable=False, server_default="")
        op.add_column(table, author)
        _fill_in_authors(table)


def downgrade() -> None:
    for table in ("decision_drafts", "decisions"):
        op.drop_column(table, "author_id")
    op.drop_column("outbox", "quotes")
    op.drop_index("ix_messages_kept", table_name="messages")
    op.drop_index("ix_messages_user_id", table_name="messages")
    op.drop_column("messages", "is_kept")
    op.drop_index("ix_quotations_ts", table_name="quotations")
    op.drop_table("quotations")
    op.drop_table("erasures")


def _fill_in_authors(table: str) -> None:
    """Who said what was logged is known where Baton read the conversation."""
    op.execute(
        f"UPDATE {table} SET author_id = COALESCE((SELECT messages.user_id FROM messages "  # noqa: S608 - names of ours
        f"WHERE messages.team_id = {table}.team_id AND messages.channel_id = {table}.channel_id "
        f"AND messages.ts = {table}.message_ts), '')"
    )
