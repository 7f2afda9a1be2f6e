"""F22: a clock that jumps, and one that slept: nothing comes early, nothing twice."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from bot.core.bot import Bot
from bot.core.clock import Clock
from tests.support.town import Town

QUESTION: Final = "@Priya can you look at the pool size? I would set it to 20."
DUE: Final = datetime(2026, 10, 7, 8, 0, tzinfo=UTC)  # Wednesday, 13:30 in Kolkata
STEP: Final = timedelta(hours=2)
MINUTE: Final = timedelta(minutes=1)


class Jumped:
    """A clock that tells something else than the town's."""

    def __init__(self, right: Clock, by: timedelta) -> None:
        self._right, self._by = right, by

    def now(self) -> datetime:
        return self._right.now() + self._by


def _jumps(bot: Bot, town: Town, by: timedelta) -> None:
    bot.clock = Jumped(town.server.slack.clock, by)
    town._settled_at = None  # the town cannot know that there is something to do
    town.settle()


@pytest.mark.needs("asks")
def test_f22_a_clock_that_jumps_two_hours_either_way_reminds_once_and_never_early(
    quiet: Town,
) -> None:
    bot = quiet.app.bot
    quiet.tom.says("#web-relaunch", QUESTION)
    quiet.move_to(DUE - STEP - timedelta(minutes=5))
    for by in (STEP, -STEP, timedelta()):
        _jumps(bot, quiet, by)
        assert _reminders(quiet) == []
    quiet.move_to(DUE + MINUTE)
    assert len(_reminders(quiet)) == 1
    for by in (-STEP, STEP, timedelta()):
        _jumps(bot, quiet, by)
        assert len(_reminders(quiet)) == 1


@pytest.mark.needs("asks")
def test_f22_after_eight_hours_of_sleep_what_came_due_is_told_once(quiet: Town) -> None:
    quiet.tom.says("#web-relaunch", QUESTION)
    quiet.move_to(DUE - timedelta(hours=7, minutes=30))
    quiet.slack.advance(timedelta(hours=8))  # no tick came meanwhile
    quiet.settle()
    quiet.advance(minutes=5)
    assert len(_reminders(quiet)) == 1


def _reminders(town: Town) -> list[str]:
    told = town.writes_to(town.priya)
    return [text for text in told if "still waiting for your answer" in text]
