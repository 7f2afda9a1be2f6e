"""decision_reviewers: who joined by themselves"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("decision_reviewers") as rows:
        rows.add_column(
            sa.Column("has_joined", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("decision_reviewers") as rows:
        rows.drop_column("has_joined")
