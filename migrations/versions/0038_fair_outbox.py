"""fair outbox: indexes by which workspaces take turns in the outbox"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

WAITING = sa.text("state IN ('ready', 'unknown')")
IN_WORK = sa.text("state IN ('leased', 'unknown')")
URGENT = {
    "sqlite_where": sa.text("urgent = 1 AND state IN ('ready', 'unknown')"),
    "postgresql_where": sa.text("urgent AND state IN ('ready', 'unknown')"),
}


def upgrade() -> None:
    for name, columns, where in (
        ("due", ["urgent", "not_before"], WAITING),
        ("turn", ["urgent", "team_id", "id", "not_before"], WAITING),
        ("working", ["team_id", "lane"], IN_WORK),
    ):
        index = f"ix_outbox_{name}"
        op.create_index(index, "outbox", columns, sqlite_where=where, postgresql_where=where)
    op.drop_index("ix_outbox_urgent", "outbox")


def downgrade() -> None:
    op.create_index("ix_outbox_urgent", "outbox", ["not_before"], **URGENT)
    for name in ("working", "turn", "due"):
        op.drop_index(f"ix_outbox_{name}", "outbox")
