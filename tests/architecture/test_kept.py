"""Every table that can hold something of a person belongs to a topic that gives it out and back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import JSON, String, Table, Text, insert, select

from bot.app import assemble, metadata
from bot.core import keeping, retention
from bot.core.bot import Bot
from bot.core.clock import StoppedClock
from bot.core.db import Database
from bot.settings import Settings

TEAM, CANARY, OTHER = "T1", "U0CANARY0", "U0OTHER00"
WORD = "canaryword"
LONG_AGO = datetime(2024, 1, 5, 9, 0, tzinfo=UTC)
NO_PERSON = {
    "app_id",
    "enterprise_id",
    "team_id",
    "channel_id",
    "group_id",
    "event_id",
    "bot_id",
    "bot_user_id",
    "form_id",
    "sent_channel",
    "prompt_id",
    "request_id",
}
OWN_WORDS = {"text", "what", "impact", "resolution", "status_text", "name"}
NAMES_OF_THINGS = {
    "channels",
    "workspaces",
    "introductions",
    "actions",
    "handoff_chains",
    "links",
    "rotations",
    "escalation_policies",
}
THERE: dict[str, dict[str, Any]] = {
    "workspaces": dict.fromkeys(("ended_at", "erase_at", "parked_at"))
}
RECORDED = {"decisions"}
"""Where the recorded wording stays, and only the name and the quote go."""


@pytest.fixture
def house(database: Database, clock: StoppedClock) -> Iterator[Bot]:
    bot = assemble(Settings(_env_file=None, database_url=database.url))
    bot.clock = clock
    yield bot
    bot.database.close()


def _persons_columns(table: Table) -> list[str]:
    """Columns that name somebody."""
    return [
        column.name
        for column in table.columns
        if isinstance(column.type, String)
        and not isinstance(column.type, Text)
        and column.name not in NO_PERSON
        and (column.name.endswith(("_id", "_by")) or column.name == "recipient")
    ]


def _shaped(table: Table, user_id: str) -> dict[str, Any]:
    """What is read by more than its type: by its place, or by what stands in it."""
    level = {"contacts": [f"person:{user_id}"], "wait": 5}
    found = {
        "members": [user_id],
        "policy": {"rounds": 1, "levels": [level]},
        "target": f"person:{user_id}",
        "every": "weekly",
        "hand_over_at": "09:00",
        "hours": "",
    }
    return found | ({"state": "resolved"} if table.name == "pages" else {})


def _cell(column: Any, table: Table, user_id: str, word: str) -> Any:
    name = column.name
    if name in _persons_columns(table):
        return user_id
    if name in OWN_WORDS and table.name not in NAMES_OF_THINGS:
        return f"{word} {name}"
    if table.name == "decision_versions" and name == "record":
        return {"owner_id": user_id, "text": word}
    shaped = _shaped(table, user_id)
    if name in shaped:
        return shaped[name]
    if isinstance(column.type, JSON) and name != "payload":
        return {"who": user_id} if table.name in {"audit", "digest_slices"} else "on"
    given = {
        "team_id": TEAM,
        "layer": "person",
        "payload": {"text": f"<@{user_id}>: {word}"},
        "body": f'{{"event": {{"user": "{user_id}", "text": "{word}"}}}}'.encode(),
        "ts": "1700000000.000100",
        "thread_ts": "1700000000.000100",
    } | ({"status": "accepted", "outcome": ""} if table.name == "decisions" else {})
    samples: dict[type, Any] = {str: name[:8], int: 1, bool: True, datetime: LONG_AGO}
    samples |= {date: LONG_AGO.date(), UUID: uuid4()}
    return given.get(name, samples.get(column.type.python_type, LONG_AGO))


def _fill(house: Bot, user_id: str, word: str) -> None:
    with house.database.transaction() as session:
        for table in metadata().sorted_tables:
            row = {c.name: _cell(c, table, user_id, word) for c in table.columns} | THERE.get(
                table.name, {}
            )
            keys = {c.name for c in table.primary_key} - {"team_id"}
            if user_id == OTHER and not keys & set(_persons_columns(table)):
                continue  # there can be one such row in a workspace, or it is the canary's
            session.execute(insert(table).values(row))


def _hits(database: Database, word: str) -> set[str]:
    with database.reading() as session:
        return {
            f"{table.name}.{column.name}"
            for table in metadata().sorted_tables
            for row in session.execute(select(table)).mappings()
            for column in table.columns
            if word in str(row[column.name])
        }


def test_every_table_belongs_to_one_topic(house: Bot) -> None:
    covered = [table.__tablename__ for kept in house.kept for table in kept.tables]
    assert sorted(covered) == sorted(metadata().tables)


def test_every_topic_says_what_it_is_and_how_long(house: Bot) -> None:
    for kept in house.kept:
        assert kept.what, kept.name
        assert kept.how_long.format(texts="30 days"), kept.name


@pytest.mark.slow
def test_t22_a_canary_in_every_table_is_gone_after_erasing(house: Bot) -> None:
    _fill(house, CANARY, WORD)
    _fill(house, OTHER, "theirs")
    before = _hits(house.database, CANARY)
    named = {table.name for table in metadata().sorted_tables if _persons_columns(table)}
    assert named <= {hit.partition(".")[0] for hit in before}
    with house.begin(TEAM, during="job") as uow:
        counts = keeping.erase(uow, house.kept, CANARY)
    assert _hits(house.database, CANARY) == set()
    words = {hit for hit in _hits(house.database, WORD) if hit.partition(".")[0] not in RECORDED}
    assert words == set()
    assert _hits(house.database, "theirs") != set(), "others keep theirs"
    assert len(counts) > 10
    with house.begin(TEAM, during="job") as uow:
        assert keeping.exported(uow, house.kept, CANARY) == {}


def test_t22_the_files_hold_nothing_either(sqlite_url: str, clock: StoppedClock) -> None:
    """SQLite overwrites what is deleted, and its log is emptied."""
    house = assemble(Settings(_env_file=None, database_url=sqlite_url))
    house.clock = clock
    _fill(house, CANARY, WORD)
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    files = [file, *(file.with_name(f"{file.name}-{end}") for end in ("wal", "shm"))]
    assert any(CANARY.encode() in each.read_bytes() for each in files if each.exists())
    with house.begin(TEAM, during="job") as uow:
        keeping.erase(uow, house.kept, CANARY)
    house.database.sweep()
    assert not any(CANARY.encode() in each.read_bytes() for each in files if each.exists())
    house.database.close()


def test_an_erased_workspace_leaves_no_row(house: Bot) -> None:
    _fill(house, CANARY, WORD)
    with house.begin(TEAM, during="job") as uow:
        counts = keeping.erase_workspace(uow, house.kept)
    assert sum(counts.values()) >= len(metadata().tables)
    with house.database.reading() as session:
        for table in metadata().sorted_tables:
            assert session.execute(select(table)).all() == [], table.name


def test_what_is_older_than_it_may_be_goes_by_itself(house: Bot) -> None:
    _fill(house, CANARY, WORD)
    with house.database.transaction() as session:
        for name in ("inbox", "deliveries"):
            table = metadata().tables[name]
            session.execute(table.update().values(state="dead"))
        outbox = metadata().tables["outbox"]
        session.execute(outbox.update().values(state="done", quotes=True))
    retention.purge(house)
    left = _hits(house.database, WORD)
    assert left <= {
        "people.name",
        "people.status_text",
        "decisions.text",
        "decision_concerns.name",
        "decision_versions.record",
    }, left
