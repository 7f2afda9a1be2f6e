"""installations: tokens by installation, and installations begun in a browser"""

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

OPEN = sa.text("erase_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "installations",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.String(length=32), nullable=False),
        sa.Column("is_org_wide", sa.Boolean(), nullable=False),
        sa.Column("app_id", sa.String(length=32), nullable=False),
        sa.Column("bot_id", sa.String(length=32), nullable=False),
        sa.Column("bot_user_id", sa.String(length=32), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("live_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("parked_because", sa.String(length=32), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.String(length=16), nullable=False),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "generation", name=op.f("pk_installations")),
    )
    op.create_index(
        op.f("ix_installations_erase_at"),
        "installations",
        ["erase_at"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "generations",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_generations")),
    )
    op.create_table(
        "oauth_states",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("browser", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "digest", name=op.f("pk_oauth_states")),
    )
    op.create_index(op.f("ix_oauth_states_made_at"), "oauth_states", ["made_at"])
    op.create_table(
        "dropped_minutes",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("minute", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "minute", name=op.f("pk_dropped_minutes")),
    )
    with op.batch_alter_table("workspaces") as workspaces:
        workspaces.add_column(
            sa.Column("installation", sa.String(length=32), server_default="", nullable=False)
        )
        workspaces.add_column(
            sa.Column("generation", sa.Integer(), server_default="0", nullable=False)
        )
        for name in ("parked_at", "ended_at", "erase_at"):
            workspaces.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("agreement_settings") as settings:
        settings.add_column(
            sa.Column("refused", sa.String(length=64), server_default="", nullable=False)
        )
        settings.add_column(sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    waiting = "SELECT team_id FROM workspaces WHERE ended_at IS NOT NULL ORDER BY team_id"
    if found := op.get_bind().scalars(sa.text(waiting)).all():
        raise CommandError(
            "Workspaces that are over wait to be deleted, and the older version would keep them: "
            "erase each with `baton erase --workspace ID --everything`, or wait. "
            f"({', '.join(found)})"
        )
    with op.batch_alter_table("agreement_settings") as settings:
        settings.drop_column("told_at")
        settings.drop_column("refused")
    with op.batch_alter_table("workspaces") as workspaces:
        for name in ("erase_at", "ended_at", "parked_at", "generation", "installation"):
            workspaces.drop_column(name)
    op.drop_table("dropped_minutes")
    op.drop_table("oauth_states")
    op.drop_table("generations")
    op.drop_table("installations")
