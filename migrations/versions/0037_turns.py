"""turns: indexes by which workspaces take turns in the inbox"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

READY = sa.text("state IN ('ready')")
IN_WORK = sa.text("state IN ('leased', 'unknown')")


def upgrade() -> None:
    op.create_index(
        "ix_inbox_turn",
        "inbox",
        ["team_id", "id", "not_before"],
        sqlite_where=READY,
        postgresql_where=READY,
    )
    op.create_index(
        "ix_inbox_working",
        "inbox",
        ["team_id", "lane"],
        sqlite_where=IN_WORK,
        postgresql_where=IN_WORK,
    )


def downgrade() -> None:
    op.drop_index("ix_inbox_working", "inbox")
    op.drop_index("ix_inbox_turn", "inbox")
