"""Attention: the one way to a person, with one budget over all features."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.core import attention, pausing, people, workspaces
from bot.core.agreement.changing import Change
from bot.core.agreement.setting import WORKSPACE, Scope, Setting, person_scope
from bot.core.attention import BUDGET, COMMS, FOCUS, OFF, Route, Urgency, openings, reach
from bot.core.blocks import Message
from bot.core.bot import Bot
from bot.core.clock import StoppedClock
from bot.core.outbox import OutboxRow
from bot.core.people import Account
from bot.core.queue import State
from bot.core.render import mrkdwn
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import NO_WEEK, OFFICE_WEEK, Week, read_week
from bot.core.working_time import WorkingTime
from bot.core.workspaces import Workspace

TEAM = "T1"
ANA = Account("U1", "Ana", "Europe/Berlin", is_member=True)
HELLO = Message(mrkdwn("Hello"))
TEN = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)  # Tuesday 10:00 in Berlin
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
WEEKS = st.sampled_from(
    [
        NO_WEEK,
        OFFICE_WEEK,
        read_week("Mon-Fri 11:30-12:00, 16:00-16:30"),
        read_week("Tue 9-10; Sat 12-24"),
    ]
)


@pytest.fixture
def house(bot: Bot, clock: StoppedClock) -> Bot:
    """A workspace with Ana in it, on a Tuesday at ten."""
    clock.set(TEN)
    with bot.begin(TEAM, during="job") as uow:
        home = Workspace(TEAM, "Tideline", "https://t.slack.com/", "B1", "UBOT", frozenset())
        workspaces.save(uow.session, home, now=TEN)
        people.save(uow.session, TEAM, ANA, now=TEN)
    return bot


def _set(bot: Bot, setting: Setting[Any], value: object, scope: Scope | None = None) -> None:
    with bot.begin(TEAM, during="job") as uow:
        said = setting.kind.plain(setting.kind.read(value))
        bot.change_settings(uow, [Change(setting, scope or person_scope("U1"), said)], by="U1")


def _reach(uow: UnitOfWork, key: str, urgency: Urgency) -> Route:
    ana = people.find(uow.session, TEAM, "U1")
    assert ana is not None
    return reach(uow, key, ana, HELLO, urgency=urgency)


def _reaches(bot: Bot, key: str, urgency: Urgency = Urgency.ROUTINE) -> Route:
    with bot.begin(TEAM, during="job") as uow:
        return _reach(uow, key, urgency)


def _queued(bot: Bot) -> list[OutboxRow]:
    with bot.reading() as (session, _):
        return list(session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


def test_in_working_time_a_reminder_comes_at_once(house: Bot) -> None:
    assert _reaches(house, "a") is Route.NOW
    assert [row.urgency for row in _queued(house)] == ["routine"]


@pytest.mark.parametrize("urgency", Urgency)
def test_only_a_page_reaches_somebody_at_any_hour_off_or_paused(
    house: Bot, urgency: Urgency
) -> None:
    _set(house, OFF, "on")
    with house.begin(TEAM, during="job") as uow:
        pausing.pause(uow, by="U1")
    route = _reaches(house, "a", urgency)
    assert (route is Route.NOW) is (urgency is Urgency.PAGE)
    assert [row.urgency for row in _queued(house)] == (["page"] if route is Route.NOW else [])


def test_the_budget_is_one_over_all_features_and_the_rest_waits_for_the_digest(house: Bot) -> None:
    _set(house, BUDGET, 2, WORKSPACE)
    routes = [_reaches(house, key) for key in ("asks:1", "redphone:oncall", "asks:2")]
    assert routes == [Route.NOW, Route.NOW, Route.DIGEST]


def test_the_same_fact_told_twice_spends_the_budget_once(house: Bot) -> None:
    _set(house, BUDGET, 2)
    assert [_reaches(house, "a") for _ in range(5)] == [Route.NOW] * 5
    assert _reaches(house, "b") is Route.NOW
    assert _reaches(house, "c") is Route.DIGEST
    assert len(_queued(house)) == 2


def test_digests_pages_and_answers_to_ones_own_clicks_spend_nothing(house: Bot) -> None:
    _set(house, BUDGET, 1)
    for number, urgency in enumerate((Urgency.DIGEST, Urgency.PAGE, Urgency.REPLY) * 3):
        assert _reaches(house, f"free {number}", urgency) is Route.NOW
    assert _reaches(house, "a") is Route.NOW
    assert _reaches(house, "b") is Route.DIGEST


def test_a_new_day_has_a_new_budget(house: Bot, clock: StoppedClock) -> None:
    _set(house, BUDGET, 1)
    assert [_reaches(house, key) for key in "ab"] == [Route.NOW, Route.DIGEST]
    clock.advance(timedelta(days=1))
    assert _reaches(house, "c") is Route.NOW


def test_workers_at_once_never_spend_more_than_the_budget(house: Bot) -> None:
    routes: list[Route] = []
    start = Barrier(8)

    def work(number: int) -> None:
        start.wait()
        routes.append(_reaches(house, f"fact {number}"))

    threads = [Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(routes) == [Route.DIGEST] * 5 + [Route.NOW] * 3
    assert len(_queued(house)) == 3


def test_a_focus_block_and_comms_windows_hold_a_reminder_until_they_open(house: Bot) -> None:
    _set(house, FOCUS, "Mon-Fri 09:00-11:00")
    _set(house, COMMS, "Mon-Fri 10:30-12:00, 16:00-16:30", WORKSPACE)
    with house.begin(TEAM, during="job") as uow:
        ana = people.find(uow.session, TEAM, "U1")
        assert ana is not None
        verdict = attention.consider(uow, ana, Urgency.ROUTINE)
    assert verdict.route is Route.LATER
    assert verdict.at == TEN + timedelta(hours=1)
    assert _reaches(house, "a") is Route.LATER
    assert _queued(house) == []


def test_whoever_is_never_open_reads_it_in_the_digest(house: Bot) -> None:
    _set(house, FOCUS, "Mon-Sun 00:00-24:00")
    assert _reaches(house, "a") is Route.DIGEST


def test_guests_and_people_who_left_get_nothing(house: Bot) -> None:
    with house.begin(TEAM, during="job") as uow:
        people.save(uow.session, TEAM, replace(ANA, is_member=False), now=TEN)
    for urgency in Urgency:
        assert _reaches(house, urgency, urgency) is Route.NEVER
    assert _queued(house) == []


def test_what_is_queued_in_a_pause_is_dropped_and_not_sent_later(house: Bot) -> None:
    with house.begin(TEAM, during="job") as uow:
        pausing.pause(uow, by="operator")
    with house.begin(TEAM, during="job") as uow:
        uow.outbox.post("card", "C1", HELLO)
        uow.outbox.whisper("hint", "C1", "U1", HELLO, drop_after=TEN + timedelta(minutes=5))
    with house.begin(TEAM, during="job") as uow:
        pausing.resume(uow, by="operator")
    assert {row.state for row in _queued(house)} == {State.DROPPED}


@given(INSTANTS, WEEKS, WEEKS, WEEKS)
def test_openings_lie_in_working_time_in_comms_windows_and_outside_focus(
    instant: datetime, week: Week, focus: Week, comms: Week
) -> None:
    person = WorkingTime(ZoneInfo("Europe/Berlin"), week if any(week) else OFFICE_WEEK)
    found = openings(person, instant, focus=focus, comms=comms)
    for start, end in [stretch for _, stretch in zip(range(5), found, strict=False)]:
        assert instant < end
        middle = start + (end - start) / 2
        assert person.is_working(middle)
        local = person.local(middle)
        day, clock = local.weekday(), local.time()
        assert not any(clock in window for window in focus[day])
        if any(comms):
            assert any(clock in window for window in comms[day])


def test_whoever_has_had_enough_for_today_is_open_again_the_next_morning(house: Bot) -> None:
    with house.begin(TEAM, during="job") as uow:
        ana = people.find(uow.session, TEAM, "U1")
        assert ana is not None
        assert attention.opens_at(uow, ana) == TEN
        for number in range(3):
            reach(uow, f"k{number}", ana, HELLO, urgency=Urgency.ROUTINE)
        assert attention.opens_at(uow, ana) == TEN + timedelta(hours=23)


def test_whoever_wants_no_messages_or_is_off_is_never_open(house: Bot) -> None:
    for setting, value, default in ((BUDGET, 0, 3), (OFF, True, False)):
        _set(house, setting, value)
        with house.begin(TEAM, during="job") as uow:
            ana = people.find(uow.session, TEAM, "U1")
            assert ana is not None
            assert attention.opens_at(uow, ana) is None
        _set(house, setting, default)
