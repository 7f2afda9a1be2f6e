"""decision_drafts: the step of a workflow that waits for one"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_OF_A_STEP = sa.text("execution != ''")
_TO_LOOK_AT = sa.text("look_at IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("decision_drafts") as drafts:
        drafts.add_column(
            sa.Column("execution", sa.String(length=64), server_default="", nullable=False)
        )
        drafts.add_column(sa.Column("look_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "uq_decision_drafts_execution",
        "decision_drafts",
        ["team_id", "execution"],
        unique=True,
        sqlite_where=_OF_A_STEP,
        postgresql_where=_OF_A_STEP,
    )
    op.create_index(
        "ix_decision_drafts_look_at",
        "decision_drafts",
        ["look_at"],
        unique=False,
        sqlite_where=_TO_LOOK_AT,
        postgresql_where=_TO_LOOK_AT,
    )


def downgrade() -> None:
    op.drop_index("ix_decision_drafts_look_at", table_name="decision_drafts")
    op.drop_index("uq_decision_drafts_execution", table_name="decision_drafts")
    with op.batch_alter_table("decision_drafts") as drafts:
        drafts.drop_column("look_at")
        drafts.drop_column("execution")
