"""decisions: since when somebody reviews a proposal, and what is to be told of its close"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision_notices",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "key", name=op.f("pk_decision_notices")),
    )
    with op.batch_alter_table("decision_notices") as rows:
        rows.create_index("ix_decision_notices_at", ["at"], unique=False)
        rows.create_index("ix_decision_notices_user_id", ["team_id", "user_id"], unique=False)
    with op.batch_alter_table("decision_reviewers") as rows:
        rows.add_column(sa.Column("reviews_since", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("decision_reviewers") as rows:
        rows.drop_column("reviews_since")
    op.drop_table("decision_notices")
