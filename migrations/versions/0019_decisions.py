"""decisions: versions, tags, proposals with their comment period, offers; how each stands"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

PORTION = 1_000
_TABLES = (
    "decision_versions",
    "decision_tags",
    "decision_sources",
    "decision_reviewers",
    "decision_proposals",
    "decision_offers",
    "decision_concerns",
)
_ADDED = (
    "outcome",
    "remind_at",
    "review_on",
    "superseded_by",
    "changed_at",
    "is_source_gone",
    "logged_by",
    "tags",
    "is_reversible",
    "objections",
    "alternatives",
    "status",
    "version",
)
_NOTHING_SAID = {
    "alternatives": "",
    "objections": "",
    "review_on": None,
    "is_reversible": None,
    "tags": "",
    "outcome": "",
}


def upgrade() -> None:
    op.create_table(
        "decision_concerns",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("raiser_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_on", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("settled_by", sa.String(length=32), server_default="", nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("how", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("team_id", "number", "serial", name=op.f("pk_decision_concerns")),
    )
    with op.batch_alter_table("decision_concerns") as rows:
        rows.create_index("ix_decision_concerns_raiser_id", ["team_id", "raiser_id"], unique=False)

    op.create_table(
        "decision_offers",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("root_ts", sa.String(length=32), nullable=False),
        sa.Column("decided_ts", sa.String(length=32), nullable=False),
        sa.Column("decider_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint(
            "team_id", "channel_id", "root_ts", name=op.f("pk_decision_offers")
        ),
    )
    with op.batch_alter_table("decision_offers") as rows:
        rows.create_index("ix_decision_offers_decider_id", ["team_id", "decider_id"], unique=False)
        rows.create_index(
            "ix_decision_offers_look_at",
            ["look_at"],
            unique=False,
            sqlite_where=sa.text("look_at IS NOT NULL"),
            postgresql_where=sa.text("look_at IS NOT NULL"),
        )

    op.create_table(
        "decision_proposals",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("proposer_id", sa.String(length=32), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("is_lazy", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("result", sa.String(length=16), server_default="", nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "number", name=op.f("pk_decision_proposals")),
    )
    with op.batch_alter_table("decision_proposals") as rows:
        rows.create_index(
            "ix_decision_proposals_look_at",
            ["look_at"],
            unique=False,
            sqlite_where=sa.text("look_at IS NOT NULL"),
            postgresql_where=sa.text("look_at IS NOT NULL"),
        )

    op.create_table(
        "decision_reviewers",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("vote", sa.String(length=16), server_default="", nullable=False),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column("voted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voted_on", sa.Integer(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "number", "user_id", name=op.f("pk_decision_reviewers")),
    )
    with op.batch_alter_table("decision_reviewers") as rows:
        rows.create_index("ix_decision_reviewers_user_id", ["team_id", "user_id"], unique=False)

    op.create_table(
        "decision_sources",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("field", sa.String(length=16), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "number", "field", "channel_id", "ts", name=op.f("pk_decision_sources")
        ),
    )
    with op.batch_alter_table("decision_sources") as rows:
        rows.create_index("ix_decision_sources_author_id", ["team_id", "author_id"], unique=False)
        rows.create_index("ix_decision_sources_ts", ["team_id", "channel_id", "ts"], unique=False)

    op.create_table(
        "decision_tags",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("tag", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("team_id", "tag", "number", name=op.f("pk_decision_tags")),
    )
    op.create_table(
        "decision_versions",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("change", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "number", "version", name=op.f("pk_decision_versions")),
    )
    with op.batch_alter_table("decision_drafts") as rows:
        rows.add_column(
            sa.Column("kind", sa.String(length=16), server_default="log", nullable=False)
        )
        rows.add_column(sa.Column("number", sa.Integer(), nullable=True))
        rows.add_column(sa.Column("filled", sa.JSON(), server_default="{}", nullable=False))
    _widen_decisions()
    _keep_first_versions()


def _widen_decisions() -> None:
    with op.batch_alter_table("decisions") as rows:
        rows.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        rows.add_column(
            sa.Column("status", sa.String(length=16), server_default="accepted", nullable=False)
        )
        rows.alter_column("reason", new_column_name="context")
        rows.add_column(sa.Column("alternatives", sa.Text(), server_default="", nullable=False))
        rows.add_column(sa.Column("objections", sa.Text(), server_default="", nullable=False))
        rows.add_column(sa.Column("is_reversible", sa.Boolean(), nullable=True))
        rows.add_column(sa.Column("tags", sa.Text(), server_default="", nullable=False))
        rows.add_column(
            sa.Column("logged_by", sa.String(length=32), server_default="", nullable=False)
        )
        rows.add_column(
            sa.Column("is_source_gone", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        rows.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
        rows.add_column(sa.Column("superseded_by", sa.Integer(), nullable=True))
        rows.add_column(sa.Column("review_on", sa.Date(), nullable=True))
        rows.add_column(sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True))
        rows.add_column(
            sa.Column("outcome", sa.String(length=16), server_default="", nullable=False)
        )
    op.execute("UPDATE decisions SET changed_at = decided_at, logged_by = owner_id")
    with op.batch_alter_table("decisions") as rows:
        rows.alter_column("changed_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    op.create_index("ix_decisions_channel_id", "decisions", ["team_id", "channel_id", "number"])
    op.create_index("ix_decisions_owner_id", "decisions", ["team_id", "owner_id"])
    for column in ("remind_at", "superseded_by"):
        where = sa.text(f"{column} IS NOT NULL")
        key = [column] if column == "remind_at" else ["team_id", column]
        name = f"ix_decisions_{column}"
        op.create_index(name, "decisions", key, sqlite_where=where, postgresql_where=where)
    op.drop_index("uq_decisions_root_ts", table_name="decisions")
    where = sa.text("root_ts != ''")
    key = ["team_id", "channel_id", "root_ts"]
    op.create_index(
        "uq_decisions_root_ts",
        "decisions",
        key,
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )


def _keep_first_versions() -> None:
    text = ("title", "text", "context", "owner_id", "status")
    columns = [
        sa.column("team_id"),
        sa.column("number"),
        sa.column("decided_at", sa.DateTime(timezone=True)),
    ]
    decisions = sa.table("decisions", *columns, *(sa.column(name) for name in text))
    versions = sa.table(
        "decision_versions",
        *(sa.column(name) for name in ("team_id", "number", "version", "by", "change", "note")),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("record", sa.JSON()),
    )
    connection = op.get_bind()
    team_id, number = decisions.c.team_id, decisions.c.number
    some = sa.select(decisions).order_by(team_id, number).limit(PORTION)
    found = connection.execute(some).mappings().all()
    while found:
        rows = [
            {
                "team_id": row["team_id"],
                "number": row["number"],
                "version": 1,
                "at": row["decided_at"],
                "by": row["owner_id"],
                "change": "logged",
                "note": "",
                "record": _NOTHING_SAID | {name: row[name] for name in text},
            }
            for row in found
        ]
        connection.execute(sa.insert(versions), rows)
        last = (rows[-1]["team_id"], rows[-1]["number"])
        found = connection.execute(some.where(sa.tuple_(team_id, number) > last)).mappings().all()


def downgrade() -> None:
    op.drop_index("uq_decisions_root_ts", table_name="decisions")
    for column in ("superseded_by", "remind_at", "owner_id", "channel_id"):
        op.drop_index(f"ix_decisions_{column}", table_name="decisions")
    op.execute("DELETE FROM decisions WHERE root_ts = ''")
    with op.batch_alter_table("decisions") as rows:
        rows.alter_column("context", new_column_name="reason")
        for column in _ADDED:
            rows.drop_column(column)
    key = ["team_id", "channel_id", "root_ts"]
    op.create_index("uq_decisions_root_ts", "decisions", key, unique=True)
    with op.batch_alter_table("decision_drafts") as rows:
        for column in ("filled", "number", "kind"):
            rows.drop_column(column)
    for table in _TABLES:
        op.drop_table(table)
