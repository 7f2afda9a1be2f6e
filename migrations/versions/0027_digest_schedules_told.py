"""digest_schedules: which date is next, and how far its reader was told"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_TOLD_UNTIL = """
UPDATE digest_schedules SET told_until = (
    SELECT max(made_at) FROM digests
    WHERE digests.team_id = digest_schedules.team_id
      AND digests.user_id = digest_schedules.user_id AND state != 'folded')
"""
_TELLS_FROM = """
UPDATE digest_schedules SET tells_from = (
    SELECT min(covers_from) FROM digests
    WHERE digests.team_id = digest_schedules.team_id
      AND digests.user_id = digest_schedules.user_id AND state = 'folded'
      AND (told_until IS NULL OR made_at > told_until))
"""


def upgrade() -> None:
    with op.batch_alter_table("digest_schedules") as rows:
        rows.add_column(sa.Column("next_on", sa.Date(), nullable=True))
        rows.add_column(sa.Column("told_until", sa.DateTime(timezone=True), nullable=True))
        rows.add_column(sa.Column("tells_from", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE digests SET state = 'folded' WHERE state = 'skipped'")
    op.execute(_TOLD_UNTIL)
    op.execute(_TELLS_FROM)


def downgrade() -> None:
    op.execute("UPDATE digests SET state = 'skipped' WHERE state = 'folded'")
    with op.batch_alter_table("digest_schedules") as rows:
        rows.drop_column("tells_from")
        rows.drop_column("told_until")
        rows.drop_column("next_on")
