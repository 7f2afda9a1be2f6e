"""actions"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0006"
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


def downgrade() -> None:
    op.drop_index("ix_audit_actor_id", table_name="audit")
    op.drop_index("ix_audit_about", table_name="audit")
    op.drop_table("audit")
