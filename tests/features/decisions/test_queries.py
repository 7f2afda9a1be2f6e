"""The registry's rows, on both databases."""

from itertools import count

from bot.core.bot import Bot
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.queries import registry
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
