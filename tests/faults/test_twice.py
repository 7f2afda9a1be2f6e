"""F02, F04 and F05: one message told of in two ways, changed after it was seen, and taken back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import pytest
from sqlalchemy import LargeBinary, String, cast, func, select

from bot.app import metadata
from tests.support.databases import Rows, fill
from tests.support.ports import free_port
from tests.support.town import Town, town
from tests.support.wire import Wire

HELLO: Final = "Hi @Ana"
CANARY: Final = "cormorant"
ASKED: Final = f"@Priya can you look at the {CANARY}? I would set it to 20."
MORNING: Final = datetime(2026, 10, 7, 3, 31, tzinfo=UTC)  # 09:01 in Kolkata


@pytest.fixture
def wired(database_url: str, acquaintance: Rows) -> Iterator[Town]:
    fill(database_url, acquaintance)
    with town(database_url, http_port=free_port()) as living:
        yield living


@pytest.mark.needs("asks")
@pytest.mark.parametrize("kinds", [("message", "app_mention"), ("app_mention", "message")])
def test_f02_what_comes_as_a_message_and_as_a_mention_is_one_ask(
    kinds: tuple[str, str], wired: Town
) -> None:
    wire = Wire(wired)
    words = "<@U0PRIYA00> can you look at the pool size? <@U0BATON00> knows why."
    event = wire.envelopes.message(text=words)
    for kind in kinds:
        wire.envelopes.tells({**event, "type": kind})
    wire.close()
    wired.settle()
    wired.priya.types("#infra", "/ask list")
    assert wired.whispers_to(wired.priya)[-1].count("look at the pool size") == 1


@pytest.mark.needs("coach")
def test_f04_an_edit_of_what_was_hinted_at_brings_no_second_hint(quiet: Town) -> None:
    quiet.sets("coach.mode", "on")
    quiet.nobody_is_new()
    ts = quiet.tom.says("#web-relaunch", HELLO)
    quiet.advance(minutes=2)
    assert len(quiet.whispers_to(quiet.tom)) == 1
    quiet.tom.edits("#web-relaunch", ts, f"{HELLO}!")
    quiet.advance(minutes=2)
    assert len(quiet.whispers_to(quiet.tom)) == 1


@pytest.mark.needs("asks", "digest")
def test_f05_no_word_of_a_deleted_message_is_left_in_any_table(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", ASKED)
    quiet.settle()
    assert _tables_with(quiet, CANARY)
    quiet.tom.deletes("#infra", ts)
    quiet.settle()
    quiet.move_to(MORNING)
    assert _tables_with(quiet, CANARY) == []
    assert not any(CANARY in text for text in quiet.writes_to(quiet.priya))


def _tables_with(living: Town, word: str) -> list[str]:
    """Which tables hold a word, in whichever column."""
    found = []
    with living.app.bot.database.reading() as session:
        for table in metadata().sorted_tables:
            columns = [each for each in table.c if not isinstance(each.type, LargeBinary)]
            holds = [cast(each, String).like(f"%{word}%") for each in columns]
            binary = [each for each in table.c if isinstance(each.type, LargeBinary)]
            rows = session.execute(select(*binary)).all() if binary else []
            is_in_bytes = any(word.encode() in (value or b"") for row in rows for value in row)
            count = select(func.count()).select_from(table)
            if is_in_bytes or any(session.scalar(count.where(each)) for each in holds):
                found.append(table.name)
    return found
