"""actions"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("about", sa.String(length=128), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_about", "audit", ["team_id", "about", "id"], unique=False)
    op.create_index("ix_audit_actor_id", "audit", ["team_id", "actor_id"], unique=False)
    op.create_table(
        "actions",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("surface", sa.String(length=8), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fresh_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel_id", sa.String(length=32), nullable=True),
        sa.Column("message_ts", sa.String(length=32), nullable=True),
        sa.Column("pressed_by", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "token", name=op.f("pk_actions")),
    )
    op.create_index("ix_actions_fresh_until", "actions", ["fresh_until"], unique=False)
    on_home = sa.text("surface = 'home' AND fresh_until IS NULL")
    op.create_index(
        "ix_actions_home",
        "actions",
        ["team_id", "user_id"],
        unique=False,
        sqlite_where=on_home,
        postgresql_where=on_home,
    )
    op.create_table(
        "used_triggers",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("trigger", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "trigger", name=op.f("pk_used_triggers")),
    )
    op.create_index("ix_used_triggers_used_at", "used_triggers", ["used_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_used_triggers_used_at", table_name="used_triggers")
    op.drop_table("used_triggers")
    op.drop_index("ix_actions_home", table_name="actions")
    op.drop_index("ix_actions_fresh_until", table_name="actions")
    op.drop_table("actions")
    op.drop_index("ix_audit_actor_id", table_name="audit")
    op.drop_index("ix_audit_about", table_name="audit")
    op.drop_table("audit")
