"""How a page goes on, and what stops it, with the database and without Slack."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Final
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from bot.core import people, queue
from bot.core.attempts import AttemptRow, Outcome
from bot.core.db import Database
from bot.core.events import AttemptSettled, Event, MessageNotSent, MessageSent, MessageSlowed
from bot.core.outbox import OutboxRow
from bot.core.people import Account
from bot.core.unit_of_work import House
from bot.features.redphone.jobs import Pages
from bot.features.redphone.models import PageStepRow
from bot.features.redphone.queries import policies
from bot.features.redphone.rules.policies import Level, Policy, Way
from bot.features.redphone.rules.states import EventKind, State, StepState
from tests.features.redphone.desk import ANA, PRIYA, SAM, TEAM, TOM, ZONES, Desk

HALF_A_MINUTE: Final = 30


@pytest.fixture
def desk(database: Database) -> Desk:
    made = Desk(database)
    made.bot.house = House(pagers=("webhook", "pagerduty"))
    return made


def test_the_first_attempts_are_there_when_the_page_is(desk: Desk) -> None:
    page_id = desk.page(TOM)
    assert [(each.user_id, each.way) for each in _steps(desk, page_id)] == [
        (TOM, "dm"),
        ("", "channel"),
        ("", "pagerduty"),
        ("", "webhook"),
    ]
    assert desk.queued_to(TOM)[0].urgent
    assert _attempts(desk) == ["pagerduty", "webhook"]
    page = desk.look(page_id)
    assert page.next_at == page.paged_at + timedelta(minutes=5)
    assert desk.responders(page_id) == {TOM: "paged"}


def test_a_message_of_which_nothing_is_heard_has_the_next_level_reached_in_half_a_minute(
    desk: Desk,
) -> None:
    _agree(desk, Level(), Level((f"person:{ANA}",)))
    page_id = desk.page(TOM)
    desk.wait(seconds=HALF_A_MINUTE - 1)
    assert desk.texts_to(ANA) == []
    desk.wait(seconds=1)
    assert len(desk.texts_to(ANA)) == 1
    assert desk.look(page_id).position == 2


@pytest.mark.parametrize("heard", [MessageSlowed, MessageNotSent])
def test_a_message_that_does_not_get_out_has_the_next_level_reached_at_once(
    desk: Desk, heard: Callable[..., Event]
) -> None:
    _agree(desk, Level(), Level((f"person:{ANA}",)))
    page_id = desk.page(TOM)
    until = {"until": desk.clock.now()} if heard is MessageSlowed else {}
    for _ in range(2):
        _hears(desk, heard(team_id=TEAM, key=_key(desk, page_id, "dm"), **until))
        desk.see_to_it()
    assert len(desk.texts_to(ANA)) == 1


def test_what_is_heard_twice_counts_once(desk: Desk) -> None:
    page_id = desk.page(TOM)
    key = _key(desk, page_id, "dm")
    for _ in range(2):
        _hears(desk, MessageSent(team_id=TEAM, key=key, channel_id="D1", ts="1.000001"))
        _hears(desk, MessageNotSent(team_id=TEAM, key=key))
    assert _states(desk, page_id)["dm"] == StepState.SENT
    assert desk.happened(page_id).count(EventKind.REACHED) == 1
    assert EventKind.NOT_REACHED not in desk.happened(page_id)


def test_an_unknown_outcome_is_not_repeated(desk: Desk) -> None:
    page_id = desk.page(TOM)
    _settles(desk, page_id, "webhook", Outcome.UNKNOWN)
    desk.wait(minutes=5)
    assert _attempts(desk) == ["pagerduty", "webhook"]


def test_a_pager_that_was_not_reached_is_told_again_in_the_next_round(desk: Desk) -> None:
    page_id = desk.page(TOM)
    _settles(desk, page_id, "webhook", Outcome.UNAVAILABLE)
    desk.wait(minutes=5)
    assert _attempts(desk) == ["pagerduty", "webhook", "webhook"]


def test_whose_policy_leads_to_nobody_is_told_so_at_once(desk: Desk) -> None:
    _agree(desk, Level(("rotation:gone", f"person:{PRIYA}")))
    with desk.unit() as uow:
        left = Account(PRIYA, "Priya", ZONES[PRIYA], is_member=False)
        people.save(uow.session, TEAM, left, now=uow.now)
    page_id = desk.page(TOM)
    assert desk.look(page_id).state == State.EXHAUSTED
    told = desk.texts_to(SAM)[0]
    assert "There is nobody I could page for this" in told
    assert "What to do now:" in told
    assert desk.happened(page_id).count(EventKind.NOT_REACHED) == 2


def test_the_caller_is_told_once_that_nothing_arrives(desk: Desk) -> None:
    page_id = desk.page(TOM)
    _hears(desk, MessageNotSent(team_id=TEAM, key=_key(desk, page_id, "dm")))
    desk.see_to_it()
    desk.wait(minutes=1)
    told = [each for each in desk.texts_to(SAM) if f"I could not reach <@{TOM}>" in each]
    assert len(told) == 1


def test_whoever_is_on_it_takes_back_what_waits_and_counts_what_does_not(desk: Desk) -> None:
    page_id = desk.page(TOM)
    with desk.bot.database.transaction() as session:
        claim = AttemptRow.pager == "webhook"
        now, lease = desk.bot.machine_clock.now(), timedelta(minutes=1)
        assert queue.claim(session, AttemptRow, claim, now=now, lease=lease, limit=1)
    assert desk.press(page_id, TOM).in_flight == 1
    states = _states(desk, page_id)
    assert (states["dm"], states["pagerduty"]) == (StepState.CANCELLED, StepState.CANCELLED)
    assert states["webhook"] == StepState.QUEUED, "nobody knows yet what becomes of it"
    assert _said(desk) == ["trigger", "acknowledge"], "whoever was told is told more"
    _settles(desk, page_id, "webhook", Outcome.ACCEPTED)
    assert _states(desk, page_id)["webhook"] == StepState.SENT
    desk.wait(minutes=10)
    assert desk.look(page_id).position == 1


@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer
def test_nothing_is_begun_after_somebody_is_on_it(desk: Desk) -> None:
    """However the lane, the sender and the button meet; none of them waits for another for ever."""
    for _ in range(8):
        page_id = desk.page(TOM)
        desk.clock.set(desk.clock.now() + timedelta(minutes=5))
        with ThreadPoolExecutor(4) as pool:
            work: list[Future[object]] = [
                pool.submit(Pages(desk.bot).step),
                pool.submit(desk.press, page_id, TOM),
                pool.submit(_sends, desk),
                pool.submit(_sends, desk),
            ]
            for each in work:
                each.result(timeout=30)
        made = len(_steps(desk, page_id))
        desk.wait(minutes=6)
        assert len(_steps(desk, page_id)) == made
        assert desk.look(page_id).state == State.ACKNOWLEDGED
        desk.clock.set(desk.clock.now() + timedelta(hours=1))
        with desk.unit() as uow:
            uow.session.execute(delete(AttemptRow))


def _sends(desk: Desk) -> None:
    """Sends everything that waits, as the sender does."""
    while True:
        with desk.bot.database.transaction() as session:
            now, lease = desk.bot.machine_clock.now(), timedelta(minutes=1)
            claims = queue.claim(session, OutboxRow, now=now, lease=lease, limit=1)
        if not claims:
            return
        with desk.unit() as uow:
            queue.finish(uow.session, claims[0], sent_channel="D1", sent_ts="1.000001")
            sent = MessageSent(team_id=TEAM, key=claims[0].row.key, channel_id="D1", ts="1.000001")
            desk.bot.emit(sent, uow)


def _agree(desk: Desk, *levels: Level, rounds: int = 1) -> None:
    with desk.unit() as uow:
        policies.save(uow, policies.USUAL, Policy(levels, rounds).to_json(), by=TOM)


def _hears(desk: Desk, event: Event) -> None:
    with desk.unit() as uow:
        for each in desk.bot.subscriptions_to(event):
            each.listener(event, uow)


def _settles(desk: Desk, page_id: UUID, pager: str, outcome: Outcome) -> None:
    """A pager was called."""
    key = _key(desk, page_id, pager)
    _hears(desk, AttemptSettled(team_id=TEAM, key=key, pager=pager, outcome=outcome, error="x"))
    desk.see_to_it()


def _steps(desk: Desk, page_id: UUID) -> list[PageStepRow]:
    with desk.bot.reading() as (session, _):
        theirs = select(PageStepRow).where(PageStepRow.page_id == page_id)
        return list(session.scalars(theirs.order_by(PageStepRow.id)))


def _states(desk: Desk, page_id: UUID) -> dict[str, str]:
    return {each.way: each.state for each in _steps(desk, page_id)}


def _key(desk: Desk, page_id: UUID, way: str) -> str:
    return next(each.key for each in _steps(desk, page_id) if each.way == Way(way))


def _attempts(desk: Desk) -> list[str]:
    with desk.bot.reading() as (session, _):
        return sorted(session.scalars(select(AttemptRow.pager)))


def _said(desk: Desk) -> list[str]:
    """What pagers are to be told, by age; nothing is left of what was taken back."""
    with desk.bot.reading() as (session, _):
        rows = session.scalars(select(AttemptRow).order_by(AttemptRow.id))
        return [each.payload["act"] for each in rows if each.payload]
