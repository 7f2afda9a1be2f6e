"""Ids, clocks, crash points, errors: small pieces that much stands on."""

from datetime import UTC, timedelta
from threading import Thread
from uuid import UUID

import pytest

from bot.core import crash
from bot.core.clock import RemoteClock, StoppedClock, SystemClock
from bot.core.errors import SlackRefused, SlackScopeMissing, UnknownCrashPoint
from bot.core.ids import new_id
from bot.playground.server import LocalSlackServer
from tests.support.town import TUESDAY


def test_ids_of_one_process_are_unique_and_sort_by_age() -> None:
    made: list[UUID] = []
    threads = [Thread(target=lambda: made.extend(new_id() for _ in range(500))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 2_000
    in_a_row = [new_id() for _ in range(2_000)]
    assert sorted(in_a_row) == in_a_row
    assert {7} == {each.version for each in in_a_row}


def test_the_system_clock_tells_utc() -> None:
    assert SystemClock().now().tzinfo == UTC


def test_the_clock_of_the_local_slack_can_be_moved(server: LocalSlackServer) -> None:
    clock = RemoteClock(f"{server.url}local/clock")
    before = clock.now()
    server.slack.clock.advance(timedelta(days=1))
    passed = clock.now() - before
    assert timedelta(days=1) <= passed < timedelta(days=1, seconds=10)
    assert before - TUESDAY < timedelta(seconds=10)


def test_a_stopped_clock_moves_only_when_told_to(clock: StoppedClock) -> None:
    before = clock.now()
    assert before == clock.now()
    clock.advance(timedelta(hours=1))
    assert before + timedelta(hours=1) == clock.now()
    clock.set(before)
    assert before == clock.now()


@pytest.mark.parametrize("point", ["", "nowhere", "inbox.after_commit:x", "inbox.after_commit:-1"])
def test_an_unknown_crash_point_is_refused(point: str) -> None:
    with pytest.raises(UnknownCrashPoint, match="names no known point"):
        crash.arm(point)


def test_an_error_says_its_sentence_and_what_slack_said() -> None:
    assert str(SlackRefused("channel_not_found")) == "Slack refused. (channel_not_found)"
    assert "missing_scope users:read" in str(SlackScopeMissing("missing_scope", "users:read"))
