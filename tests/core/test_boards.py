"""Boards are marked as stale where somebody may look at them, and nothing is lost meanwhile."""

from datetime import timedelta

import pytest

from bot.core import boards, workspaces
from bot.core.boards import BoardRow, Drawn
from bot.core.bot import Bot
from bot.core.clock import StoppedClock
from bot.core.db import Database
from bot.core.workspaces import Workspace
from tests.support.installed import installed

OPENED = Drawn("hash", "", is_opened=True, is_published=True)
REDRAWN = Drawn("other", "", is_opened=False, is_published=True)
TEAM = "T1"


@pytest.fixture
def bot(database: Database, clock: StoppedClock) -> Bot:
    made = installed(Bot(database, clock, clock), TEAM)
    with made.begin(TEAM, during="job") as uow:
        home = Workspace(TEAM, "Tideline", "https://t.slack.com/", "B1", "UBOT", frozenset())
        workspaces.save(uow.session, home, now=uow.now)
        for user_id in ("U1", "U2"):
            boards.note(uow, user_id, OPENED, 0)
    return made


def _row(bot: Bot, user_id: str) -> BoardRow:
    with bot.begin(TEAM, during="job") as uow:
        row = boards.find(uow, user_id)
    assert row is not None
    return row


def _claimed(bot: Bot, limit: int = 10) -> list[str]:
    with bot.database.transaction() as session:
        return boards.claim(session, TEAM, now=bot.machine_clock.now(), limit=limit)


def _touch(bot: Bot, *user_ids: str) -> None:
    with bot.begin(TEAM, during="job") as uow:
        boards.touch(uow, user_ids)


def test_what_is_touched_is_stale_and_claimed_once(bot: Bot) -> None:
    _touch(bot, "U1", "", "U9")
    assert _claimed(bot) == ["U1"]
    assert _claimed(bot) == []


def test_everybody_is_touched_at_once(bot: Bot) -> None:
    with bot.begin(TEAM, during="job") as uow:
        boards.touch_all(uow)
    assert sorted(_claimed(bot)) == ["U1", "U2"]


def test_who_has_not_looked_for_a_day_is_left_alone(bot: Bot, clock: StoppedClock) -> None:
    clock.advance(timedelta(hours=25))
    _touch(bot, "U1")
    assert _claimed(bot) == []


def test_a_unit_of_work_that_fails_touches_nobody(bot: Bot) -> None:
    with pytest.raises(RuntimeError), bot.begin(TEAM, during="job") as uow:  # noqa: PT012
        boards.touch(uow, ["U1"])
        raise RuntimeError
    assert _claimed(bot) == []


def test_what_was_touched_while_it_was_drawn_stays_stale(bot: Bot) -> None:
    _touch(bot, "U1")
    seen = _row(bot, "U1").touched
    _touch(bot, "U1")
    with bot.begin(TEAM, during="job") as uow:
        boards.note(uow, "U1", REDRAWN, seen)
    assert _claimed(bot) == ["U1"]
    seen = _row(bot, "U1").touched
    with bot.begin(TEAM, during="job") as uow:
        boards.note(uow, "U1", REDRAWN, seen)
    assert _claimed(bot) == []


def test_who_claimed_it_and_died_leaves_it_to_the_next(bot: Bot, clock: StoppedClock) -> None:
    _touch(bot, "U1")
    assert _claimed(bot) == ["U1"]
    clock.advance(timedelta(minutes=2))
    assert _claimed(bot) == ["U1"]


def test_a_redraw_makes_no_board_of_somebody_who_was_forgotten(bot: Bot) -> None:
    with bot.begin(TEAM, during="job") as uow:
        boards.note(uow, "U7", REDRAWN, 0)
        assert boards.find(uow, "U7") is None


def test_boards_that_nobody_opens_are_forgotten(bot: Bot, clock: StoppedClock) -> None:
    clock.advance(boards.KEPT_FOR + timedelta(days=1))
    with bot.begin(TEAM, during="job") as uow:
        boards.note(uow, "U2", OPENED, 0)
        assert boards.forget_old(uow) == 1
        assert boards.find(uow, "U1") is None
