"""Gaps: which times are missing, and how that becomes known; on both databases."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.core import dropped, gaps, heartbeat
from bot.core.bot import Bot
from bot.core.clock import StoppedClock
from bot.core.db import Database
from bot.core.gaps import REACH, Gap, GapRow, Why
from bot.core.heartbeat import SILENCE, Heart
from bot.core.queue import State
from tests.support.installed import installed
from tests.support.shut_door import ShutDoor

NOW: Final = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)


def _at(minutes: float) -> datetime:
    return NOW + MINUTE * minutes


def _note(
    database: Database, since: float, until: float, why: Why = Why.DROPPED, now: float = 60
) -> None:
    with database.transaction() as session:
        gap = Gap(_at(since), _at(until), why)
        gaps.note(session, "T1", gap, now=_at(now), machine_now=_at(now))


def _found(database: Database, team_id: str = "T1") -> list[tuple[float, float, str]]:
    with database.reading() as session:
        ordered = select(GapRow).where(GapRow.team_id == team_id).order_by(GapRow.since)
        return [
            ((row.since - NOW) / MINUTE, (row.until - NOW) / MINUTE, row.state)
            for row in session.scalars(ordered)
        ]


def test_minutes_one_after_the_other_are_one_gap(database: Database) -> None:
    for minute in (3, 4, 5, 4, 9):
        _note(database, minute, minute + 1)
    assert _found(database) == [(3, 6, State.READY), (9, 10, State.READY)]


def test_what_was_begun_grows_no_more(database: Database) -> None:
    _note(database, 3, 5)
    with database.transaction() as session:
        session.scalars(select(GapRow)).one().left = [{"channel": "C1"}]
    _note(database, 4, 7)
    assert _found(database) == [(3, 5, State.READY), (5, 7, State.READY)]


def test_what_was_filled_is_not_missing_again(database: Database) -> None:
    _note(database, 3, 5)
    with database.transaction() as session:
        session.scalars(select(GapRow)).one().state = State.DONE
    _note(database, 3, 4)
    assert _found(database) == [(3, 5, State.DONE)]


def test_what_is_too_long_ago_is_never_asked_for_and_stays_known_as_missing(
    database: Database,
) -> None:
    day = REACH / MINUTE
    _note(database, 0, day + 10, Why.OUTAGE, now=day + 10)
    assert _found(database) == [(0, 10, State.DROPPED), (10, day + 10, State.READY)]
    with database.reading() as session:
        known = gaps.open_between(session, "T1", _at(0), _at(day))
    assert [gap.since for gap in known] == [_at(0), _at(10)]


def test_f33_minutes_that_slack_told_of_become_gaps_once(database: Database) -> None:
    for _ in range(2):
        with database.transaction() as session:
            for team_id, minutes in (("T1", (1, 2, 7)), ("T2", (1,))):
                for minute in minutes:
                    dropped.note(session, team_id, int(_at(minute).timestamp()), now=_at(8))
        with database.transaction() as session:
            assert gaps.has_notices(session)
            gaps.take_notices(session, now=_at(8), machine_now=_at(8))
            assert not gaps.has_notices(session)
    assert _found(database) == [(1, 3, State.READY), (7, 8, State.READY)]
    assert _found(database, "T2") == [(1, 2, State.READY)]


@given(st.sets(st.integers(0, 60), max_size=20))
def test_stretches_hold_just_these_minutes(minutes: set[int]) -> None:
    found = gaps.stretches([_at(minute) for minute in sorted(minutes)])
    within = {m for m in range(200) if any(since <= _at(m) < until for since, until in found)}
    assert within == minutes
    assert all(one[1] < next_one[0] for one, next_one in pairwise(found))


class Beating:
    """Processes that take events in, at a time that stands still."""

    def __init__(self, database: Database) -> None:
        self.clock = StoppedClock(NOW)
        self.bot = installed(Bot(database, self.clock, self.clock), "T1", "T2")
        self.clock.advance(timedelta(hours=1))

    def beat(self, *, is_receiving: bool = True) -> None:
        Heart(self.bot, lambda: is_receiving).beat()


@pytest.fixture
def beating(database: Database) -> Beating:
    return Beating(database)


def test_a_silence_of_all_processes_is_a_gap_in_every_workspace(
    beating: Beating, database: Database
) -> None:
    beating.beat()
    beating.clock.advance(SILENCE + MINUTE)
    beating.beat(is_receiving=False)
    assert _found(database) == [], "it is not over"
    beating.clock.advance(MINUTE)
    beating.beat()
    beating.beat()
    for team_id in ("T1", "T2"):
        assert _found(database, team_id) == [(60, 63, State.READY)]


def test_time_in_which_nothing_could_be_stored_is_a_gap(database_url: str) -> None:
    database = ShutDoor(database_url)
    if database.dialect == "sqlite":
        pytest.skip("nothing can be stored while all else goes on: one file, one way in")
    beating = Beating(database)
    beating.beat()
    database.is_shut = True
    for _ in range(3):
        beating.clock.advance(MINUTE)
        with pytest.raises(OperationalError):
            beating.beat()
    database.is_shut = False
    beating.beat()
    assert _found(database) == [(60, 63, State.READY)]
    database.close()


def test_while_one_process_takes_events_in_nothing_is_missing(
    beating: Beating, database: Database
) -> None:
    for number in range(20):
        beating.beat(is_receiving=number % 2 == 0)
        beating.clock.advance(SILENCE / 2)
    assert _found(database) == []


@pytest.mark.parametrize(("ahead", "counts"), [(HOUR, True), (HOUR * 25, False)])
def test_f22_no_process_begins_behind_another_unless_that_was_far_ahead(
    ahead: timedelta, counts: bool, beating: Beating, database: Database
) -> None:
    right = beating.clock.now()
    beating.clock.set(right + ahead)
    beating.beat()
    with database.reading() as session:
        assert heartbeat.latest(session, right) == (right + ahead if counts else right)


def test_f22_an_outage_after_a_clock_was_far_ahead_is_noticed(
    beating: Beating, database: Database
) -> None:
    right = beating.clock.now()
    beating.clock.set(right + HOUR * 25)
    beating.beat()
    beating.clock.set(right)
    beating.beat()
    beating.clock.advance(HOUR)
    beating.beat()
    assert _found(database) == [(60, 120, State.READY)]


def test_nothing_is_missing_of_before_the_app_was_installed(
    beating: Beating, database: Database
) -> None:
    beating.beat()
    beating.clock.advance(timedelta(minutes=20))
    installed(beating.bot, "T3")
    beating.clock.advance(timedelta(minutes=20))
    beating.beat()
    assert _found(database, "T1") == [(60, 100, State.READY)]
    assert _found(database, "T3") == [(80, 100, State.READY)]
