"""Who has a page: on both databases, without Slack."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.core import addresses, audit, people
from bot.core.addresses import PHONE
from bot.core.attempts import AttemptRow
from bot.core.db import Database
from bot.core.encryption import Keyring
from bot.core.events import PersonLeft
from bot.core.outbox import Method
from bot.core.queue import State as QueueState
from bot.core.unit_of_work import House, UnitOfWork
from bot.features.redphone.rules.acknowledging import Taken
from bot.features.redphone.rules.states import State
from bot.features.redphone.service import (
    acknowledging,
    joining,
    open_pages,
    resolving,
    targets,
    updates,
)
from bot.features.redphone.service import pages as calling
from bot.features.redphone.service import told as reading
from bot.features.redphone.service.standing import Refused
from tests.features.redphone.desk import (
    ANA,
    CHANNEL,
    GIL,
    PRIVATE,
    PRIYA,
    SAM,
    START,
    TEAM,
    TOM,
    Desk,
)


@pytest.fixture
def desk(database: Database) -> Desk:
    """A duty desk on a Tuesday morning in Berlin."""
    return Desk(database)


def test_whoever_was_paged_has_it_and_nothing_waits_any_more(desk: Desk) -> None:
    page_id = desk.page()
    taken = desk.press(page_id, TOM)
    assert (taken.is_first, taken.by, taken.refusal) == (True, TOM, "")
    page = desk.look(page_id)
    assert (page.state, page.acknowledged_by) == (State.ACKNOWLEDGED, TOM)
    assert page.next_at == desk.clock.now() + timedelta(minutes=30)
    told = desk.texts_to(SAM)[-1]
    assert "<@U1> is on it (10:00 AM there)" in told, "in Berlin, as people write it in the States"
    before = len(desk.queued_to(TOM))
    desk.wait(minutes=6)
    assert len(desk.queued_to(TOM)) == before, "nobody is paged any more"


def test_the_second_is_told_who_was_first_and_since_when(desk: Desk) -> None:
    page_id = desk.page()
    first = desk.press(page_id, TOM)
    desk.wait(minutes=3)
    second = desk.press(page_id, PRIYA)
    assert (second.is_first, second.by, second.at) == (False, TOM, first.at)
    assert desk.look(page_id).acknowledged_by == TOM
    again = desk.press(page_id, TOM, through="link")
    assert not again.is_first


def test_of_two_who_press_at_the_same_instant_one_is_first(desk: Desk) -> None:
    page_id, ready, found = desk.page(), Barrier(2), list[Taken]()

    def press(user_id: str) -> None:
        ready.wait()
        found.append(desk.press(page_id, user_id))

    both = [Thread(target=press, args=(each,)) for each in (TOM, PRIYA)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    first = [each for each in found if each.is_first]
    assert len(first) == 1
    assert {each.by for each in found} == {first[0].by}
    assert desk.happened(page_id).count("acknowledged") == 1


def test_it_can_be_taken_after_everybody_was_tried(desk: Desk) -> None:
    page_id = desk.page()
    for _ in range(4):
        desk.wait(minutes=5)
    assert desk.look(page_id).state == State.EXHAUSTED
    assert desk.press(page_id, ANA).is_first


def test_guests_callers_and_those_who_see_nothing_of_it_cannot_have_it(desk: Desk) -> None:
    page_id = desk.page(where=PRIVATE)
    refusals = {each: desk.press(page_id, each).refusal for each in (GIL, SAM, PRIYA)}
    assert "full members" in refusals[GIL]
    assert "You called this one" in refusals[SAM]
    assert "other people" in refusals[PRIYA]
    assert desk.look(page_id).state == State.OPEN


def test_what_is_over_cannot_be_taken(desk: Desk) -> None:
    page_id = desk.page()
    desk.press(page_id, TOM)
    with desk.unit() as uow:
        resolving.resolve(uow, page_id, TOM, "The disk was full")
    assert "Person U1 resolved it" in desk.press(page_id, PRIYA).refusal
    called_off = desk.page()
    with desk.unit() as uow:
        assert calling.call_off(uow, called_off, SAM) == ""
    assert "called it off" in desk.press(called_off, TOM).refusal


def test_without_a_word_it_is_asked_for_and_then_paged_on(desk: Desk) -> None:
    page_id = desk.page()
    desk.press(page_id, TOM)
    desk.wait(minutes=30)
    assert "Are you still on it?" in desk.texts_to(TOM)[-1]
    desk.wait(minutes=5)
    page = desk.look(page_id)
    assert (page.state, page.acknowledged_by, page.decays) == (State.OPEN, "", 1)
    assert desk.happened(page_id)[-3:].count("lapsed") == 1
    assert any("I do not hear from <@U1> any more" in each for each in desk.texts_to(SAM))
    assert any("no answer from you" in each for each in desk.texts_to(TOM))
    assert "needs you now" in desk.texts_to(TOM)[-1] or "needs you now" in desk.texts_to(TOM)[-2]
    assert desk.press(page_id, TOM).is_first


@pytest.mark.parametrize("how", ["still on it", "update", "snooze"])
def test_any_answer_keeps_it(desk: Desk, how: str) -> None:
    page_id = desk.page()
    desk.press(page_id, TOM)
    desk.wait(minutes=30)
    with desk.unit() as uow:
        match how:
            case "still on it":
                updates.still_on_it(uow, page_id, TOM)
            case "update":
                updates.update(uow, page_id, TOM, "Rolled back, I watch it")
            case _:
                updates.snooze(uow, page_id, TOM, timedelta(minutes=30))
    desk.wait(minutes=29)
    assert desk.look(page_id).state == State.ACKNOWLEDGED
    asked = [each for each in desk.texts_to(TOM) if "Are you still on it?" in each]
    assert len(asked) == 1
    revised = desk.queued_to(TOM, method=Method.UPDATE)[-1].payload["text"]
    assert "You have been on it since" in revised or "You are on it." in revised
    desk.wait(minutes=1)
    asked = [each for each in desk.texts_to(TOM) if "Are you still on it?" in each]
    assert len(asked) == 2


def test_nobody_puts_it_off_for_more_than_four_hours_without_an_update(desk: Desk) -> None:
    page_id = desk.page()
    desk.press(page_id, TOM)
    for _ in range(2):
        with desk.unit() as uow:
            updates.snooze(uow, page_id, TOM, timedelta(hours=2))
        desk.clock.set(desk.clock.now() + timedelta(minutes=119))
    with desk.unit() as uow, pytest.raises(Refused, match="post a short update"):
        updates.snooze(uow, page_id, TOM, timedelta(hours=2))
    with desk.unit() as uow:
        updates.update(uow, page_id, TOM, "Still restoring")
        updates.snooze(uow, page_id, TOM, timedelta(hours=2))


def test_whoever_has_it_and_leaves_has_it_no_more(desk: Desk) -> None:
    page_id = desk.page()
    desk.press(page_id, TOM)
    with desk.unit() as uow:
        desk.meet(uow, TOM, is_member=False)
        desk.bot.emit(PersonLeft(team_id=TEAM, user_id=TOM), uow)
    assert desk.look(page_id).acknowledged_by == ""
    assert "lapsed" in desk.happened(page_id)


def test_the_clock_finds_it_too_if_nobody_told_that_they_left(desk: Desk) -> None:
    page_id = desk.page()
    desk.press(page_id, TOM)
    with desk.unit() as uow:
        desk.meet(uow, TOM, is_member=False)
    desk.wait(minutes=30)
    assert desk.look(page_id).acknowledged_by == ""


def test_handing_back_pages_on_at_once(desk: Desk) -> None:
    page_id = desk.page()
    desk.press(page_id, TOM)
    with desk.unit() as uow:
        acknowledging.hand_back(uow, page_id, TOM)
    assert desk.look(page_id).acknowledged_by == ""
    assert any("handed it back" in each for each in desk.texts_to(SAM))


def test_others_are_asked_to_join_and_guests_are_not(desk: Desk) -> None:
    page_id = desk.page()
    desk.press(page_id, TOM)
    with desk.unit() as uow:
        asked = joining.invite(uow, page_id, TOM, [PRIYA, GIL, TOM], "")
    assert (asked.people, asked.before, asked.refused) == ([PRIYA], [TOM], [GIL])
    assert desk.responders(page_id)[PRIYA] == "asked"
    assert "<@U1> asks you to join" in desk.texts_to(PRIYA)[-1]
    with desk.unit() as uow:
        assert joining.join(uow, page_id, PRIYA)
        assert not joining.join(uow, page_id, PRIYA)
    assert desk.responders(page_id)[PRIYA] == "joined"
    assert "<@U4> joined you" in desk.texts_to(TOM)[-1]
    with desk.unit() as uow, pytest.raises(Refused):
        joining.join(uow, page_id, SAM)


@pytest.mark.parametrize(
    "end",
    [
        lambda uow, page_id: joining.join(uow, page_id, PRIYA),
        lambda uow, page_id: calling.call_off(uow, page_id, SAM),
        lambda uow, page_id: resolving.resolve(uow, page_id, TOM, "A full disk."),
    ],
    ids=["they join", "it is called off", "it is resolved"],
)
def test_whoever_is_asked_to_join_is_also_reached_outside_until_they_answer_or_it_is_over(
    desk: Desk, end: Callable[[UnitOfWork, UUID], object]
) -> None:
    keyring = Keyring({"k1": bytes(32)})
    desk.bot.house = House(keyring, pagers=("sms", "email"))
    page_id = desk.page()
    desk.press(page_id, TOM)
    with desk.unit() as uow:
        phone = addresses.hold(uow, PRIYA, PHONE)
        addresses.close(phone, keyring, "address", "+4930123456")
        uow.session.flush()
        joining.invite(uow, page_id, TOM, [PRIYA, ANA], "")
    queued = _attempts(desk)
    assert [(each.pager, each.user_id) for each in queued] == [("sms", PRIYA)]
    assert queued[0].payload["subject"] == "Person U1 asks you to join"
    with desk.unit() as uow:
        end(uow, page_id)
    assert [each.state for each in _attempts(desk)] == [QueueState.DROPPED]


def test_it_is_handed_over_to_a_responder_who_has_to_say_that_they_know(desk: Desk) -> None:
    page_id = desk.page()
    desk.press(page_id, TOM)
    with desk.unit() as uow, pytest.raises(Refused, match="paged or joined"):
        joining.hand_over(uow, page_id, TOM, PRIYA)
    with desk.unit() as uow:
        joining.join(uow, page_id, PRIYA)
        joining.hand_over(uow, page_id, TOM, PRIYA)
    assert desk.look(page_id).acknowledged_by == PRIYA
    assert "hands this over to you" in desk.texts_to(PRIYA)[-1]
    assert "<@U4> has it now (1:30 PM there)" in desk.texts_to(SAM)[-1]
    with desk.unit() as uow, pytest.raises(Refused):
        updates.still_on_it(uow, page_id, TOM)
    desk.wait(minutes=5)
    assert desk.look(page_id).acknowledged_by == ""


def test_it_is_resolved_with_a_sentence_and_can_be_reopened_for_a_while(desk: Desk) -> None:
    page_id = desk.page()
    desk.press(page_id, TOM)
    with desk.unit() as uow:
        resolving.resolve(uow, page_id, TOM, "The disk was full")
    page = desk.look(page_id)
    assert (page.state, page.resolution, page.next_at) == (
        State.RESOLVED,
        "The disk was full",
        None,
    )
    assert "<@U1> resolved it" in desk.texts_to(SAM)[-1]
    desk.wait(minutes=4)
    with desk.unit() as uow:
        resolving.reopen(uow, page_id, TOM)
    page = desk.look(page_id)
    assert (page.state, page.acknowledged_by) == (State.ACKNOWLEDGED, TOM)
    with desk.unit() as uow:
        resolving.resolve(uow, page_id, TOM, "Now it is")
    desk.wait(minutes=6)
    with desk.unit() as uow, pytest.raises(Refused, match="more than 5 minutes ago"):
        resolving.reopen(uow, page_id, TOM)


def test_everything_stands_in_the_audit_trail(desk: Desk) -> None:
    page_id = desk.page()
    desk.press(page_id, TOM)
    with desk.unit() as uow:
        joining.join(uow, page_id, PRIYA)
        joining.hand_over(uow, page_id, TOM, PRIYA)
        resolving.resolve(uow, page_id, PRIYA, "The disk was full")
        resolving.reopen(uow, page_id, PRIYA)
        entries = audit.entries(uow.session, TEAM, f"page:{page_id}")
    assert [(each.action, each.actor_id) for each in reversed(entries)][1:] == [
        ("page.acknowledged", TOM),
        ("page.handed_over", TOM),
        ("page.resolved", PRIYA),
        ("page.reopened", PRIYA),
    ]


def test_open_pages_are_listed_for_those_who_may_see_them(desk: Desk) -> None:
    hidden, shown = desk.page(where=PRIVATE), desk.page(where=CHANNEL)
    desk.press(shown, TOM)
    seen = {}
    for user_id in (TOM, SAM, PRIYA):
        with desk.unit() as uow:
            reader = targets.member(uow, user_id)
            assert reader is not None
            seen[user_id] = [each.page_id for each in open_pages.visible(uow, reader)]
            own = [each.page_id for each in open_pages.own(uow, reader)]
            assert own == ([] if user_id == PRIYA else seen[user_id])
    assert seen[PRIYA] == [str(shown)]
    assert seen[TOM] == seen[SAM] == [str(hidden), str(shown)]


def test_each_reads_later_when_a_page_came_to_them(desk: Desk) -> None:
    page_id = desk.page(TOM, by=SAM)
    desk.wait(minutes=3)
    desk.press(page_id, ANA)
    with desk.unit() as uow:
        readers = [people.find(uow.session, TEAM, user_id) for user_id in (SAM, TOM, ANA)]
        told = [
            page.paged_at for each in readers if each for page in reading.since(uow, each, START)
        ]
    assert told == [START, START, START + timedelta(minutes=3)]


def _attempts(desk: Desk) -> Sequence[AttemptRow]:
    with desk.bot.reading() as (session, _):
        return session.scalars(select(AttemptRow).order_by(AttemptRow.id)).all()
