"""Somebody watches that pages go on, and says so where it is noticed if they do not."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from bot.core import people
from bot.core.db import Database
from bot.core.people import Account
from bot.features.redphone.jobs import Auditor, Pages, look_over
from bot.features.redphone.queries import pages
from bot.features.redphone.rules.states import EventKind
from tests.features.redphone.desk import ANA, SAM, START, TEAM, TOM, Desk

A_MINUTE = timedelta(minutes=1)


class Listener:
    """Somebody outside who hears that all is well."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.beats = 0

    def beat(self) -> bool:
        """Counts it; meanwhile no transaction is open, as this one must be the only one."""
        with self._database.transaction() as session:
            session.execute(text("SELECT 1"))
        self.beats += 1
        return True


class Watched(Desk):
    """A desk with an admin, whose lane goes on only when a test lets it."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.listener = Listener(database)
        self.bot.outside.heartbeat = self.listener
        self.auditor = Auditor()
        with self.unit() as uow:
            admin = Account(ANA, "Ana", "America/Sao_Paulo", is_member=True, is_admin=True)
            people.save(uow.session, TEAM, admin, now=START)

    def audits(self, *, minutes: int = 1) -> None:
        """Time goes by; the auditor looks, and nobody else does anything."""
        for _ in range(minutes):
            self.clock.set(self.clock.now() + A_MINUTE)
            self.auditor.audit(self.bot)

    def goes_on(self) -> None:
        """The lane runs again."""
        lane = Pages(self.bot)
        while lane.step():
            pass

    def is_alarmed(self, page_id: UUID) -> bool:
        """Whether there is an alarm about a page."""
        return self.look(page_id).alarmed_at is not None


@pytest.fixture
def desk(database: Database) -> Watched:
    return Watched(database)


def test_all_is_well_as_long_as_pages_go_on(desk: Watched) -> None:
    desk.page(TOM)
    for _ in range(3):
        desk.audits()
        desk.goes_on()
    assert desk.listener.beats == 3
    assert desk.texts_to(ANA) == []


def test_f43_a_page_that_does_not_go_on_has_the_admins_told_once_and_the_heartbeat_stop(
    desk: Watched,
) -> None:
    page_id = desk.page(TOM)
    desk.audits(minutes=8)
    heard = desk.listener.beats
    assert desk.is_alarmed(page_id)
    (told,) = desk.texts_to(ANA)
    assert "does not go on by itself" in told
    assert desk.queued_to(ANA)[0].urgent
    assert EventKind.ALARMED in desk.happened(page_id)
    desk.audits(minutes=5)
    assert len(desk.texts_to(ANA)) == 1
    assert desk.listener.beats == heard
    (line,) = look_over(desk.bot)
    assert line.to_do
    assert line.found.endswith("1 should have gone on more than a minute ago.")


def test_the_alarm_comes_within_two_minutes_of_the_time_that_was_missed(desk: Watched) -> None:
    page_id = desk.page(TOM)
    due = desk.look(page_id).next_at
    assert due is not None
    while not desk.is_alarmed(page_id):
        desk.audits()
    assert desk.clock.now() - due <= 2 * A_MINUTE


def test_when_it_goes_on_again_the_heartbeat_does_too(desk: Watched) -> None:
    page_id = desk.page(TOM)
    desk.audits(minutes=8)
    silent = desk.listener.beats
    desk.goes_on()
    desk.audits()
    assert not desk.is_alarmed(page_id)
    assert desk.listener.beats == silent + 1


def test_a_machine_that_slept_alarms_nobody(desk: Watched) -> None:
    page_id = desk.page(TOM)
    desk.audits()
    desk.clock.set(desk.clock.now() + timedelta(hours=2))
    desk.auditor.audit(desk.bot)
    assert desk.listener.beats == 1, "it is not known yet whether all is well"
    desk.goes_on()
    desk.audits()
    assert not desk.is_alarmed(page_id)


def test_an_open_page_that_nobody_will_look_at_is_noticed(desk: Watched) -> None:
    page_id = desk.page(TOM)
    with desk.unit() as uow:
        pages.set(uow, page_id, next_at=None)
    desk.audits(minutes=2)
    assert desk.is_alarmed(page_id)


@pytest.mark.slow
def test_nobody_is_woken_because_of_a_drill_that_nobody_answered(desk: Watched) -> None:
    page_id = desk.page(TOM, is_drill=True)
    for _ in range(20):
        desk.audits()
        desk.goes_on()
    assert EventKind.EXHAUSTED in desk.happened(page_id)
    assert all(not each.urgent for each in desk.queued_to(ANA))
    assert "This is a drill" in desk.texts_to(SAM)[-1]


@pytest.mark.slow
def test_when_everybody_was_tried_the_admins_are_told(desk: Watched) -> None:
    desk.page(TOM)
    for _ in range(20):
        desk.audits()
        desk.goes_on()
    (told,) = desk.texts_to(ANA)
    assert "nobody is on it. Please see to it that somebody helps" in told
    assert desk.listener.beats == 20, "it went as it should"
