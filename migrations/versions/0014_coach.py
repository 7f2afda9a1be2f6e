"""coach: looks, one hint of a kind in a thread, who had one last, and what helps nobody"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_looks()
    _create_people()
    for name, length in (("root_ts", 32), ("outcome", 16)):
        column = sa.Column(name, sa.String(length), nullable=False, server_default="")
        op.add_column("coach_hints", column)
    op.execute("UPDATE coach_hints SET root_ts = ts")
    _key("root_ts", "rule")
    op.create_index("ix_coach_hints_ts", "coach_hints", ["team_id", "channel_id", "ts"])
    op.create_index("ix_coach_hints_given_at", "coach_hints", ["team_id", "given_at"])


def downgrade() -> None:
    op.execute(
        "DELETE FROM coach_hints WHERE EXISTS (SELECT 1 FROM coach_hints AS other "
        "WHERE other.team_id = coach_hints.team_id AND other.channel_id = coach_hints.channel_id "
        "AND other.ts = coach_hints.ts AND other.rule < coach_hints.rule)"
    )
    for name in ("ix_coach_hints_given_at", "ix_coach_hints_ts"):
        op.drop_index(name, table_name="coach_hints")
    _key("ts")
    with op.batch_alter_table("coach_hints") as hints:
        for name in ("root_ts", "outcome"):
            hints.drop_column(name)
    for table in ("coach_refusals", "coach_people", "coach_looks"):
        op.drop_table(table)


def _key(*last: str) -> None:
    with op.batch_alter_table("coach_hints") as hints:
        hints.drop_constraint("pk_coach_hints", type_="primary")
        hints.create_primary_key("pk_coach_hints", ["team_id", "channel_id", *last])


def _create_looks() -> None:
    op.create_table(
        "coach_looks",
        *_place(),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "channel_id", "ts", name=op.f("pk_coach_looks")),
    )
    op.create_index("ix_coach_looks_look_at", "coach_looks", ["look_at"])


def _create_people() -> None:
    op.create_table(
        "coach_people",
        *_person(),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hinted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shadowed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_coach_people")),
    )
    op.create_table(
        "coach_refusals",
        *_person(),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("off_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "user_id", "rule", name=op.f("pk_coach_refusals")),
    )


def _place() -> tuple[sa.Column[str], ...]:
    return (
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
    )


def _person() -> tuple[sa.Column[str], ...]:
    return (
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
    )
