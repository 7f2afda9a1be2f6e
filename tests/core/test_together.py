"""What is done for many at once: read once, counted once, and nobody's failure is another's."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from bot.core import channels, leave, message_store, people
from bot.core.bot import Bot
from bot.core.channels import Channel
from bot.core.clock import StoppedClock, SystemClock
from bot.core.db import Database, for_each, once
from bot.core.events import ChannelKind, MessageEdited, MessagePosted
from bot.core.leave import Leave
from bot.core.people import Account, Person
from bot.core.unit_of_work import UnitOfWork
from tests.load.digests import MORNING
from tests.support.installed import installed

TEAM = "T1"
IDS = ("U1", "U2", "U3")
UNKNOWN = Person("", "", "UTC", is_member=False)


@pytest.fixture
def bot(database: Database) -> Bot:
    return installed(Bot(database, StoppedClock(MORNING), SystemClock()), TEAM, "T2")


def test_what_is_read_for_each_of_many_is_read_for_all_at_once(bot: Bot) -> None:
    asked: list[Sequence[str]] = []

    def read(ids: Sequence[str]) -> dict[str, str]:
        asked.append(ids)
        return {each: each.lower() for each in ids if each != "U3"}

    with bot.begin(TEAM, during="job", readers=IDS) as uow:
        assert [uow.for_reader("names", each, read) for each in IDS] == ["u1", "u2", None]
        assert uow.for_reader("names", "U9", read) == "u9", "none of them, and read alone"
    assert asked == [["U1", "U2", "U3"], ["U9"]]


def test_outside_of_such_work_everything_is_read_anew(bot: Bot) -> None:
    numbers = iter(range(10))
    with bot.begin(TEAM, during="job") as uow:
        assert [once(uow.session, "key", lambda: next(numbers)) for _ in range(2)] == [0, 1]
        for expected in (2, 3):
            found = for_each(uow.session, "k", "U1", lambda _: {"U1": next(numbers)})
            assert found == expected
    with bot.begin(TEAM, during="job", readers=IDS) as uow:
        assert [uow.once("key", lambda: next(numbers)) for _ in range(2)] == [4, 4]


def test_what_hardly_ever_changes_is_read_once_until_it_changes(bot: Bot) -> None:
    """People, when they are away, and channels: as they stand, also within one unit of work."""
    mei = Account("U1", "Mei", "Asia/Tokyo", is_member=True)
    with bot.begin(TEAM, during="job") as uow:
        place = (uow.session, TEAM)
        assert people.find(*place, "U1") is None
        people.save(*place, mei, now=uow.now)
        assert (people.find(*place, "U1") or UNKNOWN).name == "Mei"
        people.save(*place, replace(mei, name="Mei K."), now=uow.now)
        assert (people.find(*place, "U1") or UNKNOWN).name == "Mei K."
        today = uow.now.date()
        assert today not in (people.find(*place, "U1") or UNKNOWN).working_time.days_off
        leave.tell(*place, "U1", Leave(today, today), now=uow.now)
        assert today in (people.find(*place, "U1") or UNKNOWN).working_time.days_off
        leave.end(*place, "U1", Leave(today, today), before=today)
        assert today not in (people.find(*place, "U1") or UNKNOWN).working_time.days_off
        room = Channel("C1", "ops", is_private=False, is_member=True)
        for name in ("ops", "operations"):
            channels.save(*place, replace(room, name=name), ["U1"], as_of=uow.now)
            assert (channels.find(*place, "C1") or room).name == name
        channels.forget(*place, "C1", as_of=uow.now)
        found = channels.find(*place, "C1")
        assert found is not None
        assert not found.is_member


def test_what_was_read_ahead_is_as_it_stands(bot: Bot) -> None:
    said = {"team_id": TEAM, "channel_id": "C1", "ts": "1791273600.000001", "user_id": "U1"}
    where: dict[str, Any] = said
    posted = MessagePosted(**where, kind=ChannelKind.PUBLIC, text="one")
    edited = MessageEdited(**where, text="two", edited_ts="1791273601.000000")
    with bot.begin(TEAM, during="job") as uow:
        place = (uow.session, TEAM, "C1", posted.ts)
        message_store.read_ahead(uow.session, TEAM, [("C1", posted.ts)])
        assert message_store.find(*place) is None
        message_store.record(uow.session, posted)
        message_store.read_ahead(uow.session, TEAM, [("C1", posted.ts)])
        for text, event in (("one", None), ("two", edited)):
            if event is not None:
                message_store.record_all(uow.session, [event])
            found = message_store.find(*place)
            assert found is not None
            assert found.text == text
        message_store.forget_person(uow.session, TEAM, "U1")
        assert message_store.find(*place) is None


def test_a_row_that_was_loaded_is_not_loaded_again(bot: Bot) -> None:
    with bot.begin(TEAM, during="job") as uow:
        people.save(
            uow.session, TEAM, Account("U1", "Mei", "Asia/Tokyo", is_member=True), now=uow.now
        )
    said: list[str] = []
    event.listen(bot.database.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    with bot.begin(TEAM, during="job", readers=IDS) as uow:
        found = [people.find(uow.session, TEAM, "U1") for _ in range(3)]
    assert found[0] is not None
    assert found == [found[0]] * 3
    assert sum("FROM people" in each for each in said) == 1


def test_each_workspace_has_its_turn_and_portions_are_small(bot: Bot) -> None:
    due = [("T1", number) for number in range(5)] + [("T2", 5), ("T2", 6)]
    seen: list[tuple[str, list[int]]] = []

    def work(uow: UnitOfWork, some: Sequence[int]) -> None:
        seen.append((uow.team_id, list(some)))

    bot.together(due, work, reader_of=lambda number: f"U{number}", portion=2)
    assert seen == [("T1", [0, 1]), ("T2", [5, 6]), ("T1", [2, 3]), ("T1", [4])]


def test_where_one_fails_the_others_are_done_alone(bot: Bot) -> None:
    done: list[int] = []

    def work(_uow: UnitOfWork, some: Sequence[int]) -> None:
        for number in some:
            if number == 1:
                raise ValueError(number)
            if len(some) == 1:
                done.append(number)

    bot.together([(TEAM, n) for n in range(3)], work, reader_of=str, portion=3)
    assert done == [0, 2]
