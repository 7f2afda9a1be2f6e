"""asks: places, texts, history, notices, urgent weeks; clocks that pause and count in two ways"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_OWN_PLACES = """
UPDATE asks SET message_ts = REPLACE(CAST(id AS VARCHAR), '-', '')
WHERE message_ts = '' OR (team_id, id) IN (
    SELECT team_id, id FROM (
        SELECT team_id, id, row_number() OVER (
            PARTITION BY team_id, channel_id, message_ts, answerer_id ORDER BY asked_at DESC, id
        ) AS nth FROM asks) AS told
    WHERE nth > 1)
"""
WAITED = "state IN ('open', 'overdue')"
WAITS = "state IN ('open', 'due_soon', 'overdue', 'accepted')"
SETTINGS = sa.table(
    "agreement_settings",
    sa.column("key", sa.String),
    sa.column("value", sa.JSON),
)
STORED = sa.cast(SETTINGS.c.value, sa.Text)


def upgrade() -> None:
    _create_tables()
    for column in _columns():
        op.add_column("asks", column)
    op.execute(
        "INSERT INTO ask_places (team_id, channel_id, ts, answerer_id, root_ts, ask_id) "
        "SELECT team_id, channel_id, message_ts, answerer_id, root_ts, id FROM asks"
    )
    op.drop_index("ix_asks_root_ts", table_name="asks")
    op.drop_index("uq_asks_message_ts", table_name="asks")
    op.create_index("ix_asks_asked_at", "asks", ["team_id", "asked_at"])
    op.create_index("ix_asks_parent_id", "asks", ["team_id", "parent_id"])
    op.create_index("ix_asks_text_id", "asks", ["team_id", "text_id"])
    _index_answerers(WAITS)
    _rename_days()


def downgrade() -> None:
    _index_answerers(WAITED)
    op.execute(
        "UPDATE asks SET state = 'open' WHERE state IN ('due_soon', 'accepted', 'delegated')"
    )
    op.execute(
        "UPDATE asks SET state = 'withdrawn' WHERE state IN ('declined', 'went_ahead', 'expired')"
    )
    op.execute(_OWN_PLACES)
    for name in ("ix_asks_text_id", "ix_asks_parent_id", "ix_asks_asked_at"):
        op.drop_index(name, table_name="asks")
    key = ["team_id", "channel_id", "message_ts", "answerer_id"]
    op.create_index("uq_asks_message_ts", "asks", key, unique=True)
    op.create_index("ix_asks_root_ts", "asks", ["team_id", "channel_id", "root_ts"])
    with op.batch_alter_table("asks") as asks:
        for column in _columns():
            asks.drop_column(column.name)
    for table in ("ask_urgent_weeks", "ask_texts", "ask_steps", "ask_places", "ask_notices"):
        op.drop_table(table)
    _count_days()


def _columns() -> list[sa.Column]:
    return [
        sa.Column("group_id", sa.String(length=32), server_default="", nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("relation", sa.String(length=16), server_default="", nullable=False),
        sa.Column("urgency", sa.String(length=16), server_default="standard", nullable=False),
        sa.Column("round", sa.Integer(), server_default="1", nullable=False),
        sa.Column("clock_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seconds_left", sa.Integer(), server_default="86400", nullable=False),
        sa.Column(
            "counted_in", sa.String(length=16), server_default="working_days", nullable=False
        ),
        sa.Column("is_deadline", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=32), server_default="", nullable=False),
        sa.Column("closed_how", sa.String(length=16), server_default="", nullable=False),
    ]


def _index_answerers(where: str) -> None:
    """Over those that wait, whatever states that are."""
    op.drop_index("ix_asks_answerer_id", table_name="asks")
    waits = sa.text(where)
    op.create_index(
        "ix_asks_answerer_id",
        "asks",
        ["team_id", "answerer_id"],
        sqlite_where=waits,
        postgresql_where=waits,
    )


def _rename_days() -> None:
    """A number of working days becomes a length of time."""
    for stored, value in _values("asks.answer_within"):
        _set("asks.answer_within", stored, "asks.standard", f"{24 * int(value)}h working_days")


def _count_days() -> None:
    """What is whole working days becomes a number of them again; the rest is the default's."""
    for stored, value in _values("asks.standard"):
        hours, _, counted_in = str(value).partition("h ")
        if counted_in == "working_days" and hours.isdecimal() and not int(hours) % 24:
            _set("asks.standard", stored, "asks.answer_within", int(hours) // 24)
    op.get_bind().execute(sa.delete(SETTINGS).where(SETTINGS.c.key.in_(NEW)))


def _values(key: str) -> list[tuple[str, Any]]:
    """What a setting says anywhere, each once: as it is stored, and what it means."""
    found = sa.select(STORED).where(SETTINGS.c.key == key).distinct()
    return [(stored, json.loads(stored)) for stored in op.get_bind().scalars(found)]


def _set(key: str, stored: str, new_key: str, value: object) -> None:
    """Wherever a setting says this, at once."""
    where = (SETTINGS.c.key == key) & (stored == STORED)
    op.get_bind().execute(sa.update(SETTINGS).where(where).values(key=new_key, value=value))


NEW = (
    "asks.standard",
    "asks.urgent",
    "asks.urgent_budget",
    "asks.expires_after",
    "asks.groups_each",
    "asks.done_emoji",
)


def _create_tables() -> None:
    op.create_table(
        "ask_notices",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_ask_notices")),
    )
    op.create_table(
        "ask_places",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("answerer_id", sa.String(length=32), nullable=False),
        sa.Column("root_ts", sa.String(length=32), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "channel_id", "ts", "answerer_id", name=op.f("pk_ask_places")
        ),
    )
    op.create_table(
        "ask_steps",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_ask_steps")),
    )
    op.create_table(
        "ask_texts",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.String(length=128), nullable=False),
        sa.Column("asker_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("message_ts", sa.String(length=32), nullable=False),
        sa.Column("thread_ts", sa.String(length=32), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("fallback", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_ask_texts")),
    )
    op.create_table(
        "ask_urgent_weeks",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("was_urgent", sa.Integer(), nullable=False),
        sa.Column("was_not", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", "week", name=op.f("pk_ask_urgent_weeks")),
    )
    op.create_index("ix_ask_notices_ask_id", "ask_notices", ["team_id", "ask_id"], unique=False)
    op.create_index(
        "ix_ask_notices_at",
        "ask_notices",
        ["at"],
        unique=False,
        sqlite_where=sa.text("told_at IS NULL"),
        postgresql_where=sa.text("told_at IS NULL"),
    )
    op.create_index("uq_ask_notices_key", "ask_notices", ["team_id", "key"], unique=True)
    op.create_index("ix_ask_places_ask_id", "ask_places", ["team_id", "ask_id"], unique=False)
    op.create_index(
        "ix_ask_places_root_ts", "ask_places", ["team_id", "channel_id", "root_ts"], unique=False
    )
    op.create_index("ix_ask_steps_ask_id", "ask_steps", ["team_id", "ask_id"], unique=False)
    op.create_index("ix_ask_steps_at", "ask_steps", ["team_id", "at"], unique=False)
    op.create_index("ix_ask_texts_asker_id", "ask_texts", ["team_id", "asker_id"], unique=False)
    op.create_index("uq_ask_texts_request_id", "ask_texts", ["team_id", "request_id"], unique=True)
