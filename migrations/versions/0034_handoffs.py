"""handoffs: chains, batons, notes, blockers, stand-ins and stand-ups"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handoff_batons",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("chain_id", sa.Uuid(), nullable=True),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("sender_id", sa.String(length=32), nullable=False),
        sa.Column("holder_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("watch_out", sa.Text(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("tried", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nudged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tell_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ask_id", sa.Uuid(), nullable=True),
        sa.Column("card_ts", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_handoff_batons")),
    )
    op.create_index(
        "ix_handoff_batons_ask_id", "handoff_batons", ["team_id", "ask_id"], unique=False
    )
    op.create_index(
        "ix_handoff_batons_channel_id",
        "handoff_batons",
        ["team_id", "channel_id", "closed_at"],
        unique=False,
    )
    op.create_index(
        "ix_handoff_batons_holder_id",
        "handoff_batons",
        ["team_id", "holder_id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_handoff_batons_look_at",
        "handoff_batons",
        ["look_at"],
        unique=False,
        sqlite_where=sa.text("look_at IS NOT NULL"),
        postgresql_where=sa.text("look_at IS NOT NULL"),
    )
    op.create_index(
        "ix_handoff_batons_sender_id",
        "handoff_batons",
        ["team_id", "sender_id", "closed_at"],
        unique=False,
    )
    op.create_index(
        "ix_handoff_batons_tell_at",
        "handoff_batons",
        ["tell_at"],
        unique=False,
        sqlite_where=sa.text("tell_at IS NOT NULL"),
        postgresql_where=sa.text("tell_at IS NOT NULL"),
    )
    op.create_index(
        "uq_handoff_batons_key",
        "handoff_batons",
        ["team_id", "key"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )

    op.create_table(
        "handoff_blockers",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("same", sa.String(length=64), nullable=False),
        sa.Column("baton_id", sa.Uuid(), nullable=True),
        sa.Column("blocked_id", sa.String(length=32), nullable=False),
        sa.Column("blocker_id", sa.String(length=32), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=True),
        sa.Column("asker_id", sa.String(length=32), nullable=False),
        sa.Column("ended", sa.String(length=16), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_handoff_blockers")),
    )
    op.create_index(
        "ix_handoff_blockers_ask_id", "handoff_blockers", ["team_id", "ask_id"], unique=False
    )
    op.create_index(
        "ix_handoff_blockers_blocked_id",
        "handoff_blockers",
        ["team_id", "blocked_id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_handoff_blockers_blocker_id",
        "handoff_blockers",
        ["team_id", "blocker_id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_handoff_blockers_baton_id", "handoff_blockers", ["team_id", "baton_id"], unique=False
    )
    op.create_index("uq_handoff_blockers_key", "handoff_blockers", ["team_id", "key"], unique=True)
    op.create_index(
        "uq_handoff_blockers_same",
        "handoff_blockers",
        ["team_id", "same"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )

    op.create_table(
        "handoff_chain_members",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("chain_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "chain_id", "position", name=op.f("pk_handoff_chain_members")
        ),
    )
    op.create_index(
        "ix_handoff_chain_members_user_id",
        "handoff_chain_members",
        ["team_id", "user_id"],
        unique=False,
    )

    op.create_table(
        "handoff_chains",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_handoff_chains")),
    )
    op.create_index(
        "uq_handoff_chains_name", "handoff_chains", ["team_id", "channel_id", "name"], unique=True
    )

    op.create_table(
        "handoff_days",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_handoff_days")),
    )
    op.create_index("ix_handoff_days_next_at", "handoff_days", ["next_at"], unique=False)

    op.create_table(
        "handoff_drafts",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("draft_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "note_id", name=op.f("pk_handoff_drafts")),
    )
    op.create_index(
        "ix_handoff_drafts_draft_at",
        "handoff_drafts",
        ["draft_at"],
        unique=False,
        sqlite_where=sa.text("draft_at IS NOT NULL"),
        postgresql_where=sa.text("draft_at IS NOT NULL"),
    )

    op.create_table(
        "handoff_notes",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("filled", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_handoff_notes")),
    )
    op.create_index(
        "ix_handoff_notes_author_id",
        "handoff_notes",
        ["team_id", "author_id", "made_at"],
        unique=False,
    )
    op.create_index(
        "uq_handoff_notes_day",
        "handoff_notes",
        ["team_id", "author_id", "local_date"],
        unique=True,
        sqlite_where=sa.text("reason = 'day'"),
        postgresql_where=sa.text("reason = 'day'"),
    )

    op.create_table(
        "handoff_stand_ins",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("stand_in_id", sa.String(length=32), nullable=False),
        sa.Column("is_of_leave", sa.Boolean(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint(
            "team_id", "user_id", "first_day", name=op.f("pk_handoff_stand_ins")
        ),
    )
    op.create_index(
        "ix_handoff_stand_ins_stand_in_id",
        "handoff_stand_ins",
        ["team_id", "stand_in_id"],
        unique=False,
    )
    op.create_index(
        "ix_handoff_stand_ins_look_at",
        "handoff_stand_ins",
        ["look_at"],
        unique=False,
        sqlite_where=sa.text("look_at IS NOT NULL"),
        postgresql_where=sa.text("look_at IS NOT NULL"),
    )

    op.create_table(
        "handoff_steps",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("baton_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("holder_id", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("told_by", sa.String(length=128), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "baton_id", "number", name=op.f("pk_handoff_steps")),
    )
    op.create_index("ix_handoff_steps_told_by", "handoff_steps", ["team_id", "told_by"])
    op.create_table(
        "standup_entries",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("prompt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("blocked", sa.Text(), nullable=False),
        sa.Column("blocker_id", sa.String(length=32), nullable=False),
        sa.Column("watch_out", sa.Text(), nullable=False),
        sa.Column("message_ts", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "channel_id", "local_date", "user_id", name=op.f("pk_standup_entries")
        ),
    )
    op.create_index(
        "ix_standup_entries_look_at",
        "standup_entries",
        ["look_at"],
        unique=False,
        sqlite_where=sa.text("look_at IS NOT NULL"),
        postgresql_where=sa.text("look_at IS NOT NULL"),
    )
    op.create_index(
        "ix_standup_entries_user_id",
        "standup_entries",
        ["team_id", "user_id", "local_date"],
        unique=False,
    )

    op.create_table(
        "standup_promises",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_standup_promises")),
    )
    op.create_index(
        "ix_standup_promises_promised_on",
        "standup_promises",
        ["team_id", "channel_id", "promised_on"],
        unique=False,
    )
    op.create_index(
        "ix_standup_promises_user_id",
        "standup_promises",
        ["team_id", "channel_id", "user_id", "delivered_at"],
        unique=False,
    )

    op.create_table(
        "standups",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("thread_ts", sa.String(length=32), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "local_date", name=op.f("pk_standups")),
    )
    op.create_index(
        "ix_standups_look_at",
        "standups",
        ["look_at"],
        unique=False,
        sqlite_where=sa.text("look_at IS NOT NULL"),
        postgresql_where=sa.text("look_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("standups")
    op.drop_table("standup_promises")
    op.drop_table("standup_entries")
    op.drop_table("handoff_steps")
    op.drop_table("handoff_stand_ins")
    op.drop_table("handoff_notes")
    op.drop_table("handoff_drafts")
    op.drop_table("handoff_days")
    op.drop_table("handoff_chains")
    op.drop_table("handoff_chain_members")
    op.drop_table("handoff_blockers")
    op.drop_table("handoff_batons")
