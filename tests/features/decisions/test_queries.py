"""Searching the registry, on both databases."""

from itertools import count

import pytest

from bot.core.bot import Bot
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.queries import registry, search
from bot.features.decisions.rules.registry import Fields, Place
from bot.features.decisions.service import recording

_seconds = count(1)


def _log(uow: UnitOfWork, title: str, *, root_ts: str = "") -> bool:
    ts = root_ts or f"{next(_seconds)}.000000"
    place = Place("C1", ts, ts)
    return recording.add(uow, Fields(title, owner_id="U1"), place, by="U1") is not None


def test_numbers_count_up_in_each_workspace(bot: Bot) -> None:
    for team_id in ("T1", "T2"):
        with bot.begin(team_id, during="interaction") as uow:
            for number in (1, 2, 3):
                assert _log(uow, f"option {number}")
            assert [row.number for row in registry.newest(uow)] == [3, 2, 1]


def test_one_thread_has_one_decision(bot: Bot) -> None:
    with bot.begin("T1", during="interaction") as uow:
        assert _log(uow, "first", root_ts="1.1")
        assert not _log(uow, "second", root_ts="1.1")
        assert [row.title for row in registry.newest(uow)] == ["first"]


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
        assert found == {row.title for row in search.find(uow, words)}


def test_a_workspace_finds_only_its_own(bot: Bot) -> None:
    with bot.begin("T1", during="interaction") as uow:
        _log(uow, "Postgres")
    with bot.begin("T2", during="interaction") as uow:
        assert search.find(uow, ["postgres"]) == []
