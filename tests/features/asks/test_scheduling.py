"""When things go out that were written for later, and who lets them."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, time, timedelta
from functools import partial
from itertools import permutations
from threading import Barrier
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect, select

from bot.core.db import Database
from bot.core.outbox import OutboxRow
from bot.core.unit_of_work import UnitOfWork
from bot.core.working_time import WorkingTime
from bot.features.asks import queries
from bot.features.asks.models import ScheduledRow
from bot.features.asks.rules.scheduling import Plan, is_too_soon, starts_at
from bot.features.asks.rules.shown import Words
from bot.features.asks.service import keeping, scheduling
from bot.features.asks.service.composing import Composed
from tests.features.asks.office import ANA, CHANNEL, SECOND, START, TEAM, TOM, Office

BERLIN, SAO_PAULO, KOLKATA, LOS_ANGELES = (
    WorkingTime(ZoneInfo(name))
    for name in ("Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata", "America/Los_Angeles")
)


class _Died(Exception):
    """The process died before the end of a unit of work."""


AT = START + timedelta(hours=2)
A_MOMENT = timedelta(microseconds=1)
ZONES = st.sampled_from([BERLIN, SAO_PAULO, KOLKATA, LOS_ANGELES])
INSTANTS = st.integers(0, 14 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


def test_who_is_at_work_is_written_to_now() -> None:
    assert starts_at([BERLIN, KOLKATA], START) == START
    assert starts_at([], START) == START


def test_it_waits_until_the_last_of_them_begins() -> None:
    nine_in_sao_paulo = START + timedelta(hours=4)
    nine_in_los_angeles = START + timedelta(hours=8)
    assert starts_at([BERLIN, SAO_PAULO], START) == nine_in_sao_paulo
    for order in permutations([SAO_PAULO, LOS_ANGELES]):
        assert starts_at(order, START) == nine_in_los_angeles


def test_who_is_at_work_now_is_not_written_to_at_night() -> None:
    monday = START.date() + timedelta(days=6)
    back = WorkingTime(KOLKATA.zone, days_off={START.date() + timedelta(days=n) for n in range(6)})
    assert starts_at([BERLIN, back], START) == BERLIN.at(monday, time(9))
    assert starts_at([KOLKATA, LOS_ANGELES], START) is None


@given(st.lists(ZONES, max_size=4), INSTANTS)
def test_all_are_at_work_then_and_never_were_before(
    people: list[WorkingTime], now: datetime
) -> None:
    at = starts_at(people, now)
    hours = [now + timedelta(minutes=30 * n) for n in range(2 * 24 * 7)]
    before = hours if at is None else [each for each in hours if each < at]
    assert not any(all(each.is_working(instant) for each in people) for instant in before)
    if at is not None:
        assert all(each.is_working(at) for each in people)
        assert at == now or any(not each.is_working(at - A_MOMENT) for each in people)


def test_an_answer_is_not_wanted_before_it_is_asked_for() -> None:
    assert is_too_soon(AT, AT)
    assert is_too_soon(AT - A_MOMENT, AT)
    assert not is_too_soon(AT + A_MOMENT, AT)
    assert not is_too_soon(None, AT)
    assert not is_too_soon(AT, None)


@pytest.fixture
def office(database: Database) -> Office:
    """The office, in which nobody has asked anything."""
    found = Office(database)
    found.found()
    return found


def plan(office: Office, key: str = "form:1", at: datetime = AT) -> UUID:
    """Tom has a question for Ana go out."""
    given = Composed(key, TOM, Words("Which pool size?"), [ANA], channel_id=CHANNEL)
    with office.unit() as uow:
        scheduling.schedule(uow, given, at)
        row_id = uow.session.scalar(select(ScheduledRow.id).where(ScheduledRow.request_id == key))
    assert row_id is not None
    return row_id


def let_out(office: Office) -> Sequence[tuple[str, UUID]]:
    """What the job does at a tick; returns what was due."""
    with office.bot.reading() as (session, now):
        due = scheduling.due(session, now, 100)
    for team_id, row_id in due:
        work = partial(_look_at, row_id)
        office.bot.perform(team_id, work, during="job")
    return due


def _look_at(row_id: UUID, uow: UnitOfWork) -> None:
    scheduling.look_at(uow, row_id)


def cards(office: Office) -> int:
    """How many questions were handed over to be sent."""
    return len([key for key in office.seen().sent if key.endswith(":card")])


def test_not_a_moment_before_its_time_and_then_once(office: Office) -> None:
    row_id = plan(office)
    office.clock.set(AT - A_MOMENT)
    assert let_out(office) == []
    with office.unit() as uow:
        scheduling.look_at(uow, row_id)
        row = queries.scheduled(uow, row_id)
        assert row is not None
        assert not queries.claim_scheduled(uow, row, Plan.SENT, due_by=uow.now)
    assert cards(office) == 0
    office.clock.set(AT)
    assert let_out(office) == [(TEAM, row_id)]
    assert let_out(office) == []
    assert cards(office) == 1
    [ask] = office.seen().asks.values()
    assert ask["clock_from"] == AT


def test_of_many_at_once_one_lets_it_out(office: Office) -> None:
    row_id, workers = plan(office), 4
    office.clock.set(AT)
    barrier = Barrier(workers)

    def work(_number: int) -> bool:
        barrier.wait()
        with office.unit() as uow:
            row = queries.scheduled(uow, row_id)
            return row is not None and queries.claim_scheduled(uow, row, Plan.SENT)

    with ThreadPoolExecutor(workers) as pool:
        assert sorted(pool.map(work, range(workers))) == [False, False, False, True]


def test_what_failed_half_way_is_let_out_at_the_next_tick(office: Office) -> None:
    row_id = plan(office)
    office.clock.set(AT)
    with suppress(_Died), office.unit() as uow:
        scheduling.look_at(uow, row_id)
        raise _Died
    assert cards(office) == 0
    let_out(office)
    assert cards(office) == 1


def test_the_same_form_is_scheduled_once(office: Office) -> None:
    assert plan(office) == plan(office, at=AT + SECOND)
    office.clock.set(AT + timedelta(days=1))
    assert len(let_out(office)) == 1


def test_what_is_due_is_found_by_an_index_of_what_waits(office: Office) -> None:
    indexes = inspect(office.bot.database.engine).get_indexes("ask_scheduled")
    [found] = [each for each in indexes if each["name"] == "ix_ask_scheduled_look_at"]
    conditions = [str(each) for each in found["dialect_options"].values()]
    assert any("look_at" in each for each in conditions), "only over what waits"


def test_it_is_forgotten_when_texts_are_but_not_before_it_went_out(office: Office) -> None:
    later = START + timedelta(days=90)
    plan(office, "form:2", later)
    plan(office)
    office.clock.set(AT)
    let_out(office)
    office.clock.set(START + timedelta(days=40))
    with office.unit() as uow:
        keeping.purge(uow, 30)
        left = uow.session.scalars(select(ScheduledRow.request_id)).all()
    assert left == ["form:2"]
    office.clock.set(later)
    let_out(office)
    with office.bot.reading() as (session, _):
        assert len(session.scalars(select(OutboxRow.key)).all()) == 2
