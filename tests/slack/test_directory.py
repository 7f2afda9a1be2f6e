"""Baton asks Slack who is in a user group, as often as it must and no more."""

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event

from bot.core import channels, groups, heartbeat, logs, people
from bot.core.bot import Bot
from bot.core.clock import StoppedClock
from bot.core.errors import (
    SlackAppTokenDead,
    SlackError,
    SlackOutcomeUnknown,
    SlackRateLimited,
    SlackTokenDead,
)
from bot.core.heartbeat import Instant
from bot.core.people import Account
from bot.core.rate_limits import PER_METHOD
from bot.playground.app import BOT_TOKEN
from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.slack.directory import Directory
from bot.slack.gateway import Gateway
from tests.support.installed import installed
from tests.support.one_token import OneToken

TEAM, DESIGN, SAM = "T0TIDELINE", "S0DESIGN0", "U0SAM0000"
ASKED = ("usergroups.list", "usergroups.users.list")


class _SlowGateway(Gateway):
    """Slack, which takes its time: something happens before its answer is here."""

    meanwhile: list[Callable[[], None]]

    def person(self, team_id: str, user_id: str) -> Account:
        found = super().person(team_id, user_id)
        while self.meanwhile:
            self.meanwhile.pop()()
        return found


@pytest.fixture
def gateway(server: LocalSlackServer) -> _SlowGateway:
    timeout = timedelta(seconds=0.5)
    address = f"{server.url}api/"
    made = _SlowGateway(address, OneToken(BOT_TOKEN), timeout=timeout, time_zone="UTC")
    made.meanwhile = []
    return made


@pytest.fixture
def directory(bot: Bot, gateway: _SlowGateway) -> Directory:
    made = Directory(installed(bot, TEAM), gateway)
    made.register()
    return made


def _beat(bot: Bot, ago: timedelta) -> None:
    """Somebody took events in that long ago."""
    at = Instant(bot.clock.now() - ago, bot.machine_clock.now() - ago)
    with bot.database.transaction() as session:
        heartbeat.beat(session, at)


def _unsynced(bot: Bot, channel_ids: Sequence[str]) -> set[str]:
    with bot.reading() as (session, _):
        return channels.unsynced_among(session, TEAM, channel_ids)


def _members(bot: Bot, group_id: str = DESIGN) -> frozenset[str]:
    with bot.reading() as (session, _):
        return groups.members(session, TEAM, group_id)


def _is_unsure(bot: Bot) -> bool:
    with bot.reading() as (session, now):
        return groups.unsure(session, TEAM, [DESIGN], now=now) == [DESIGN]


def _zone(bot: Bot) -> str:
    with bot.reading() as (session, _):
        found = people.find(session, TEAM, SAM)
    return found.time_zone if found else ""


def _calls(slack: LocalSlackClient) -> list[str]:
    return [each["what"] for each in slack.traffic() if each["what"] in ASKED]


def test_a_group_is_asked_about_once_in_twelve_hours_and_its_people_are_met(
    directory: Directory,
    bot: Bot,
    clock: StoppedClock,
    slack: LocalSlackClient,
) -> None:
    for _ in range(3):
        directory.ensure_groups_known(TEAM, [DESIGN])
    assert sorted(_calls(slack)) == [*ASKED]
    assert _members(bot) == {"U0ANA0000", "U0MEI0000"}
    with bot.reading() as (session, _now):
        assert people.names(session, TEAM, _members(bot)) == {
            "U0ANA0000": "Ana",
            "U0MEI0000": "Mei",
        }
        assert people.readable(session, TEAM, f"<!subteam^{DESIGN}>") == "@design"
    slack.person("Tom").sets_group("design", "Sam")
    clock.advance(timedelta(hours=13))
    directory.ensure_groups_known(TEAM, [DESIGN])
    assert _members(bot) == {"U0SAM0000"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("method", "code"),
    [
        ("usergroups.list", "missing_scope"),
        ("usergroups.list", "plan_upgrade_required"),
        ("usergroups.users.list", "missing_scope"),
        ("usergroups.users.list", "no_such_subteam"),
        ("usergroups.users.list", "access_denied"),
    ],
)
def test_nobody_is_in_a_group_that_slack_does_not_tell_of_and_it_is_asked_no_more(
    method: str, code: str, directory: Directory, slack: LocalSlackClient
) -> None:
    bot, clock = directory._bot, directory._bot.clock
    assert isinstance(clock, StoppedClock)
    slack.faults(methods=[{"method": method, "error": code}])
    directory.ensure_groups_known(TEAM, [DESIGN])
    asked = len(_calls(slack))
    directory.ensure_groups_known(TEAM, [DESIGN])
    assert _members(bot) == set()
    assert len(_calls(slack)) == asked
    clock.advance(timedelta(hours=13))
    directory.ensure_groups_known(TEAM, [DESIGN])
    assert _members(bot) == {"U0ANA0000", "U0MEI0000"}, "what was granted meanwhile is noticed"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"status": 500}, SlackOutcomeUnknown),
        ({"lose_answer": True}, SlackOutcomeUnknown),
        ({"body": '{"ok": true}'}, SlackOutcomeUnknown),
        ({"status": 429, "retry_after": "7"}, SlackRateLimited),
        ({"error": "invalid_auth"}, SlackTokenDead),
    ],
)
@pytest.mark.parametrize("method", [*ASKED, "users.info"])
def test_a_slack_that_does_not_answer_is_told_of_and_asked_again(
    method: str,
    fault: dict[str, Any],
    expected: type[SlackError],
    directory: Directory,
    slack: LocalSlackClient,
) -> None:
    slack.faults(methods=[{"method": method, **fault}])
    with pytest.raises(expected):
        directory.ensure_groups_known(TEAM, [DESIGN])
    assert _is_unsure(directory._bot)


def test_a_member_slack_does_not_know_keeps_nobody_else_out(
    directory: Directory, bot: Bot, slack: LocalSlackClient
) -> None:
    refused = {"method": "users.info", "about": "U0ANA0000", "error": "user_not_visible"}
    slack.faults(methods=[refused])
    directory.ensure_groups_known(TEAM, [DESIGN])
    assert _members(bot) == {"U0ANA0000", "U0MEI0000"}
    with bot.reading() as (session, _):
        found = [people.find(session, TEAM, user_id) for user_id in sorted(_members(bot))]
    assert [person and person.is_member for person in found] == [False, True]


def test_what_is_asked_stays_within_slacks_limits(
    directory: Directory, slack: LocalSlackClient
) -> None:
    burst = PER_METHOD["usergroups.users.list"].burst
    with pytest.raises(SlackRateLimited):
        directory.ensure_groups_known(TEAM, [f"S{number}" for number in range(burst + 5)])
    assert burst <= _calls(slack).count("usergroups.users.list") < burst + 5


def test_after_a_start_a_group_is_asked_about_again(
    directory: Directory, bot: Bot, clock: StoppedClock
) -> None:
    directory.ensure_groups_known(TEAM, [DESIGN])
    clock.advance(timedelta(seconds=1))
    directory.discover(TEAM)
    assert _is_unsure(bot)


def test_after_a_start_at_once_only_what_differs_is_asked_about(
    directory: Directory, bot: Bot, clock: StoppedClock
) -> None:
    """In a large workspace Slack takes minutes to tell all, and what is said there waits."""
    directory.discover(TEAM)
    directory.sync_channels(bot)
    directory.ensure_groups_known(TEAM, [DESIGN])
    with bot.reading() as (session, _):
        (left, *others) = channels.joined(session, TEAM)
    place = (TEAM, left)
    with bot.begin(TEAM, during="directory") as uow:
        channels.forget(uow.session, *place, as_of=clock.now())
    _beat(bot, timedelta(seconds=50))
    directory.discover(TEAM, after_start=True)
    assert _unsynced(bot, [left, *others]) == {left}
    assert not _is_unsure(bot)
    directory.sync_channels(bot)
    assert _unsynced(bot, [left, *others]) == set()


@pytest.mark.slow
@pytest.mark.parametrize("ago", [timedelta(seconds=61), timedelta(days=1), None])
def test_after_a_silence_all_is_asked_about_again(
    ago: timedelta | None, directory: Directory, bot: Bot
) -> None:
    directory.discover(TEAM)
    directory.sync_channels(bot)
    with bot.reading() as (session, _):
        inside = channels.joined(session, TEAM)
    if ago is not None:
        _beat(bot, ago)
    directory.discover(TEAM, after_start=True)
    assert _unsynced(bot, inside) == set(inside) != set()


def test_whoever_waits_is_answered_whether_or_not_slack_tells(
    directory: Directory, bot: Bot, slack: LocalSlackClient
) -> None:
    directory.try_groups(TEAM, [DESIGN])
    assert _members(bot) == {"U0ANA0000", "U0MEI0000"}
    slack.faults(methods=[{"method": ASKED[0], "status": 429, "retry_after": "60"}])
    directory.try_groups(TEAM, ["S0BACKEND"])
    directory.try_groups(TEAM, [])
    assert _members(bot, "S0BACKEND") == set()
    assert _calls(slack).count(ASKED[1]) == 1


def test_news_of_somebody_that_come_while_slack_is_asked_are_not_lost(
    directory: Directory,
    bot: Bot,
    clock: StoppedClock,
    slack: LocalSlackClient,
    gateway: _SlowGateway,
) -> None:
    def moves() -> None:
        slack.person("Sam").moves_to("Asia/Tokyo")
        with bot.begin(TEAM, during="event") as uow:
            people.doubt(uow.session, TEAM, SAM, now=uow.now)

    directory.ensure_known(TEAM, [SAM])
    clock.advance(timedelta(minutes=2))
    gateway.meanwhile.append(moves)
    directory.ensure_fresh(TEAM, [SAM])
    assert not directory.is_fresh(TEAM, SAM)
    assert _zone(bot) == "America/Los_Angeles"
    directory.refresh_people(bot)
    assert directory.is_fresh(TEAM, SAM)
    assert _zone(bot) == "Asia/Tokyo"


def test_of_two_answers_the_one_that_was_asked_for_later_stays(
    directory: Directory,
    bot: Bot,
    clock: StoppedClock,
    slack: LocalSlackClient,
    gateway: _SlowGateway,
) -> None:
    def moves() -> None:
        slack.person("Sam").moves_to("Asia/Tokyo")
        clock.advance(timedelta(seconds=1))
        directory.ensure_known(TEAM, [SAM])

    gateway.meanwhile.append(moves)
    directory.ensure_known(TEAM, [SAM])
    assert _zone(bot) == "Asia/Tokyo"


def _refuse_writes(connection: Connection) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    words = "PRAGMA query_only = ON" if is_sqlite else "SET TRANSACTION READ ONLY"
    connection.exec_driver_sql(words)


def test_while_the_database_takes_no_writes_a_tick_tells_it_in_one_line(
    directory: Directory, bot: Bot, slack: LocalSlackClient, capsys: pytest.CaptureFixture[str]
) -> None:
    with bot.database.transaction() as session:
        for number in range(5):
            channels.mark_unsynced(session, TEAM, f"C0NEW000{number}")
    event.listen(bot.database.engine, "begin", _refuse_writes)
    logs.configure("WARNING", "json")
    directory.sync_channels(bot)
    logs.configure("WARNING", "console")
    event.remove(bot.database.engine, "begin", _refuse_writes)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in lines] == ["what slack tells cannot be noted"]
    assert "exception" not in lines[0]
    assert "conversations.info" not in [each["what"] for each in slack.traffic()]


def test_an_app_level_token_that_slack_does_not_take_is_told_as_that(gateway: Gateway) -> None:
    with pytest.raises(SlackAppTokenDead, match="SLACK_APP_TOKEN") as refused:
        gateway.open_socket("xapp-1-revoked")
    assert not isinstance(refused.value, SlackTokenDead)
