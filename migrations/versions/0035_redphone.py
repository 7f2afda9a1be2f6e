"""redphone: pages that escalate, rotations, attempts outside of Slack"""

from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

ON_CALL = sa.table(
    "on_call",
    sa.column("team_id", sa.String),
    sa.column("user_id", sa.String),
    sa.column("set_by", sa.String),
    sa.column("since", sa.DateTime(timezone=True)),
)
ROTATIONS = sa.table(
    "rotations",
    sa.column("team_id", sa.String),
    sa.column("id", sa.Uuid),
    sa.column("name", sa.String),
    sa.column("zone", sa.String),
    sa.column("changed_by", sa.String),
    sa.column("changed_at", sa.DateTime(timezone=True)),
    sa.column("look_at", sa.DateTime(timezone=True)),
    sa.column("deleted_at", sa.DateTime(timezone=True)),
)
LAYERS = sa.table(
    "rotation_layers",
    sa.column("team_id", sa.String),
    sa.column("rotation_id", sa.Uuid),
    sa.column("position", sa.Integer),
    sa.column("every", sa.String),
    sa.column("hand_over_at", sa.String),
    sa.column("weekday", sa.Integer),
    sa.column("starts_on", sa.Date),
    sa.column("members", sa.JSON),
    sa.column("hours", sa.String),
)
PORTION = 1_000
WORDS = ("kind", "acknowledged_by", "resolved_by", "target")
PLACES = ("about_channel", "about_ts", "card_channel", "card_ts", "incident_channel")
INSTANTS = ("next_at", "updated_at", "asked_at", "resolved_at", "alarmed_at")


def upgrade() -> None:
    op.create_table(
        "addresses",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("code_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("sent_since", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "user_id", "kind", name=op.f("pk_addresses")),
    )
    op.create_table(
        "attempts",
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("pager", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
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
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_attempts")),
    )
    op.create_index(
        "ix_attempts_dead",
        "attempts",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state IN ('dead')"),
        postgresql_where=sa.text("state IN ('dead')"),
    )
    op.create_index(
        "ix_attempts_lane",
        "attempts",
        ["team_id", "lane", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('ready', 'leased', 'unknown')"),
        postgresql_where=sa.text("state IN ('ready', 'leased', 'unknown')"),
    )
    op.create_index(
        "ix_attempts_leased",
        "attempts",
        ["lease_until"],
        unique=False,
        sqlite_where=sa.text("state IN ('leased')"),
        postgresql_where=sa.text("state IN ('leased')"),
    )
    op.create_index("ix_attempts_queued_at", "attempts", ["queued_at"], unique=False)
    op.create_index(
        "ix_attempts_ready",
        "attempts",
        ["not_before"],
        unique=False,
        sqlite_where=sa.text("state IN ('ready')"),
        postgresql_where=sa.text("state IN ('ready')"),
    )
    op.create_index(
        "ix_outbox_urgent",
        "outbox",
        ["not_before"],
        unique=False,
        sqlite_where=sa.text("urgent = 1 AND state IN ('ready', 'unknown')"),
        postgresql_where=sa.text("urgent AND state IN ('ready', 'unknown')"),
    )
    op.create_index("uq_attempts_key", "attempts", ["team_id", "key"], unique=True)
    op.add_column("outbox", sa.Column("looks", sa.String(length=64), nullable=True))

    op.create_table(
        "escalation_policies",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_escalation_policies")),
    )
    op.create_index(
        "uq_escalation_policies_name", "escalation_policies", ["team_id", "name"], unique=True
    )

    op.create_table(
        "links",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.String(length=128), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_links")),
    )
    op.create_index("uq_links_digest", "links", ["digest"], unique=True)

    op.create_table(
        "page_events",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_page_events")),
    )
    op.create_index(
        "ix_page_events_page_id", "page_events", ["team_id", "page_id", "id"], unique=False
    )

    op.create_table(
        "page_responders",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "page_id", "user_id", name=op.f("pk_page_responders")),
    )
    op.create_index(
        "ix_page_responders_user_id", "page_responders", ["team_id", "user_id"], unique=False
    )

    op.create_table(
        "page_reviews",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("was_emergency", sa.Boolean(), nullable=True),
        sa.Column("ask_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "page_id", "user_id", name=op.f("pk_page_reviews")),
    )
    op.create_index("ix_page_reviews_user_id", "page_reviews", ["team_id", "user_id"], unique=False)
    op.create_index(
        "ix_page_reviews_ask_at",
        "page_reviews",
        ["ask_at"],
        unique=False,
        sqlite_where=sa.text("ask_at IS NOT NULL"),
        postgresql_where=sa.text("ask_at IS NOT NULL"),
    )

    op.create_table(
        "page_steps",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settle_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_page_steps")),
    )
    op.create_index("ix_page_steps_key", "page_steps", ["team_id", "key"], unique=False)
    op.create_index(
        "ix_page_steps_settle_by",
        "page_steps",
        ["settle_by"],
        unique=False,
        sqlite_where=sa.text("settle_by IS NOT NULL"),
        postgresql_where=sa.text("settle_by IS NOT NULL"),
    )
    op.create_index(
        "uq_page_steps_step",
        "page_steps",
        ["team_id", "page_id", "position", "user_id", "way"],
        unique=True,
    )

    op.create_table(
        "rotation_feeds",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("rotation_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("etag", sa.String(length=255), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "rotation_id", name=op.f("pk_rotation_feeds")),
    )
    op.create_index("ix_rotation_feeds_next_at", "rotation_feeds", ["next_at"], unique=False)

    op.create_table(
        "rotation_layers",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("rotation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("every", sa.String(length=8), nullable=False),
        sa.Column("hand_over_at", sa.String(length=5), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("hours", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "rotation_id", "position", name=op.f("pk_rotation_layers")
        ),
    )
    op.create_table(
        "rotation_overrides",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rotation_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("instead_of", sa.String(length=32), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_rotation_overrides")),
    )
    op.create_index(
        "ix_rotation_overrides_ends_at",
        "rotation_overrides",
        ["team_id", "rotation_id", "ends_at"],
        unique=False,
    )

    op.create_table(
        "rotation_shifts",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rotation_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_rotation_shifts")),
    )
    op.create_index(
        "ix_rotation_shifts_ends_at",
        "rotation_shifts",
        ["team_id", "rotation_id", "ends_at"],
        unique=False,
    )
    op.create_index(
        "ix_rotation_shifts_user_id", "rotation_shifts", ["team_id", "user_id"], unique=False
    )

    op.create_table(
        "rotations",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_rotations")),
    )
    op.create_index(
        "uq_rotations_name",
        "rotations",
        ["team_id", "name"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index("ix_rotations_look_at", "rotations", ["look_at"])
    _widen_pages()
    _rotations_from_on_call()


def _widen_pages() -> None:
    """What was open before can no longer be paged on; what was acknowledged is over."""
    with op.batch_alter_table("pages") as rows:
        rows.add_column(sa.Column("kind", sa.String(200), server_default="", nullable=False))
        rows.add_column(sa.Column("target", sa.String(64), server_default="", nullable=False))
        for name in ("impact", "resolution"):
            rows.add_column(sa.Column(name, sa.Text(), server_default="", nullable=False))
        rows.add_column(sa.Column("policy", sa.JSON(), server_default="{}", nullable=False))
        drill = sa.Column("is_drill", sa.Boolean(), server_default=sa.false(), nullable=False)
        rows.add_column(drill)
        for name in ("position", "decays"):
            rows.add_column(sa.Column(name, sa.Integer(), server_default="0", nullable=False))
        for name in (*PLACES, "acknowledged_by", "resolved_by"):
            rows.add_column(sa.Column(name, sa.String(32), server_default="", nullable=False))
        for name in INSTANTS:
            rows.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE pages SET target = 'person:' || paged_id")
    op.execute("UPDATE pages SET state = 'exhausted' WHERE state = 'open'")
    op.execute(
        "UPDATE pages SET state = 'resolved', acknowledged_by = paged_id, resolved_by = paged_id, "
        "resolved_at = acknowledged_at WHERE state = 'acknowledged'"
    )
    with op.batch_alter_table("pages") as rows:
        rows.drop_column("paged_id")
    some = sa.text("next_at IS NOT NULL")
    op.create_index(
        "ix_pages_next_at", "pages", ["next_at"], sqlite_where=some, postgresql_where=some
    )
    op.create_index("ix_pages_paged_at", "pages", ["team_id", "paged_at"])
    op.create_index("ix_pages_caller_id", "pages", ["team_id", "caller_id", "paged_at"])


def _rotations_from_on_call() -> None:
    """Whoever was on call is the only one in their workspace's rotation."""
    connection = op.get_bind()
    some = sa.select(ON_CALL).order_by(ON_CALL.c.team_id).limit(PORTION)
    found = connection.execute(some).all()
    while found:
        on_call = [(row, uuid4()) for row in found]
        connection.execute(sa.insert(ROTATIONS), [_rotation(*each) for each in on_call])
        connection.execute(sa.insert(LAYERS), [_layer(*each) for each in on_call])
        found = connection.execute(some.where(ON_CALL.c.team_id > found[-1].team_id)).all()
    op.drop_table("on_call")


def _rotation(row: Any, rotation_id: UUID) -> dict[str, object]:
    return {
        "team_id": row.team_id,
        "id": rotation_id,
        "name": "",
        "zone": "UTC",
        "changed_by": row.set_by,
        "changed_at": row.since,
        "look_at": row.since,
    }


def _layer(row: Any, rotation_id: UUID) -> dict[str, object]:
    return {
        "team_id": row.team_id,
        "rotation_id": rotation_id,
        "position": 0,
        "every": "weekly",
        "hand_over_at": "09:00",
        "weekday": 0,
        "starts_on": row.since.date(),
        "members": [row.user_id],
        "hours": "",
    }


def downgrade() -> None:
    with op.batch_alter_table("outbox") as rows:
        rows.drop_index("ix_outbox_urgent")
        rows.drop_column("looks")
    op.create_table(
        "on_call",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("set_by", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_on_call")),
    )
    _on_call_from_rotations()
    _narrow_pages()
    for name in (
        "rotations",
        "rotation_shifts",
        "rotation_overrides",
        "rotation_layers",
        "rotation_feeds",
        "page_steps",
        "page_reviews",
        "page_responders",
        "page_events",
        "links",
        "escalation_policies",
        "attempts",
        "addresses",
    ):
        op.drop_table(name)


def _on_call_from_rotations() -> None:
    """The first of the workspace's rotation is on call from now on."""
    connection = op.get_bind()
    own = ROTATIONS.join(
        LAYERS,
        (ROTATIONS.c.team_id == LAYERS.c.team_id) & (ROTATIONS.c.id == LAYERS.c.rotation_id),
    )
    first = (ROTATIONS.c.name == "") & (LAYERS.c.position == 0) & ROTATIONS.c.deleted_at.is_(None)
    team_id = ROTATIONS.c.team_id
    some = sa.select(ROTATIONS, LAYERS.c.members).select_from(own).where(first)
    some = some.order_by(team_id).limit(PORTION)
    found = connection.execute(some).all()
    while found:
        on_call = [
            {
                "team_id": row.team_id,
                "user_id": row.members[0],
                "set_by": row.changed_by,
                "since": row.changed_at,
            }
            for row in found
            if row.members
        ]
        if on_call:
            connection.execute(sa.insert(ON_CALL), on_call)
        found = connection.execute(some.where(team_id > found[-1].team_id)).all()


def _narrow_pages() -> None:
    """What is over counts as acknowledged; of a rotation or a group nobody is known any more."""
    for index in ("next_at", "paged_at", "caller_id"):
        op.drop_index(f"ix_pages_{index}", table_name="pages")
    with op.batch_alter_table("pages") as rows:
        rows.add_column(sa.Column("paged_id", sa.String(32), server_default="", nullable=False))
    op.execute(
        "UPDATE pages SET paged_id = substr(target, 8) WHERE target LIKE 'person:%' "
        "AND length(target) <= 39"
    )
    op.execute("UPDATE pages SET paged_id = acknowledged_by WHERE acknowledged_by <> ''")
    op.execute(
        "UPDATE pages SET state = CASE WHEN acknowledged_at IS NULL THEN 'open' "
        "ELSE 'acknowledged' END"
    )
    with op.batch_alter_table("pages") as rows:
        rows.alter_column("paged_id", server_default=None)
        for name in (*WORDS, *PLACES, *INSTANTS, *("impact", "resolution", "policy")):
            rows.drop_column(name)
        for name in ("is_drill", "position", "decays"):
            rows.drop_column(name)
