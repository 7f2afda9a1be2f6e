"""Searching the registry, on both databases."""

from datetime import UTC, datetime
from itertools import count

import pytest

from bot.core.bot import Bot
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions import queries
from bot.features.decisions.models import DecisionDraftRow

NOW = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
_seconds = count(1)


def _log(uow: UnitOfWork, title: str, *, root_ts: str = "") -> bool:
    draft = DecisionDraftRow(
        team_id=uow.team_id,
        id=new_id(),
        user_id="U1",
        author_id="U2",
        channel_id="C1",
        message_ts=root_ts or f"{next(_seconds)}.000000",
        root_ts=root_ts or f"{next(_seconds)}.000000",
        opened_at=NOW,
    )
    return queries.add(uow, draft, title, "", "")


def test_numbers_count_up_in_each_workspace(bot: Bot) -> None:
    for team_id in ("T1", "T2"):
        with bot.begin(team_id, during="interaction") as uow:
            for number in (1, 2, 3):
                assert _log(uow, f"option {number}")
            assert [row.number for row in queries.newest(uow)] == [3, 2, 1]


def test_one_thread_has_one_decision(bot: Bot) -> None:
    with bot.begin("T1", during="interaction") as uow:
        assert _log(uow, "first", root_ts="1.1")
        assert not _log(uow, "second", root_ts="1.1")
        assert [row.title for row in queries.newest(uow)] == ["first"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["postgres"], {"Postgres for the queue", "No Postgres"}),
        (["post"], {"Postgres for the queue", "No Postgres"}),
        (["queue", "postgres"], {"Postgres for the queue"}),
        (["gres"], set()),
        (["redis"], set()),
        (["50%"], set()),
        (["_"], set()),
        (["größe"], {"Größe: 20"}),
    ],
)
def test_every_word_must_be_there_or_begin_one(words: list[str], found: set[str], bot: Bot) -> None:
    with bot.begin("T1", during="interaction") as uow:
        for title in ("Postgres for the queue", "No Postgres", "Größe: 20"):
            _log(uow, title)
        assert found == {row.title for row in queries.find(uow, words)}


def test_a_workspace_finds_only_its_own(bot: Bot) -> None:
    with bot.begin("T1", during="interaction") as uow:
        _log(uow, "Postgres")
    with bot.begin("T2", during="interaction") as uow:
        assert queries.find(uow, ["postgres"]) == []
