"""What happens when the unlikely does: on both databases, without Slack."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread
from typing import Final
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.core import addresses, people, queue
from bot.core.addresses import PHONE
from bot.core.attempts import AttemptRow
from bot.core.boards import BoardRow
from bot.core.db import Database
from bot.core.encryption import Keyring
from bot.core.events import AttemptSettled, Event, MessageNotSent, MessageSent
from bot.core.outbox import Method, OutboxRow
from bot.core.people import Account
from bot.core.queue import State as QueueState
from bot.core.unit_of_work import House
from bot.features.redphone.jobs import Auditor, Pages
from bot.features.redphone.models import PageEventRow, PageRow, PageStepRow
from bot.features.redphone.queries import policies
from bot.features.redphone.rules.policies import Level, Policy
from bot.features.redphone.rules.states import EventKind, State
from bot.features.redphone.service import acknowledging, joining, keeping, pages, resolving
from bot.features.redphone.service.standing import Refused
from tests.features.redphone.desk import ANA, PRIYA, SAM, TEAM, TOM, ZONES, Desk

TIMES: Final = 15


@pytest.fixture
def desk(database: Database) -> Desk:
    made = Desk(database)
    made.bot.house = House(Keyring({"k1": bytes(32)}), pagers=("webhook", "sms"))
    return made


def test_a_pager_that_fails_after_its_level_is_no_reason_for_an_alarm(desk: Desk) -> None:
    _agree(desk, Level(), Level((f"person:{ANA}",), wait=30))
    page_id, auditor = desk.page(TOM), Auditor()
    _hears(desk, MessageNotSent(team_id=TEAM, key=_key(desk, page_id, "dm")))
    desk.see_to_it()
    assert desk.look(page_id).position == 2
    key = _key(desk, page_id, "webhook")
    _hears(desk, AttemptSettled(team_id=TEAM, key=key, pager="webhook", outcome="unavailable"))
    for _ in range(4):
        desk.wait(minutes=1)
        auditor.audit(desk.bot)
    assert EventKind.ALARMED not in desk.happened(page_id)
    with desk.bot.reading() as (session, now):
        open_ = session.scalars(select(PageStepRow).where(PageStepRow.settle_by <= now)).all()
    assert open_ == [], "nobody looks at it again and again"


def test_after_two_hours_of_sleep_one_level_is_reached_not_all(desk: Desk) -> None:
    page_id = desk.page(TOM)
    desk.wait(hours=2)
    assert desk.look(page_id).position == 2
    assert len(desk.texts_to(TOM)) == 2
    desk.wait(minutes=4)
    assert desk.look(page_id).position == 2
    desk.press(page_id, TOM)
    desk.wait(hours=2)
    assert desk.look(page_id).state == State.ACKNOWLEDGED, "they are asked first"
    assert desk.happened(page_id)[-1] == EventKind.ASKED


def test_what_is_called_off_asks_nobody_any_more(desk: Desk) -> None:
    page_id = desk.page(TOM)
    desk.press(page_id, TOM)
    with desk.unit() as uow:
        phone = addresses.hold(uow, PRIYA, PHONE)
        addresses.close(phone, uow.house.keyring, "address", "+4930123456")
        uow.session.flush()
        joining.invite(uow, page_id, TOM, [PRIYA], "")
    desk.wait(minutes=30)
    assert "still on it?" in desk.texts_to(TOM)[-1]
    with desk.unit() as uow:
        assert pages.call_off(uow, page_id, SAM) == ""
        assert "over already" in pages.call_off(uow, page_id, SAM)
    changed = [each.payload["text"] for each in desk.queued_to(TOM, method=Method.UPDATE)]
    assert "I asked whether you are still on it; it is over by now." in changed
    with desk.bot.reading() as (session, _):
        asked = session.scalars(select(AttemptRow).where(AttemptRow.user_id == PRIYA)).all()
    assert [each.state for each in asked] == [QueueState.DROPPED]
    assert desk.look(page_id).asked_at is None


def test_boards_show_a_page_and_its_end(desk: Desk) -> None:
    with desk.unit() as uow:
        for user_id in (TOM, SAM):
            row = BoardRow(team_id=TEAM, user_id=user_id, since=uow.now, opened_at=uow.now)
            row.shown_at = uow.now
            uow.session.add(row)
    page_id = desk.page(TOM)
    assert _touched(desk) == {TOM: 1, SAM: 1}
    with desk.unit() as uow:
        pages.call_off(uow, page_id, SAM)
    assert _touched(desk) == {TOM: 2, SAM: 2}


def test_who_presses_reopen_twice_hears_that_it_is_open(desk: Desk) -> None:
    page_id = desk.page(TOM)
    desk.press(page_id, TOM)
    with desk.unit() as uow:
        resolving.resolve(uow, page_id, TOM, "A bad deploy")
    with desk.unit() as uow:
        resolving.reopen(uow, page_id, TOM)
    with desk.unit() as uow, pytest.raises(Refused, match="open again"):
        resolving.reopen(uow, page_id, TOM)


def test_the_words_of_a_long_page_stay_until_it_is_over_for_a_day(desk: Desk) -> None:
    page_id = desk.page(TOM)
    desk.press(page_id, TOM)
    desk.clock.set(desk.clock.now() + timedelta(days=3))
    _purge(desk)
    assert desk.look(page_id).what == "Nobody can sign up"
    with desk.unit() as uow:
        resolving.resolve(uow, page_id, TOM, "A bad deploy")
    _purge(desk)
    assert desk.look(page_id).what == "Nobody can sign up", "who ended it can still write about it"
    desk.clock.set(desk.clock.now() + timedelta(days=1, minutes=1))
    _purge(desk)
    page = desk.look(page_id)
    assert (page.what, page.resolution) == ("", "")


@pytest.mark.slow
def test_whoever_called_is_erased_and_the_page_goes_on(desk: Desk) -> None:
    page_id = desk.page(TOM)
    with desk.unit() as uow:
        keeping.erase_pages(uow, SAM)
        keeping.erase_turns(uow, SAM)
    desk.wait(minutes=5)
    assert desk.look(page_id).position == 2
    assert "<@somebody>" not in str([each.payload for each in desk.queued_to(TOM)])
    assert desk.press(page_id, TOM).is_first
    with desk.unit() as uow:
        resolving.resolve(uow, page_id, TOM, "A bad deploy")
    _purge(desk)
    with desk.bot.reading() as (session, _):
        assert session.scalars(select(PageRow)).all() == []
        assert session.scalars(select(PageEventRow)).all() == []


def test_whoever_was_paged_is_erased_and_others_are_reached(desk: Desk) -> None:
    _agree(desk, Level(), Level((f"person:{ANA}",)))
    page_id = desk.page(TOM)
    with desk.unit() as uow:
        keeping.erase_pages(uow, TOM)
        keeping.erase_turns(uow, TOM)
        gone = Account(TOM, "Tom", ZONES[TOM], is_member=False)
        people.save(uow.session, TEAM, gone, now=uow.now)
    desk.wait(minutes=5)
    assert len(desk.texts_to(ANA)) == 1
    assert desk.look(page_id).state == State.OPEN


@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer
def test_whatever_happens_at_one_instant_nobody_waits_for_each_other(desk: Desk) -> None:
    _agree(desk, Level((f"person:{TOM}", f"person:{ANA}", f"person:{PRIYA}")))
    failed: list[BaseException] = []
    for _ in range(TIMES):
        page_id = desk.page(TOM)
        desk.press(page_id, TOM)
        desk.clock.set(desk.clock.now() + timedelta(minutes=30))
        desk.see_to_it()
        with desk.unit() as uow:
            acknowledging.hand_back(uow, page_id, TOM)
        desk.clock.set(desk.clock.now() + timedelta(minutes=5))
        _at_once(
            failed,
            partial(desk.press, page_id, ANA),
            partial(desk.press, page_id, PRIYA),
            partial(_calls_off, desk, page_id),
            Pages(desk.bot).step,
            Pages(desk.bot).step,
            partial(_sends_all, desk),
            partial(_sends_all, desk),
        )
        assert desk.look(page_id).state in {State.CALLED_OFF, State.ACKNOWLEDGED}
        with desk.unit() as uow:
            pages.call_off(uow, page_id, SAM)
        _let_others_page(desk)
    assert failed == []


def _at_once(failed: list[BaseException], *works: Callable[[], object]) -> None:
    ready = Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        ready.wait()
        try:
            work()
        except Exception as error:  # noqa: BLE001 - all are told
            failed.append(error)

    threads = [Thread(target=run, args=(each,)) for each in works]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def _sends_all(desk: Desk) -> None:
    """A sender that has every call arrive."""
    while True:
        with desk.bot.database.transaction() as session:
            now, lease = desk.bot.machine_clock.now(), timedelta(minutes=1)
            claims = queue.claim(session, OutboxRow, now=now, lease=lease, limit=1)
        if not claims:
            return
        with desk.bot.begin(TEAM, during="job") as uow:
            queue.finish(uow.session, claims[0], sent_channel="D1", sent_ts="1.000001", error=None)
            told = {"key": claims[0].row.key, "channel_id": "D1", "ts": "1.000001"}
            desk.bot.emit(MessageSent(team_id=TEAM, **told), uow)


def _calls_off(desk: Desk, page_id: UUID) -> None:
    with desk.unit() as uow:
        pages.call_off(uow, page_id, SAM)


def _let_others_page(desk: Desk) -> None:
    """An hour is over."""
    desk.clock.set(desk.clock.now() + timedelta(hours=1))


def _purge(desk: Desk) -> None:
    with desk.unit() as uow:
        keeping.purge_pages(uow, 0)


def _agree(desk: Desk, *levels: Level, rounds: int = 3) -> None:
    with desk.unit() as uow:
        policies.save(uow, policies.USUAL, Policy(levels, rounds).to_json(), by=SAM)


def _hears(desk: Desk, event: Event) -> None:
    with desk.unit() as uow:
        desk.bot.emit(event, uow)


def _key(desk: Desk, page_id: UUID, way: str) -> str:
    with desk.bot.reading() as (session, _):
        own = (PageStepRow.page_id == page_id) & (PageStepRow.way == way)
        return session.scalars(select(PageStepRow.key).where(own)).first() or ""


def _touched(desk: Desk) -> dict[str, int]:
    with desk.bot.reading() as (session, _):
        return {each.user_id: each.touched for each in session.scalars(select(BoardRow))}
