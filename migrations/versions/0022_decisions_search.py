"""decisions: found by a full-text index of the database, ranked by title, tags and text

The index is none of SQLAlchemy's: on SQLite an FTS5 table that triggers keep, on PostgreSQL a GIN
index over an expression. Whoever has Alembic make `decisions` anew on SQLite (any change of it but
an added column or an index) loses the triggers, and has to make them again.
"""

import re
from unicodedata import combining, normalize

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

WORD_LENGTH = 64
PORTION = 1_000
WRITTEN = ("title", "tags", "text", "context", "alternatives", "objections")

TERMS = (
    "{row}team_id || '·' || replace({row}search_text, ' ', ' ' || {row}team_id || '·') || ' ' || "
    "{row}team_id || '•' || replace({row}search_title, ' ', ' ' || {row}team_id || '•') || ' ' || "
    "{row}team_id || '†' || {row}channel_id"
)
ROWID = (
    "(SELECT serial << 32 FROM decision_search_teams WHERE team_id = {row}team_id) + {row}number"
)
ADD = f"""
    INSERT INTO decision_search_teams (team_id) SELECT NEW.team_id
    WHERE NOT EXISTS (SELECT 1 FROM decision_search_teams WHERE team_id = NEW.team_id);
    INSERT INTO decision_search (rowid, terms)
    VALUES ({ROWID.format(row="NEW.")}, {TERMS.format(row="NEW.")});
"""  # noqa: S608 - ours
REMOVE = f"""
    INSERT INTO decision_search (decision_search, rowid, terms)
    VALUES ('delete', {ROWID.format(row="OLD.")}, {TERMS.format(row="OLD.")});
"""  # noqa: S608 - ours
FORGET = """
    DELETE FROM decision_search_teams WHERE team_id = OLD.team_id
    AND NOT EXISTS (SELECT 1 FROM decisions WHERE team_id = OLD.team_id);
"""
COLUMNS = ("team_id", "number", "channel_id", "search_title", "search_text")
DIFFERS = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in COLUMNS)
TRIGGERS = {
    "decision_search_add": f"AFTER INSERT ON decisions BEGIN {ADD} END",
    "decision_search_change": (
        f"AFTER UPDATE OF {', '.join(COLUMNS)} ON decisions WHEN {DIFFERS} BEGIN {REMOVE}{ADD} END"
    ),
    "decision_search_remove": f"AFTER DELETE ON decisions BEGIN {REMOVE}{FORGET} END",
}


def upgrade() -> None:
    op.add_column(
        "decisions", sa.Column("search_title", sa.Text(), server_default="", nullable=False)
    )
    fill()
    if op.get_context().dialect.name == "sqlite":
        _make_fts5()
    else:
        # rows as they were are in the table until now, and the index would read them, too
        op.execute("ALTER TABLE decisions ALTER search_text TYPE TEXT USING search_text || ''")
        op.execute(
            "CREATE INDEX ix_decisions_full_text ON decisions "
            f"USING gin (CAST({TERMS.format(row='')} AS tsvector)) WITH (fastupdate = off)"
        )


def _make_fts5() -> None:
    op.execute(
        "CREATE TABLE decision_search_teams "
        "(serial INTEGER PRIMARY KEY, team_id VARCHAR(32) NOT NULL UNIQUE)"
    )
    op.execute(
        "CREATE VIRTUAL TABLE decision_search USING fts5"
        "(terms, content='', columnsize=0, detail=none, tokenize='ascii')"
    )
    op.execute("INSERT INTO decision_search_teams (team_id) SELECT DISTINCT team_id FROM decisions")
    op.execute(
        "INSERT INTO decision_search (rowid, terms) "  # noqa: S608 - ours
        f"SELECT {ROWID.format(row='decisions.')}, {TERMS.format(row='')} FROM decisions"
    )
    for name, trigger in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {trigger}")


def fill() -> None:
    columns = (sa.column(name) for name in ("team_id", "number", *WRITTEN, *COLUMNS[3:]))
    decisions = sa.table("decisions", *columns)
    team_id, number = decisions.c.team_id, decisions.c.number
    change = (
        sa.update(decisions)
        .where(team_id == sa.bindparam("team"), number == sa.bindparam("d"))
        .values(search_title=sa.bindparam("named"), search_text=sa.bindparam("said"))
    )
    connection = op.get_bind()
    written = sa.select(team_id, number, *(decisions.c[name] for name in WRITTEN))
    some = written.order_by(team_id, number).limit(PORTION)
    rows = connection.execute(some).all()
    while rows:
        connection.execute(change, [_searched(*row) for row in rows])
        last = (rows[-1].team_id, rows[-1].number)
        rows = connection.execute(some.where(sa.tuple_(team_id, number) > last)).all()


def _searched(team_id: str, number: int, title: str, tags: str, *said: str) -> dict[str, object]:
    named, tagged = words_of(f"D-{number} {title}"), words_of(tags)
    return {
        "team": team_id,
        "d": number,
        "named": " ".join([*named, "|", *tagged]),
        "said": " ".join(words_of("\n".join([*named, *tagged, *said]))),
    }


def words_of(text: str) -> list[str]:
    if not text.isascii():
        apart = normalize("NFKD", normalize("NFKD", text).casefold())
        text = normalize("NFC", "".join(char for char in apart if not combining(char)))
    named = re.sub(r"(?<![^\W_])d-(\d{1,9})(?![^\W_])", r"d\1", text.lower())
    return list(dict.fromkeys(word[:WORD_LENGTH] for word in re.findall(r"[^\W_]+", named)))


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        for name in TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
        op.execute("DROP TABLE decision_search")
        op.execute("DROP TABLE decision_search_teams")
    else:
        op.execute("DROP INDEX ix_decisions_full_text")
    with op.batch_alter_table("decisions") as rows:
        rows.drop_column("search_title")
