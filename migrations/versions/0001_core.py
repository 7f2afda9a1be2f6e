"""core"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "channel_members",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("is_member", sa.Boolean(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "channel_id", "user_id", name=op.f("pk_channel_members")
        ),
    )
    op.create_index(
        "ix_channel_members_user_id", "channel_members", ["team_id", "user_id"], unique=False
    )
    op.create_table(
        "channels",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("is_member", sa.Boolean(), nullable=False),
        sa.Column("synced_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "channel_id", name=op.f("pk_channels")),
    )
    op.create_index(
        "ix_channels_unsynced",
        "channels",
        ["team_id"],
        unique=False,
        sqlite_where=sa.text("synced_at IS NULL"),
        postgresql_where=sa.text("synced_at IS NULL"),
    )
    op.create_table(
        "deliveries",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("listener", sa.String(length=128), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lane", sa.String(length=64), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_deliveries")),
    )
    op.create_index(
        "ix_deliveries_dead",
        "deliveries",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state IN ('dead')"),
        postgresql_where=sa.text("state IN ('dead')"),
    )
    op.create_index(
        "ix_deliveries_lane",
        "deliveries",
        ["team_id", "lane", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('ready', 'leased', 'unknown')"),
        postgresql_where=sa.text("state IN ('ready', 'leased', 'unknown')"),
    )
    op.create_index(
        "ix_deliveries_leased",
        "deliveries",
        ["lease_until"],
        unique=False,
        sqlite_where=sa.text("state IN ('leased')"),
        postgresql_where=sa.text("state IN ('leased')"),
    )
    op.create_index(
        "ix_deliveries_ready",
        "deliveries",
        ["not_before"],
        unique=False,
        sqlite_where=sa.text("state IN ('ready')"),
        postgresql_where=sa.text("state IN ('ready')"),
    )
    op.create_index(
        "uq_deliveries_event_id", "deliveries", ["team_id", "event_id", "listener"], unique=True
    )
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lane", sa.String(length=64), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_inbox")),
    )
    op.create_index(
        "ix_inbox_dead",
        "inbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state IN ('dead')"),
        postgresql_where=sa.text("state IN ('dead')"),
    )
    op.create_index(
        "ix_inbox_lane",
        "inbox",
        ["team_id", "lane", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('ready', 'leased', 'unknown')"),
        postgresql_where=sa.text("state IN ('ready', 'leased', 'unknown')"),
    )
    op.create_index(
        "ix_inbox_leased",
        "inbox",
        ["lease_until"],
        unique=False,
        sqlite_where=sa.text("state IN ('leased')"),
        postgresql_where=sa.text("state IN ('leased')"),
    )
    op.create_index(
        "ix_inbox_ready",
        "inbox",
        ["not_before"],
        unique=False,
        sqlite_where=sa.text("state IN ('ready')"),
        postgresql_where=sa.text("state IN ('ready')"),
    )
    op.create_index(op.f("ix_inbox_received_at"), "inbox", ["received_at"], unique=False)
    op.create_index("uq_inbox_event_id", "inbox", ["team_id", "event_id"], unique=True)
    op.create_table(
        "messages",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("thread_ts", sa.String(length=32), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("edited_ts", sa.String(length=32), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "ts", name=op.f("pk_messages")),
    )
    op.create_index("ix_messages_at", "messages", ["team_id", "channel_id", "at"], unique=False)
    op.create_index(
        "ix_messages_thread", "messages", ["team_id", "channel_id", "thread_ts"], unique=False
    )
    op.create_table(
        "outbox",
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("method", sa.String(length=32), nullable=False),
        sa.Column("recipient", sa.String(length=32), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("revises", sa.String(length=128), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drop_after", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_after", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_channel", sa.String(length=32), nullable=True),
        sa.Column("sent_ts", sa.String(length=32), nullable=True),
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lane", sa.String(length=64), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_outbox")),
    )
    op.create_index(
        "ix_outbox_dead",
        "outbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state IN ('dead')"),
        postgresql_where=sa.text("state IN ('dead')"),
    )
    op.create_index(
        "ix_outbox_lane",
        "outbox",
        ["team_id", "lane", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('ready', 'leased', 'unknown')"),
        postgresql_where=sa.text("state IN ('ready', 'leased', 'unknown')"),
    )
    op.create_index(
        "ix_outbox_leased",
        "outbox",
        ["lease_until"],
        unique=False,
        sqlite_where=sa.text("state IN ('leased')"),
        postgresql_where=sa.text("state IN ('leased')"),
    )
    op.create_index(op.f("ix_outbox_queued_at"), "outbox", ["queued_at"], unique=False)
    op.create_index(
        "ix_outbox_ready",
        "outbox",
        ["not_before"],
        unique=False,
        sqlite_where=sa.text("state IN ('ready')"),
        postgresql_where=sa.text("state IN ('ready')"),
    )
    op.create_index("uq_outbox_key", "outbox", ["team_id", "key"], unique=True)
    op.create_table(
        "people",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("is_member", sa.Boolean(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_people")),
    )
    op.create_index(op.f("ix_people_fetched_at"), "people", ["fetched_at"], unique=False)
    op.create_table(
        "rate_limits",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "scope", name=op.f("pk_rate_limits")),
    )
    op.create_table(
        "reactions",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("emoji", sa.String(length=128), nullable=False),
        sa.Column("is_set", sa.Boolean(), nullable=False),
        sa.Column("event_ts", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "channel_id", "ts", "user_id", "emoji", name=op.f("pk_reactions")
        ),
    )
    op.create_table(
        "workspaces",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("bot_id", sa.String(length=32), nullable=False),
        sa.Column("bot_user_id", sa.String(length=32), nullable=False),
        sa.Column("scopes", sa.String(), nullable=False),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_workspaces")),
    )


def downgrade() -> None:
    op.drop_table("workspaces")
    op.drop_table("reactions")
    op.drop_table("rate_limits")
    op.drop_index(op.f("ix_people_fetched_at"), table_name="people")
    op.drop_table("people")
    op.drop_index("uq_outbox_key", table_name="outbox")
    op.drop_index(
        "ix_outbox_ready",
        table_name="outbox",
        sqlite_where=sa.text("state IN ('ready')"),
        postgresql_where=sa.text("state IN ('ready')"),
    )
    op.drop_index(op.f("ix_outbox_queued_at"), table_name="outbox")
    op.drop_index(
        "ix_outbox_leased",
        table_name="outbox",
        sqlite_where=sa.text("state IN ('leased')"),
        postgresql_where=sa.text("state IN ('leased')"),
    )
    op.drop_index(
        "ix_outbox_lane",
        table_name="outbox",
        sqlite_where=sa.text("state IN ('ready', 'leased', 'unknown')"),
        postgresql_where=sa.text("state IN ('ready', 'leased', 'unknown')"),
    )
    op.drop_index(
        "ix_outbox_dead",
        table_name="outbox",
        sqlite_where=sa.text("state IN ('dead')"),
        postgresql_where=sa.text("state IN ('dead')"),
    )
    op.drop_table("outbox")
    op.drop_index("ix_messages_thread", table_name="messages")
    op.drop_index("ix_messages_at", table_name="messages")
    op.drop_table("messages")
    op.drop_index("uq_inbox_event_id", table_name="inbox")
    op.drop_index(op.f("ix_inbox_received_at"), table_name="inbox")
    op.drop_index(
        "ix_inbox_ready",
        table_name="inbox",
        sqlite_where=sa.text("state IN ('ready')"),
        postgresql_where=sa.text("state IN ('ready')"),
    )
    op.drop_index(
        "ix_inbox_leased",
        table_name="inbox",
        sqlite_where=sa.text("state IN ('leased')"),
        postgresql_where=sa.text("state IN ('leased')"),
    )
    op.drop_index(
        "ix_inbox_lane",
        table_name="inbox",
        sqlite_where=sa.text("state IN ('ready', 'leased', 'unknown')"),
        postgresql_where=sa.text("state IN ('ready', 'leased', 'unknown')"),
    )
    op.drop_index(
        "ix_inbox_dead",
        table_name="inbox",
        sqlite_where=sa.text("state IN ('dead')"),
        postgresql_where=sa.text("state IN ('dead')"),
    )
    op.drop_table("inbox")
    op.drop_index("uq_deliveries_event_id", table_name="deliveries")
    op.drop_index(
        "ix_deliveries_ready",
        table_name="deliveries",
        sqlite_where=sa.text("state IN ('ready')"),
        postgresql_where=sa.text("state IN ('ready')"),
    )
    op.drop_index(
        "ix_deliveries_leased",
        table_name="deliveries",
        sqlite_where=sa.text("state IN ('leased')"),
        postgresql_where=sa.text("state IN ('leased')"),
    )
    op.drop_index(
        "ix_deliveries_lane",
        table_name="deliveries",
        sqlite_where=sa.text("state IN ('ready', 'leased', 'unknown')"),
        postgresql_where=sa.text("state IN ('ready', 'leased', 'unknown')"),
    )
    op.drop_index(
        "ix_deliveries_dead",
        table_name="deliveries",
        sqlite_where=sa.text("state IN ('dead')"),
        postgresql_where=sa.text("state IN ('dead')"),
    )
    op.drop_table("deliveries")
    op.drop_index(
        "ix_channels_unsynced",
        table_name="channels",
        sqlite_where=sa.text("synced_at IS NULL"),
        postgresql_where=sa.text("synced_at IS NULL"),
    )
    op.drop_table("channels")
    op.drop_index("ix_channel_members_user_id", table_name="channel_members")
    op.drop_table("channel_members")
