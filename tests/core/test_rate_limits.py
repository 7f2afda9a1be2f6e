"""Rate limits: bursts, the pace after them, and pauses that Slack asks for."""

from datetime import datetime, timedelta

import pytest

from bot.core import rate_limits
from bot.core.clock import StoppedClock
from bot.core.db import Database
from bot.core.rate_limits import RateLimit

SECOND = timedelta(seconds=1)
LIMIT = {"channel:C1": RateLimit(SECOND, 3)}


def _take(
    database: Database, now: datetime, limits: dict[str, RateLimit] | None = None
) -> datetime | None:
    with database.transaction() as session:
        return rate_limits.take(session, "T1", limits or LIMIT, now)


def test_a_burst_passes_then_one_call_an_interval(database: Database, clock: StoppedClock) -> None:
    now = clock.now()
    assert [_take(database, now) for _ in range(3)] == [None, None, None]
    assert now + SECOND == _take(database, now)
    assert _take(database, now + SECOND) is None
    assert now + SECOND * 2 == _take(database, now + SECOND)


def test_after_a_quiet_time_the_whole_burst_is_there_again(
    database: Database, clock: StoppedClock
) -> None:
    now = clock.now()
    for _ in range(3):
        _take(database, now)
    later = now + SECOND * 60
    assert [_take(database, later) for _ in range(3)] == [None, None, None]
    assert _take(database, later) is not None


def test_a_call_takes_from_all_limits_or_from_none(database: Database, clock: StoppedClock) -> None:
    now = clock.now()
    both = {**LIMIT, "chat.postMessage": RateLimit(SECOND * 10, 1)}
    assert _take(database, now, both) is None
    assert now + SECOND * 10 == _take(database, now, both)
    assert [_take(database, now) for _ in range(2)] == [None, None], "the channel lost one only"


def test_workspaces_do_not_share_a_limit(database: Database, clock: StoppedClock) -> None:
    for _ in range(3):
        _take(database, clock.now())
    with database.transaction() as session:
        assert rate_limits.take(session, "T2", LIMIT, clock.now()) is None


@pytest.mark.parametrize("method", sorted(rate_limits.PER_METHOD))
def test_a_pause_lets_nothing_through_until_it_ends(
    method: str, database: Database, clock: StoppedClock
) -> None:
    until, limits = clock.now() + SECOND * 30, {method: rate_limits.PER_METHOD[method]}
    with database.transaction() as session:
        rate_limits.pause(session, "T1", method, until)
    assert until == _take(database, clock.now(), limits)
    assert until == _take(database, until - SECOND, limits)
    assert _take(database, until, limits) is None


def test_f22_after_a_clock_was_set_back_nothing_waits_longer_than_for_the_longest_pause(
    database: Database, clock: StoppedClock
) -> None:
    now = clock.now()
    for _ in range(3):
        _take(database, now)
    before = now - timedelta(hours=5)
    again = _take(database, before)
    assert again is not None
    assert again - before <= rate_limits.LONGEST_PAUSE + SECOND
    assert _take(database, again) is None
