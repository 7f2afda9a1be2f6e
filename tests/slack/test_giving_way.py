"""What can wait gives way while a page waits, for two seconds at most, then for two not."""

from datetime import timedelta

import pytest

from bot.core.db import Database
from bot.playground.server import LocalSlackServer
from bot.slack.giving_way import LONGEST, LOOKS_EVERY, GivingWay
from tests.support.desk import Desk

PRIYA = "U0PRIYA00"


@pytest.fixture
def desk(database: Database, server: LocalSlackServer) -> Desk:
    return Desk(database, server)


def test_nobody_gives_way_to_what_is_not_urgent(desk: Desk) -> None:
    desk.queue("digest", PRIYA)
    assert not GivingWay(desk.bot).now()


def test_whoever_deals_with_events_gives_way_until_the_page_is_out(desk: Desk) -> None:
    giving = GivingWay(desk.bot)
    desk.queue("page", PRIYA, urgency="page")
    assert giving.now()
    desk.sender.urgent_step()
    desk.pass_time(LOOKS_EVERY)
    assert not giving.now()


def test_nothing_waits_for_ever(desk: Desk) -> None:
    giving = GivingWay(desk.bot)
    desk.queue("page", PRIYA, urgency="page")
    stood_back = []
    for _ in range(100):
        stood_back.append(giving.now())
        desk.pass_time(LOOKS_EVERY)
    assert stood_back.count(False) >= 40
    longest = max(
        len(part) for part in "".join("x" if each else " " for each in stood_back).split()
    )
    assert longest * LOOKS_EVERY <= LONGEST + timedelta(seconds=0.1)
