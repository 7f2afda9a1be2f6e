"""What did not come is read from the history; until then digests say what may be missing."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from sqlalchemy import select, update

from bot.core import dropped, gaps
from bot.core.clock import monotonic
from bot.core.gaps import GapRow, Why
from bot.core.heartbeat import Heart, HeartbeatRow
from bot.core.queue import State
from tests.support.town import PATIENCE, Town

TEAM: Final = "T0TIDELINE"
QUESTION: Final = "@Priya can you look at the pool size? I would set it to 20."
NIGHT_IN_BERLIN: Final = datetime(2026, 10, 6, 21, 0, tzinfo=UTC)
NINE_IN_BERLIN: Final = datetime(2026, 10, 7, 7, 1, tzinfo=UTC)


def _slack_drops(town: Town) -> None:
    town.settle()
    town.slack.faults(deliveries=0)


def _slack_tells(town: Town, since: datetime) -> None:
    """Slack delivers again, and told which minutes it had dropped."""
    town.slack.settled()
    town.slack.faults()
    _note(town, since)


def _note(town: Town, since: datetime) -> None:
    bot = town.app.bot
    with bot.database.transaction() as session:
        for team in {slack.world.team.id for slack in town.server.workspaces}:
            now, minute = bot.clock.now(), since.replace(second=0, microsecond=0)
            while minute <= now:
                dropped.note(session, team, int(minute.timestamp()), now=now)
                minute += timedelta(minutes=1)


def _rows(town: Town) -> list[GapRow]:
    with town.app.bot.database.reading() as session:
        return list(session.scalars(select(GapRow).order_by(GapRow.since)))


def _fill(town: Town) -> None:
    """Has what is known to be missing asked for at once."""
    deadline, bot = monotonic() + PATIENCE, town.app.bot
    town.settle()
    while {row.state for row in _rows(town)} != {State.DONE}:
        with bot.database.transaction() as session:
            waiting = update(GapRow).where(GapRow.state == State.READY)
            session.execute(waiting.values(not_before=bot.machine_clock.now()))
        town.settle()
        assert monotonic() < deadline, [(row.state, row.left) for row in _rows(town)]


@pytest.mark.needs("asks", "home", "coach")
def test_f33_what_slack_dropped_is_read_from_the_history_and_does_what_messages_do(
    quiet: Town,
) -> None:
    began = quiet.app.bot.clock.now()
    asked = quiet.tom.says("#web-relaunch", QUESTION.replace("20", "10"))
    _slack_drops(quiet)
    quiet.advance(minutes=6)
    ts = quiet.tom.says("#infra", "@Mei can you check the pump?")
    quiet.tom.edits("#infra", ts, "@Ana can you check the pump?")
    quiet.sam.says("#infra", "@Priya can you send the log?")
    quiet.priya.says("#web-relaunch", "Done, it is 10.", reply_to=asked)
    quiet.ana.says("#infra", "hi")
    quiet.advance(minutes=6)
    _slack_tells(quiet, began)
    assert "check the pump" not in quiet.home_of(quiet.ana)
    _fill(quiet)
    assert "check the pump" in quiet.home_of(quiet.ana)
    assert "check the pump" not in quiet.home_of(quiet.mei), "as it was edited"
    assert "send the log" in quiet.home_of(quiet.priya)
    assert "pool size" not in quiet.home_of(quiet.priya), "they answered meanwhile"
    assert quiet.whispers_to(quiet.ana) == [], "nobody is told hours later how to say hello"


@pytest.mark.needs("asks", "home")
def test_f33_what_comes_late_after_all_has_no_second_effect(quiet: Town) -> None:
    began = quiet.app.bot.clock.now()
    quiet.settle()
    quiet.slack.faults(hold=True)
    ts = quiet.tom.says("#web-relaunch", QUESTION)
    quiet.tom.edits("#web-relaunch", ts, QUESTION.replace("20", "30"))
    _note(quiet, began)
    _fill(quiet)
    quiet.slack.faults()
    quiet.settle()
    home = quiet.home_of(quiet.priya)
    assert home.count("can you look at the pool size? I would set it to 30.") == 1
    assert "set it to 20" not in home


@pytest.mark.needs("digest")
@pytest.mark.parametrize("is_filled", [False, True])
def test_f33_a_digest_says_what_may_be_missing_or_tells_it(
    quiet: Town,
    is_filled: bool,
) -> None:
    quiet.move_to(NIGHT_IN_BERLIN)
    _slack_drops(quiet)
    quiet.mei.says("#infra", "The pump is back.")
    quiet.advance(minutes=2)
    _slack_tells(quiet, NIGHT_IN_BERLIN)
    quiet.sam.says("#infra", "The lamp is off.")
    if is_filled:
        _fill(quiet)
    quiet.move_to(NINE_IN_BERLIN)
    digest = quiet.writes_to(quiet.tom)[-1]
    told = [line for line in digest.splitlines() if "messages may be missing" in line]
    assert ("The pump is back." in digest) == is_filled
    assert bool(told) != is_filled
    if told:
        assert told[0].startswith("Not read: what Slack did not deliver from ")


@pytest.mark.needs("asks", "home")
def test_f33_after_an_outage_of_ours_what_was_said_meanwhile_is_read(quiet: Town) -> None:
    bot, heart = quiet.app.bot, Heart(quiet.app.bot, lambda: True)
    heart.beat()
    began = bot.clock.now()
    _slack_drops(quiet)
    quiet.tom.says("#web-relaunch", QUESTION)
    quiet.slack.settled()
    quiet.slack.advance(timedelta(minutes=3))
    quiet.slack.faults()
    with bot.database.transaction() as session:
        row = session.get_one(HeartbeatRow, "")
        row.at, row.machine_at = began, row.machine_at - timedelta(minutes=3)
    heart.beat()
    assert {row.why for row in _rows(quiet)} == {Why.OUTAGE}
    _fill(quiet)
    assert "pool size" in quiet.home_of(quiet.priya)
    with bot.database.reading() as session:
        now = bot.clock.now()
        assert gaps.open_between(session, TEAM, now - timedelta(days=1), now) == []
