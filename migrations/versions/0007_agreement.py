"""agreement"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PEOPLE = (
    sa.Column("locale", sa.String(length=16), nullable=False, server_default="en-US"),
    sa.Column("is_admin", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("status_emoji", sa.String(), nullable=False, server_default=""),
    sa.Column("status_text", sa.String(), nullable=False, server_default=""),
    sa.Column("status_until", sa.DateTime(timezone=True), nullable=True),
)


def upgrade() -> None:
    op.create_table(
        "agreement_settings",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("layer", sa.String(length=16), nullable=False),
        sa.Column("scope_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("set_by", sa.String(length=32), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "layer", "scope_id", "key", name=op.f("pk_agreement_settings")
        ),
    )
    op.create_table(
        "agreement_versions",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("layer", sa.String(length=16), nullable=False),
        sa.Column("scope_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "layer", "scope_id", name=op.f("pk_agreement_versions")),
    )
    op.create_table(
        "leaves",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("is_status", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "user_id", "first_day", "is_status", name=op.f("pk_leaves")
        ),
    )
    op.create_table(
        "attention",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", "day", name=op.f("pk_attention")),
    )
    op.create_table(
        "introductions",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", "what", name=op.f("pk_introductions")),
    )
    for column in PEOPLE:
        op.add_column("people", column)
    paused_at = sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("workspaces", paused_at)
    creator = sa.Column("creator_id", sa.String(length=32), nullable=False, server_default="")
    op.add_column("channels", creator)
    urgency = sa.Column("urgency", sa.String(length=8), nullable=False, server_default="")
    op.add_column("outbox", urgency)
    mode = sa.Column("mode", sa.String(length=8), nullable=False, server_default="on")
    op.add_column("coach_hints", mode)
    _move_hints_off()
    op.drop_table("coach_hints_off")


def downgrade() -> None:
    op.create_table(
        "coach_hints_off",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_coach_hints_off")),
    )
    _move_hints_back()
    op.drop_column("coach_hints", "mode")
    op.drop_column("outbox", "urgency")
    op.drop_column("channels", "creator_id")
    op.drop_column("workspaces", "paused_at")
    for column in PEOPLE:
        op.drop_column("people", column.name)
    for table in ("introductions", "attention", "leaves", "agreement_versions"):
        op.drop_table(table)
    op.drop_table("agreement_settings")


def _move_hints_off() -> None:
    """Who wanted no hints still wants none, and channels that had the coach keep it."""
    connection = op.get_bind()
    insert = sa.text(
        "INSERT INTO agreement_settings (team_id, layer, scope_id, key, value, set_by, set_at) "
        "SELECT team_id, 'person', user_id, 'coach.hints', :off, user_id, since "
        "FROM coach_hints_off"
    ).bindparams(sa.bindparam("off", value=False, type_=sa.JSON()))
    connection.execute(insert)
    keep = sa.text(
        "INSERT INTO agreement_settings (team_id, layer, scope_id, key, value, set_by, set_at) "
        "SELECT team_id, 'channel', channel_id, 'coach.mode', :on, 'update', synced_at "
        "FROM channels WHERE is_member AND synced_at IS NOT NULL"
    ).bindparams(sa.bindparam("on", value="on", type_=sa.JSON()))
    connection.execute(keep)


def _move_hints_back() -> None:
    op.execute(
        "INSERT INTO coach_hints_off (team_id, user_id, since) "
        "SELECT team_id, scope_id, set_at FROM agreement_settings "
        "WHERE layer = 'person' AND key = 'coach.hints' AND CAST(value AS TEXT) = 'false'"
    )
